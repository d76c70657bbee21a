"""What a customer's earlier conversations were about, and how they ended."""

from datetime import datetime, timedelta
from typing import Final

from console.conversation.inbox import InboxRow
from console.conversation.message import Author, Status
from console.conversation.packet import EarlierContact
from console.conversation.state import Conversation
from console.conversation.wrap_up import follow_up_words
from console.desk.live import LiveLog

DAYS: Final = 14
"""Days that an earlier conversation of the same customer counts for; who comes back later comes with something new."""

CONTACTS: Final = 5
"""Earlier conversations that are looked at, the newest."""


async def earlier_contacts(live: LiveLog, state: Conversation, now: datetime) -> tuple[EarlierContact, ...]:
    """Return the same customer's earlier conversations of the last days, the newest first."""
    if not state.customer.id:
        return ()
    since, customer = now - timedelta(days=DAYS), state.customer.id
    rows = await live.call(lambda log: log.of_customer(customer))
    recent = [r for r in rows if r.id != state.id and r.updated_at is not None and r.updated_at >= since]
    recent.sort(key=lambda row: row.updated_at or since, reverse=True)
    found = []
    for row in recent[:CONTACTS]:
        earlier = await live.state(row.id)
        found.append(_contact(row, earlier, same=_same(state, earlier)))
    return tuple(found)


def _contact(row: InboxRow, earlier: Conversation, *, same: bool) -> EarlierContact:
    day = row.updated_at.date().isoformat() if row.updated_at else ""
    outcome = earlier.disposition or ("still open" if earlier.status is not Status.CLOSED else "")
    outcome += ", not resolved" if earlier.status is Status.CLOSED and not earlier.resolved else ""
    closed = earlier.wrap_up
    note = closed.note if closed else ""
    to_do = tuple(follow_up_words(f) for f in closed.to_do) if closed else ()
    return EarlierContact(row.id, day, row.subject or row.last, outcome.strip(", "), same, note, to_do)


def _same(state: Conversation, earlier: Conversation) -> bool:
    """Return whether two conversations of a customer are about the same matter: its kind, or an order they name."""
    intents = {c.routing.intent for c in (state, earlier) if c.routing and c.routing.intent}
    both = all(c.routing and c.routing.intent for c in (state, earlier))
    return (both and len(intents) == 1) or bool(_numbers(state) & _numbers(earlier))


def _numbers(state: Conversation) -> set[str]:
    """Return the orders that the customer has named, by the record's numbers."""
    said = " ".join(m.text for m in state.messages if m.role is Author.CUSTOMER).upper().replace(" ", "")
    return {order.number for order in state.customer.orders if order.number.upper().replace(" ", "") in said}
