"""What the keeper of a log does to it: erase a customer, make the read models anew, write all of it out."""

from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, insert, or_, select, update

from console.conversation.events import WORKSPACE, Event, MessageAdded, event_to_json
from console.store import appending, reading, rows, writing
from console.store.audit import AuditKey, erasure_mark
from console.store.models import fold, fold_name
from console.store.schema import conversations, drafts, events, outbox, payloads

PAGE: Final = 1000
"""Events read at a time."""

_ERASE: Final = (
    update(payloads)
    .where(payloads.c.seq == bindparam("of_seq"))
    .values(actor=None, customer=None, payload=None, salt=None, erased=bindparam("mark"))
)
_WITH_FILES: Final = reading.EVENT.where(
    events.c.kind == "message-added",
    payloads.c.payload.contains('"attachments":[{'),  # a sieve: what is in the payload decides
)
_RAW: Final = (
    select(events, payloads.c.actor.label("who"), payloads.c.payload)
    .join_from(events, payloads, payloads.c.seq == events.c.seq, isouter=True)
    .where(events.c.seq > bindparam("after"))
    .order_by(events.c.seq)
    .limit(PAGE)
)


def erase(connection: Connection, key: AuditKey, customer: str) -> int:
    """Erase every conversation that the customer took part in, with all that was folded from it or drafted for it.

    Returns how many events were erased. What stays of them names nobody: number, conversation, kind, time, digest.
    """
    theirs = or_(payloads.c.customer == customer, payloads.c.actor == f"{rows.CUSTOMER}:{customer}")
    named = (
        select(events.c.conversation)
        .join_from(events, payloads, payloads.c.seq == events.c.seq)
        .where(theirs, events.c.conversation != WORKSPACE)
        .distinct()
    )
    count = 0
    for conversation in connection.execute(named).scalars().all():
        standing = (
            select(events.c.seq, events.c.mac)
            .join_from(events, payloads, payloads.c.seq == events.c.seq)
            .where(events.c.conversation == conversation, payloads.c.payload.is_not(None))
        )
        marks = [
            {"of_seq": row.seq, "mark": erasure_mark(key, row.seq, row.mac)} for row in connection.execute(standing)
        ]
        connection.execute(_ERASE, marks)
        count += len(marks)
        connection.execute(delete(conversations).where(conversations.c.id == conversation))
        connection.execute(delete(outbox).where(outbox.c.conversation == conversation))
        connection.execute(delete(drafts).where(drafts.c.conversation == conversation))
    return count


def attachments(connection: Connection) -> frozenset[str]:
    """Return the ids of the files that messages name which are not erased."""
    return frozenset(
        attachment.id
        for row in connection.execute(_WITH_FILES)
        if isinstance(data := rows.event_of(row).data, MessageAdded)
        for attachment in data.attachments
    )


def rebuild(connection: Connection) -> None:
    """Make the read models anew by folding every event."""
    models = fold(_all_events(connection))
    connection.execute(delete(conversations))
    connection.execute(delete(outbox))
    for row in models.rows.values():
        connection.execute(insert(conversations), rows.inbox_values(row))
    for out in models.outbox.values():
        connection.execute(insert(outbox), appending.outbox_values(out))
    writing.set_fact(connection, "fold", fold_name())


def page(connection: Connection, after: int) -> list[dict[str, Any]]:
    """Return the next events after a number as JSON types; an erased one has no ``data`` and says so."""
    return [_as_json(row) for row in connection.execute(_RAW, {"after": after})]


def _as_json(row: Any) -> dict[str, Any]:  # noqa: ANN401 - a row of a joined select has no type of its own
    if row.payload is not None:
        return event_to_json(rows.event_of(row))
    kept = ("seq", "conversation", "kind", "actor", "at", "channel", "external_id")
    return {**{name: getattr(row, name) for name in kept}, "data": None, "erased": True}


def _all_events(connection: Connection) -> Iterator[Event]:
    after = 0
    while found := reading.read(connection, after, None, PAGE):
        yield from found
        after = found[-1].seq
