"""What a desk's queues go by: the settings, and who works there as the company says."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from console.conversation.hours import Hours
from console.conversation.service_levels import Targets


@dataclass(frozen=True, slots=True)
class Member:
    """An agent as the company describes them; what is left open is everything."""

    name: str
    tiers: tuple[int, ...] = ()
    skills: tuple[str, ...] = ()
    capacity: int = 0
    """Conversations at the same time; 0: as everybody."""


@dataclass(frozen=True, slots=True)
class QueueRules:
    """How conversations are given out; the defaults give all to whoever asks and tell customers nothing."""

    targets: Targets = field(default_factory=Targets)
    capacity: int = 4
    """Conversations an agent is given at the same time."""
    gone_after: float = 0.0
    """Seconds without a sign of an agent's console after which the desk takes their chats back; 0: it never does."""
    told_on: frozenset[str] = frozenset()
    """Channels on which waiting customers are told where they stand."""
    members: Mapping[str, Member] = field(default_factory=dict)
    """Agents by their name in small letters."""
    hours: Hours | None = None
    """When somebody works; ``None``: always."""
    skills: frozenset[str] = frozenset()
    """Skills that the company and its behaviours name, besides those of the members."""

    @property
    def known_skills(self) -> tuple[str, ...]:
        """Every skill that is known here, by name; none where a company works without skills."""
        return tuple(sorted(self.skills.union(*(member.skills for member in self.members.values()))))

    def member(self, name: str) -> Member:
        """Return how an agent is described."""
        return self.members.get(name.casefold(), Member(name))
