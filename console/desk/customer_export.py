"""Everything the desk keeps about one customer, as one .zip that people and programs can read."""

import json
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import RawIOBase
from typing import Final, Protocol

from console.conversation.attachments import Attachment
from console.conversation.behaviour_draft_events import BehaviourDrafted
from console.conversation.codec import encode
from console.conversation.draft_events import ArticleDrafted
from console.conversation.drafts import conversations_of
from console.conversation.events import ConversationOpened, Event, IdentityChanged, MessageAdded, event_to_json
from console.conversation.people import Customer
from console.conversation.scenario_draft_events import ScenarioDrafted
from console.conversation.state import Conversation, fold
from console.desk.behaviour_drafts import KINDS
from console.desk.log import EventLog
from console.desk.memory import Past
from console.desk.scenario_drafts import KINDS as SCENARIOS
from console.text import clean_line

PAGE: Final = 1_000
DRAFTS: Final = ("article-drafted", "draft-edited", "draft-approved", "draft-rejected", "draft-reopened")

README: Final = """\
What this desk keeps about customer {customer}
{line}

conversations/   each conversation as a text to read: who wrote what, and when
events.jsonl     the same as the desk keeps it, one event a line: messages, what was suggested and decided, how the
                 mood was read, hand-overs, closings
record.json      the customer's record as the desk saw it, the newest last
files/           the files that came with their messages
drafts.jsonl     texts that agents have begun to write to them and not sent
articles.jsonl   draft articles and behaviours that were made from their conversations, one step a line
past.jsonl       what is kept of closed conversations to suggest replies from; personal details are slots in it

There are {conversations} conversations with {events} events and {files} files.{missing}

Internal notes and what staff said among themselves are in it: look through it before you hand it on. Times are as the
desk's clock had them, with their zone. What else the company holds (orders, invoices, its own files of customers) is
not kept by the desk and not in here.
"""

Show = Callable[[int, int, str], None]
"""Told how many of how many conversations are written."""


class Bytes(Protocol):
    """Where files of customers lie."""

    def get(self, name: str) -> bytes | None:
        """Return the bytes; nothing where they are not."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What a desk keeps things in; calls block."""

    log: EventLog
    files: Bytes | None
    past: Past | None


class _Sink(RawIOBase):
    """What a .zip is written to: it is taken away piece by piece, so that no whole one has to be in memory."""

    def __init__(self) -> None:
        super().__init__()
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        """Return that it is: it cannot be read or sought in."""
        return True

    def write(self, data: object) -> int:
        """Take a piece."""
        piece = bytes(data)  # type: ignore[call-overload]  # whatever buffer it is
        self._pieces.append(piece)
        return len(piece)

    def take(self) -> bytes:
        """Return what was written since the last time."""
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)


def export(kept: Kept, customer: str, show: Show = lambda *_: None) -> Iterator[bytes]:
    """Yield the .zip in pieces; nothing where nothing is kept of this customer. Raises what the log raises."""
    names = kept.log.conversations_of(customer)
    past = kept.past.told(customer) if kept.past else ()
    if not names and not past:
        return
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        told = _Told()
        with archive.open("events.jsonl", "w", force_zip64=True) as file:
            for done, name in enumerate(names):
                show(done, len(names), "conversations")
                for event in _events(kept.log, name):
                    told.take(event)
                    file.write(_line(event_to_json(event)))
                yield sink.take()
        for name in names:  # once more: a .zip takes one file after the other
            archive.writestr(f"conversations/{name}.txt", transcript(fold(name, list(_events(kept.log, name)))))
            yield sink.take()
        missing = 0
        for attachment in told.files.values():
            data = kept.files.get(attachment.id) if kept.files else None
            missing += data is None
            if data is not None:
                archive.writestr(f"files/{attachment.id[:12]}-{attachment.name}", data)
                yield sink.take()
        archive.writestr("record.json", json.dumps(encode(told.records), ensure_ascii=False, indent=1))
        drafts = [(name, *draft) for name in names for draft in kept.log.drafts_to(name)]
        archive.writestr("drafts.jsonl", b"".join(_line(dict(zip(_DRAFT, d, strict=True))) for d in drafts))
        articles = b"".join(_line(event_to_json(event)) for event in _articles(kept.log, names))
        archive.writestr("articles.jsonl", articles)
        archive.writestr("past.jsonl", b"".join(map(_line, past)))
        archive.writestr("README.txt", told.readme(customer, len(names), missing))
    show(len(names), len(names), "conversations")
    yield sink.take()


