"""In whose hands a conversation is: what the inbox has of it too, without the rest of its row. Pure.

A test holds it to :mod:`console.conversation.inbox`. It is asked of every event of the log.
"""

from typing import Final

from console.conversation import events as e
from console.conversation import queue_events as q
from console.conversation.inbox import InboxRow
from console.conversation.message import Author, Status

Hands = tuple[str, str]
"""The status, as a word, and the agent; the agent is empty where nobody has it."""

NOBODY: Final[Hands] = (InboxRow("").status.value, "")

STATUS_KINDS: Final = (
    "conversation-claimed",
    "conversation-released",
    "conversation-closed",
    "conversation-reopened",
    "conversation-transferred",
    "conversation-returned",
    "conversation-woken",
)
"""The kinds of events that change it, beside hand-overs and messages."""

_ACTIVE, _WAITING, _PARKED, _CLOSED = (
    status.value for status in (Status.ACTIVE, Status.WAITING, Status.PARKED, Status.CLOSED)
)


def hands_after(hands: Hands, data: e.EventData) -> Hands:
    """Return it after an event; the very same where nothing changes."""
    status, agent = hands
    match data:
        case e.MessageAdded(role=role):
            return (_ACTIVE, agent) if status == _PARKED and role is Author.CUSTOMER else hands
        case e.HandedOver():
            return _WAITING, agent
        case e.ConversationReleased(parked=parked):
            return (_PARKED, agent) if parked else (_WAITING, "")
        case e.ConversationClosed():
            return _CLOSED, agent
        case e.ConversationReopened():
            return (_ACTIVE if agent else _WAITING), agent
        case _:
            return _after_teamwork(hands, data)


def _after_teamwork(hands: Hands, data: e.EventData) -> Hands:
    match data:
        case e.ConversationClaimed(agent=agent):
            return _ACTIVE, agent
        case q.ConversationTransferred(agent=agent):
            return (_ACTIVE if agent else _WAITING), agent
        case q.ConversationReturned():
            return _WAITING, ""
        case q.ConversationWoken() if hands[0] == _PARKED:
            return _ACTIVE, hands[1]
        case _:
            return hands
