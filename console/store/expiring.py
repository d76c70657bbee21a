"""What of the log is old enough to go; every function runs inside one state of the database."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, or_, select

from console.conversation.events import WORKSPACE, Event
from console.conversation.inbox import InboxRow
from console.conversation.message import Status
from console.store import reading, rows
from console.store.schema import conversations, drafts, events

_CLOSED: Final = (
    select(conversations.c.row)
    .where(conversations.c.status == Status.CLOSED.value, conversations.c.id > bindparam("after"))
    .order_by(conversations.c.id)
    .limit(bindparam("most"))
)
_EXPIRED: Final = (
    reading.EVENT.join(conversations, conversations.c.id == events.c.conversation, isouter=True)
    .where(
        events.c.seq > bindparam("after"),
        events.c.kind.in_(bindparam("kinds", expanding=True)),
        events.c.at < bindparam("before"),
        or_(conversations.c.status == Status.CLOSED.value, events.c.conversation == WORKSPACE),
    )
    .order_by(events.c.seq)
    .limit(bindparam("most"))
)
_DRAFTS: Final = select(drafts.c.agent, drafts.c.conversation, conversations.c.row).join(
    conversations, conversations.c.id == drafts.c.conversation, isouter=True
)


def closed_rows(connection: Connection, after: str, limit: int) -> list[InboxRow]:
    """Return rows of closed conversations with an id above ``after``, by id."""
    return [rows.inbox_row(text) for text in connection.execute(_CLOSED, {"after": after, "most": limit}).scalars()]


def expired(connection: Connection, kinds: Sequence[str], before: datetime, after: int, limit: int) -> list[Event]:
    """Return events of these kinds from before a moment, of closed conversations or of none; the desk's time is UTC."""
    given = {"after": after, "kinds": list(kinds), "before": before.isoformat(), "most": limit}
    return [rows.event_of(row) for row in connection.execute(_EXPIRED, given)]


def idle_drafts(connection: Connection, before: datetime) -> list[Any]:
    """Return the agent and conversation of each unsent text whose conversation has had no news since a moment."""
    return [(row.agent, row.conversation) for row in connection.execute(_DRAFTS) if _idle(row.row, before)]


def forget_drafts(connection: Connection, before: datetime) -> int:
    """Delete those; returns how many."""
    idle = idle_drafts(connection, before)
    for agent, conversation in idle:
        connection.execute(delete(drafts).where(drafts.c.agent == agent, drafts.c.conversation == conversation))
    return len(idle)


def _idle(text: str | None, before: datetime) -> bool:
    row = rows.inbox_row(text) if text is not None else None
    return row is None or row.updated_at is None or row.updated_at < before
