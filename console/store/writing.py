"""What changes the log; every function does its part of one write transaction."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, insert, literal_column, select, update

from console.conversation.events import WORKSPACE, ConversationOpened, Event
from console.conversation.inbox import InboxRow
from console.desk.log import Appended, Cursor, LogErased, LogMoved
from console.store import reading, rows
from console.store.audit import AuditKey, Head
from console.store.commits import Transaction
from console.store.models import Outgoing, Step, step
from console.store.rows import Prepared
from console.store.schema import conversations, cursors, drafts, events, meta, outbox, payloads

_STANDING: Final = select(events.c.batch).where(
    events.c.channel == bindparam("of_channel"),
    events.c.external_id == bindparam("of_id"),
    events.c.external_id != literal_column("''"),  # as the index says it, or it would not be used
)
_ERASED: Final = (
    select(events.c.seq)
    .join_from(events, payloads, payloads.c.seq == events.c.seq)
    .where(
        events.c.conversation == bindparam("named"),
        events.c.kind == "conversation-opened",
        payloads.c.erased.is_not(None),
    )
    .limit(1)
)
_FORGET_CURSOR: Final = delete(cursors).where(cursors.c.channel == bindparam("of_channel"))
_FORGET_DRAFT: Final = delete(drafts).where(
    drafts.c.agent == bindparam("of_agent"), drafts.c.conversation == bindparam("of_conversation")
)
_UPDATE_ROW: Final = update(conversations).where(conversations.c.id == bindparam("of_id"))
_TAKE_OUT: Final = delete(outbox).where(
    outbox.c.conversation == bindparam("of_conversation"), outbox.c.message == bindparam("of_message")
)


def append(
    transaction: Transaction,
    batch: Sequence[Prepared],
    cursor: Cursor | None,
    expect: int | None,
    *,
    key: AuditKey,
    workspace: str,
) -> Appended:
    """Write a batch with its cursor and read models; see :class:`console.desk.log.EventLog`."""
    connection = transaction.connection
    before = _repeated(connection, batch)
    if before is not None:
        return Appended(reading.batch_of(connection, before), repeated=True)
    if expect is not None:
        _require_unmoved(connection, batch, expect)
    head = transaction.head or reading.head(connection, workspace)
    written, end = _write(connection, batch, head, key) if batch else ((), head)
    if cursor is not None:
        connection.execute(_FORGET_CURSOR, {"of_channel": cursor.channel})
        connection.execute(insert(cursors), {"channel": cursor.channel, "value": cursor.value})
    transaction.head = end
    transaction.moved = transaction.moved or bool(batch)
    return Appended(written)


def save_draft(connection: Connection, agent: str, conversation: str, text: str) -> None:
    """Keep or forget an agent's unsent text."""
    connection.execute(_FORGET_DRAFT, {"of_agent": agent, "of_conversation": conversation})
    if text:
        connection.execute(insert(drafts), {"agent": agent, "conversation": conversation, "text": text})


def set_fact(connection: Connection, name: str, value: str) -> None:
    """Set a fact of the workspace."""
    connection.execute(delete(meta).where(meta.c.name == name))
    connection.execute(insert(meta), {"name": name, "value": value})


def _repeated(connection: Connection, batch: Sequence[Prepared]) -> int | None:
    """Return the batch in which an event of this one stands already; raises ``ValueError`` for twins in one batch."""
    named = [(p.new.channel, p.new.external_id) for p in batch if p.new.external_id]
    if len(set(named)) < len(named):
        raise ValueError("two events of one batch carry the same channel and external id")
    for channel, external_id in named:
        found = connection.execute(_STANDING, {"of_channel": channel, "of_id": external_id}).scalar()
        if found is not None:
            return int(found)
    return None


def _require_unmoved(connection: Connection, batch: Sequence[Prepared], expect: int) -> None:
    named = {p.new.conversation for p in batch}
    if len(named) != 1:
        raise ValueError("a batch that expects a number is of exactly one conversation")
    conversation = named.pop()
    newest = reading.newest(connection, conversation)
    if newest > expect:
        raise LogMoved(f"conversation {conversation!r} has event {newest}, which is later than {expect}; read it first")


def _require_unerased(connection: Connection, conversation: str) -> None:
    """Refuse what is still on its way into a conversation that is gone: it would tell of the customer again."""
    if connection.execute(_ERASED, {"named": conversation}).first() is not None:
        raise LogErased(f"conversation {conversation!r} was erased")


def _write(
    connection: Connection, batch: Sequence[Prepared], head: Head, key: AuditKey
) -> tuple[tuple[Event, ...], Head]:
    first = head.seq + 1
    before: dict[str, InboxRow | None] = {}
    after: dict[str, InboxRow] = {}
    steps: list[Step] = []
    written: list[Event] = []
    records, kept = [], []
    for prepared in batch:
        event = rows.numbered(prepared, head.seq + 1)
        name = event.conversation
        if name not in before:
            before[name] = reading.row(connection, name) if name != WORKSPACE else None
            if before[name] is None and name != WORKSPACE and not isinstance(event.data, ConversationOpened):
                _require_unerased(connection, name)
        done = step(after.get(name, before[name]), event)
        if done.row is not None:
            after[name] = done.row
        customer = done.row.customer if done.row is not None else ""
        record = rows.signed(prepared, customer, key, head, first)
        records.append(rows.event_values(record))
        kept.append(rows.payload_values(prepared, event.seq, customer))
        steps.append(done)
        written.append(event)
        head = Head(record.seq, record.mac)
    connection.execute(insert(events), records)
    connection.execute(insert(payloads), kept)
    for name, row in after.items():
        write_row(connection, row, known=before[name] is not None)
    for done, event in zip(steps, written, strict=True):
        _move_outbox(connection, done, event.conversation)
    return tuple(written), head


def write_row(connection: Connection, row: InboxRow, *, known: bool) -> None:
    """Set a conversation's row in the inbox."""
    values = rows.inbox_values(row)
    if known:
        connection.execute(_UPDATE_ROW, {**values, "of_id": row.id})
    else:
        connection.execute(insert(conversations), values)


def outbox_values(out: Outgoing) -> dict[str, Any]:
    """Return the columns of ``outbox``."""
    return asdict(out)


def _move_outbox(connection: Connection, done: Step, conversation: str) -> None:
    if done.queued is not None:
        connection.execute(insert(outbox), outbox_values(done.queued))
    if done.delivered:
        connection.execute(_TAKE_OUT, {"of_conversation": conversation, "of_message": done.delivered})
