"""Looking something up in the knowledge base by hand."""

from collections.abc import Awaitable, Callable, Iterable
from functools import partial
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Key
from textual.widget import Widget
from textual.widgets import Input, Static
from textual.worker import WorkType

from console.conversation.assistance import Citation, KnowledgeHit, SourceType
from console.conversation.commands import SearchResult, Source
from console.terminal.errors import DeskError
from console.terminal.screens.dialog import Dialog
from console.terminal.screens.source import SourceScreen
from console.terminal.widgets.knowledge_panel import INTERNAL, DamageLine, HitList

PAUSE = 0.25
"""Seconds after the last key before the knowledge base is asked."""


class SearchScreen(Dialog[str]):
    """Returns a passage for the composer, or ``None``."""

    HEADING = "Look up"
    CONFIRM = "Insert passage"
    LEAVE = "Back"
    WIDE = True
    TALL = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "results", "Results", tooltip="Go to the results", id="search-results", show=False),
    ]

    def __init__(
        self,
        query: str,
        search: Callable[[str], Awaitable[SearchResult]],
        fetch: Callable[[Citation], Awaitable[Source]],
    ) -> None:
        super().__init__()
        self._query = query
        self._search = search
        self._fetch = fetch
        self.in_vain = ""
        """The question that stands there, if the knowledge base does not hold the answer."""

    def body(self) -> Iterable[Widget]:
        """Return the question, what the knowledge base says, and the articles."""
        yield Input(
            self._query, placeholder="What do you want to know?", id="question", select_on_focus=False, compact=True
        )
        yield DamageLine()
        yield Static(id="found", classes="-label")
        yield HitList(lines=3, id="hits")

    def on_mount(self) -> None:
        """Ask at once when there is a question."""
        self.query_one("#hits", HitList).show((), "Type a question or a few words.")
        if self._query:
            self.query_one("#question", Input).action_select_all()
            self._ask(self._query)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Ask when the typing pauses."""
        self._ask(event.value.strip())

    def on_key(self, event: Key) -> None:
        """Words typed beside the question are a new one."""
        if not event.is_printable or event.character is None or event.key in self.active_bindings:
            return
        event.stop()
        question = self.query_one("#question", Input)
        if not question.has_focus:
            question.clear()
            question.focus()
        question.insert_text_at_cursor(event.character)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go to the results."""
        self.action_results()

    def action_results(self) -> None:
        """Go to the results."""
        hits = self.query_one("#hits", HitList)
        hits.focus()
        if hits.highlighted is None:
            hits.action_edge(1)

    def on_hit_list_opened(self, event: HitList.Opened) -> None:
        """Open the article; what is inserted there is inserted from here."""
        event.stop()
        hit = event.hit
        citation = Citation(SourceType.ARTICLE, hit.document, hit.passage, hit.title)

        def back(passage: str | None) -> None:
            if passage:
                self.dismiss(passage)

        self.app.push_screen(SourceScreen((citation,), self._fetch), back)

    def on_hit_list_quoted(self, event: HitList.Quoted) -> None:
        """Take the passage along."""
        event.stop()
        self.dismiss(event.hit.passage)

    def answer(self) -> str:
        """Return the highlighted article's passage."""
        hit: KnowledgeHit | None = self.query_one("#hits", HitList).chosen
        if hit is None:
            message = "Choose an article first (Down, then Up and Down)."
            raise ValueError(message)
        if hit.audience != "public":
            raise ValueError(INTERNAL)
        return hit.passage

    def _ask(self, query: str) -> None:
        # Not a coroutine yet, since the next letter may come before it runs.
        find: WorkType[None] = partial(self._find, query)
        self.run_worker(find, exclusive=True, group="search", exit_on_error=False)

    async def _find(self, query: str) -> None:
        from asyncio import sleep

        await sleep(PAUSE)
        hits, found = self.query_one("#hits", HitList), self.query_one("#found", Static)
        self.in_vain = ""
        if not query:
            hits.show((), "Type a question or a few words.")
            return
        try:
            result = await self._search(query)
        except DeskError as error:
            found.update(Content(str(error)))
            return
        self.in_vain = "" if result.answerable else query
        self.query_one(DamageLine).show(result.damage)
        answer = "" if result.answerable else "The knowledge base does not seem to hold the answer. Nearest articles:"
        found.update(Content.styled(answer, "bold $text-warning") if answer else Content(_count(len(result.hits))))
        hits.show(result.hits, "Nothing found.")


def _count(number: int) -> str:
    return "1 article" if number == 1 else f"{number} articles"
