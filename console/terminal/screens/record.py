"""What the company knows of the customer."""

from collections.abc import Iterable

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from console.conversation.people import Customer, Order
from console.conversation.state import Conversation
from console.terminal.hanging import fit
from console.terminal.matters import spent_by
from console.terminal.screens.dialog import Dialog


class RecordScreen(Dialog[str]):
    """Shows the record; returns nothing."""

    HEADING = "Customer record"
    CONFIRM = ""
    LEAVE = "Back"
    TALL = True

    def __init__(self, conversation: Conversation) -> None:
        super().__init__()
        self._conversation = conversation

    def body(self) -> Iterable[Widget]:
        """Return the record as lines."""
        yield VerticalScroll(Static(Content("\n").join(_lines(self._conversation))), id="page")

    def on_mount(self) -> None:
        """Let the keys scroll."""
        self.query_one("#page").focus()


def _lines(conversation: Conversation) -> list[Content]:
    customer = conversation.customer
    result = [Content.styled(customer.shown, "bold $text-primary"), _pair("identity", conversation.identity.value)]
    result += [_pair(name, value) for name, value in _facts(customer) if value]
    if customer.vulnerable:
        result.append(Content.styled("Take special care: marked as vulnerable", "bold $text-warning"))
    if customer.orders:
        result += [Content(""), Content.styled("Orders", "bold")]
        result += [line for order in customer.orders for line in _order(order)]
    if customer.history:
        result += [Content(""), Content.styled("Earlier contacts", "bold")]
        for past in customer.history:
            outcome = f" → {past.outcome}" if past.outcome else ""
            result.append(Content.assemble((fit(past.at[:10], 12), "$text-muted"), f"{past.subject}{outcome}"))
    return result


def _facts(customer: Customer) -> list[tuple[str, str]]:
    return [
        ("e-mail", customer.email),
        ("phone", customer.phone),
        ("since", customer.since),
        ("contract", customer.contract),
        ("spent", spent_by(customer) if customer.value else ""),
        ("country", customer.country),
        ("language", customer.language),
        ("complaints", str(customer.complaints) if customer.complaints else ""),
        ("monthly use", " ".join(f"{count:g}" for count in customer.usage)),
        ("notes", customer.notes),
        *customer.extra.items(),
    ]


def _order(order: Order) -> list[Content]:
    head = Content.assemble((fit(order.number, 12), "bold"), f"{order.item}  {order.total}")
    dates = [f"{name} {value}" for name, value in (("placed", order.placed), ("due", order.due)) if value]
    rest = " · ".join(part for part in (order.status, *dates, order.carrier, order.tracking) if part)
    return [head, Content.styled(f"{'':12}{rest}", "$text-muted")] if rest else [head]


def _pair(name: str, value: str) -> Content:
    return Content.assemble((fit(name, 12), "$text-muted"), value)
