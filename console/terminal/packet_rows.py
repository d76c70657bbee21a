"""The hand-over packet as rows for the screen: every line leads to the message it rests on. Pure.

A large screen has one row for each thing; on a small one, things of a kind share a row. Nothing is cut: what has no
room is further down.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from textual.content import Content

from console.conversation.assistance import SummaryKind
from console.conversation.packet import FactKind, Packet
from console.conversation.state import Conversation
from console.conversation.wrap_up import follow_up_words
from console.terminal.hanging import fit, hang, stack
from console.terminal.matters import order_line, spent_by
from console.terminal.widgets.row_list import Row
from console.terminal.words import SIGN, SUMMARY, mood_line, sparkline

LABEL: Final = 11
"""Cells of a row's label."""

_OTHER: Final = "="
BETWEEN: Final = " · "
_BARS: Final = 16

_FACTS: Final = {
    FactKind.IDENTIFIER: "Numbers",
    FactKind.AMOUNT: "Amounts",
    FactKind.DATE: "Dates",
    FactKind.DETAIL: "Details",
    FactKind.LOOK_UP: "Look-up",
}


_TOGETHER: Final = {"Amounts": "Facts", "Dates": "Facts", "Details": "Facts"}
"""Labels that become one where there is little room."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the agent does after reading a packet: look at a ``message``, ``take`` the first sentence, or write on.

    Or open an earlier ``conversation``.

    ``typed`` is the first letter of what they write; ``sends``: they took it by the key that sends elsewhere.
    """

    message: str = ""
    take: bool = False
    sends: bool = False
    typed: str = ""
    conversation: str = ""
    """An earlier conversation of the customer to open."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that a packet says, the message it rests on (or none), and how it stands out."""

    label: str
    text: str
    message: str = ""
    style: str = ""
    conversation: str = ""
    """The earlier conversation that it is about."""


def packet_rows(conversation: Conversation, packet: Packet, width: int, height: int) -> list[Row]:
    """Return the rows for ``width`` cells, closer together where they need more than ``height`` lines.

    A row's key is its place and the message it leads to: ``3:m5``; after the colon is nothing where it leads nowhere,
    and ``=`` with its id where it leads to another conversation.
    """
    items = [item for item in _items(conversation, packet) if item.text]
    apart = _laid([[item] for item in items], width)
    return _rows(apart if _lines(apart) <= height else _laid(_grouped(items), width))


def message_of(row: str) -> str:
    """Return the message that the row with this key leads to; empty where it leads nowhere."""
    place = row.partition(":")[2]
    return "" if place.startswith(_OTHER) else place


def conversation_of(row: str) -> str:
    """Return the conversation that the row with this key leads to; empty where it leads to none."""
    place = row.partition(":")[2]
    return place.removeprefix(_OTHER) if place.startswith(_OTHER) else ""


@dataclass(frozen=True, slots=True)
class _Laid:
    """Items in one row, laid out in lines."""

    label: str
    items: tuple[Item, ...]
    lines: tuple[Content, ...]


def _grouped(items: Sequence[Item]) -> list[list[Item]]:
    """Return the items with neighbours of one label together; what only tells of the matter shares one."""
    told = [replace(item, label=_TOGETHER.get(item.label, item.label)) for item in items]
    return [list(group) for _, group in groupby(told, key=lambda item: item.label)]


def _laid(groups: Sequence[Sequence[Item]], width: int) -> list[_Laid]:
    """Return the groups as rows of their whole text."""
    found: list[_Laid] = []
    for group in groups:
        label = group[0].label
        shown = "" if found and found[-1].label == label else label
        found.append(_Laid(label, tuple(group), tuple(_face(shown, group, width))))
    return found


def _lines(rows: Sequence[_Laid]) -> int:
    return sum(len(row.lines) for row in rows)


def _face(label: str, items: Sequence[Item], width: int) -> list[Content]:
    parts = [part for item in items for part in (Content(BETWEEN), _said(item))][1:]
    return hang(Content.styled(fit(label, LABEL), "$text-muted"), Content.assemble(*parts), width)


def _rows(rows: Sequence[_Laid]) -> list[Row]:
    first = (next((_leads_to(item) for item in row.items if _leads_to(item)), "") for row in rows)
    return [Row(f"{n}:{m}", stack(row.lines)) for n, (row, m) in enumerate(zip(rows, first, strict=True))]


def _leads_to(item: Item) -> str:
    return f"{_OTHER}{item.conversation}" if item.conversation else item.message


