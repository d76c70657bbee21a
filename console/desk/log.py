"""The event log as the desk sees it: a port, and what may go wrong behind it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from console.conversation.events import Event, NewEvent
from console.conversation.inbox import InboxRow


class LogError(Exception):
    """The event log could not do what was asked."""


class LogMoved(LogError):
    """The conversation has newer events than the caller decided upon; read them and decide again."""


class LogErased(LogError):
    """The conversation was erased; nothing more can be added to it."""


class LogUnwritable(LogError):
    """Nothing can be written: disk full, read-only folder, damaged file. The message says which and what to do."""


class LogDamaged(LogError):
    """The audit chain does not hold; ``secondchair verify`` names the first broken event."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far a channel has been read; moves in the transaction of the messages read."""

    channel: str
    value: str


@dataclass(frozen=True, slots=True)
class Write:
    """What one caller wants to append; see :meth:`EventLog.append`."""

    batch: Sequence[NewEvent]
    cursor: Cursor | None = None
    expect: int | None = None


@dataclass(frozen=True, slots=True)
class Appended:
    """The events of a batch; ``repeated`` when they stood in the log already and nothing was written."""

    events: tuple[Event, ...]
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class OutboxDepth:
    """How many messages wait for a channel, and since when the oldest does."""

    waiting: int
    oldest: datetime


@dataclass(frozen=True, slots=True)
class Erased:
    """What an erasure took away."""

    events: int = 0
    conversations: tuple[str, ...] = ()
    files: frozenset[str] = frozenset()
    """Files that no message names any more; the log does not hold them."""


class EventLog(Protocol):
    """An append-only log of events with its read models. Calls block; the desk runs them off the event loop."""

    def append(self, batch: Sequence[NewEvent], *, cursor: Cursor | None = None, expect: int | None = None) -> Appended:
        """Write a batch in one transaction, with ``cursor`` and the read models, and return it numbered.

        Raises :class:`LogErased` for a conversation that was erased, unless the batch opens it anew.

        If an event's ``(channel, external_id)`` stands in the log already, nothing is written, and the stored events
        of the batch that carried it are returned as ``repeated``. With ``expect``, raises :class:`LogMoved` when the
        conversation of the batch has an event later than that number. What is returned is durable.
        """

    def append_all(self, writes: Sequence[Write]) -> Sequence[Appended | Exception]:
        """Append for several callers in one transaction, as :meth:`append` does for one, and return what came of each.

        What one of them does wrong is that one's alone: its exception stands in its place.
        """

    def read(self, after: int = 0, *, conversation: str | None = None, limit: int = 1000) -> list[Event]:
        """Return up to ``limit`` events with ``seq > after``, in order; erased ones are left out.

        No event returned later ever carries a number at or below the last one returned.
        """

    def head(self) -> int:
        """Return the number of the newest event; 0 for an empty log."""

    def mark(self, seq: int) -> str:
        """Return what tells this log, up to an event's number, from every other; empty where it has no such event."""

    def probe(self) -> None:
        """Raise :class:`LogError` where the log cannot be read, or nothing can be written to it just now."""

    def inbox(self, *, closed: bool = False) -> list[InboxRow]:
        """Return the rows of the conversations that are not closed (or also the closed ones); no generated ones."""

    def row(self, conversation: str) -> InboxRow | None:
        """Return one conversation's row."""

    def of_customer(self, customer: str) -> list[InboxRow]:
        """Return the rows of a customer's conversations, the closed ones too, with the oldest news first."""

    def conversations_of(self, customer: str) -> Sequence[str]:
        """Return every conversation that a customer took part in, in the order in which they began."""

    def drafts_to(self, conversation: str) -> Sequence[tuple[str, str]]:
        """Return the unsent texts for a conversation, each with its agent."""

    def of_kinds(
        self, kinds: Sequence[str], *, after: int = 0, since: datetime | None = None, limit: int | None = None
    ) -> list[Event]:
        """Return the events of these kinds with ``seq > after``, in order; erased ones are left out.

        With ``since`` those that happened then or later, as their times are written: give one in UTC. With ``limit``
        so many at most.
        """

    def of_numbers(self, numbers: Sequence[int]) -> list[Event]:
        """Return the events of these numbers, in order; erased ones are left out."""

    def of_conversations(self, names: Sequence[str], kinds: Sequence[str]) -> list[Event]:
        """Return the events of these kinds in these conversations, in order; erased ones are left out."""

    def cursor(self, channel: str) -> str:
        """Return how far a channel has been read; empty at first."""

    def undelivered(self, channel: str) -> list[Event]:
        """Return the outbox of a channel: agents' and the bot's messages that it has not taken yet, in order."""

    def outbox_depths(self) -> Mapping[str, OutboxDepth]:
        """Return how much waits for each channel; channels for which nothing waits are left out."""

    def save_draft(self, agent: str, conversation: str, text: str) -> None:
        """Keep an agent's unsent text; an empty one is forgotten."""

    def drafts(self, agent: str) -> Mapping[str, str]:
        """Return an agent's unsent texts by conversation."""

    def erase(self, customer: str, *, by: str, at: datetime, also: Sequence[str] = ()) -> Erased:
        """Erase every conversation that a customer took part in, and record it in the same transaction.

        What was made from them goes too. ``also`` are ids of theirs that are in no log, for whoever else holds them.
        """

    def close(self) -> None:
        """Finish writing and let go of the database."""
