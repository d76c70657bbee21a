"""What the company knows of a customer, as lines for a model and as evidence for what it writes."""

from collections.abc import Iterator

from console.assist.slots import spelled_date
from console.assist.talk import Talk


def record_lines(talk: Talk) -> Iterator[str]:
    """Yield the record, a line a fact, dates as people write them; no notes and no history: they are for people."""
    customer = talk.customer
    if customer.name:
        yield f"Name: {customer.name}"
    for order in customer.orders:
        fields = (
            ("item", order.item),
            ("placed", spelled_date(order.placed)),
            ("due", spelled_date(order.due)),
            ("total", order.total),
            ("status", order.status),
            ("carrier", order.carrier),
            ("tracking", order.tracking),
        )
        yield f"Order {order.number}: " + ", ".join(f"{name} {value}" for name, value in fields if value)
    if talk.today:
        yield f"Today is {spelled_date(talk.today.isoformat())}"
    if talk.agent:
        yield f"The agent's name: {talk.agent}"


def known_texts(talk: Talk) -> tuple[str, ...]:
    """Return the texts whose figures a model may use: the conversation and the record."""
    customer = talk.customer
    return (
        *(message.text for message in talk.messages),
        *record_lines(talk),
        customer.email,
        customer.phone,
        *customer.extra.values(),
    )
