"""Are the suggestions any good? Figures for a lead, and from each the way down to the conversations behind it."""

from collections.abc import Awaitable, Callable, Iterable
from typing import Any, ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from console.conversation.review_commands import Judge
from console.conversation.reviews import WEEKS, Exchange, Exchanges, Measure, Review
from console.terminal.errors import DeskError
from console.terminal.port import Desk
from console.terminal.screens.dialog import Dialog
from console.terminal.screens.lead_step import Deed, LeadStep, Place
from console.terminal.screens.review_views import (
    OWN,
    TABS,
    Behind,
    Queued,
    Step,
    Trail,
    deeds_of,
    detail_of,
    key_of,
    name_of,
    next_of,
    of_weeks,
    rows_of,
    tab,
    turned,
)
from console.terminal.styles import beside
from console.terminal.widgets.clickable import button, row
from console.terminal.widgets.followed_list import FollowedList
from console.terminal.widgets.review_faces import exchange_detail, standing
from console.terminal.widgets.row_list import RowList, remark


class ReviewList(FollowedList):
    """The rows of a step."""

    BINDING_GROUP_TITLE = "Review"
    HELP = (
        "For leads. Tab changes between figures, what is to be judged, changes, and when the bot gave conversations to "
        "people (a puts another threshold in force). Enter or Right goes down: from a group to its figures and weeks, "
        "to the conversations behind one, to the transcript; Left or Esc goes up. v shows the other cases, or what was "
        "judged; j judges what the second chair said; m takes another measure, w other weeks. Rates stand with their "
        "95 % interval, and not at all where too little was seen."
    )


