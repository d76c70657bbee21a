"""What the company knows of the customer."""

from collections.abc import Iterable
from typing import ClassVar, Final

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from console.conversation.packet import EarlierContact
from console.conversation.people import Customer, Order
from console.conversation.state import Conversation
from console.terminal.hanging import fit
from console.terminal.matters import spent_by
from console.terminal.screens.dialog import Dialog
from console.terminal.widgets.clickable import button
from console.terminal.widgets.quality_faces import SIGNS


class RecordScreen(Dialog[str]):
    """Shows the record; returns the earlier conversation to open, or ``None``."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(f"{n}", f"open({n})", f"Open earlier chat {n}", show=False, tooltip="Open it", id=f"record-open-{n}")
        for n in range(1, 6)
    ]

    HEADING = "Customer record"
    CONFIRM = ""
    LEAVE = "Back"
    TALL = True

    def __init__(self, conversation: Conversation, *, quality: bool = False) -> None:
        """``quality`` says whether whoever looks may see how the conversation was marked: it was their own."""
        super().__init__()
        self._conversation, self._quality = conversation, quality

    def body(self) -> Iterable[Widget]:
        """Return the record as lines."""
        yield VerticalScroll(Static(Content("\n").join(self._lines())), id="page")

    def _lines(self) -> list[Content]:
        return [*_lines(self._conversation), *(_marks(self._conversation) if self._quality else ())]

    def action_open(self, number: int) -> None:
        """Open an earlier conversation by its number."""
        earlier = earlier_of(self._conversation)
        if number <= len(earlier):
            self.dismiss(earlier[number - 1].conversation)

    def on_mount(self) -> None:
        """Let the keys scroll."""
        self.query_one("#page").focus()


_TITLE: Final = 34
"""Cells of a criterion's title at the most."""


def _marks(conversation: Conversation) -> list[Content]:
    """Return how the conversation meets the criteria of the rubric."""
    if not conversation.quality:
        return []
    lines = [Content(""), Content.styled("Quality of this chat (people's marks hold before the engine's)", "bold")]
    titles = {name: given.title or name.replace("-", " ") for name, given in conversation.quality.items()}
    room = min(_TITLE, max(map(len, titles.values())) + 2)
    for name, given in conversation.quality.items():
        sign, style = SIGNS[given.mark]
        why = " · ".join(part for part in (f"by {given.by}" if given.by else "", given.reason) if part)
        head = Content.assemble((f"{sign} ", style), fit(titles[name], room), f"{given.mark.said}")
        lines.append(Content.assemble(head, (f"  {why}" if why else "", "$text-muted")))
        if (second := given.opinion) is not None:
            said = f"  second opinion, which counts nowhere: {second.mark.said}, by the language model {second.model}"
            lines.append(
                Content.styled(f"{said}{f' · {second.reason}' if second.reason else ''}", "$text-muted italic")
            )
    return lines


def _lines(conversation: Conversation) -> list[Content]:
    customer = conversation.customer
    result = [Content.styled(customer.shown, "bold $text-primary"), _pair("identity", conversation.identity.value)]
    result += [_pair(name, value) for name, value in _facts(customer) if value]
    if customer.vulnerable:
        result.append(Content.styled("Take special care: marked as vulnerable", "bold $text-warning"))
    if customer.orders:
        result += [Content(""), Content.styled("Orders", "bold")]
        result += [line for order in customer.orders for line in _order(order)]
    result += _here(conversation)
    if customer.history:
        result += [Content(""), Content.styled("Earlier contacts", "bold")]
        for past in customer.history:
            outcome = f" → {past.outcome}" if past.outcome else ""
            result.append(Content.assemble((fit(past.at[:10], 12), "$text-muted"), f"{past.subject}{outcome}"))
    return result


def _here(conversation: Conversation) -> list[Content]:
    """Return how this chat was closed before, and the customer's earlier chats on this desk with what is to do."""
    lines: list[Content] = []
    if conversation.wrapped:
        lines += [Content(""), Content.styled("This chat was closed before", "bold")]
        lines += [Content(line) for line in conversation.wrapped[-1].words.splitlines()]
    for number, earlier in enumerate(earlier_of(conversation), 1):
        if number == 1:
            lines += [Content(""), Content.styled("Earlier chats here (press the number to open one)", "bold")]
        ended = f" → {earlier.outcome}" if earlier.outcome else ""
        way = button(f"screen.open({number})", f"{number}")
        lines.append(Content.assemble(way, (f" {earlier.at} ", "$text-muted"), f"{earlier.subject}{ended}"))
        lines += [Content.styled(f"    {earlier.note}", "$text-muted")] if earlier.note else []
        lines += [Content.styled(f"    ○ still to do: {line}", "$text-warning") for line in earlier.to_do]
    return lines


def earlier_of(conversation: Conversation) -> tuple[EarlierContact, ...]:
    """Return the customer's earlier conversations on this desk, as the hand-over packet has them."""
    return conversation.packet.standing.earlier if conversation.packet else ()


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
