"""What is asked of the log without changing it; every function runs inside one state of the database."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Select, and_, bindparam, func, or_, select

from console.conversation.events import WORKSPACE, Event
from console.conversation.generated_events import GENERATED
from console.conversation.inbox import InboxRow
from console.conversation.message import Status
from console.desk.log import OutboxDepth
from console.store import rows
from console.store.audit import Head, beginning
from console.store.schema import conversations, cursors, drafts, events, meta, outbox, payloads

NAMES: Final = 200
"""Conversations that are asked for at a time."""

EVENT: Final[Select[Any]] = select(
    events.c.seq,
    events.c.conversation,
    events.c.kind,
    events.c.at,
    events.c.channel,
    events.c.external_id,
    payloads.c.actor.label("who"),
    payloads.c.payload,
).join_from(events, payloads, and_(payloads.c.seq == events.c.seq, payloads.c.payload.is_not(None)))
"""Events with their payload, erased ones left out; :func:`rows.event_from` reads them."""


_AFTER: Final = EVENT.where(events.c.seq > bindparam("after"), payloads.c.seq > bindparam("after"))
"""Those after a number. It is said of both tables: PostgreSQL walks through either from its first row otherwise."""

_READ: Final = _AFTER.order_by(events.c.seq).limit(bindparam("most"))
_READ_ONE: Final = _READ.where(events.c.conversation == bindparam("named"))
_BATCH: Final = EVENT.where(events.c.batch == bindparam("named")).order_by(events.c.seq)
_OF_KINDS: Final = (
    _AFTER.where(events.c.kind.in_(bindparam("named", expanding=True)))
    .where(events.c.at >= bindparam("since"))
    .order_by(events.c.seq)
)
_PAGE_OF_KINDS: Final = _OF_KINDS.limit(bindparam("most"))
_OF_NUMBERS: Final = EVENT.where(events.c.seq.in_(bindparam("named", expanding=True))).order_by(events.c.seq)
_OF_CONVERSATIONS: Final = EVENT.where(
    events.c.conversation.in_(bindparam("names", expanding=True)),
    events.c.kind.in_(bindparam("named", expanding=True)),
)
"""In no order: whoever asks for one has the log read from its beginning."""

_OUTBOX: Final = (
    EVENT.join(outbox, outbox.c.seq == events.c.seq)
    .where(outbox.c.channel == bindparam("named"))
    .order_by(events.c.seq)
)
_HEAD: Final = select(events.c.seq, events.c.mac).order_by(events.c.seq.desc()).limit(1)
_MAC: Final = select(events.c.mac).where(events.c.seq == bindparam("number"))
_NEWEST: Final = (
    select(events.c.seq)
    .join_from(events, payloads, and_(payloads.c.seq == events.c.seq, payloads.c.payload.is_not(None)))
    .where(events.c.conversation == bindparam("named"))
    .order_by(events.c.seq.desc())
    .limit(1)
)
_INBOX: Final = select(conversations.c.row).where(conversations.c.channel != GENERATED).order_by(conversations.c.seq)
_OPEN: Final = _INBOX.where(conversations.c.status != Status.CLOSED.value)
_ROW: Final = select(conversations.c.row).where(conversations.c.id == bindparam("named"))
_OF_CUSTOMER: Final = (
    select(conversations.c.row).where(conversations.c.customer == bindparam("named")).order_by(conversations.c.seq)
)
_CURSOR: Final = select(cursors.c.value).where(cursors.c.channel == bindparam("named"))
_DEPTHS: Final = (
    select(outbox.c.channel, func.count().label("waiting"), func.min(events.c.at).label("oldest"))
    .join_from(outbox, events, events.c.seq == outbox.c.seq)
    .group_by(outbox.c.channel)
)
_DRAFTS: Final = select(drafts.c.conversation, drafts.c.text).where(drafts.c.agent == bindparam("named"))
_DRAFTS_TO: Final = select(drafts.c.agent, drafts.c.text).where(drafts.c.conversation == bindparam("named"))
_CONVERSATIONS_OF: Final = (
    select(events.c.conversation)
    .join_from(events, payloads, payloads.c.seq == events.c.seq)
    .where(
        or_(payloads.c.customer == bindparam("named"), payloads.c.actor == bindparam("actor")),
        events.c.conversation != WORKSPACE,
    )
    .order_by(events.c.seq)
)
_FACT: Final = select(meta.c.value).where(meta.c.name == bindparam("named"))


def read(connection: Connection, after: int, conversation: str | None, limit: int) -> list[Event]:
    """Return up to ``limit`` events after a number, in order, of one conversation or of all."""
    given = {"after": after, "most": limit}
    if conversation is None:
        found = connection.execute(_READ, given)
    else:
        found = connection.execute(_READ_ONE, {**given, "named": conversation})
    return [rows.event_from(*row) for row in found]


def of_kinds(
    connection: Connection,
    kinds: Sequence[str],
    after: int = 0,
    since: datetime | None = None,
    limit: int | None = None,
) -> list[Event]:
    """Return events of these kinds, in order, erased ones left out; see :class:`~console.desk.log.EventLog`."""
    given = {"named": list(kinds), "after": after, "since": since.isoformat() if since else ""}
    if limit is None:
        found = connection.execute(_OF_KINDS, given)
    else:
        found = connection.execute(_PAGE_OF_KINDS, {**given, "most": limit})
    return [rows.event_from(*row) for row in found]


def of_numbers(connection: Connection, numbers: Sequence[int]) -> list[Event]:
    """Return the events of these numbers, in order, erased ones left out."""
    return [rows.event_from(*row) for row in connection.execute(_OF_NUMBERS, {"named": list(numbers)})]


def of_conversations(connection: Connection, names: Sequence[str], kinds: Sequence[str]) -> list[Event]:
    """Return the events of these kinds in these conversations, in order, erased ones left out."""
    found: list[Event] = []
    for at in range(0, len(names), NAMES):
        given = {"names": list(names[at : at + NAMES]), "named": list(kinds)}
        found += [rows.event_from(*row) for row in connection.execute(_OF_CONVERSATIONS, given)]
    return sorted(found, key=lambda event: event.seq)


def batch_of(connection: Connection, batch: int) -> tuple[Event, ...]:
    """Return the events of a batch, erased ones left out."""
    return tuple(rows.event_from(*row) for row in connection.execute(_BATCH, {"named": batch}))


def head(connection: Connection, workspace: str) -> Head:
    """Return the end of the chain."""
    last = connection.execute(_HEAD).first()
    return Head(last.seq, last.mac) if last else beginning(workspace)


def mac_of(connection: Connection, seq: int, workspace: str) -> bytes | None:
    """Return the MAC of an event; the beginning's for 0, and ``None`` where there is no such event."""
    if seq == 0:
        return beginning(workspace).mac
    return connection.execute(_MAC, {"number": seq}).scalar()


