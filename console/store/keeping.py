"""What the keeper of a log does to it: make the read models anew, write all of it out."""

from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, insert, select

from console.conversation import inbox
from console.conversation.events import Event, MessageAdded, event_to_json
from console.store import appending, reading, rows, writing
from console.store.models import fold, fold_name
from console.store.schema import conversations, events, outbox, payloads

PAGE: Final = 1000
"""Events read at a time."""

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


def refold(connection: Connection, conversation: str) -> None:
    """Make the row of a conversation anew, from the events that are left of it."""
    after, row = 0, None
    while found := reading.read(connection, after, conversation, PAGE):
        for event in found:
            row = inbox.apply(row, event)
        after = found[-1].seq
    if row is not None:
        connection.execute(delete(conversations).where(conversations.c.id == conversation))
        connection.execute(insert(conversations), rows.inbox_values(row))


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
