"""The queue in its order with its reasons, who is there, and what a lead may move."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Final

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from console.conversation.heat import LoadNow
from console.conversation.inbox import InboxRow
from console.conversation.queue import AtWork, Move
from console.conversation.queue_commands import InLine, QueuePage
from console.conversation.triage import Triage
from console.terminal.errors import DeskError
from console.terminal.screens.dialog import Dialog

EVERY: Final = 5.0
"""Seconds after which the page is fetched anew: who waits, and what is known of them, moves on while it is open."""


class QueueScreen(Dialog[bool]):
    """Returns ``True`` when a lead wants the moves made, or ``None``."""

    HEADING = "Queue and team"
    CONFIRM = ""
    LEAVE = "Back"
    WIDE = True
    TALL = True

    def __init__(
        self,
        fetch: Callable[[], Awaitable[QueuePage]],
        rows: Callable[[], Mapping[str, InboxRow]],
        *,
        leads: bool,
    ) -> None:
        self.CONFIRM = "Rebalance" if leads else ""  # type: ignore[misc]  # only a lead is offered it
        self._fetch, self._rows = fetch, rows
        self._moves: tuple[Move, ...] = ()
        super().__init__()

    def body(self) -> Iterable[Widget]:
        """Return the page."""
        yield VerticalScroll(Static(Content("Reading …"), id="queue"), id="page")

    def on_mount(self) -> None:
        """Fetch it, and again from time to time."""
        self._fetch_again()
        self.set_interval(EVERY, self._fetch_again)

    def _fetch_again(self) -> None:
        self.run_worker(self._load(), exclusive=True, group="queue", exit_on_error=False)

    def answer(self) -> bool:
        """Return that the moves are wanted."""
        if not self._moves:
            message = "Nothing needs to be moved."
            raise ValueError(message)
        return True

    async def _load(self) -> None:
        try:
            page = await self._fetch()
        except DeskError as error:
            self.query_one("#queue", Static).update(Content(f"⚠ {error}"))
            return
        self._moves = page.moves
        self.query_one("#queue", Static).update(Content("\n").join(list(_lines(page, self._rows()))))


def _lines(page: QueuePage, rows: Mapping[str, InboxRow]) -> Iterable[Content]:
    yield Content.styled(f"Waiting {len(page.line)}", "bold")
    for place, one in enumerate(page.line, 1):
        yield Content(f" {place}. {_customer(one, rows)}: {', '.join(one.reasons) or 'has just come'}{_misfit(one)}")
        yield from _triage(rows.get(one.conversation))
    yield Content("")
    yield Content.styled(f"Here {len(page.team)}", "bold")
    for agent in page.team:
        yield Content(f" {_agent(agent)}")
    if page.moves:
        yield Content("")
        yield Content.styled("What rebalancing would move", "bold")
        for move in page.moves:
            yield Content(f" {move.customer or 'A visitor'} to {move.target.name}: {move.reason}")


def _customer(one: InLine, rows: Mapping[str, InboxRow]) -> str:
    row = rows.get(one.conversation)
    return f"{row.name or 'Visitor'} (tier {row.tier})" if row else one.conversation


def _triage(row: InboxRow | None) -> Iterable[Content]:
    """What is known of who waits, and why they do."""
    triage = row.triage if row else Triage()
    if triage.line:
        yield Content.styled(f"    {triage.line}", "$text-muted")
    if triage.why:
        yield Content.styled(f"    waits because: {triage.why}", "$text-muted")
    if row is not None and row.task:
        yield Content.styled(f"    meanwhile the {row.task}", "$text-muted")


def _misfit(one: InLine) -> str:
    return f" · for a colleague: {one.misfit}" if one.misfit else ""


def _agent(agent: AtWork) -> str:
    takes = [f"tier {', '.join(map(str, agent.tiers))}"] if agent.tiers else []
    takes += [", ".join(agent.skills)] if agent.skills else []
    hard = " · had hard chats, gets calmer ones" if LoadNow(agent.load).tired else ""
    return f"{agent.name}: {agent.has} of {agent.capacity}{' · ' + ' · '.join(takes) if takes else ''}{hard}"
