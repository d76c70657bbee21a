"""A draft practice scenario: read beside what is marked in it, changed, played through, approved or rejected."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from time import monotonic
from typing import ClassVar, Final

from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Static, TextArea

from console.conversation.drafts import DraftStatus
from console.conversation.message import Message
from console.conversation.scenario_drafts import DecideScenario, EditScenario, ScenarioCheck, ScenarioDraft
from console.terminal.errors import Conflict, DeskError, Refused
from console.terminal.merging import merged
from console.terminal.port import Desk
from console.terminal.screens.assigning import assigned
from console.terminal.screens.deciding import RejectionDialog
from console.terminal.screens.draft_frame import DraftFrame
from console.terminal.screens.sure import SureDialog
from console.terminal.styles import beside
from console.terminal.widgets import scenario_faces as faces
from console.terminal.widgets.marked_area import MarkedArea
from console.terminal.widgets.row_list import RowList, remark

NO_CHAT: Final = "Nothing is left of the chat."
NOTHING: Final = "Nothing is marked in it. Read all of it all the same."


class MarkList(RowList):
    """What there is to look at in the text."""

    HELP = "Enter goes to the place in the text; F6 back to the text."
    BINDING_GROUP_TITLE = "What is marked"


class ScenarioDraftScreen(DraftFrame[ScenarioDraft]):
    """Returns the draft as the desk has it."""

    DEFAULT_CSS = beside(__file__)
    HEADING = "Draft practice scenario"
    CONFIRM = "Save and check"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (130, "-medium")]  # noqa: RUF012 - Textual's own
    ANSWERS: ClassVar[Mapping[str, str]] = {
        "approve": "approve",
        "reject": "reject",
        "assign": "assign",
        "next-mark": "next_mark",
        "to-marks": "marks",
        "to-chat": "chat",
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("alt+p", "approve", "Approve", tooltip="Let it be played by everybody", id="scenario-approve"),
        Binding("alt+x", "reject", "Reject", tooltip="Decide against it, with a reason", id="scenario-reject"),
        Binding("alt+n", "assign", "Assign", tooltip="Give what was approved to people or teams", id="scenario-assign"),
        Binding("alt+m", "next_mark", "Next mark", tooltip="To the next marked word", id="scenario-next-mark"),
        Binding("f6", "marks", "Marks", tooltip="To what is marked, and back", id="scenario-marks"),
        Binding("f7", "chat", "Chat", tooltip="The chat that it was made from, and back", id="scenario-chat"),
    ]

    def __init__(self, draft: ScenarioDraft, desk: Callable[[], Desk]) -> None:
        super().__init__(draft, desk)
        self._check: ScenarioCheck | None = None
        self._began: float | None = None
        """When the check under way began."""
        self._chat: tuple[Message, ...] | None = None
        """What was said in the chat that it was made from, while that is shown in place of the marks."""

    def body(self) -> Iterable[Widget]:
        """Return where it stands, the text, what is marked in it, and the decisions."""
        yield Static(id="standing", markup=False)
        yield Static(id="verdict", markup=False)
        yield Container(
            MarkedArea(self._draft.text, id="text", compact=True, show_line_numbers=True),
            MarkList(id="marks"),
            id="shelf",
        )
        yield Horizontal(
            Button("Approve …  Alt+P", id="approve", variant="success", compact=True),
            Button("Reject …  Alt+X", id="reject", variant="error", compact=True),
            Button("Assign …  Alt+N", id="assign", variant="success", compact=True),
            Button("Mark  Alt+M", id="next-mark", compact=True),
            Button("List F6", id="to-marks", compact=True),
            Button("Chat F7", id="to-chat", compact=True),
            id="answers",
        )

    def on_mount(self) -> None:
        """Show where it stands, and have it played through."""
        self._paint()
        self.set_interval(1.0, self._tick)
        if self._open:
            self._have_it_played()

    def on_resize(self) -> None:
        """Lay the marks out for the width."""
        super().on_resize()
        self.call_after_refresh(self._paint)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Show what is still marked."""
        event.stop()
        self._paint()

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Go to the place in the text."""
        event.stop()
        if self._chat is not None:
            return
        area = self.query_one(MarkedArea)
        self.set_focus(area)
        if event.key.startswith(faces.LINE):
            area.go_to_line(int(event.key.removeprefix(faces.LINE).split()[0]))
        else:
            area.go_to_next([event.key.removeprefix(faces.WORD)])

    def action_next_mark(self) -> None:
        """Go to the next word that has to be looked at."""
        area = self.query_one(MarkedArea)
        self.set_focus(area)
        words = [*faces.doubtful(self._draft, area.text), *faces.unsure(self._draft, area.text)]
        if not area.go_to_next(words):
            self._say("Nothing that may be somebody's own is marked in it.")

    def action_marks(self) -> None:
        """Go to what is marked, and back."""
        marks = self.query_one(MarkList)
        self.set_focus(self.query_one(MarkedArea) if marks.has_focus else marks)

    def action_chat(self) -> None:
        """Show the chat that it was made from beside the text, and the marks again."""
        if self._chat is None:
            self._do(self._read_chat())
        else:
            self._show_chat(None)

    async def _read_chat(self) -> None:
        self._show_chat(tuple((await self._desk().conversation(self._draft.conversation)).conversation.messages))

    def _show_chat(self, chat: tuple[Message, ...] | None) -> None:
        self._chat = chat
        self.query_one("#shelf").set_class(chat is not None, "-chat")
        marks = self.query_one(MarkList)
        self._paint()
        marks.scroll_home(animate=False)
        self.set_focus(marks if chat else self.query_one(MarkedArea))

    def action_confirm(self) -> None:
        """Save what was written, and have it played through."""
        self._do(self._save_and_check())

    def action_approve(self) -> None:
        """Save it, ask, then let it be played."""
        if self._open:
            self._do(self._approve())

    def action_reject(self) -> None:
        """Ask why, then decide against it."""
        if self._open:
            self._do(self._reject())

    def action_assign(self) -> None:
        """Give what was approved to people or teams."""
        if self._approved:
            self._do(self._assign())

    @property
    def _approved(self) -> bool:
        return self._draft.status is DraftStatus.APPROVED

    @property
    def _open(self) -> bool:
        return self._draft.status is DraftStatus.OPEN

    @property
    def _changed(self) -> bool:
        return self.query_one(MarkedArea).text != self._draft.text

    async def _save_and_check(self) -> None:
        if self._open and await self._save():
            self._have_it_played()

    async def _save(self, said: str = "") -> bool:
        """Save what was written; ``False`` where it has to be read first, since somebody else changed it too."""
        area = self.query_one(MarkedArea)
        written = area.text
        if self._changed:
            try:
                kept = await self._desk().edit_scenario(self._draft.id, EditScenario(written, self._draft.seq))
            except Conflict:
                await self._take_theirs()
                return False
            except Refused:
                self._draft = await self._desk().scenario_draft(self._draft.id)
                self._paint()
                raise
            if area.text == written != kept.text:  # the desk keeps no control characters
                area.text = kept.text
            self._take(kept)
        self._say(said)
        return True

    async def _take_theirs(self) -> None:
        """Put what somebody else saved meanwhile into the text, beside what was written here."""
        area, theirs = self.query_one(MarkedArea), await self._desk().scenario_draft(self._draft.id)
        who = theirs.changed_by or "Somebody"
        both = merged(self._draft.text, area.text, theirs.text, f"# {who}: ")
        if both.text != area.text:
            area.replace(both.text, (0, 0), area.document.end, maintain_selection_offset=False)
        self._draft = theirs
        self._paint()
        if both.apart:
            told = f"in {both.apart} places you both changed the same; theirs stands below yours, as “# {who}: …”"
        else:
            told = "their changes stand in your text now"
        self._say(f"⚠ Not saved yet. {who} changed it meanwhile; {told}. Read it, then go on.")

    async def _approve(self) -> None:
        checked = None if self._changed else self._check
        if not await self._save():
            return
        if checked is not None and not checked.playable:
            self._say("⚠ It cannot be approved before it can be won and lost: see above what is in the way.")
            return
        if checked is not None and checked.unwritten:
            self._say(f"⚠ It cannot be approved yet: {checked.unwritten}.")
            return
        words = faces.doubtful(self._draft, self._draft.text)
        still = f"\n\nMarked as perhaps somebody's own, and still in it: {', '.join(words)}." if words else ""
        title = faces.title_of(self._draft)
        said = f"“{title}” stands in Practise at once, for everybody. Have you read all of it?{still}"
        if not await self.app.push_screen_wait(SureDialog("Approve the scenario?", said, "Approve")):
            return
        self._say("It is played through once more …")
        await self._decide(self._desk().approve_scenario, "")

    async def _reject(self) -> None:
        reason = await self.app.push_screen_wait(RejectionDialog("It stays in the list, with your reason."))
        if reason is not None and await self._save():
            await self._decide(self._desk().reject_scenario, reason)

    async def _assign(self) -> None:
        draft, ask = self._draft, self.app.push_screen_wait
        self._say(await assigned(draft.scenario, faces.title_of(draft), self._desk(), ask))

    async def _decide(self, decide: Callable[..., Awaitable[ScenarioDraft]], reason: str) -> None:
        try:
            self._take(await decide(self._draft.id, DecideScenario(self._draft.seq, reason)))
        except Conflict:
            await self._take_theirs()

    def _take(self, draft: ScenarioDraft) -> None:
        self._draft = draft
        self._say("")
        self._paint()

    def _have_it_played(self) -> None:
        self.run_worker(self._played(), group="check", exclusive=True, exit_on_error=False)

    async def _played(self) -> None:
        self._check, self._began = None, monotonic()
        self._tick()
        try:
            self._check = await self._desk().check_scenario(self._draft.id)
        except DeskError as error:
            self._verdict(Content(f"⚠ Not played through: {error}"))
        finally:
            self._began = None
        self._paint()

    def _tick(self) -> None:
        if self._began is not None:
            self._verdict(Content(f"Playing it through, well and badly … {monotonic() - self._began:.0f} s"))

    def _verdict(self, said: Content) -> None:
        self.query_one("#verdict", Static).update(said)

    def _paint(self) -> None:
        area, marks = self.query_one(MarkedArea), self.query_one(MarkList)
        text, draft = area.text, self._draft
        area.mark(faces.doubtful(draft, text), [*faces.unsure(draft, text), *faces.invented(draft, text)])
        area.read_only = not self._open
        width = max(20, marks.room)
        rows = faces.rows(draft, text, self._check, width) if self._chat is None else faces.chat(self._chat, width)
        marks.show_rows(rows or [remark(NOTHING if self._chat is None else NO_CHAT, width)])
        self.query_one("#standing", Static).update(Content(faces.standing(draft)))
        if self._check is not None:
            since = "  Before your changes: Ctrl+S checks anew." if self._changed else ""
            self._verdict(Content.assemble(faces.verdict(self._check), since))
        self.query_one("#verdict").display = self._open
        for name in ("approve", "reject", "confirm"):
            self.query_one(f"#{name}", Button).display = self._open
        self.query_one("#assign", Button).display = self._approved
