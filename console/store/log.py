"""The event log on a database: the desk's port, and what its keeper needs (verify, export, erase, rebuild)."""

import logging
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from console.conversation.events import Event, NewEvent
from console.conversation.inbox import InboxRow
from console.desk.log import (
    Appended,
    Cursor,
    Erased,
    LogDamaged,
    LogError,
    LogMoved,
    LogUnwritable,
    OutboxDepth,
    Write,
)
from console.store import expiring, keeping, reading, rows, verify, writing
from console.store.anchor import Anchor
from console.store.appending import Request, append_all
from console.store.audit import AuditKey, Head
from console.store.commits import Commits
from console.store.database import Database
from console.store.erasing import Eraser
from console.store.transaction import Transaction
from console.store.verify import Progress, Verdict

T = TypeVar("T")

_warn = logging.getLogger(__name__).warning


class SqlEventLog:
    """An :class:`~console.desk.log.EventLog` in a database whose schema is present; safe to call from any thread.

    ``workspace`` is the id that the log was created with, ``key`` its audit key and ``anchor`` where its head is kept.
    """

    def __init__(
        self, database: Database, *, workspace: str, key: AuditKey, anchor: Anchor, read_only: bool = False
    ) -> None:
        self.database = database
        self.workspace = workspace
        self._key = key
        self._anchor = anchor
        self._read_only = read_only
        self._closed = False
        self._refused = False
        """Whether the last try to write failed; a probe then writes in earnest, as a full disk shows no sooner."""
        self._commits = Commits(database, self._anchored, partial(append_all, key=key, workspace=workspace))

    def append(self, batch: Sequence[NewEvent], *, cursor: Cursor | None = None, expect: int | None = None) -> Appended:
        """Write a batch in one transaction; raises ``ValueError`` for an event that could not be read back."""
        outcome = self.append_all([Write(batch, cursor, expect)])[0]
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    def append_all(self, writes: Sequence[Write]) -> list[Appended | Exception]:
        """Write what several callers want in one transaction, and return what came of each."""
        requests = [_requested(write) for write in writes]
        sound = [request for request in requests if isinstance(request, Request)]
        outcomes = self._tried(lambda: self._commits.append(sound)) if sound else []
        self._refused = self._refused or any(isinstance(o, LogError) and not isinstance(o, LogMoved) for o in outcomes)
        done = iter(outcomes)
        return [next(done) if isinstance(request, Request) else request for request in requests]

    def read(self, after: int = 0, *, conversation: str | None = None, limit: int = 1000) -> list[Event]:
        """Return up to ``limit`` events after a number, in order; erased ones are left out."""
        with self._reading() as connection:
            return reading.read(connection, after, conversation, limit)

    def head(self) -> int:
        """Return the number of the newest event."""
        with self._reading() as connection:
            return reading.head(connection, self.workspace).seq

    def mark(self, seq: int) -> str:
        """Return what tells this log, up to an event's number, from every other; empty where it has no such event."""
        with self._reading() as connection:
            mac = reading.mac_of(connection, seq, self.workspace)
        return f"{self.workspace} {mac.hex()}" if mac is not None else ""

    def probe(self) -> None:
        """Read the end of the log and begin to write; nothing is changed where the last write went well."""
        self.head()
        self._write(_touch if self._refused else _nothing)

    def inbox(self, *, closed: bool = False) -> list[InboxRow]:
        """Return the inbox, the conversation with the oldest news first; none of a generated history."""
        with self._reading() as connection:
            return reading.inbox(connection, closed=closed)

    def row(self, conversation: str) -> InboxRow | None:
        """Return one conversation's row."""
        with self._reading() as connection:
            return reading.row(connection, conversation)

    def of_customer(self, customer: str) -> list[InboxRow]:
        """Return the rows of a customer's conversations, the closed ones too, with the oldest news first."""
        with self._reading() as connection:
            return reading.of_customer(connection, customer)

    def conversations_of(self, customer: str) -> list[str]:
        """Return every conversation that a customer took part in, in the order in which they began."""
        with self._reading() as connection:
            return reading.conversations_of(connection, customer)

    def drafts_to(self, conversation: str) -> list[tuple[str, str]]:
        """Return the unsent texts for a conversation, each with its agent."""
        with self._reading() as connection:
            return reading.drafts_to(connection, conversation)

    def of_kinds(
        self, kinds: Sequence[str], *, after: int = 0, since: datetime | None = None, limit: int | None = None
    ) -> list[Event]:
        """Return events of these kinds, in order; erased ones are left out."""
        with self._reading() as connection:
            return reading.of_kinds(connection, kinds, after, since, limit)

    def of_numbers(self, numbers: Sequence[int]) -> list[Event]:
        """Return the events of these numbers, in order; erased ones are left out."""
        with self._reading() as connection:
            return reading.of_numbers(connection, numbers)

    def of_conversations(self, names: Sequence[str], kinds: Sequence[str]) -> list[Event]:
        """Return the events of these kinds in these conversations, in order; erased ones are left out."""
        with self._reading(self.database.reader) as connection:
            return reading.of_conversations(connection, names, kinds)

    def cursor(self, channel: str) -> str:
        """Return how far a channel has been read; empty at first."""
        with self._reading() as connection:
            return reading.cursor(connection, channel)

    def undelivered(self, channel: str) -> list[Event]:
        """Return the messages that a channel has still to take, in order."""
        with self._reading() as connection:
            return reading.undelivered(connection, channel)

    def outbox_depths(self) -> Mapping[str, OutboxDepth]:
        """Return how much waits for each channel for which something does."""
        with self._reading() as connection:
            return reading.outbox_depths(connection)

    def save_draft(self, agent: str, conversation: str, text: str) -> None:
        """Keep an agent's unsent text; an empty one is forgotten."""
        self._write(lambda transaction: writing.save_draft(transaction.connection, agent, conversation, text))

    def drafts(self, agent: str) -> Mapping[str, str]:
        """Return an agent's unsent texts by conversation."""
        with self._reading() as connection:
            return reading.drafts_of(connection, agent)

    def export(self, after: int = 0) -> Iterator[dict[str, Any]]:
        """Yield every event after a number as JSON types, in order; an erased one as ``data: null, erased: true``."""
        while True:
            with self._reading() as connection:
                found = keeping.page(connection, after)
            if not found:
                return
            yield from found
            after = found[-1]["seq"]

    @property
    def key(self) -> AuditKey:
        """The key of its chain."""
        return self._key

    def derived(self, purpose: str) -> bytes:
        """Return a secret of 32 bytes for a purpose, the same on every server that has the audit key."""
        return self._key.sign("derived", purpose)

    def verify(self, progress: Progress | None = None) -> Verdict:
        """Check the whole log against its key, its anchor and its read models; others may write meanwhile."""
        anchored: Head | str | None
        try:
            anchored = self._anchor.read()  # before the log: the anchor may then lag behind, but never run ahead
        except (ValueError, OSError) as error:
            anchored = str(error)
        try:
            with self._reading(self.database.reader) as connection:
                verdict = verify.verify(connection, self._key, self.workspace, anchored, progress)
                faults = self.database.faults(connection) if verdict.whole else ""
        except LogDamaged as error:
            return Verdict(False, 0, reason=str(error))
        return replace(verdict, whole=False, reason=faults) if faults else verdict

    def erase(self, customer: str, *, by: str = "desk", at: datetime | None = None, also: Sequence[str] = ()) -> Erased:
        """Erase the conversations of a customer for good; the chain stays whole.

        Payloads with their salts, inbox rows, queued messages, drafts, and what was made from them go; nothing that
        names the customer remains. See :class:`~console.desk.log.EventLog`.
        """
        if not customer:
            raise ValueError("name the customer to erase")
        when = at or datetime.now(UTC)
        done = self._write(lambda transaction: self._eraser(transaction).customer(customer, by, when, also))
        self.tidy()
        return done

    def closed_rows(self, after: str, limit: int) -> list[InboxRow]:
        """Return rows of closed conversations with an id above ``after``, by id."""
        with self._reading() as connection:
            return expiring.closed_rows(connection, after, limit)

    def expired(self, kinds: Sequence[str], before: datetime, after: int, limit: int) -> list[Event]:
        """Return events of these kinds from before a moment with a higher number, of closed conversations or none."""
        with self._reading() as connection:
            return expiring.expired(connection, kinds, before, after, limit)

    def idle_drafts(self, before: datetime) -> int:
        """Return how many unsent texts are for conversations without news since a moment."""
        with self._reading() as connection:
            return len(expiring.idle_drafts(connection, before))

    def erase_conversations(self, names: Sequence[str], *, by: str, at: datetime) -> Erased:
        """Erase these whole, in one transaction; :meth:`tidy` is left to the caller."""
        return self._write(lambda transaction: self._eraser(transaction).conversations(names, by, at))

    def expire(self, events: Sequence[Event], *, by: str, at: datetime) -> int:
        """Erase these events in one transaction; returns how many were there."""
        return self._write(lambda transaction: self._eraser(transaction).events(events, by, at))

    def forget_drafts(self, before: datetime, *, by: str, at: datetime) -> int:
        """Delete unsent texts for conversations without news since a moment; returns how many."""
        return self._write(lambda transaction: self._eraser(transaction).unsent(before, by, at))

    def tidy(self) -> None:
        """Let nothing of what was erased stay behind in the database's own files."""
        self._commits.alone(self.database.vacuum)

    def attachments(self) -> frozenset[str]:
        """Return the ids of the files that messages name; those of erased messages are not among them."""
        with self._reading() as connection:
            return keeping.attachments(connection)

    def rebuild(self) -> None:
        """Make the read models anew by folding every event."""
        self._write(lambda transaction: keeping.rebuild(transaction.connection))

    def close(self) -> None:
        """Finish writing and let go of the database; closing twice does no harm."""
        self._closed = True
        self._commits.close()
        self.database.close()

    def _eraser(self, transaction: Transaction) -> Eraser:
        return Eraser(transaction, self._key, self.workspace)

    def _write(self, work: Callable[[Transaction], T]) -> T:
        return self._tried(lambda: self._commits.run(work))

    def _tried(self, write: Callable[[], T]) -> T:
        """Write, and note whether the log took it."""
        if self._read_only:
            raise LogUnwritable(f"{self.database.name} was opened for reading only.")
        try:
            done = write()
        except LogMoved:
            raise
        except LogError:
            self._refused = True
            raise
        self._refused = False
        return done

    @contextmanager
    def _reading(self, engine: Engine | None = None) -> Iterator[Connection]:
        """Open a connection for one statement, or for what ``engine`` is for."""
        if self._closed:
            raise LogError(f"{self.database.name} has been closed.")
        try:
            with (engine or self.database.single).connect() as connection:
                yield connection
        except DBAPIError as error:
            raise self.database.explain(error) from error

    def _anchored(self, head: Head) -> None:
        try:
            self._anchor.write(head)
        except OSError as error:  # the events are durable: a lagging anchor is no reason to deny them
            _warn("the head of the log could not be anchored at %s: %s", self._anchor.path, error.strerror)


def _nothing(_: Transaction) -> None:
    """Write nothing: that the transaction begins is enough."""


def _touch(transaction: Transaction) -> None:
    """Write a fact that nobody reads."""
    writing.set_fact(transaction.connection, "probed", secrets.token_hex(8))


def _requested(write: Write) -> Request | ValueError:
    """Return what a caller wants, checked and encoded; or why it could not be read back."""
    try:
        return Request([rows.prepare(new) for new in write.batch], write.cursor, write.expect)
    except ValueError as error:
        return error
