"""The queue in its order with its reasons, who is there, and what a lead may move."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar, Final

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget

from console.conversation.heat import LoadNow
from console.conversation.inbox import InboxRow
from console.conversation.queue import AtWork
from console.conversation.queue_commands import InLine, QueuePage
from console.conversation.triage import Triage
from console.terminal.errors import DeskError
from console.terminal.hanging import hang, stack
from console.terminal.screens.dialog import Dialog
from console.terminal.widgets.row_list import Row, RowList, remark

EVERY: Final = 5.0
"""Seconds after which the page is fetched anew: who waits, and what is known of them, moves on while it is open."""


@dataclass(frozen=True, slots=True)
class QueueChosen:
    """What is wanted of the queue: to take a ``conversation`` that waits, or, without one, to make the moves."""

    conversation: str = ""


class QueueRows(RowList):
    """Who waits, who is here, what would be moved."""

    HELP = "Up and Down to choose, Enter takes the customer who waits."
    BINDING_GROUP_TITLE = "Queue"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "Take", tooltip="Take the customer who waits", id="queue-take"),
    ]


class QueueScreen(Dialog[QueueChosen]):
    """Returns what was chosen, or ``None``."""

    HEADING = "Queue and team · Enter takes who is chosen"
    CONFIRM = ""
    LEAVE = "Back"
    WIDE = True
    TALL = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f10", "leave", "Back", tooltip="Close the queue", show=False, id="queue-leave"),
    ]

    def __init__(
        self,
        fetch: Callable[[], Awaitable[QueuePage]],
        rows: Callable[[], Mapping[str, InboxRow]],
        *,
        leads: bool,
    ) -> None:
        self.CONFIRM = "Rebalance" if leads else ""  # type: ignore[misc]  # only a lead is offered it
        self._fetch, self._rows = fetch, rows
        self._page: QueuePage | None = None
        self._trouble_with_it = ""
        super().__init__()

    def body(self) -> Iterable[Widget]:
        """Return the page."""
        yield QueueRows(id="queue")

    def on_mount(self) -> None:
        """Fetch it, and again from time to time."""
        self.query_one(QueueRows).focus()
        self._paint()
        self._fetch_again()
        self.set_interval(EVERY, self._fetch_again)

    def on_resize(self) -> None:
        """Fit the lines to the screen."""
        self.call_after_refresh(self._paint)

    def on_row_list_widened(self) -> None:
        """The same, where a list's own place comes later than the screen's."""
        self._paint()

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Take who was chosen."""
        event.stop()
        self.dismiss(QueueChosen(event.key))

    def answer(self) -> QueueChosen:
        """Return that the moves are wanted."""
        if self._page is None or not self._page.moves:
            message = "Nothing needs to be moved."
            raise ValueError(message)
        return QueueChosen()

    def _fetch_again(self) -> None:
        self.run_worker(self._load(), exclusive=True, group="queue", exit_on_error=False)

    async def _load(self) -> None:
        try:
            self._page, self._trouble_with_it = await self._fetch(), ""
        except DeskError as error:
            self._trouble_with_it = f"⚠ {error}"
        self._paint()

    def _paint(self) -> None:
        shown = self.query_one(QueueRows)
        width = max(20, shown.room)
        if self._page is None or self._trouble_with_it:
            shown.show_rows([remark(self._trouble_with_it or "Reading …", width)])
        else:
            shown.show_rows(list(queue_rows(self._page, self._rows(), width)))


def queue_rows(page: QueuePage, rows: Mapping[str, InboxRow], width: int) -> Iterable[Row]:
    """Yield the queue as rows of ``width`` cells: those who wait can be chosen, by their conversation's id."""
    yield _title("waiting", f"Waiting {len(page.line)}")
    for place, one in enumerate(page.line, 1):
        said = f"{_customer(one, rows)}: {', '.join(one.reasons) or 'has just come'}{_misfit(one)}"
        lines = hang(Content(f" {place}. "), Content(said), width)
        yield Row(one.conversation, stack([*lines, *_triage(rows.get(one.conversation), width)]))
    yield _title("here", f"Here {len(page.team)}", gap=True)
    for agent in page.team:
        yield Row(f"agent-{agent.id}", stack(hang(Content(" "), Content(_agent(agent)), width)), idle=True)
    if page.moves:
        yield _title("moves", "What rebalancing would move", gap=True)
        for place, move in enumerate(page.moves):
            said = f"{move.customer or 'A visitor'} to {move.target.name}: {move.reason}"
            yield Row(f"move-{place}", stack(hang(Content(" "), Content(said), width)), idle=True)


def _title(key: str, words: str, *, gap: bool = False) -> Row:
    face = Content.styled(words, "bold")
    return Row(f"title-{key}", stack([Content(""), face]) if gap else face, idle=True)


def _customer(one: InLine, rows: Mapping[str, InboxRow]) -> str:
    row = rows.get(one.conversation)
    return f"{row.name or 'Visitor'} (tier {row.tier})" if row else one.conversation


def _triage(row: InboxRow | None, width: int) -> Iterable[Content]:
    """What is known of who waits, and why they do."""
    triage = row.triage if row else Triage()
    waits = f"waits because: {triage.why}" if triage.why else ""
    meanwhile = f"meanwhile the {row.task}" if row is not None and row.task else ""
    for words in (triage.line, waits, meanwhile):
        if words:
            yield from hang(Content("    "), Content.styled(words, "$text-muted"), width)


def _misfit(one: InLine) -> str:
    return f" · for a colleague: {one.misfit}" if one.misfit else ""


def _agent(agent: AtWork) -> str:
    takes = [f"tier {', '.join(map(str, agent.tiers))}"] if agent.tiers else []
    takes += [", ".join(agent.skills)] if agent.skills else []
    hard = " · had hard chats, gets calmer ones" if LoadNow(agent.load).tired else ""
    return f"{agent.name}: {agent.has} of {agent.capacity}{' · ' + ' · '.join(takes) if takes else ''}{hard}"