class ReviewScreen(Dialog[Place]):
    """Returns where a transcript is to open, or ``None``. ``trail`` says where to begin, and later where one was."""

    DEFAULT_CSS = beside(__file__)
    TABS: ClassVar[dict[str, Step]] = TABS
    TELLS_TAB: ClassVar[bool] = False
    """Whether the key that changes tabs stands beside them: where they leave room for it on every screen."""
    HEADING = "Review of the suggestions"
    CONFIRM = ""
    LEAVE = "Back"
    WIDE = True
    TALL = True
    AUTO_FOCUS = "ReviewList"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (130, "-medium")]  # noqa: RUF012 - Textual's own
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "turn(1)", "Next list", tooltip="Figures, what is to be judged, changes", id="review-next"),
        Binding("shift+tab", "turn(-1)", "Previous list", tooltip="The list before", id="review-previous"),
        Binding("right", "choose", "Go down", tooltip="To what is behind it", id="review-down-to"),
        Binding("left", "up", "Go up", tooltip="Back to where it came from", id="review-up-to"),
        Binding("v", "others", "The others", tooltip="The other cases, or what was judged", id="review-others"),
        Binding("j", "judge", "Judge", tooltip="Say whether it was right", id="review-judge"),
        Binding("m", "measure", "Measure", tooltip="Show another measure week by week", id="review-measure"),
        Binding("w", "weeks", "Weeks", tooltip="Look back on more weeks, or fewer", id="review-weeks"),
        Binding("r", "renew", "Look again", tooltip="Ask the desk for the newest figures", id="review-renew"),
        # ahead of the list's own: what is shown of a row has no other key
        Binding("pagedown", "scroll(1)", "Read on", tooltip="Read on", id="review-page-down", priority=True),
        Binding("pageup", "scroll(-1)", "Read back", tooltip="Scroll back", id="review-page-up", priority=True),
    ]

    def __init__(self, desk: Callable[[], Desk], trail: Trail | None = None) -> None:
        super().__init__()
        self._desk, self.trail = desk, trail or Trail()
        self._review = Review()
        self._found: dict[Step, Any] = {}
        """What the desk said: the exchanges of a step, or what a step of its own kind asked for."""
        self._said = "Reading …"
        self._looking: tuple[Step | None, str] = None, ""  # how far the desk is with a step of its own kind
        self._note = "", ""  # what was said last of a deed, and its style

    def body(self) -> Iterable[Widget]:
        """Return the tabs, where one is, the list with what is chosen in it, and what can be done."""
        yield Static(id="tabs")
        yield Static(id="where")
        yield Container(
            ReviewList(id="rows"), VerticalScroll(Static(id="detail"), id="page", can_focus=False), id="shelf"
        )
        yield Static(id="deeds")

    def on_mount(self) -> None:
        """Ask the desk."""
        self._paint()
        self.action_renew()

    def on_resize(self) -> None:
        """Lay the rows out for the width."""
        self.call_after_refresh(self._paint)

    def on_row_list_widened(self) -> None:
        """The same, where a list's own place comes later than the screen's."""
        self._paint()

    def action_turn(self, by: int) -> None:
        """Go to another tab."""
        place = [type(step) for step in self.TABS.values()].index(type(self.trail.steps[0]))
        self.action_show(list(self.TABS)[(place + by) % len(self.TABS)])

    def action_show(self, tab: str) -> None:
        """Go to a tab."""
        self._remember()
        self.trail.steps = [self.TABS[tab]]
        self._arrive()

    def action_choose(self) -> None:
        """Go down to what is behind the row under the cursor; from an exchange to its transcript."""
        exchange = self.exchange
        if exchange is not None:
            self._remember()
            self.dismiss(Place(exchange.conversation, exchange.message))
            return
        here = self.trail.here
        step: Step | Place | None = None
        if not isinstance(here, LeadStep):
            step = next_of(here, self._review, self._key, self.trail.measure)
        elif here in self._found:
            step = here.next(self._found[here], self._key)
        if isinstance(step, Place):
            self._remember()
            self.dismiss(step)
        elif step is not None:
            self._remember()
            self.trail.steps.append(step)
            self._arrive()

    def action_up(self) -> None:
        """Go back up; at a tab there is nothing above."""
        if len(self.trail.steps) > 1:
            self._remember()
            self.trail.steps.pop()
            self._arrive()

    def action_leave(self) -> None:
        """Go back up, and at a tab leave."""
        self.action_up() if len(self.trail.steps) > 1 else super().action_leave()

    def action_others(self) -> None:
        """Show the other cases of the same figure, or what was judged of the queue."""
        step = turned(self.trail.here)
        if step is not None:
            self.trail.steps[-1] = step
            self._arrive()

    def action_measure(self) -> None:
        """Show another measure week by week."""
        measures = list(Measure)
        self.trail.measure = measures[(measures.index(self.trail.measure) + 1) % len(measures)]
        self._paint()

    def action_weeks(self) -> None:
        """Look back on more weeks, and after the most on the fewest."""
        self.trail.weeks = WEEKS[(WEEKS.index(self.trail.weeks) + 1) % len(WEEKS)]
        self.action_renew()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave the keys of the review's own figures to steps that bring their own, and weeks to what is of weeks."""
        del parameters
        if action == "weeks":
            return of_weeks(self.trail.here)
        return action not in OWN or not isinstance(self.trail.here, LeadStep)

    def on_key(self, event: events.Key) -> None:
        """Do what the step under way has on a key."""
        if any(deed.key == event.key for deed in self._deeds):
            event.stop()
            self.action_deed(next(deed.name for deed in self._deeds if deed.key == event.key))

    def action_deed(self, name: str) -> None:
        """Do what the step under way can do with the row under the cursor."""
        if isinstance(self.trail.here, LeadStep):
            self._do(self._deed(self.trail.here, name, self._key))

    @property
    def _deeds(self) -> tuple[Deed, ...]:
        here = self.trail.here
        if not isinstance(here, LeadStep) or here not in self._found:
            return ()
        return here.deeds(self._found[here], self._key)

    async def _deed(self, step: LeadStep, name: str, key: str) -> None:
        said = await step.do(name, self._found[step], key, self._desk(), self.app.push_screen_wait)
        self.trail.cursors[step] = key
        self._found.clear()
        await self._load_step(self.trail.here) if isinstance(self.trail.here, LeadStep) else await self._load()
        if said:
            self._say(said, done=True)

    def action_scroll(self, way: int) -> None:
        """Scroll what is shown of the chosen one."""
        page = self.query_one("#page")
        (page.scroll_page_down if way > 0 else page.scroll_page_up)(animate=False)

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Go down."""
        event.stop()
        self.action_choose()

    def on_followed_list_moved(self) -> None:
        """Show what the cursor stands on."""
        self._paint_detail()

    @property
    def exchange(self) -> Exchange | None:
        """The exchange under the cursor."""
        found = self._found.get(self.trail.here)
        if not isinstance(found, Exchanges):
            return None
        return next((one for one in found.exchanges if key_of(one) == self._key), None)

    @property
    def _key(self) -> str:
        rows = self.query_one(ReviewList)
        place = rows.highlighted
        return rows.rows[place].key if place is not None and place < len(rows.rows) else ""

    def _remember(self) -> None:
        self.trail.cursors[self.trail.here] = self._key

    def _arrive(self) -> None:
        """Show the step that the trail has come to, with the cursor where it was."""
        self._note = ("", "")
        rows = self.query_one(ReviewList)
        rows.highlighted = None
        self._paint()
        rows.scroll_home(animate=False)
        rows.put_cursor_or_first(self.trail.cursor)
        rows.focus()
        here = self.trail.here
        if isinstance(here, Behind | Queued):
            self._do(self._load_exchanges(here))
        elif isinstance(here, LeadStep) and here not in self._found:
            self._do(self._load_step(here))

    def action_renew(self) -> None:
        """Ask the desk for the newest figures."""
        self.run_worker(self._load(), group="review", exclusive=True, exit_on_error=False)

    def action_judge(self) -> None:
        """Judge the exchange under the cursor."""
        if (exchange := self.exchange) is not None:
            self._do(self._judge(exchange))

    async def _load(self) -> None:
        try:
            await self._look()
            self._found.clear()
        except DeskError as error:
            self._said = str(error)
        self._arrive()

    async def _look(self) -> None:
        while (found := await self._desk().review(self.trail.weeks)).progress:  # it comes back after a second
            self._said = f"Looking: {found.progress} …"
            self._paint()
        self._review, self._said = found, ""

    async def _load_step(self, step: LeadStep) -> None:
        self._looking = step, "Reading …"
        try:
            await self._read_step(step)
        except DeskError:
            self._looking = step, "It could not be read: r tries again."
            self._paint()
            raise

    async def _read_step(self, step: LeadStep) -> None:
        while getattr(found := await step.load(self._desk(), self.trail.weeks), "progress", ""):
            self._looking = step, f"Looking: {found.progress} …"
            if getattr(found, "early", False):
                self._found[step] = found
            self._paint()
        self._found[step], self._said = found, ""
        self._review = getattr(found, "review", self._review)  # what is newer is newer for the figures, too
        if self.trail.here == step:
            self._paint()
            self.query_one(ReviewList).put_cursor_or_first(self.trail.cursors.get(step, ""))

    async def _load_exchanges(self, step: Behind | Queued) -> None:
        desk, weeks = self._desk(), self.trail.weeks
        if isinstance(step, Behind):
            self._found[step] = await desk.exchanges(weeks, step.asked)
        else:
            self._found[step] = await desk.to_judge(weeks, step.queue, judged=step.judged)
        self._paint()
        self.query_one(ReviewList).put_cursor_or_first(self.trail.cursors.get(step, ""))

    async def _judge(self, exchange: Exchange) -> None:
        from console.terminal.screens.judging import JudgingDialog

        step = self.trail.here
        queue = step.queue if isinstance(step, Queued) else None
        body: Judge | None = await self.app.push_screen_wait(JudgingDialog(exchange, queue))
        if body is None:
            return
        rows = self.query_one(ReviewList)
        place = rows.highlighted or 0
        await self._desk().judge_exchange(body)
        await self._look()
        if isinstance(step, Behind | Queued):
            await self._load_exchanges(step)
        rows.highlighted = min(place, len(rows.rows) - 1)
        self._say(f"Judged {body.verdict}. The report counts it.", done=True)

    def _do(self, work: Awaitable[None]) -> None:
        async def guarded() -> None:
            try:
                await work
            except DeskError as error:
                self._say(str(error))

        self.run_worker(guarded(), group="review-deed", exit_on_error=False)

    def _say(self, text: str, *, done: bool = False) -> None:
        """Say why something cannot be done, or that it was."""
        self._note = (f"✓ {text}", "bold $text-success") if done else (f"⚠ {text}", "bold $text-warning")
        self._paint_detail()

    def _paint(self) -> None:
        rows, step = self.query_one(ReviewList), self.trail.here
        self.set_class(type(step).__name__ == "Figures", "-figures")
        width = max(20, rows.room)
        if self._said:
            rows.show_rows([remark(self._said, width)])
        elif isinstance(step, LeadStep):
            far = self._looking[1] if self._looking[0] == step else "Reading …"
            known = step in self._found
            rows.show_rows(step.rows(self._found[step], width) if known else [remark(far, width)])
        else:
            rows.show_rows(rows_of(step, self._review, self._found.get(step), self.trail.measure, width))
        tabs = [*map(self._tab, self.TABS), *([Content.styled("Tab", "$text-muted")] if self.TELLS_TAB else [])]
        self.query_one("#tabs", Static).update(Content("  ").join(tabs))
        self.query_one("#where", Static).update(Content(self._where()))
        self._paint_detail()

    def _tab(self, name: str) -> Content:
        face = Content.from_markup(f"[@click=screen.show('{name}')]$face[/]", face=tab(name, self.app.size.width))
        return face.stylize("bold reverse") if type(self.TABS[name]) is type(self.trail.steps[0]) else face

    def _where(self) -> str:
        names = [name for name in map(name_of, self.trail.steps) if name]
        here = self.trail.here
        found = self._found.get(here)
        if isinstance(here, LeadStep):
            return " › ".join(names) or (here.standing(found) if found is not None else "")
        if found is not None and found.total > len(found.exchanges):
            names.append(f"{len(found.exchanges)} of {found.total:,}")
        return " › ".join(names) or standing(self._review)

    def _paint_detail(self) -> None:
        page = self.query_one("#page")
        width = max(20, page.scrollable_content_region.width - 1)
        exchange, key = self.exchange, self._key
        if exchange is not None:
            detail = exchange_detail(exchange, width)
        elif isinstance(step := self.trail.here, LeadStep):
            detail = step.detail(self._found[step], key, width) if step in self._found else Content("")
        else:
            detail = detail_of(self.trail.here, self._review, key, self.trail.measure, width)
        if self._note[0]:
            detail = Content.assemble(self._note, "\n\n", detail)
        self.query_one("#detail", Static).update(detail)
        deep = len(self.trail.steps) > 1
        own = [button(f"screen.deed('{deed.name}')", deed.label, deed.key) for deed in self._deeds]
        usual = deeds_of(self.trail.here, deep=deep)
        self.query_one("#deeds", Static).update(row(*own, *usual))
        page.scroll_home(animate=False)
