"""The whole source of a suggestion, with the cited passage marked and in view."""

import re
from collections.abc import Awaitable, Callable, Iterable
from typing import ClassVar, Final

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Region
from textual.widget import Widget
from textual.widgets import Static

from console.conversation.assistance import Citation, SourceType
from console.conversation.commands import Source
from console.terminal.errors import DeskError
from console.terminal.hanging import wrapped
from console.terminal.plain_article import read_plainly
from console.terminal.screens.dialog import Dialog
from console.terminal.widgets.knowledge_panel import kept_back
from console.terminal.words import SOURCE

_QUOTED: Final = frozenset({SourceType.ARTICLE, SourceType.PAST})
"""Sources whose words can go to a customer as they stand: a policy and a procedure are for staff, and a macro is taken
as the reply it was filled to."""

_OPEN: Final = re.compile(r"\{[a-z][a-z0-9_.]*\}")
"""What would still have to be filled in."""


class SourceScreen(Dialog[str]):
    """Returns the passage when it is to go into the composer, else ``None``."""

    HEADING = "Source"
    CONFIRM = "Insert passage"
    LEAVE = "Back"
    WIDE = True
    TALL = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n,right", "step(1)", "Next source", tooltip="The next source of this suggestion", id="source-next"),
        Binding("b,left", "step(-1)", "Previous source", tooltip="The previous source", id="source-previous"),
        Binding(
            "i", "confirm", "Insert passage", tooltip="Put the cited passage into the composer", id="source-insert"
        ),
    ]

    def __init__(
        self,
        citations: tuple[Citation, ...],
        fetch: Callable[[Citation], Awaitable[Source]],
        *,
        quotable: bool = True,
        doubts: tuple[str, ...] = (),
    ) -> None:
        """``quotable`` says whether the passage can go into the composer from here.

        ``doubts`` are lines on what the sources do not bear out.
        """
        super().__init__()
        self._doubts = doubts
        self._quotable = quotable
        self._citations = citations
        self._fetch = fetch
        self._place = 0
        self._kept = ""

    def body(self) -> Iterable[Widget]:
        """Return the title, the remark, the doubts and the text."""
        yield Static(id="title")
        yield Static(id="remark", classes="-label")
        if self._doubts:
            yield Static(Content("\n".join(self._doubts)), id="doubts", classes="-warning")
        with_text = VerticalScroll(Static(id="text"), id="page")
        yield with_text

    def on_mount(self) -> None:
        """Fetch the first source."""
        self.query_one("#page").focus()
        self._load()

    def action_step(self, by: int) -> None:
        """Go to another source."""
        if len(self._citations) > 1:
            self._place = (self._place + by) % len(self._citations)
            self._load()

    def action_confirm(self) -> None:
        """Take the passage along, where it can be."""
        if self._has_words:
            super().action_confirm()

    def answer(self) -> str:
        """Return the cited passage."""
        if self._kept:
            raise ValueError(self._kept)
        return self._citations[self._place].passage

    @property
    def _has_words(self) -> bool:
        """Whether the source on the screen has words for a customer."""
        cited = self._citations[self._place]
        return self._quotable and cited.type in _QUOTED and bool(cited.passage) and not _OPEN.search(cited.passage)

    def _load(self) -> None:
        citation = self._citations[self._place]
        self.query_one("#confirm").display = self._has_words
        name = citation.title or citation.id
        self.query_one("#title", Static).update(Content.styled(name, "bold $text-primary"))
        self.query_one("#remark", Static).update(Content(self._where(citation)))
        self.run_worker(self._show(citation), exclusive=True, group="source", exit_on_error=False)

    async def _show(self, citation: Citation) -> None:
        try:
            source = await self._fetch(citation)
        except DeskError as error:
            self.query_one("#text", Static).update(Content(f"{error}\n\nThe passage cited:\n{citation.passage}"))
            return
        self._kept = kept_back(internal=source.internal, retired=source.retired)
        self.query_one("#confirm").display = self._has_words and not self._kept
        self.query_one("#title", Static).update(Content.styled(source.title or source.id, "bold $text-primary"))
        note = f" · {source.note}" if source.note else ""
        self.query_one("#remark", Static).update(Content(self._where(citation) + note))
        text, start, end = Content(source.text), source.start, source.end
        if citation.type is SourceType.ARTICLE:
            text, start, end = read_plainly(source.text, start, end)
        if start < end:
            text = text.stylize("$text-accent on $accent 20%", start, end).stylize("bold", start, end)
        self.query_one("#text", Static).update(text)
        if start < end:
            self.call_after_refresh(self._scroll_to_passage, text.plain, start, end)

    def _scroll_to_passage(self, text: str, start: int, end: int) -> None:
        page, view = self.query_one("#page"), self.query_one("#text")
        width = max(10, view.content_size.width)
        line = len(wrapped(Content(text[:start]), width)) - 1
        lines = len(wrapped(Content(text[start:end]), width))
        page.scroll_to_region(Region(0, max(0, line - 2), 1, lines + 4), animate=False)

    def _where(self, citation: Citation) -> str:
        count = (
            f" · source {self._place + 1} of {len(self._citations)}, n for the next" if len(self._citations) > 1 else ""
        )
        return f"{SOURCE[citation.type]} · {citation.id}{count}"
