"""Checks a whole log: every MAC, every payload, the order, the end, and the read models."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, func, select
from sqlalchemy.exc import DBAPIError

from console.desk.log import LogError
from console.store import audit, reading, rows
from console.store.audit import AuditKey, Head, Record
from console.store.models import Models, fold_name
from console.store.schema import conversations, events, outbox, payloads

Progress = Callable[[int, int], None]
"""Told how many events are checked, of how many."""

_STRIDE: Final = 1000
"""Events read at a time, and between two reports of progress."""

_PAGE: Final = (
    select(
        events, payloads.c.actor.label("who"), *(payloads.c[name] for name in ("customer", "payload", "salt", "erased"))
    )
    .join_from(events, payloads, payloads.c.seq == events.c.seq, isouter=True)
    .where(events.c.seq > bindparam("after"))
    .order_by(events.c.seq)
    .limit(bindparam("most"))
)
_LOWEST: Final = -(2**63)
"""Below every number that a database can hold, those that nobody should have given too."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a log is whole; where it is not, the first event that is broken (if one is) and why, in plain words."""

    whole: bool
    events: int
    erased: int = 0
    broken: int | None = None
    reason: str = ""


class _Broken(Exception):
    """The first fault that was found."""

    def __init__(self, seq: int | None, reason: str) -> None:
        super().__init__(reason)
        self.seq = seq


def verify(
    connection: Connection, key: AuditKey, workspace: str, anchored: Head | str | None, progress: Progress | None = None
) -> Verdict:
    """Check all that ``connection`` sees, against a head anchored no later than that.

    ``anchored`` is ``None`` where there is no anchor, and a text where it cannot be trusted, which says why.
    """
    check = _Check(key, audit.beginning(workspace), anchored)
    try:
        total = connection.execute(select(func.count()).select_from(events)).scalar() or 0
        for row in _rows(connection):
            try:
                check.event(row)
            except (TypeError, ValueError, AttributeError) as error:
                raise _unreadable(check.head.seq + 1) from error
            if progress is not None and check.head.seq % _STRIDE == 0:
                progress(check.head.seq, total)
        check.end()
        if reading.fact(connection, "fold") == fold_name():
            _check_models(connection, check.models)
    except _Broken as fault:
        return Verdict(False, check.head.seq, check.erased, fault.seq, str(fault))
    if progress is not None:
        progress(total, total)
    return Verdict(True, check.head.seq, check.erased)


def _rows(connection: Connection) -> Iterator[Row[Any]]:
    """Yield every event; where a page cannot be read, one by one up to the event that is to blame."""
    after, size = _LOWEST, _STRIDE
    while True:
        try:
            found = connection.execute(_PAGE, {"after": after, "most": size}).all()
        except (TypeError, ValueError, DBAPIError) as error:
            if size == 1:
                raise _unreadable(max(after, 0) + 1) from error
            size = 1
            continue
        if not found:
            return
        yield from found
        after = found[-1].seq


def _unreadable(seq: int) -> _Broken:
    return _Broken(seq, f"event {seq} cannot be read: it holds what the desk never writes, or the file is damaged")


class _Check:
    """The walk along the chain: how far it holds, and the read models up to there."""

    def __init__(self, key: AuditKey, beginning: Head, anchored: Head | str | None) -> None:
        self.head = beginning
        self.erased = 0
        self.models = Models()
        self._key = key
        self._anchored = anchored
        self._compare_with_anchor()

    def event(self, row: Row[Any]) -> None:
        """Check the next event and take it in."""
        record = Record(**{field.name: getattr(row, field.name) for field in fields(Record)})
        self._check_record(record)
        if row.payload is None:
            if row.erased != audit.erasure_mark(self._key, record.seq, record.mac):
                raise _Broken(
                    record.seq, f"the payload of event {record.seq} was removed, and not by an erasure of the desk"
                )
            self.erased += 1
        else:
            if audit.digest(row.salt or b"", row.who or "", row.customer or "", row.payload) != record.digest:
                raise _Broken(record.seq, f"the payload of event {record.seq} was changed")
            try:
                self.models.take(rows.event_of(row))
            except LogError as error:
                raise _Broken(record.seq, str(error)) from error
        self.head = Head(record.seq, record.mac)
        self._compare_with_anchor()

    def end(self) -> None:
        """Check that the chain reaches its anchor."""
        match self._anchored:
            case str(reason):
                raise _Broken(None, reason)
            case None if self.head.seq:
                raise _Broken(
                    None, "the anchor is missing, so it cannot be told whether the end of the log was cut off"
                )
            case Head(seq=seq) if seq > self.head.seq:
                lost = seq - self.head.seq
                raise _Broken(
                    self.head.seq + 1,
                    f"the log ends at event {self.head.seq}, but event {seq} was anchored: {lost} were cut off",
                )

    def _check_record(self, record: Record) -> None:
        expected = self.head.seq + 1
        if record.seq != expected:
            raise _Broken(expected, f"event {expected} is missing; event {record.seq} comes next")
        if audit.event_mac(self._key, record) != record.mac:
            raise _Broken(
                expected, f"event {expected} was changed: its MAC does not fit (or the audit key is another one)"
            )
        if record.previous != self.head.mac:
            raise _Broken(expected, f"event {expected} does not follow the event before it: one of them was replaced")

    def _compare_with_anchor(self) -> None:
        anchored = self._anchored
        if isinstance(anchored, Head) and anchored.seq == self.head.seq and anchored.mac != self.head.mac:
            raise _Broken(
                self.head.seq, f"event {self.head.seq} is not the one that was anchored: the log was replaced"
            )


def _check_models(connection: Connection, models: Models) -> None:
    """Check that the inbox and the outbox are what the events make them."""
    stored = {row.id: row._asdict() for row in connection.execute(select(conversations))}
    expected = {name: rows.inbox_values(row) for name, row in models.rows.items()}
    for name in _differing(stored, expected, _same_row):
        raise _Broken(None, f"the inbox row of conversation {name!r} does not follow from its events")
    queue = {(row.conversation, row.message): tuple(row) for row in connection.execute(select(outbox))}
    wanted = {at: (out.seq, out.channel, out.conversation, out.message) for at, out in models.outbox.items()}
    for name in _differing(queue, wanted, tuple.__eq__):
        raise _Broken(None, f"the outbox does not follow from the events at {name}")


def _differing(left: dict[Any, Any], right: dict[Any, Any], same: Callable[[Any, Any], bool]) -> Iterable[Any]:
    for name in left.keys() | right.keys():
        if name not in left or name not in right or not same(left[name], right[name]):
            yield name


def _same_row(left: dict[str, Any], right: dict[str, Any]) -> bool:
    searched = all(left[name] == right[name] for name in left if name != "row")
    try:
        return searched and rows.inbox_row(left["row"]) == rows.inbox_row(right["row"])
    except ValueError:
        return False
