"""The transcript as a list of entries: messages, notes and turning points, in order. Pure."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from console.conversation.boundary import Verdict
from console.conversation.message import Author, Message
from console.conversation.notices import is_notice
from console.conversation.queue_events import AsideKind
from console.conversation.queue_fold import Aside
from console.conversation.state import Conversation
from console.terminal.said import delivery_of, file_words, words_of


class EntryKind(StrEnum):
    """What an entry of the transcript is."""

    CUSTOMER = "customer"
    AGENT = "agent"
    BOT = "bot"
    SYSTEM = "system"
    NOTE = "note"
    WHISPER = "whisper"
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
    mark: str = ""
    """What somebody thinks of the bot's message, in words; empty while nobody has said it."""
    files: tuple[str, ...] = ()
    """The files that came with it, each in words."""


def timeline(conversation: Conversation, agent_name: str = "") -> list[Entry]:
    """Return the whole transcript; the hand-over and each note stand after the message they followed."""
    after: dict[str, list[Entry]] = {}
    for number, note in enumerate(conversation.notes):
        entry = Entry(f"note-{number}", EntryKind.NOTE, note.text, note.author, note.at)
        after.setdefault(note.after, []).append(entry)
    for number, turning in enumerate(conversation.boundary.turnings):
        place = conversation.messages[turning.messages - 1].id if turning.messages else ""
        entry = Entry(f"turning-{number}", EntryKind.MARK, turning.words, "", turning.at)
        after.setdefault(place, []).append(entry)
    for number, task in enumerate(conversation.tasks.marks):
        after.setdefault(task.after, []).append(Entry(f"task-{number}", EntryKind.MARK, task.words, "", task.at))
    for number, aside in enumerate(conversation.team.asides):
        kind = EntryKind.WHISPER if aside.kind is AsideKind.WHISPERED else EntryKind.NOTE
        entry = Entry(f"aside-{number}", kind, aside.text, _aside(aside), aside.at)
        after.setdefault(aside.after, []).append(entry)
    handover, end = conversation.handover, conversation.messages[-1].id if conversation.messages else ""
    last: list[Entry] = []
    for number, wrapped in enumerate(conversation.wrapped):
        entry = Entry(f"wrapped-{number}", EntryKind.MARK, wrapped.words, "", wrapped.at)
        behind = wrapped.after == end and handover is not None and wrapped.at >= handover.at
        (last if behind else after.setdefault(wrapped.after, [])).append(entry)
    result = after.get("", [])
    pending = handover is not None
    for message in conversation.messages:
        if pending and handover and message.at and message.at > handover.at:
            result.append(_handed_over(conversation))
            pending = False
        result.append(_message(conversation, message, agent_name))
        for entry in after.get(message.id, ()):
            if pending and handover and entry.at and entry.at > handover.at:
                result.append(_handed_over(conversation))
                pending = False
            result.append(entry)
    if pending:
        result.append(_handed_over(conversation))
    return [*result, *last]


def _aside(aside: Aside) -> str:
    """Return who says something to whom among staff."""
    match aside.kind:
        case AsideKind.ASKED:
            return f"{aside.name} asks {aside.to_name}"
        case AsideKind.ANSWERED:
            return f"{aside.name} answers"
        case AsideKind.WHISPERED:
            return f"{aside.name} to {aside.to_name}"


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
            who = "notice" if is_notice(message) else "look-up"
    files = tuple(map(file_words, message.attachments))
    words, state = words_of(conversation, message), delivery_of(conversation, message)
    mark = _marked(conversation, message)
    return Entry(message.id, kind, words, who, message.at, state, mark, files)


def _marked(conversation: Conversation, message: Message) -> str:
    mark = conversation.boundary.marks.get(message.id)
    if mark is None:
        return ""
    sign = "✓ right" if mark.verdict is Verdict.RIGHT else "✗ wrong"
    return f"{sign}, says {mark.by}{f': {mark.reason}' if mark.reason else ''}"


class Timeline:
    """The transcript of the conversation on the screen, brought up to date without making it all anew."""

    def __init__(self) -> None:
        self._made_of: tuple[object, ...] = ()
        self._messages = 0
        self._entries: list[Entry] = []

    def of(self, conversation: Conversation, agent_name: str) -> list[Entry]:
        """Return the transcript; the same list as before when nothing in it changed."""
        messages = conversation.messages
        made_of = (
            conversation.id,
            agent_name,
            conversation.customer.shown,
            len(conversation.notes),
            len(conversation.team.asides),
            len(conversation.delivered),
            conversation.contact,
            conversation.handover,
            conversation.boundary,
            conversation.tasks.marks,
            conversation.wrapped,
        )
        changed = self._messages != len(messages)
        if made_of != self._made_of or (changed and self._ends_in_mark) or self._messages > len(messages):
            self._entries = timeline(conversation, agent_name)
        elif changed:
            new = [_message(conversation, message, agent_name) for message in messages[self._messages :]]
            self._entries = [*self._entries, *new]
        self._made_of, self._messages = made_of, len(messages)
        return self._entries

    @property
    def _ends_in_mark(self) -> bool:
        return bool(self._entries) and self._entries[-1].kind is EntryKind.MARK
