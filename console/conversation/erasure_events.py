"""The events of what the desk forgets for good; part of :data:`console.conversation.events.EventData`.

They name no customer: only which conversations lost something, so that whoever holds a copy drops it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

ASKED_KINDS: Final = ("question-unanswered", "gap-put-aside", "gap-brought-back")
"""The kinds of events of no conversation that are erased with one that they tell of: what was looked up, and what was
decided on it. Beside them go the steps of drafts that were made from it."""


@dataclass(frozen=True, slots=True)
class ConversationsErased:
    """Conversations were erased whole, with what was made from them."""

    conversations: tuple[str, ...]
    """Their ids; those of imported ones, which are in no log, among them."""
    events: int = 0
    """How many events lost their contents."""
    drafts: tuple[str, ...] = ()
    """Ids of the draft articles that were made from them."""
    others: tuple[str, ...] = ()
    """Other conversations in which an event told of these, and was erased."""


@dataclass(frozen=True, slots=True)
class EventsExpired:
    """Events of some kinds were erased because they are old; the conversations go on without them."""

    kinds: Mapping[str, int]
    """How many events of each kind."""
    conversations: tuple[str, ...]
    """Ids of the conversations that lost some."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What copies are to be dropped after an event."""

    gone: frozenset[str] = frozenset()
    """Conversations that are no more."""
    changed: frozenset[str] = frozenset()
    """Conversations that are to be read anew."""
    drafts: frozenset[str] = frozenset()


def forgotten(data: object) -> Forgotten | None:
    """Return what an event's data says is to be dropped; ``None`` for any other event."""
    match data:
        case ConversationsErased():
            return Forgotten(frozenset(data.conversations), frozenset(data.others), frozenset(data.drafts))
        case EventsExpired():
            return Forgotten(changed=frozenset(data.conversations))
        case _:
            return None
