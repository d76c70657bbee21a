"""Appends for many callers at once: what they need is read together, decided on in memory, and written together.

A statement to the database costs about as much for fifty events as for one, and a busy desk writes hundreds a second.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, insert, literal_column, select, update

from console.conversation.erasure_events import ConversationsErased
from console.conversation.events import WORKSPACE, ConversationOpened, Event
from console.conversation.inbox import InboxRow
from console.conversation.made_from import made_from
from console.desk.log import Appended, Cursor, LogErased, LogMoved
from console.store import reading, rows
from console.store.audit import AuditKey, Head
from console.store.models import Outgoing, step
from console.store.rows import Prepared
from console.store.schema import conversations, cursors, events, outbox, payloads
from console.store.transaction import Transaction

_STANDING: Final = select(events.c.channel, events.c.external_id, events.c.batch).where(
    events.c.channel.in_(bindparam("of_channels", expanding=True)),
    events.c.external_id.in_(bindparam("of_ids", expanding=True)),
    events.c.external_id != literal_column("''"),  # as the index says it, or it would not be used
)
_ROWS: Final = select(conversations.c.row).where(conversations.c.id.in_(bindparam("of_ids", expanding=True)))
_UPDATE_ROW: Final = update(conversations).where(conversations.c.id == bindparam("of_id"))
_TAKE_OUT: Final = delete(outbox).where(
    outbox.c.conversation == bindparam("of_conversation"), outbox.c.message == bindparam("of_message")
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

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Request:
    """What one caller wants to append; see :class:`console.desk.log.EventLog`."""

    batch: Sequence[Prepared]
    cursor: Cursor | None = None
    expect: int | None = None

    @property
    def named(self) -> list[Key]:
        """The channel's own ids in the batch."""
        return [(p.new.channel, p.new.external_id) for p in self.batch if p.new.external_id]


@dataclass(slots=True)
class _Plan:
    """What is to be written, and how things stand once it is."""

    head: Head
    standing: dict[Key, int]
    before: dict[str, InboxRow]
    after: dict[str, InboxRow] = field(default_factory=dict)
    written: dict[int, tuple[Event, ...]] = field(default_factory=dict)
    """The events of each batch of this plan, by the batch's number."""
    events: list[dict[str, Any]] = field(default_factory=list)
    payloads: list[dict[str, Any]] = field(default_factory=list)
    queued: dict[Key, Outgoing] = field(default_factory=dict)
    delivered: list[Key] = field(default_factory=list)
    cursors: dict[str, str] = field(default_factory=dict)

    def row(self, conversation: str) -> InboxRow | None:
        """Return a conversation's row as it stands now."""
        return self.after.get(conversation) or self.before.get(conversation)

    def write(self, connection: Connection) -> None:
        """Write all of it."""
        _many(connection, insert(events), self.events)
        _many(connection, insert(payloads), self.payloads)
        values = [(name, rows.inbox_values(row)) for name, row in self.after.items()]
        _many(connection, insert(conversations), [row for name, row in values if name not in self.before])
        _many(connection, _UPDATE_ROW, [{**row, "of_id": name} for name, row in values if name in self.before])
        _many(connection, insert(outbox), [outbox_values(out) for out in self.queued.values()])
        _many(connection, _TAKE_OUT, [{"of_conversation": c, "of_message": m} for c, m in self.delivered])
        _many(connection, _FORGET_CURSOR, [{"of_channel": channel} for channel in self.cursors])
        _many(connection, insert(cursors), [{"channel": c, "value": value} for c, value in self.cursors.items()])


def append_all(
    transaction: Transaction, requests: Sequence[Request], *, key: AuditKey, workspace: str
) -> list[Appended | Exception]:
    """Write the requests in their order, and return what came of each; one that is refused leaves nothing behind.

    Raises what the database raises, and then nothing of any of them is written.
    """
    connection = transaction.connection
    plan = _Plan(transaction.head or reading.head(connection, workspace), *_read(connection, requests))
    outcomes: list[Appended | Exception] = []
    for request in requests:
        try:
            outcomes.append(_planned(connection, plan, request, key))
        except (ValueError, LogMoved, LogErased) as error:
            outcomes.append(error.with_traceback(None))  # whose frames hold all that was read, and this list
    plan.write(connection)
    transaction.head = plan.head
    transaction.moved = transaction.moved or bool(plan.events)
    return outcomes


def outbox_values(out: Outgoing) -> dict[str, Any]:
    """Return the columns of ``outbox``."""
    return {"seq": out.seq, "channel": out.channel, "conversation": out.conversation, "message": out.message}


