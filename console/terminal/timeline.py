"""The transcript as a list of entries: messages, notes and turning points, in order. Pure."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from console.conversation.message import Author, Message
from console.conversation.state import Conversation


class EntryKind(StrEnum):
    """What an entry of the transcript is."""

    CUSTOMER = "customer"
    AGENT = "agent"
    BOT = "bot"
    SYSTEM = "system"
    NOTE = "note"
    MARK = "mark"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: ``key`` is stable, ``who`` is the name to show, ``state`` the delivery in words."""

    key: str
    kind: EntryKind
    text: str
    who: str = ""
    at: datetime | None = None
    state: str = ""


def timeline(conversation: Conversation, agent_name: str = "") -> list[Entry]:
    """Return the whole transcript; the hand-over and each note stand after the message they followed."""
    after: dict[str, list[Entry]] = {}
    for number, note in enumerate(conversation.notes):
        entry = Entry(f"note-{number}", EntryKind.NOTE, note.text, note.author, note.at)
        after.setdefault(note.after, []).append(entry)
    result = after.get("", [])
    handover = conversation.handover
    pending = handover is not None
    for message in conversation.messages:
        if pending and handover and message.at and message.at > handover.at:
            result.append(_handed_over(conversation))
            pending = False
        result.append(_message(conversation, message, agent_name))
        result.extend(after.get(message.id, ()))
    if pending:
        result.append(_handed_over(conversation))
    return result


def _handed_over(conversation: Conversation) -> Entry:
    handover = conversation.handover
    if handover is None:  # the caller looked; this keeps the types honest
        return Entry("handover", EntryKind.MARK, "")
    return Entry("handover", EntryKind.MARK, f"Handed over to people: {handover.reason}", "", handover.at)


def _message(conversation: Conversation, message: Message, agent_name: str) -> Entry:
    kind = EntryKind(message.role.value)
    match message.role:
        case Author.CUSTOMER:
            who = conversation.customer.called or conversation.customer.shown
        case Author.AGENT:
            name = message.author or conversation.agent_name or "agent"
            who = "You" if agent_name and name == agent_name else name
        case Author.BOT:
            who = "bot"
        case Author.SYSTEM:
            who = "look-up"
    state = ""
    if message.role is Author.AGENT:
        state = "delivered" if message.id in conversation.delivered else "sent"
    return Entry(message.id, kind, message.text, who, message.at, state)
