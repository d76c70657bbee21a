"""Events and rows of the tables, each made from the other."""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row

from console.conversation.codec import decode_json, encode_json
from console.conversation.events import KINDS, Event, EventData, NewEvent, kind_of
from console.conversation.inbox import InboxRow
from console.desk.log import LogDamaged
from console.store import audit
from console.store.audit import AuditKey, Head, Record
from console.store.errors import LogVersion
from console.store.schema import events

COLUMNS: Final = tuple(column.name for column in events.columns)

CUSTOMER: Final = "customer"
"""How the unerasable part names an actor that is a customer; which one stands in the payload."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """An event checked and encoded before the transaction begins; ``data`` is what will be read back."""

    new: NewEvent
    kind: str
    data: EventData
    payload: str
    salt: bytes


def prepare(new: NewEvent) -> Prepared:
    """Return ``new`` ready to be written; raises ``ValueError`` for one that could not be read back as it is."""
    if new.at.tzinfo is None:
        raise ValueError("an event's time needs its time zone")
    kind = kind_of(new.data)
    try:
        payload = encode_json(new.data).decode()
        data: EventData = decode_json(KINDS[kind], payload)
    except ValueError as error:
        raise ValueError(f"the event {kind} cannot be kept: {error}") from error
    return Prepared(new, kind, data, payload, secrets.token_bytes(audit.SALT_BYTES))


def numbered(prepared: Prepared, seq: int) -> Event:
    """Return the event as the log will give it back."""
    new = prepared.new
    return Event(seq, new.conversation, new.actor, prepared.data, new.at, new.channel, new.external_id)


def signed(prepared: Prepared, customer: str, key: AuditKey, head: Head, batch: int) -> Record:
    """Return the row of ``events`` that follows ``head``."""
    new = prepared.new
    record = Record(
        seq=head.seq + 1,
        batch=batch,
        conversation=new.conversation,
        kind=prepared.kind,
        actor=CUSTOMER if new.actor.partition(":")[0] == CUSTOMER else new.actor,
        at=new.at.isoformat(),
        channel=new.channel,
        external_id=new.external_id,
        digest=audit.digest(prepared.salt, new.actor, customer, prepared.payload),
        previous=head.mac,
    )
    return replace(record, mac=audit.event_mac(key, record))


def event_values(record: Record) -> dict[str, Any]:
    """Return the columns of ``events``."""
    return {column: getattr(record, column) for column in COLUMNS}


def payload_values(prepared: Prepared, seq: int, customer: str) -> dict[str, Any]:
    """Return the columns of ``payloads``."""
    return {
        "seq": seq,
        "actor": prepared.new.actor,
        "customer": customer,
        "payload": prepared.payload,
        "salt": prepared.salt,
        "erased": None,
    }


def event_of(row: Row[Any]) -> Event:
    """Return the event of a row of ``events`` with its payload, which is not erased, and its actor as ``who``.

    Raises what :func:`event_from` does.
    """
    return event_from(row.seq, row.conversation, row.kind, row.at, row.channel, row.external_id, row.who, row.payload)


def event_from(
    seq: int, conversation: str, kind: str, at: str, channel: str, external_id: str, who: str, payload: str
) -> Event:
    """Return the event of these columns, those of :data:`~console.store.reading.EVENT` in their order.

    A row is unpacked into it: to ask a row for each by name takes as long as all the rest. Raises :class:`LogVersion`
    for a kind this program does not know, and :class:`LogDamaged` for what is no event.
    """
    known = KINDS.get(kind)
    if known is None:
        raise LogVersion(f"event {seq} is a {kind!r}, which this version does not know; install a newer one")
    try:
        data: EventData = decode_json(known, payload)
        moment = datetime.fromisoformat(at)
    except ValueError as error:
        raise LogDamaged(f"event {seq} ({kind}) cannot be read; run secondchair verify") from error
    return Event(seq, conversation, who, data, moment, channel, external_id)


def inbox_values(row: InboxRow) -> dict[str, Any]:
    """Return the columns of ``conversations``."""
    return {
        "id": row.id,
        "seq": row.seq,
        "status": row.status.value,
        "agent": row.agent,
        "customer": row.customer,
        "channel": row.channel,
        "row": encode_json(row).decode(),
    }


def inbox_row(text: str) -> InboxRow:
    """Return the row that :func:`inbox_values` encoded."""
    return decode_json(InboxRow, text)