def newest(connection: Connection, conversation: str) -> int:
    """Return the number of a conversation's newest event that is not erased; 0 where it has none."""
    return connection.execute(_NEWEST, {"named": conversation}).scalar() or 0


def inbox(connection: Connection, *, closed: bool) -> list[InboxRow]:
    """Return the inbox, the conversation with the oldest news first; none of a generated history."""
    return [rows.inbox_row(text) for text in connection.execute(_INBOX if closed else _OPEN).scalars()]


def row(connection: Connection, conversation: str) -> InboxRow | None:
    """Return one conversation's row."""
    text = connection.execute(_ROW, {"named": conversation}).scalar()
    return rows.inbox_row(text) if text is not None else None


def of_customer(connection: Connection, customer: str) -> list[InboxRow]:
    """Return the rows of a customer's conversations, the one with the oldest news first."""
    return [rows.inbox_row(text) for text in connection.execute(_OF_CUSTOMER, {"named": customer}).scalars()]


def conversations_of(connection: Connection, customer: str) -> list[str]:
    """Return the conversations that a customer took part in, in the order in which they began."""
    given = {"named": customer, "actor": f"{rows.CUSTOMER}:{customer}"}
    return list(dict.fromkeys(connection.execute(_CONVERSATIONS_OF, given).scalars()))


def drafts_to(connection: Connection, conversation: str) -> list[tuple[str, str]]:
    """Return the unsent texts for a conversation, each with its agent."""
    return [(row.agent, row.text) for row in connection.execute(_DRAFTS_TO, {"named": conversation})]


def cursor(connection: Connection, channel: str) -> str:
    """Return how far a channel has been read."""
    return connection.execute(_CURSOR, {"named": channel}).scalar() or ""


def undelivered(connection: Connection, channel: str) -> list[Event]:
    """Return the messages that a channel has still to take, in order."""
    return [rows.event_from(*found) for found in connection.execute(_OUTBOX, {"named": channel})]


def outbox_depths(connection: Connection) -> dict[str, OutboxDepth]:
    """Return how much waits for each channel that something waits for."""
    found = connection.execute(_DEPTHS)
    return {row.channel: OutboxDepth(row.waiting, datetime.fromisoformat(row.oldest)) for row in found}


def drafts_of(connection: Connection, agent: str) -> Mapping[str, str]:
    """Return an agent's unsent texts by conversation."""
    return {found.conversation: found.text for found in connection.execute(_DRAFTS, {"named": agent})}


def fact(connection: Connection, name: str) -> str:
    """Return a fact of the workspace; empty where it is not known."""
    return connection.execute(_FACT, {"named": name}).scalar() or ""
