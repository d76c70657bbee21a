"""The customers of a desk run: what each writes, with a record and orders of their own.

Their lines are the labelled questions of ``bot_questions.toml`` and what customers write in the bot's part of the
demo's scenarios, one after the other, with another greeting in each round so that few texts come up twice. Everybody is
a person of their own: a customer of the demo's under another id, with other order numbers.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Final

from bench.bot import questions
from bench.turn import DEMO
from console.content.scripts import load_scripts
from console.conversation.message import Author
from console.conversation.people import Customer
from console.demo.order_system import postcode_of
from console.text import clean

GREETINGS: Final = ("", "Hi, ", "Hello, ", "Good morning, ", "Hey, ", "Hi there, ", "Good afternoon, ", "Evening all, ")
"""Before the first line, by round."""

LEAST_NUMBER: Final = 10_000
"""The first order's number; it has five digits, as the demo's have."""

_NUMBER: Final = re.compile(r"\bLF[- ]?\d{5}\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Visit:
    """One customer and what they write, one line after the other, while the bot has them."""

    customer: Customer
    known: bool
    """Whether they are signed in."""
    lines: tuple[str, ...]


def visits(customers: Mapping[str, Customer], most: int) -> list[Visit]:
    """Return so many visits of the demo's ``customers``."""
    numbers, played = count(LEAST_NUMBER), _played(customers)
    return [
        _visit(place, GREETINGS[place // len(played) % len(GREETINGS)], *played[place % len(played)], numbers)
        for place in range(most)
    ]


def _played(customers: Mapping[str, Customer]) -> Sequence[tuple[Customer, bool, tuple[str, ...]]]:
    """Return whose lines these are, whether they are signed in, and the lines."""
    anybody = Customer("nobody")
    found = [(customers.get(q.who or q.of, anybody), q.who in customers, (q.text, *q.then)) for q in questions()]
    for script in load_scripts(DEMO / "scenarios", DEMO):
        said = tuple(line.text for line in script.bot_part if line.role is Author.CUSTOMER)
        if said:
            found.append((script.customer, True, said))
    return found


def _visit(
    place: int, greeting: str, model: Customer, known: bool, lines: Sequence[str], numbers: Iterator[int]
) -> Visit:
    own = {order.number: f"LF-{next(numbers)}" for order in model.orders}
    orders = tuple(replace(order, number=own[order.number]) for order in model.orders)
    customer = replace(model, id=f"{model.id}-{place}", orders=orders)
    values = {"order": orders[0].number if orders else "", "postcode": postcode_of(customer.id)}
    told = (line.format(**values) if "{order}" in line or "{postcode}" in line else line for line in lines)
    said = [clean(_NUMBER.sub(lambda match: own.get(_plain(match.group()), match.group()), line)) for line in told]
    return Visit(customer, known, (greeting + said[0], *said[1:]))


def _plain(number: str) -> str:
    return f"LF-{number[-5:]}"