def _said(item: Item) -> Content:
    cited = f" {item.message}" if item.message else ""
    return Content.assemble((item.text, item.style), (cited, "$text-secondary"))


def _items(conversation: Conversation, packet: Packet) -> Iterator[Item]:
    yield from _why(packet)
    yield from (Item("Note", note, style="italic") for note in packet.notes)
    yield from _closed_before(conversation)
    if packet.dark:
        yield from _customer(conversation, packet)
        yield from (Item("They wrote", f"“{words.text}”", words.message) for words in packet.words)
        return
    for line in packet.issue:
        yield Item(SUMMARY[line.kind], line.text, line.sources[0], "bold" if line.kind is SummaryKind.ISSUE else "")
    for attempt in packet.tried:
        outcome = f" → “{attempt.outcome}” {attempt.outcome_source}" if attempt.outcome else ""
        yield Item("Tried", f"{attempt.text} {attempt.sources[0]}{outcome}")
    for promise in packet.promised:
        by = "the customer says" if promise.by == "customer" else promise.by
        yield Item("Promised", f"{by}: “{promise.text}”", promise.message, "bold")
    for flag in packet.against:
        yield Item("Against", f"{SIGN[flag.severity]} {flag.title}: “{flag.span}”", flag.message, "$text-warning")
    for fact in packet.facts:
        label = f"{fact.label} " if fact.label and fact.kind is not FactKind.LOOK_UP else ""
        record = f" ({fact.record})" if fact.record else ""
        yield Item(_FACTS[fact.kind], f"{label}{fact.value}{record}", ", ".join(fact.sources))
    yield from _customer(conversation, packet)
    for line in packet.asks:
        yield Item("Open", line.text, line.sources[0])
    yield Item("Missing", BETWEEN.join(packet.missing))
    if packet.opening:
        yield Item("Say first", packet.opening.text, style="italic")


def _closed_before(conversation: Conversation) -> Iterator[Item]:
    """Yield how this very conversation was closed before it was taken up again, and what was left to do."""
    for wrapped in conversation.wrapped[-1:]:
        closed = wrapped.wrap_up
        how = f"{wrapped.at:%Y-%m-%d} by {wrapped.name}: {closed.disposition}"
        yield Item("Closed", how if closed.resolved else f"{how}, not resolved", wrapped.after)
        yield Item("Noted", closed.note)
        for follow_up in closed.to_do:
            yield Item("To do", follow_up_words(replace(follow_up, message="")), follow_up.message, "bold")


def _why(packet: Packet) -> Iterator[Item]:
    said = "; ".join(trigger.reason for trigger in packet.triggers)
    if packet.reason and packet.reason not in said:
        yield Item("Why", packet.reason, style="bold")
    for trigger in packet.triggers:
        yield Item("Why", trigger.reason, trigger.message)


def _customer(conversation: Conversation, packet: Packet) -> Iterator[Item]:
    standing, customer = packet.standing, conversation.customer
    doubts = "".join(f" ⚠ {doubt}" for doubt in packet.doubts)
    complaints = f"{standing.complaints} earlier complaint{'s' if standing.complaints != 1 else ''}"
    known = (
        customer.shown,
        f"identity {packet.identity.value}{doubts}",
        standing.contract if standing.contract not in {"", "none"} else "",
        f"since {standing.since[:4]}" if standing.since else "",
        f"spent {spent_by(customer)}" if standing.value else "",
        complaints if standing.complaints else "no earlier complaints",
    )
    yield Item("Customer", BETWEEN.join(part for part in known if part), style="$text-warning" if doubts else "")
    for signal in standing.signals:
        yield Item("Signals", f"⚑ {signal.text}", style="$text-warning")
    said = " ".join(fact.record for fact in packet.facts)
    for order in standing.orders:
        if not order.item or order.item not in said:
            yield Item("Orders", order_line(order))
    for contact in standing.contacts:
        yield Item(
            "Earlier", f"{contact.at[:10]} {contact.subject}{f' → {contact.outcome}' if contact.outcome else ''}"
        )
    for earlier in standing.earlier:
        same = "same matter: " if earlier.same else ""
        ended = f" → {earlier.outcome}" if earlier.outcome else ""
        yield Item("Earlier", f"{earlier.at} here, {same}{earlier.subject}{ended}", conversation=earlier.conversation)
        yield Item("Noted", earlier.note, conversation=earlier.conversation)
        for line in earlier.to_do:
            yield Item("To do", line, style="bold", conversation=earlier.conversation)
    if packet.moods and packet.mood:
        yield Item("Mood", f"{sparkline(packet.moods, _BARS)}  {mood_line(packet.mood)}")
