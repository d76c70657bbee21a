"""The facts of a conversation as summary lines: labelled, a few to a line, each line citing at most three messages."""

from collections.abc import Iterable, Sequence
from typing import Final

from console.assist.facts import Fact
from console.assist.slots import shown_date
from console.conversation.assistance import SummaryKind, SummaryLine
from console.conversation.people import Customer, Order
from console.text import shorten

MOST_SOURCES: Final = 3
MOST_FACTS: Final = 4
"""Facts on one line; a full line never changes again, so that the summary grows without jumping."""

LONGEST_VALUE: Final = 160


def fact_lines(facts: Iterable[Fact], customer: Customer) -> tuple[SummaryLine, ...]:
    """Return ``facts`` in lines, in the order they were given; an order of the record brings its item and due date."""
    lines: list[SummaryLine] = []
    labels: set[str] = set()
    pieces: list[str] = []
    sources: list[str] = []
    for fact in facts:
        order = order_of(customer, fact.value)
        if order:
            if pieces:  # a line stays where it is once it was shown
                lines.append(_line(pieces, sources))
                pieces, sources = [], []
            lines.append(SummaryLine(SummaryKind.FACT, _order_text(order, fact), (fact.message,)))
            continue
        own = [source for source in (fact.asked, fact.message) if source]
        if len(pieces) == MOST_FACTS or len({*sources, *own}) > MOST_SOURCES:
            lines.append(_line(pieces, sources))
            pieces, sources = [], []
        value = shorten(without_echo(fact), LONGEST_VALUE)
        label = f"{fact.label} now" if fact.label in labels else fact.label
        labels.add(fact.label)
        pieces.append(f"{label}: {value}" if fact.label else value)
        sources += [source for source in own if source not in sources]
    if pieces:
        lines.append(_line(pieces, sources))
    return tuple(lines)


def without_echo(fact: Fact) -> str:
    """Return the value without a first word that the label ends on: “Needed by: Friday”, not “Needed by: by Friday”."""
    first, _, rest = fact.value.partition(" ")
    return rest if rest and fact.label.lower().endswith(f" {first.lower()}") else fact.value


def order_of(customer: Customer, words: str) -> Order | None:
    """Return the order of the record that ``words`` name by its number."""
    wanted = _plain(words)
    return next((o for o in customer.orders if o.number and _plain(o.number) == wanted), None)


def _plain(words: str) -> str:
    return "".join(c for c in words.lower() if c.isalnum())


def _order_text(order: Order, fact: Fact) -> str:
    # the customer named the number; what follows it is the record's
    parts = [f"Order {fact.value}", f"record: {order.item.split(',')[0]}", order.total]
    if order.status:
        parts.append(order.status)
    if order.due and order.status != "delivered":
        parts.append(f"due {shown_date(order.due)}")
    return " · ".join(part for part in parts if part)


def _line(pieces: Sequence[str], sources: Sequence[str]) -> SummaryLine:
    return SummaryLine(SummaryKind.FACT, " · ".join(pieces), tuple(sources))
