"""What is asked of the log without changing it; every function runs inside one state of the database."""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import Connection, Select, and_, func, select

from console.conversation.events import Event
from console.conversation.inbox import InboxRow
from console.conversation.message import Status
from console.store import rows
from console.store.audit import Head, beginning
from console.store.schema import conversations, cursors, drafts, events, meta, outbox, payloads

EVENT: Final[Select[Any]] = select(
    events.c.seq,
    events.c.conversation,
    events.c.kind,
    events.c.at,
    events.c.channel,
    events.c.external_id,
    payloads.c.actor,
    payloads.c.payload,
).join_from(events, payloads, and_(payloads.c.seq == events.c.seq, payloads.c.payload.is_not(None)))
"""Events with their payload, erased ones left out; :func:`rows.event_of` reads them."""


def read(connection: Connection, after: int, conversation: str | None, limit: int) -> list[Event]:
    """Return up to ``limit`` events after a number, in order, of one conversation or of all."""
    query = EVENT.where(events.c.seq > after).order_by(events.c.seq).limit(limit)
    if conversation is not None:
        query = query.where(events.c.conversation == conversation)
    return [rows.event_of(row) for row in connection.execute(query)]


def batch_of(connection: Connection, batch: int) -> tuple[Event, ...]:
    """Return the events of a batch, erased ones left out."""
    query = EVENT.where(events.c.batch == batch).order_by(events.c.seq)
    return tuple(rows.event_of(row) for row in connection.execute(query))


def head(connection: Connection, workspace: str) -> Head:
    """Return the end of the chain."""
    last = connection.execute(select(events.c.seq, events.c.mac).order_by(events.c.seq.desc()).limit(1)).first()
    return Head(last.seq, last.mac) if last else beginning(workspace)


def mac_of(connection: Connection, seq: int, workspace: str) -> bytes | None:
    """Return the MAC of an event; the beginning's for 0, and ``None`` where there is no such event."""
    if seq == 0:
        return beginning(workspace).mac
    return connection.execute(select(events.c.mac).where(events.c.seq == seq)).scalar()


def newest(connection: Connection, conversation: str) -> int:
    """Return the number of a conversation's newest event; 0 where it has none."""
    query = select(func.max(events.c.seq)).where(events.c.conversation == conversation)
    return connection.execute(query).scalar() or 0


def inbox(connection: Connection, *, closed: bool) -> list[InboxRow]:
    """Return the inbox, the conversation with the oldest news first."""
    query = select(conversations.c.row).order_by(conversations.c.seq)
    if not closed:
        query = query.where(conversations.c.status != Status.CLOSED.value)
    return [rows.inbox_row(text) for text in connection.execute(query).scalars()]


def row(connection: Connection, conversation: str) -> InboxRow | None:
    """Return one conversation's row."""
    text = connection.execute(select(conversations.c.row).where(conversations.c.id == conversation)).scalar()
    return rows.inbox_row(text) if text is not None else None


def cursor(connection: Connection, channel: str) -> str:
    """Return how far a channel has been read."""
    return connection.execute(select(cursors.c.value).where(cursors.c.channel == channel)).scalar() or ""


def undelivered(connection: Connection, channel: str) -> list[Event]:
    """Return the messages that a channel has still to take, in order."""
    query = EVENT.join(outbox, outbox.c.seq == events.c.seq).where(outbox.c.channel == channel)
    return [rows.event_of(found) for found in connection.execute(query.order_by(events.c.seq))]


def drafts_of(connection: Connection, agent: str) -> Mapping[str, str]:
    """Return an agent's unsent texts by conversation."""
    query = select(drafts.c.conversation, drafts.c.text).where(drafts.c.agent == agent)
    return {found.conversation: found.text for found in connection.execute(query)}


def fact(connection: Connection, name: str) -> str:
    """Return a fact of the workspace; empty where it is not known."""
    return connection.execute(select(meta.c.value).where(meta.c.name == name)).scalar() or ""
