"""Takes contents out of the log for good: a customer's, and what was made from them; the chain stays whole.

An erased event keeps its number, conversation, kind and time, and a mark that the desk itself erased it. Which
conversations lost something is recorded in the transaction that erases, so that whoever holds a copy hears of it.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Select, bindparam, delete, select, update

from console.conversation.assist_events import QuestionUnanswered
from console.conversation.erasure_events import ASKED_KINDS, ConversationsErased, EventsExpired
from console.conversation.events import (
    WORKSPACE,
    ConversationOpened,
    Event,
    IdentityChanged,
    MessageAdded,
    NewEvent,
    kind_of,
)
from console.conversation.gap_events import GapBroughtBack, GapPutAside
from console.conversation.made_from import made_from
from console.conversation.packet_events import PacketPrepared
from console.conversation.people import Customer
from console.desk.log import Erased
from console.store import expiring, keeping, reading, rows
from console.store.appending import Request, append_all
from console.store.audit import AuditKey, erasure_mark
from console.store.schema import conversations, drafts, events, outbox, payloads
from console.store.transaction import Transaction

LEAST: Final = 4
"""Characters from which a value of a customer's record is looked for in the questions of others."""

UNSENT: Final = "unsent-draft"
"""How unsent texts are counted beside the kinds of events."""

_ERASE: Final = (
    update(payloads)
    .where(payloads.c.seq == bindparam("of_seq"))
    .values(actor=None, customer=None, payload=None, salt=None, erased=bindparam("mark"))
)
_STANDING: Final[Select[Any]] = select(events.c.seq, events.c.mac).join_from(
    events, payloads, (payloads.c.seq == events.c.seq) & payloads.c.payload.is_not(None)
)
_OF_WORKSPACE: Final = reading.EVENT.where(
    events.c.conversation == WORKSPACE, events.c.kind.in_(bindparam("kinds", expanding=True))
).order_by(events.c.seq)
_PACKETS: Final = reading.EVENT.where(
    events.c.kind == "packet-prepared", payloads.c.customer.in_(bindparam("customers", expanding=True))
).order_by(events.c.seq)
_DRAFTS: Final = ("article-drafted", "draft-edited", "draft-approved", "draft-rejected", "draft-reopened")
_BEHAVIOURS: Final = (
    "behaviour-drafted", "behaviour-edited", "behaviour-approved", "behaviour-rejected", "behaviour-reopened"
)  # fmt: skip
_SCENARIOS: Final = ("scenario-drafted", "scenario-edited", "scenario-approved", "scenario-rejected")


