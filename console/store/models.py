"""The read models as a fold: what each event does to the inbox and to the outbox."""

import hashlib
import inspect
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from console.conversation import events as e
from console.conversation import inbox
from console.conversation.inbox import InboxRow
from console.conversation.message import Author

OUTGOING: Final = frozenset({Author.AGENT, Author.BOT})
"""Whose messages a channel has to carry to the customer."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message in the outbox; one that a channel itself brought in is delivered in the batch that brings it."""

    seq: int
    channel: str
    conversation: str
    message: str


@dataclass(frozen=True, slots=True)
class Step:
    """What one event changes: the row after it, a message to send, or the id of one that was delivered."""

    row: InboxRow | None
    queued: Outgoing | None = None
    delivered: str = ""


def step(row: InboxRow | None, event: e.Event) -> Step:
    """Return what ``event`` changes, given the row of its conversation before it."""
    after = inbox.apply(row, event)
    match event.data:
        case e.MessageAdded(role=role) if after is not None and after.channel and role in OUTGOING:
            return Step(after, Outgoing(event.seq, after.channel, event.conversation, f"m{after.messages}"))
        case e.MessageDelivered(message=message):
            return Step(after, delivered=message)
        case _:
            return Step(after)


@dataclass(slots=True)
class Models:
    """The read models of a whole log, in memory."""

    rows: dict[str, InboxRow] = field(default_factory=dict)
    outbox: dict[tuple[str, str], Outgoing] = field(default_factory=dict)
    """By conversation and message."""

    def take(self, event: e.Event) -> None:
        """Take in the next event."""
        done = step(self.rows.get(event.conversation), event)
        if done.row is not None and event.conversation != e.WORKSPACE:
            self.rows[event.conversation] = done.row
        if done.queued is not None:
            self.outbox[event.conversation, done.queued.message] = done.queued
        if done.delivered:
            self.outbox.pop((event.conversation, done.delivered), None)


def fold(events: Iterable[e.Event]) -> Models:
    """Return the read models after ``events``, which come in order."""
    models = Models()
    for event in events:
        models.take(event)
    return models


def fold_name() -> str:
    """Return a name that changes whenever the fold does, so that rows made by an older one are made anew."""
    source = "".join(inspect.getsource(module) for module in (inbox, inspect.getmodule(step)) if module)
    return hashlib.sha256(source.encode()).hexdigest()[:16]