_DRAFT: Final = ("conversation", "agent", "text")


class _Told:
    """What is found on the way through the events."""

    def __init__(self) -> None:
        self.records: list[Customer] = []
        self.files: dict[str, Attachment] = {}
        self.events = 0

    def take(self, event: Event) -> None:
        """Take in the next event."""
        self.events += 1
        match event.data:
            case ConversationOpened(customer=customer) | IdentityChanged(customer=customer):
                if customer not in self.records:
                    self.records.append(customer)
            case MessageAdded(attachments=attachments):
                self.files.update((attachment.id, attachment) for attachment in attachments)
            case _:
                pass

    def readme(self, customer: str, conversations: int, missing: int) -> str:
        """Return what stands at the top, for people."""
        lost = f" {missing} files are named by messages and no longer kept." if missing else ""
        line = "=" * len(f"What this desk keeps about customer {customer}")
        files = len(self.files) - missing
        return README.format(
            customer=customer, line=line, conversations=conversations, events=self.events, files=files, missing=lost
        )


def transcript(state: Conversation) -> str:
    """Return a conversation as text to read, with the internal notes at their places.

    Only the desk's own lines begin at the edge: what somebody wrote is set in from its second line on.
    """
    customer = clean_line(state.customer.shown)
    lines = [f"Conversation {state.id} on {state.channel}: {customer}"]
    lines += [f"Subject: {clean_line(state.subject)}"] if state.subject else []
    notes: dict[str, list[str]] = {}
    for note in state.notes:
        said = f"{note.at:%Y-%m-%d %H:%M} Internal note, {clean_line(note.author)}: {_set_in(note.text)}"
        notes.setdefault(note.after, []).append(said)
    lines += ["", *notes.get("", ())]
    for message in state.messages:
        who = clean_line(message.author) or (customer if message.role == "customer" else message.role.value)
        at = f"{message.at:%Y-%m-%d %H:%M} " if message.at else ""
        lines += [f"{at}{who}: {_set_in(message.text)}", *notes.get(message.id, ())]
    if state.disposition:
        lines += ["", f"Closed: {clean_line(state.disposition)}, {'resolved' if state.resolved else 'not resolved'}"]
    return "\n".join(lines) + "\n"


def _set_in(text: str) -> str:
    return "\n    ".join(text.splitlines())


def _events(log: EventLog, conversation: str) -> Iterator[Event]:
    after = 0
    while found := log.read(after, conversation=conversation, limit=PAGE):
        yield from found
        after = found[-1].seq


def _articles(log: EventLog, names: Sequence[str]) -> Iterator[Event]:
    """Yield every step of the draft articles and behaviours that were made from these conversations."""
    theirs: set[str] = set()
    for event in log.of_kinds((*DRAFTS, *KINDS, *SCENARIOS)):
        if isinstance(event.data, ArticleDrafted):
            made_from = conversations_of(event.data.conversation, event.data.lines)
            if not set(names).isdisjoint(made_from):
                theirs.add(event.data.draft)
        if isinstance(event.data, BehaviourDrafted) and not set(names).isdisjoint(event.data.conversations):
            theirs.add(event.data.draft)
        if isinstance(event.data, ScenarioDrafted) and event.data.conversation in names:
            theirs.add(event.data.draft)
        if getattr(event.data, "draft", None) in theirs:
            yield event


def _line(row: object) -> bytes:
    return (json.dumps(row, ensure_ascii=False) + "\n").encode()
