"""All authored content of a workspace as one immutable, versioned set."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from console.content.behaviours import Behaviour, Fact
from console.content.macros import Macro
from console.content.policies import Policy
from console.content.rubrics import Rubric
from console.conversation.hours import Hours
from console.conversation.queue_rules import Member


@dataclass(frozen=True, slots=True)
class Library:
    """What a desk judges by; ``versions`` holds a digest of the files of each part."""

    policies: tuple[Policy, ...] = ()
    macros: tuple[Macro, ...] = ()
    behaviours: tuple[Behaviour, ...] = ()
    company: str = ""
    hours: Hours | None = None
    """When somebody works; ``None``: always."""
    team: tuple[Member, ...] = ()
    skills: tuple[str, ...] = ()
    """The skills that the company lists; none: any is one."""
    identify: tuple[Fact, ...] = ()
    """What an anonymous customer is asked for, all of it, to be matched to a record; none: they cannot be."""
    rubric: Rubric | None = None
    """What makes a conversation good; ``None``: nothing is marked."""
    versions: Mapping[str, str] = field(default_factory=dict)
    doubts: tuple[str, ...] = ()
    """What is allowed and yet looks like a mistake: one line each, with file and line."""

    @property
    def edition(self) -> str:
        """A short name of the whole set: two that hold the same have the same."""
        lines = "".join(f"{part}\x00{version}\n" for part, version in sorted(self.versions.items()))
        return hashlib.sha256(lines.encode()).hexdigest()[:12]

    def policy(self, policy_id: str) -> Policy | None:
        """Return the policy with this id."""
        return next((p for p in self.policies if p.id == policy_id), None)

    def macro(self, macro_id: str) -> Macro | None:
        """Return the macro with this id."""
        return next((m for m in self.macros if m.id == macro_id), None)

    def behaviour(self, intent: str) -> Behaviour | None:
        """Return the behaviour of this intent."""
        return next((b for b in self.behaviours if b.intent == intent), None)
