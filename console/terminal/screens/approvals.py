"""Texts that a policy blocks and an agent wants sent: a lead reads, and decides with a reason."""

from collections.abc import Awaitable, Callable, Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Input, Static

from console.conversation.commands import DecideApproval
from console.conversation.state import Approval, Conversation
from console.terminal.errors import DeskError
from console.terminal.matters import order_line, orders_for, standing_of
from console.terminal.screens.dialog import Dialog
from console.terminal.widgets.flags_panel import STYLE
from console.terminal.words import flagged, where

Waiting = tuple[Conversation, Approval]


class ApprovalsScreen(Dialog[str]):
    """Shows one request after another, oldest first, and follows what comes; returns nothing."""

    HEADING = "Texts that wait for a lead"
    CONFIRM = ""
    LEAVE = "Back"
    WIDE = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pagedown", "read(1)", "Read on", tooltip="Scroll the request down", id="approvals-down"),
        Binding("pageup", "read(-1)", "Read back", tooltip="Scroll the request up", id="approvals-up"),
    ]

    def __init__(
        self,
        fetch: Callable[[], Awaitable[list[Waiting]]],
        decide: Callable[[str, str, DecideApproval], Awaitable[None]],
    ) -> None:
        super().__init__()
        self._fetch = fetch
        self._decide = decide
        self._waiting: list[Waiting] = []
        self._read = ""
        """The request that is shown."""
        self._decided: set[str] = set()

    def body(self) -> Iterable[Widget]:
        """Return the request, a line for the reason, and the two answers."""
        yield VerticalScroll(Static(Content("Reading …"), id="request"), id="page", can_focus=False)
        yield Input(
            placeholder="Reason (needed to refuse; the agent reads it)", id="reason", max_length=500, compact=True
        )
        yield Horizontal(
            Button("Approve", id="approve", variant="success", compact=True, disabled=True),
            Button("Refuse", id="refuse", variant="error", compact=True, disabled=True),
            id="answers",
        )

    def on_mount(self) -> None:
        """Fetch what waits."""
        self._offer()
        self.follow()

    def _offer(self) -> None:
        """Show the line for a reason and the answers only where there is something to answer."""
        for part in ("#reason", "#answers"):
            self.query_one(part).display = bool(self._waiting)
        if not self._waiting:
            self.query_one("#trouble").display = False

    def follow(self) -> None:
        """Fetch what waits now; what is being read and written stays."""
        self.run_worker(self._load(), exclusive=True, group="approvals", exit_on_error=False)

    def action_read(self, way: int) -> None:
        """Scroll the request, while the cursor stays with the reason."""
        page = self.query_one("#page")
        (page.scroll_page_down if way > 0 else page.scroll_page_up)(animate=False)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Decide, or leave."""
        if event.button.id in ("approve", "refuse"):
            event.stop()
            self._answer(approved=event.button.id == "approve")
        else:
            super().on_button_pressed(event)

    def _answer(self, *, approved: bool) -> None:
        reason = self.query_one("#reason", Input).value.strip()
        trouble = self.query_one("#trouble", Static)
        trouble.display = not approved and not reason
        if not self._waiting or trouble.display:
            trouble.update(Content("⚠ Write why, so that the agent knows what to change."))
            self.query_one("#reason").focus()
            return
        conversation, approval = self._waiting[0]
        body = DecideApproval(approved, reason)
        self.run_worker(self._tell(conversation.id, approval.id, body), group="decide", exit_on_error=False)

    async def _tell(self, conversation: str, approval: str, body: DecideApproval) -> None:
        try:
            await self._decide(conversation, approval, body)
        except DeskError as error:
            self.query_one("#request", Static).update(Content(str(error)))
            return
        self._decided.add(approval)
        self._take(self._waiting)

    async def _load(self) -> None:
        try:
            waiting = await self._fetch()
        except DeskError as error:
            if not self._waiting:
                self.query_one("#request", Static).update(Content(str(error)))
            return
        self._take(waiting)

    def _take(self, waiting: list[Waiting]) -> None:
        """Show what waits; the request that is being read stays in front as long as it waits."""
        still = [pair for pair in waiting if pair[1].id not in self._decided]
        self._waiting = sorted(still, key=lambda pair: pair[1].id != self._read)
        self._paint()

    def _paint(self) -> None:
        shown = self._waiting[0][1].id if self._waiting else ""
        another, self._read = shown != self._read, shown
        if another:
            self.query_one("#reason", Input).value = ""
            self.query_one("#page").scroll_home(animate=False)
        for button in ("approve", "refuse"):
            self.query_one(f"#{button}", Button).disabled = not self._waiting
        self._offer()
        request = self.query_one("#request", Static)
        if not self._waiting:
            request.update(Content("Nothing waits for a lead."))
            return
        request.update(_request(*self._waiting[0], more=len(self._waiting) - 1))
        if another:
            self.query_one("#reason").focus()


def _request(conversation: Conversation, approval: Approval, more: int) -> Content:
    count = f"   {more} more behind it" if more else ""
    lines = [
        Content.assemble(
            (conversation.customer.shown, "bold $text-primary"),
            (f"  asked by {conversation.agent_name or approval.agent}{count}", "$text-muted"),
        ),
        Content.styled(standing_of(conversation.customer), "$text-muted"),
        *(Content(order_line(order)) for order in orders_for(conversation, approval.text)),
        Content(""),
        *(
            Content.assemble((flagged(flag), STYLE[flag.severity]), (f"  {where(flag)}", "$text-muted"))
            for flag in approval.flags
        ),
        Content(""),
        Content.styled("The text", "bold"),
        Content(approval.text),
        Content(""),
        Content.styled("The agent's reason", "bold"),
        Content(approval.reason or "none given"),
    ]
    last = conversation.last_customer_message
    if last is not None:
        lines += [Content(""), Content.styled("The customer's newest message", "bold"), Content(last.text)]
    return Content("\n").join(lines)
