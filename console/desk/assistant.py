"""The assist engine as the desk sees it, and the view of a conversation it is given."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Protocol

from console.assist.completions import Completion
from console.assist.packet import Handed
from console.assist.talk import Talk
from console.conversation.assistance import Flag, SourceType, Suggestion
from console.conversation.commands import SearchResult, Source
from console.conversation.events import EventData
from console.conversation.packet import Packet
from console.conversation.state import Conversation
from console.conversation.wrap_up import Wrapped, WrapUpProposal


class Assistant(Protocol):
    """Reads a conversation and proposes. Calls block and compute; the desk runs them in worker threads."""

    def turn(self, talk: Talk, cancelled: Callable[[], bool]) -> Iterator[EventData]:
        """Yield what the second chair has to say at this turn, fast parts first, until ``cancelled`` holds."""

    def check(self, talk: Talk, draft: str) -> Sequence[Flag]:
        """Return the flags that a draft of the agent raises."""

    def published(self, talk: Talk) -> Sequence[str]:
        """Return the texts of the company that bear on the conversation and that customers may read."""

    def packet(self, talk: Talk, handed: Handed) -> Packet:
        """Return the hand-over packet as of the newest message."""

    def wrap_up(self, talk: Talk, earlier: Wrapped | None) -> WrapUpProposal:
        """Return what is proposed when the conversation is closed; ``earlier`` is the wrap-up of its last closing."""

    def completions(self, talk: Talk, suggestions: tuple[Suggestion, ...]) -> Sequence[Completion]:
        """Return sentences that the composer may complete to, best first."""


class Lookup(Protocol):
    """Looking things up by hand: the knowledge base and the sources of suggestions."""

    @property
    def damage(self) -> str:
        """What of the knowledge base cannot be used, in a line for staff; does not block."""

    def search(self, query: str, k: int) -> SearchResult:
        """Return what the knowledge base holds on a query."""

    def source(self, kind: SourceType, source_id: str, passage: str) -> Source | None:
        """Return the whole source with ``passage`` marked in it; ``None`` when there is none of that id."""


def talk_of(state: Conversation, today: date) -> Talk:
    """Return the frozen view of a live conversation."""
    return Talk(
        conversation=state.id,
        customer=state.customer,
        messages=tuple(state.messages),
        agent=state.agent_name,
        routing=state.routing,
        dismissed=frozenset(state.dismissed),
        raised=frozenset(state.flags),
        moods={turn: mood.score for turn, mood in state.moods.items()},
        today=today,
        corrections=state.corrections,
        hidden=state.hidden,
        allowed=frozenset(state.boundary.allowed),
        judged=state.boundary.judged,
        handed=state.boundary.handed,
    )
