"""A draft article: edited by whoever asked for it, published or rejected by a lead."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Input, Static

from console.conversation import upkeep_commands as u
from console.conversation.drafts import ArticleDraft, DraftStatus
from console.terminal.errors import Conflict
from console.terminal.port import Desk
from console.terminal.screens.deciding import AudienceDialog, RejectionDialog
from console.terminal.screens.draft_frame import DraftFrame
from console.terminal.styles import beside
from console.terminal.widgets.field import Field
from console.terminal.widgets.upkeep_faces import draft_standing, drafted_from
from console.terminal.widgets.writing_area import WritingArea


class DraftScreen(DraftFrame[ArticleDraft]):
    """Returns the draft as the desk has it; one that was not kept has no id."""

    DEFAULT_CSS = beside(__file__)
    HEADING = "Draft article"
    ANSWERS: ClassVar[Mapping[str, str]] = {"publish": "publish", "reject": "reject", "undo": "undo"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("alt+p", "publish", "Publish", tooltip="Publish it as an article", id="draft-publish"),
        Binding("alt+x", "reject", "Reject", tooltip="Decide against it, with a reason", id="draft-reject"),
        Binding("alt+u", "undo", "Take back", tooltip="Take the decision back", id="draft-undo"),
        Binding("f6", "sources", "Sources", tooltip="Scroll through what it was drafted from", id="draft-sources"),
    ]

    def __init__(
        self, draft: ArticleDraft, desk: Callable[[], Desk], *, leads: bool, wanted: u.DraftArticle | None = None
    ) -> None:
        """``wanted`` is what the draft was asked for with, where it is not kept yet and answers a gap."""
        super().__init__(draft, desk)
        self._wanted = wanted or u.DraftArticle(draft.conversation, question=draft.question)
        self._leads = leads

    def body(self) -> Iterable[Widget]:
        """Return the title, the text, what it was drafted from, and the two decisions."""
        yield Static(id="standing")
        yield Field(self._draft.title, id="title", max_length=200, compact=True)
        yield WritingArea(self._draft.text, id="text", compact=True)
        yield VerticalScroll(Static(Content("\n").join(drafted_from(self._draft)), id="from"), id="page")
        if self._leads:
            yield Horizontal(
                Button("Publish …  Alt+P", id="publish", variant="success", compact=True),
                Button("Reject …  Alt+X", id="reject", variant="error", compact=True),
                Button("Take back  Alt+U", id="undo", compact=True),
                id="answers",
            )

    def on_mount(self) -> None:
        """Show where it stands."""
        self._paint()

    def action_publish(self) -> None:
        """Ask for whom, then publish what stands there."""
        if self._leads and self._open:
            self._do(self._publish())

    def action_reject(self) -> None:
        """Ask why, then decide against it."""
        if self._leads and self._open:
            self._do(self._reject())

    def action_undo(self) -> None:
        """Take the decision back."""
        if self._leads and not self._open:
            self._do(self._undo())

    def action_sources(self) -> None:
        """Go to what it was drafted from, and back."""
        page = self.query_one("#page")
        self.set_focus(self.query_one("#text") if page.has_focus else page)

    @property
    def _open(self) -> bool:
        return self._draft.status is DraftStatus.OPEN

    @property
    def _changed(self) -> bool:
        return self._open and self._written != (self._draft.title.strip(), self._draft.text.strip())

    @property
    def _written(self) -> tuple[str, str]:
        return self.query_one("#title", Input).value.strip(), self.query_one("#text", WritingArea).text.strip()

    async def _save(self, said: str = "") -> None:
        if not self._draft.id:
            await self._keep()
        if self._changed:
            body = u.EditDraft(*self._written, self._draft.seq)
            self._take(await self._desk().edit_draft(self._draft.id, body))
        self._say(said)

    async def _keep(self) -> None:
        """Let the desk have the draft; what was changed here is saved as a change of it."""
        shown = self._draft
        kept = await self._desk().draft_article(replace(self._wanted, keep=True))
        if (kept.title, kept.text) != (shown.title, shown.text):
            raise Conflict("Somebody has drafted this meanwhile: theirs is among the drafts (Alt+L).", "taken")
        self._take(kept)

    async def _publish(self) -> None:
        await self._save()
        audience = await self.app.push_screen_wait(AudienceDialog(self._draft.title))
        if audience is not None:
            body = u.ApproveDraft(audience, self._draft.seq)
            self._take(await self._desk().approve_draft(self._draft.id, body))

    async def _reject(self) -> None:
        reason = await self.app.push_screen_wait(RejectionDialog())
        if reason is not None:
            await self._save()
            self._take(await self._desk().reject_draft(self._draft.id, u.RejectDraft(reason, self._draft.seq)))

    async def _undo(self) -> None:
        self._take(await self._desk().reopen_draft(self._draft.id))

    def _take(self, draft: ArticleDraft) -> None:
        self._draft = draft
        self._say("")
        self._paint()

    def _paint(self) -> None:
        self.query_one("#standing", Static).update(Content(draft_standing(self._draft)))
        for area in ("#title", "#text", "#confirm"):
            self.query_one(area).disabled = not self._open
        if self._leads:
            for name, shown in (("publish", self._open), ("reject", self._open), ("undo", not self._open)):
                self.query_one(f"#{name}", Button).display = shown
