"""What the knowledge base lacks, for leads and trainers: gaps, draft articles, and contradicting articles."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from console.conversation import commands as c
from console.conversation import upkeep_commands as u
from console.conversation.assistance import Citation, SourceType
from console.conversation.drafts import ArticleDraft, DraftStatus
from console.conversation.upkeep import Contradiction, Gap, Said
from console.terminal.errors import DeskError
from console.terminal.port import Desk
from console.terminal.screens.dialog import Dialog
from console.terminal.screens.upkeep_items import (
    DRAFTS,
    EMPTY,
    GAPS,
    NAMES,
    PAIRS,
    Item,
    deeds_of,
    detail_of,
    face_of,
    key_of,
)
from console.terminal.styles import beside
from console.terminal.widgets.clickable import row
from console.terminal.widgets.followed_list import FollowedList
from console.terminal.widgets.row_list import Row, RowList, remark


class UpkeepList(FollowedList):
    """The gaps, drafts or contradictions."""

    BINDING_GROUP_TITLE = "Knowledge gaps"
    HELP = (
        "For leads and trainers; agents see their own drafts. Left and Right change between gaps, drafts and "
        "contradictions. d drafts an article for a gap, o opens the conversation, n the nearest article; a (leads) "
        "puts a gap aside that is not worth an article: it stays at the end of the list until a customer asks it "
        "again, or u brings it back. Enter opens a draft, u takes a decision on it back; 1 and 2 read two articles "
        "that differ; r looks again."
    )


@dataclass(slots=True)
class _Part:
    """One of the lists: what it holds, or what is said instead."""

    items: Sequence[Item] = ()
    said: str = "Reading …"
    away: int = 0
    """How many at the end are gaps that were put aside."""


class UpkeepScreen(Dialog[str]):
    """Returns a conversation to open, or ``None``.

    ``reviews`` says whether they see more than their own drafts, ``leads`` whether they decide on drafts.
    """

    DEFAULT_CSS = beside(__file__)
    HEADING = "Knowledge gaps"
    CONFIRM = ""
    LEAVE = "Back"
    WIDE = True
    TALL = True
    AUTO_FOCUS = "UpkeepList"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-medium")]  # noqa: RUF012 - Textual's own
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,tab", "turn(1)", "Next list", tooltip="Gaps, drafts, contradictions", id="upkeep-next"),
        Binding("left,shift+tab", "turn(-1)", "Previous list", tooltip="The list before", id="upkeep-previous"),
        Binding("d", "draft", "Draft article", tooltip="Draft an article that answers the gap", id="upkeep-draft"),
        Binding("a", "put_aside", "Put aside", tooltip="Not worth an article, unless asked again", id="upkeep-aside"),
        Binding("o", "open", "Open conversation", tooltip="Go to where it was asked", id="upkeep-open"),
        Binding("n", "nearest", "Nearest article", tooltip="Read the article that comes nearest", id="upkeep-nearest"),
        Binding(
            "u", "undo", "Take back", tooltip="Take back the decision on a draft, or bring a gap back", id="upkeep-undo"
        ),
        Binding("1", "read(0)", "First article", tooltip="Read the first of the two", id="upkeep-first"),
        Binding("2", "read(1)", "Second article", tooltip="Read the second of the two", id="upkeep-second"),
        Binding("r", "renew", "Look again", tooltip="Look over the knowledge base again", id="upkeep-renew"),
        Binding("pagedown", "scroll(1)", "Read on", tooltip="Scroll what is shown", id="upkeep-down"),
        Binding("pageup", "scroll(-1)", "Read back", tooltip="Scroll back", id="upkeep-up"),
    ]

    def __init__(
        self,
        desk: Callable[[], Desk],
        fetch: Callable[[Citation], Awaitable[c.Source]],
        *,
        reviews: bool,
        leads: bool,
    ) -> None:
        super().__init__()
        self._desk, self._fetch, self._leads = desk, fetch, leads
        self._parts = {name: _Part() for name in ((GAPS, DRAFTS, PAIRS) if reviews else (DRAFTS,))}
        self._part = next(iter(self._parts))
        self._note = ""
        self._noted = ""
        """What the note was said of."""
        self._note_style = ("", "")
        self._put_last: Gap | None = None

    def body(self) -> Iterable[Widget]:
        """Return the names of the lists, the list with what is chosen in it, and what can be done with that."""
        yield Static(id="parts")
        yield Container(
            UpkeepList(id="rows"), VerticalScroll(Static(id="detail"), id="page", can_focus=False), id="shelf"
        )
        yield Static(id="deeds")

    def on_mount(self) -> None:
        """Look over the knowledge base."""
        self._paint()
        self.action_renew()

    def on_resize(self) -> None:
        """Lay the rows out for the width."""
        self.call_after_refresh(self._paint)

    def on_row_list_widened(self) -> None:
        """The same, where a list's own place comes later than the screen's."""
        self._paint()

    # What can be done

    def action_turn(self, by: int) -> None:
        """Go to another list."""
        names = list(self._parts)
        self.action_show(names[(names.index(self._part) + by) % len(names)])

    def action_show(self, part: str) -> None:
        """Show a list from its top."""
        self._part, self._note = part, ""
        rows = self.query_one(UpkeepList)
        rows.highlighted = None
        self._paint()
        rows.action_edge(1)
        rows.focus()

    def action_renew(self) -> None:
        """Ask the desk for all lists."""
        for part in self._parts:
            self.run_worker(self._load(part), group=f"upkeep-{part}", exclusive=True, exit_on_error=False)

    def action_draft(self) -> None:
        """Draft an article for the gap."""
        if isinstance(self.chosen, Gap):
            self._do(self._draft(self.chosen))

    def action_open(self) -> None:
        """Leave for the conversation."""
        item = self.chosen
        name = item.conversation if isinstance(item, ArticleDraft) else ""
        if isinstance(item, Gap):
            name = next((example.conversation for example in item.examples if example.conversation), "")
        if name:
            self.dismiss(name)
        elif isinstance(item, Gap):
            self._say("It was looked up outside of a conversation.")

    def action_nearest(self) -> None:
        """Read the nearest article."""
        item = self.chosen
        if isinstance(item, Gap) and item.nearest:
            self._read(Citation(SourceType.ARTICLE, item.nearest, "", item.title))

    def action_read(self, side: int) -> None:
        """Read one of two articles at what it says."""
        item = self.chosen
        if isinstance(item, Contradiction):
            said: Said = (item.first, item.second)[side]
            self._read(Citation(SourceType.ARTICLE, said.article, said.text, said.title))

    def action_put_aside(self) -> None:
        """Put the gap aside."""
        item = self.chosen
        if isinstance(item, Gap) and not self._is_away(item):
            if self._leads:
                self._do(self._put_aside(item))
            else:
                self._say("Only a lead can put a gap aside.")

    def action_undo(self) -> None:
        """Take the decision on a draft back; bring a gap back that was put aside, or else the last one that was."""
        item = self.chosen
        if not self._leads:
            return
        if isinstance(item, ArticleDraft) and item.status is not DraftStatus.OPEN:
            self._do(self._undo(item))
        elif self._part == GAPS:
            gap = item if isinstance(item, Gap) and self._is_away(item) else self._put_last
            if gap is not None:
                self._do(self._bring_back(gap))

    def action_scroll(self, way: int) -> None:
        """Scroll what is shown of the chosen one."""
        page = self.query_one("#page")
        (page.scroll_page_down if way > 0 else page.scroll_page_up)(animate=False)

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Open a draft; draft an article for a gap; read an article."""
        event.stop()
        item = self.chosen
        if isinstance(item, ArticleDraft):
            self._do(self._show_draft(item))
        elif isinstance(item, Gap):
            self.action_draft()
        else:
            self.action_read(0)

    def on_followed_list_moved(self) -> None:
        """Show what the cursor stands on; what was said of that very one stays."""
        if self.chosen is None or key_of(self.chosen) != self._noted:
            self._note = ""
        self._paint_detail()

    @property
    def chosen(self) -> Item | None:
        """What the cursor stands on."""
        items, place = self._parts[self._part].items, self.query_one(UpkeepList).highlighted
        return items[place] if place is not None and place < len(items) else None

    # With the desk

    async def _load(self, part: str) -> None:
        shown = self._parts[part]
        try:
            desk = self._desk()
            match part:
                case "gaps":
                    while (found := await desk.gaps()).progress:  # it comes back after a second
                        shown.said = f"Looking: {found.progress} …"
                        self._paint()
                    shown.items, shown.away = (*found.gaps, *found.aside), len(found.aside)
                case "drafts":
                    shown.items = (await desk.drafts()).drafts
                case _:
                    shown.items = (await desk.contradictions()).pairs
            shown.said = EMPTY[part]
        except DeskError as error:
            shown.said = str(error)
        self._paint()
        rows = self.query_one(UpkeepList)
        if part == self._part and rows.highlighted is None:
            rows.action_edge(1)

    async def _draft(self, gap: Gap) -> None:
        """Draft from the best answers that a gap's question was given."""
        wanted = u.article_for(gap)
        if wanted is None:
            self._say("It was looked up outside of a conversation: there is nothing to draft from.")
            return
        await self._show_draft(await self._desk().draft_article(wanted), wanted)

    async def _show_draft(self, draft: ArticleDraft, wanted: u.DraftArticle | None = None) -> None:
        from console.terminal.screens.draft import DraftScreen

        screen = DraftScreen(draft, self._desk, leads=self._leads, wanted=wanted)
        left: ArticleDraft | None = await self.app.push_screen_wait(screen)
        draft = left or draft
        if not draft.id:
            self._say("Nothing of the draft was kept.", done=True)
            return
        self._part = DRAFTS
        await self._load(DRAFTS)
        rows = self.query_one(UpkeepList)
        places = [n for n, item in enumerate(self._parts[DRAFTS].items) if getattr(item, "id", "") == draft.id]
        rows.highlighted = places[0] if places else None
        self._paint()

    async def _undo(self, draft: ArticleDraft) -> None:
        await self._desk().reopen_draft(draft.id)
        await self._load(DRAFTS)
        self._say("Taken back: the draft is open again.", done=True)

    async def _put_aside(self, gap: Gap) -> None:
        rows = self.query_one(UpkeepList)
        place = rows.highlighted or 0
        await self._desk().put_gap_aside(u.PutGapAside(gap.question, gap.last))
        self._put_last = gap
        await self._load(GAPS)
        rows.highlighted = max(0, min(place, self._open_gaps - 1))
        self._say("Put aside until a customer asks it again. u brings it back.", done=True)

    async def _bring_back(self, gap: Gap) -> None:
        await self._desk().bring_gap_back(u.BringGapBack(gap.aside_as or gap.question))
        self._put_last = None
        await self._load(GAPS)
        self.query_one(UpkeepList).put_cursor(f"{GAPS}-{gap.question}")
        self._say("Brought back: it is a gap again.", done=True)

    @property
    def _open_gaps(self) -> int:
        part = self._parts[GAPS]
        return len(part.items) - part.away

    def _is_away(self, item: Item) -> bool:
        """Whether it is a gap that was put aside, and that nobody has asked again."""
        return isinstance(item, Gap) and any(item is gap for gap in self._parts[GAPS].items[self._open_gaps :])

    def _do(self, work: Awaitable[None]) -> None:
        async def guarded() -> None:
            try:
                await work
            except DeskError as error:
                self._say(str(error))

        self.run_worker(guarded(), group="upkeep-deed", exit_on_error=False)

    def _read(self, citation: Citation) -> None:
        from console.terminal.screens.source import SourceScreen

        self.app.push_screen(SourceScreen((citation,), self._fetch, quotable=False))

    # Painting

    def _say(self, text: str, *, done: bool = False) -> None:
        """Say why something cannot be done, or that it was."""
        self._note, self._noted = text, key_of(self.chosen) if self.chosen else ""
        self._note_style = ("✓ ", "bold $text-success") if done else ("⚠ ", "bold $text-warning")
        self._paint_detail()

    def _paint(self) -> None:
        rows, shown = self.query_one(UpkeepList), self._parts[self._part]
        width = max(20, rows.room)
        laid = [Row(f"{self._part}-{key_of(item)}", face_of(item, width)) for item in shown.items]
        rows.show_rows(laid or [remark(shown.said, width)])
        names = (self._tab(part) for part in self._parts)
        self.query_one("#parts", Static).update(Content("  ").join(names))
        self._paint_detail()

    def _tab(self, part: str) -> Content:
        shown = self._parts[part]
        number = len(shown.items) - shown.away
        count = f" {number}" if number else ""
        name = Content.from_markup(f"[@click=screen.show('{part}')]$face[/]", face=f" {NAMES[part]}{count} ")
        return name.stylize("bold reverse") if part == self._part else name

    def _paint_detail(self) -> None:
        item = self.chosen
        detail = Content("") if item is None else detail_of(item)
        if self._note:
            mark, style = self._note_style
            detail = Content.assemble((f"{mark}{self._note}\n\n", style), detail)
        self.query_one("#detail", Static).update(detail)
        deeds = deeds_of(item, leads=self._leads, away=item is not None and self._is_away(item))
        self.query_one("#deeds", Static).update(row(*deeds))
        self.query_one("#page").scroll_home(animate=False)

    def action_open_draft(self) -> None:
        """Open the draft the cursor stands on."""
        if isinstance(self.chosen, ArticleDraft):
            self._do(self._show_draft(self.chosen))
