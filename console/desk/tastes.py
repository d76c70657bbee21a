"""What each agent makes of each kind of reply, folded from the log: who passes over a kind is shown fewer of it.

The rule, as it is told to the agent: of your last ten turns with such a reply you passed over eight. A turn in which
another kind was taken says nothing, for that was a choice; nor does a reply that the customer's next message replaced
before it could be read. It ends as replies are taken again, or when the agent asks for all (:class:`RepliesRestored`).
"""

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from console.conversation.assist_events import RepliesRestored, RepliesSuggested, SuggestionDecided
from console.conversation.assistance import A_LOOK, Decision
from console.conversation.events import ConversationClaimed, ConversationReleased, Event
from console.conversation.queue_events import ConversationReturned, ConversationTransferred

WINDOW: Final = 10
"""Turns that count, the newest of those in which a kind was offered."""

MANY: Final = 8
"""So many passed over of the window make a kind scarce: an agent who takes half gets there by chance once in 18 times.

That is the binomial tail: 56 of 1,024 ways to pass over eight or more of ten.
"""

TURNS_KEPT: Final = 60
OFFERS_KEPT: Final = 5_000

NAMES: Final = {
    "macro": "macros",
    "article": "article quotes",
    "past": "past replies",
    "llm": "model drafts",
    "procedure": "procedure steps",
}
"""Kinds of replies as the agent reads them."""

_TAKEN: Final = frozenset({Decision.ACCEPTED, Decision.EDITED})


@dataclass(slots=True)
class Turn:
    """What became of the replies of one turn: kind and last decision by suggestion."""

    decided: dict[str, tuple[str, Decision]] = field(default_factory=dict)

    def taken(self, kind: str) -> bool | None:
        """Return whether a reply of this kind was taken (``True``) or passed over; ``None`` where it says nothing."""
        of_kind = [decision for k, decision in self.decided.values() if k == kind]
        if not of_kind:
            return None
        if any(decision in _TAKEN for decision in of_kind):
            return True
        chosen = any(decision in _TAKEN for _, decision in self.decided.values())
        return None if chosen and Decision.DISMISSED not in of_kind else False


def scarce(turns: Iterable[Turn]) -> Mapping[str, str]:
    """Return the kinds that are mostly passed over in an agent's turns, oldest first, each with why, for the agent."""
    turns = tuple(turns)
    found: dict[str, str] = {}
    for kind in dict.fromkeys(kind for turn in turns for kind, _ in turn.decided.values()):
        outcomes = [taken for turn in turns if (taken := turn.taken(kind)) is not None][-WINDOW:]
        passed = outcomes.count(False)
        if passed >= MANY:
            found[kind] = f"Fewer {NAMES.get(kind, kind)} ({passed} of {len(outcomes)} passed over)."
    return found


class Tastes:
    """The fold over a desk's events; give it each event in order."""

    def __init__(self) -> None:
        self._offered: OrderedDict[tuple[str, str], tuple[str, str]] = OrderedDict()
        """Turn and kind by conversation and suggestion."""
        self._agents: OrderedDict[str, str] = OrderedDict()
        """Who has or had each conversation, the newest: a decision may come behind the closing."""
        self._turns: dict[str, OrderedDict[tuple[str, str], Turn]] = {}

    def fewer(self, agent: str) -> Mapping[str, str]:
        """Return the kinds of replies that this agent is shown fewer of, each with why."""
        return scarce(self._turns.get(agent, {}).values())

    def apply(self, event: Event) -> None:
        """Take in the next event."""
        match event.data:
            case RepliesSuggested(turn=turn, suggestions=suggestions):
                for suggestion in suggestions:
                    self._offered[event.conversation, suggestion.id] = (turn, suggestion.kind)
                while len(self._offered) > OFFERS_KEPT:
                    self._offered.popitem(last=False)
            case SuggestionDecided() as decided:
                self._decided(event, decided)
            case RepliesRestored(agent=agent):
                self._turns.pop(agent, None)
            case ConversationReleased(parked=False) | ConversationReturned() | ConversationTransferred(agent=""):
                self._agents.pop(event.conversation, None)
            case ConversationClaimed(agent=agent) | ConversationTransferred(agent=agent):
                self._agents[event.conversation] = agent
                self._agents.move_to_end(event.conversation)
                if len(self._agents) > OFFERS_KEPT:
                    self._agents.popitem(last=False)
            case _:
                pass

    def _decided(self, event: Event, decided: SuggestionDecided) -> None:
        by_agent = event.actor.startswith("agent:")
        agent = event.actor.removeprefix("agent:") if by_agent else self._agents.get(event.conversation, "")
        offered = self._offered.get((event.conversation, decided.suggestion))
        unread = decided.decision is Decision.IGNORED and decided.seconds < A_LOOK
        if not agent or offered is None or unread:
            return
        turn, kind = offered
        turns = self._turns.setdefault(agent, OrderedDict())
        turns.setdefault((event.conversation, turn), Turn()).decided[decided.suggestion] = (kind, decided.decision)
        while len(turns) > TURNS_KEPT:
            turns.popitem(last=False)