def _read(connection: Connection, requests: Sequence[Request]) -> tuple[dict[Key, int], dict[str, InboxRow]]:
    """Return which of the named events stand already, by batch, and the rows of the conversations concerned."""
    named = {key for request in requests for key in request.named}
    standing: dict[Key, int] = {}
    if named:
        asked = {"of_channels": sorted({c for c, _ in named}), "of_ids": sorted({i for _, i in named})}
        standing = {(row.channel, row.external_id): row.batch for row in connection.execute(_STANDING, asked)}
    ids = sorted({name for request in requests for p in request.batch for name in _told_of(p)} - {WORKSPACE})
    found = connection.execute(_ROWS, {"of_ids": ids}).scalars() if ids else ()
    return standing, {row.id: row for row in map(rows.inbox_row, found)}


def _planned(connection: Connection, plan: _Plan, request: Request, key: AuditKey) -> Appended:
    """Add a request to the plan. Raises ``ValueError``, :class:`LogMoved` or :class:`LogErased` having added none."""
    named = request.named
    if len(set(named)) < len(named):
        raise ValueError("two events of one batch carry the same channel and external id")
    before = next((plan.standing[name] for name in named if name in plan.standing), None)
    if before is not None:
        return Appended(plan.written.get(before) or reading.batch_of(connection, before), repeated=True)
    if request.expect is not None:
        _require_unmoved(connection, plan, request.batch, request.expect)
    _require_unerased(connection, plan, request.batch)
    first, written = plan.head.seq + 1, list[Event]()
    for prepared in request.batch:
        written.append(_add(plan, prepared, first, key))
    plan.standing.update((name, first) for name in named)
    plan.written[first] = tuple(written)
    if request.cursor is not None:
        plan.cursors[request.cursor.channel] = request.cursor.value
    return Appended(tuple(written))


def _add(plan: _Plan, prepared: Prepared, first: int, key: AuditKey) -> Event:
    event = rows.numbered(prepared, plan.head.seq + 1)
    name = event.conversation
    done = step(plan.row(name), event)
    if done.row is not None:
        plan.after[name] = done.row
    customer = done.row.customer if done.row is not None else ""
    record = rows.signed(prepared, customer, key, plan.head, first)
    plan.events.append(rows.event_values(record))
    plan.payloads.append(rows.payload_values(prepared, event.seq, customer))
    if done.queued is not None:
        plan.queued[name, done.queued.message] = done.queued
    if done.delivered and plan.queued.pop((name, done.delivered), None) is None:
        plan.delivered.append((name, done.delivered))
    plan.head = Head(record.seq, record.mac)
    return event


def _require_unmoved(connection: Connection, plan: _Plan, batch: Sequence[Prepared], expect: int) -> None:
    named = {p.new.conversation for p in batch}
    if len(named) != 1:
        raise ValueError("a batch that expects a number is of exactly one conversation")
    conversation = named.pop()
    row = plan.row(conversation)  # no event of a conversation leaves its row behind
    newest = row.seq if row is not None else max(reading.newest(connection, conversation), _added(plan, conversation))
    if newest > expect:
        raise LogMoved(f"conversation {conversation!r} has event {newest}, which is later than {expect}; read it first")


def _require_unerased(connection: Connection, plan: _Plan, batch: Sequence[Prepared]) -> None:
    """Refuse what is still on its way into a conversation that is gone, and what was drafted from one meanwhile.

    It would tell of the customer again.
    """
    opened = {p.new.conversation for p in batch if isinstance(p.data, ConversationOpened)}
    for name in {name for p in batch for name in _told_of(p)} - opened - {WORKSPACE}:
        if plan.row(name) is None and connection.execute(_ERASED, {"named": name}).first() is not None:
            raise LogErased(f"conversation {name!r} was erased")
    for prepared in batch:
        draft = "" if made_from(prepared.data) else getattr(prepared.data, "draft", "")
        if draft and _draft_is_erased(connection, draft):
            raise LogErased(f"the draft {draft!r} was erased")


def _draft_is_erased(connection: Connection, draft: str) -> bool:
    """Return whether a draft went with a conversation that it was made from, and was not made anew since."""
    erasures = reading.of_kinds(connection, ["conversations-erased"])
    gone = [e.seq for e in erasures if isinstance(e.data, ConversationsErased) and draft in e.data.drafts]
    if not gone:
        return False
    made = reading.of_kinds(connection, ["article-drafted", "behaviour-drafted", "scenario-drafted"])
    return not any(event.seq > gone[-1] and getattr(event.data, "draft", "") == draft for event in made)


def _told_of(prepared: Prepared) -> tuple[str, ...]:
    """Return the conversations that an event tells of: its own, and those that what it drafts was made from."""
    return prepared.new.conversation, *made_from(prepared.data)


def _added(plan: _Plan, conversation: str) -> int:
    """Return the number of the newest event that the plan adds to what has no row; 0 where it adds none."""
    return max((event["seq"] for event in plan.events if event["conversation"] == conversation), default=0)


def _many(connection: Connection, statement: Any, values: Iterable[dict[str, Any]]) -> None:  # noqa: ANN401 - any kind
    listed = list(values)
    if listed:
        connection.execute(statement, listed if len(listed) > 1 else listed[0])