@dataclass(frozen=True, slots=True)
class Eraser:
    """Erases in one write transaction; ``key`` is the log's audit key, ``workspace`` its id."""

    transaction: Transaction
    key: AuditKey
    workspace: str

    def customer(self, customer: str, by: str, at: datetime, also: Sequence[str]) -> Erased:
        """Erase every conversation that a customer took part in; see :class:`console.desk.log.EventLog`."""
        named = reading.conversations_of(self._connection, customer)
        return self.conversations(named, by, at, customer=customer, also=also)

    def conversations(
        self, named: Sequence[str], by: str, at: datetime, *, customer: str = "", also: Sequence[str] = ()
    ) -> Erased:
        """Erase these conversations whole, with the drafts, questions and packets that tell of them."""
        connection, count = self._connection, 0
        told = _told(event for name in named for event in reading.read(connection, 0, name, _ALL))
        for name in named:
            count += self._payloads(_STANDING.where(events.c.conversation == name))
            for table, column in ((conversations, conversations.c.id), (outbox, outbox.c.conversation)):
                connection.execute(delete(table).where(column == name))
            connection.execute(delete(drafts).where(drafts.c.conversation == name))
        made, ids = self._drafts(frozenset(named))
        packets, others = self._packets(frozenset(named), told.customers)
        count += made + packets + self._questions(told, customer)
        gone = (*named, *(name for name in also if name not in named))
        if gone:
            self._record(ConversationsErased(gone, count, ids, others), by, at)
        files = told.files - keeping.attachments(connection) if told.files else frozenset()
        return Erased(count, tuple(gone), files)

    def events(self, chosen: Sequence[Event], by: str, at: datetime) -> int:
        """Erase single events, and make the rows of their conversations anew; returns how many those were."""
        kinds: dict[str, int] = {}
        for event in chosen:
            kinds[event.kind] = kinds.get(event.kind, 0) + 1
        count = self._numbers([event.seq for event in chosen])
        touched = tuple(dict.fromkeys(event.conversation for event in chosen if event.conversation != WORKSPACE))
        for name in touched:
            keeping.refold(self._connection, name)
        if count:
            self._record(EventsExpired(kinds, touched), by, at)
        return count

    def unsent(self, before: datetime, by: str, at: datetime) -> int:
        """Delete agents' texts for conversations without news since a moment; returns how many."""
        count = expiring.forget_drafts(self._connection, before)
        if count:
            self._record(EventsExpired({UNSENT: count}, ()), by, at)
        return count

    @property
    def _connection(self) -> Connection:
        return self.transaction.connection

    def _payloads(self, standing: Select[Any]) -> int:
        marks = [
            {"of_seq": row.seq, "mark": erasure_mark(self.key, row.seq, row.mac)}
            for row in self._connection.execute(standing)
        ]
        if marks:
            self._connection.execute(_ERASE, marks)
        return len(marks)

    def _numbers(self, numbers: Sequence[int]) -> int:
        return sum(
            self._payloads(_STANDING.where(events.c.seq.in_(numbers[at : at + keeping.PAGE])))
            for at in range(0, len(numbers), keeping.PAGE)
        )

    def _drafts(self, gone: frozenset[str]) -> tuple[int, tuple[str, ...]]:
        """Erase drafts of articles, behaviours and scenarios that were made from these conversations, every step."""
        kinds = [*_DRAFTS, *_BEHAVIOURS, *_SCENARIOS]
        steps = [rows.event_of(row) for row in self._connection.execute(_OF_WORKSPACE, {"kinds": kinds})]
        ids = {getattr(e.data, "draft", "") for e in steps if gone.intersection(made_from(e.data))}
        theirs = [e.seq for e in steps if getattr(e.data, "draft", None) in ids]
        return self._numbers(theirs), tuple(sorted(ids))

    def _packets(self, gone: Collection[str], customers: Collection[str]) -> tuple[int, tuple[str, ...]]:
        """Erase packets of other conversations that tell of these as earlier contacts of the same person."""
        found = self._connection.execute(_PACKETS, {"customers": sorted(customers)}) if customers else ()
        telling = [event for row in found if _tells_of(event := rows.event_of(row), gone)]
        count = self._numbers([event.seq for event in telling])
        others = tuple(dict.fromkeys(event.conversation for event in telling))
        for name in others:
            keeping.refold(self._connection, name)
        return count, others

    def _questions(self, told: "_Told", customer: str) -> int:
        """Erase look-ups that name the customer, and decisions on questions that nobody else has asked."""
        asked = reading.of_kinds(self._connection, ASKED_KINDS)
        left = {e.data.question for e in asked if isinstance(e.data, QuestionUnanswered)}
        theirs = [
            event.seq
            for event in asked
            if event.conversation == WORKSPACE
            and isinstance(event.data, QuestionUnanswered | GapPutAside | GapBroughtBack)
            and (
                _names(event.data.question, told.marks(customer))
                or (event.data.question in told.questions - left and kind_of(event.data) != "question-unanswered")
            )
        ]
        return self._numbers(theirs)

    def _record(self, data: ConversationsErased | EventsExpired, by: str, at: datetime) -> None:
        prepared = rows.prepare(NewEvent(WORKSPACE, by, data, at))
        append_all(self.transaction, [Request([prepared])], key=self.key, workspace=self.workspace)


_ALL: Final = 2**31 - 1


@dataclass(frozen=True, slots=True)
class _Told:
    """What conversations say that may stand elsewhere."""

    people: tuple[Customer, ...]
    questions: frozenset[str]
    files: frozenset[str]

    @property
    def customers(self) -> frozenset[str]:
        return frozenset(person.id for person in self.people)

    def marks(self, customer: str) -> frozenset[str]:
        """Return what in the records of a customer names them, in small letters."""
        values = [customer] if customer else []
        for person in self.people:
            if person.id == customer:
                orders = [value for order in person.orders for value in (order.number, order.tracking)]
                values += [person.name, person.email, person.phone, *orders]
        return frozenset(value.lower() for value in values if len(value) >= LEAST)


def _told(history: Iterator[Event]) -> _Told:
    people: list[Customer] = []
    questions, files = set(), set()
    for event in history:
        match event.data:
            case ConversationOpened(customer=customer) | IdentityChanged(customer=customer):
                people.append(customer)
            case QuestionUnanswered(question=question):
                questions.add(question)
            case MessageAdded(attachments=attachments):
                files |= {attachment.id for attachment in attachments}
            case _:
                pass
    return _Told(tuple(people), frozenset(questions), frozenset(files))


def _names(text: str, marks: Collection[str]) -> bool:
    lower = text.lower()
    return any(mark in lower for mark in marks)


def _tells_of(event: Event, gone: Collection[str]) -> bool:
    data = event.data
    return (
        isinstance(data, PacketPrepared)
        and event.conversation not in gone
        and any(contact.conversation in gone for contact in data.packet.standing.earlier)
    )
