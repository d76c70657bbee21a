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
from console.terminal.widgets.knowledge_panel import DamageLine, HitList, kept_back

PAUSE = 0.25
"""Seconds after the last key before the knowledge base is asked."""


class Results(HitList):
    """The articles found. Letters are words of the next question here, so that none is a key."""

    HELP = "Enter opens the article at the passage, Ctrl+S inserts it; letters ask a new question."

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave Ctrl+S to insert."""
        return action != "quote" and super().check_action(action, parameters)


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
        yield Results(lines=3, id="hits")

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
        """Words typed beside the question are a new one; backspace goes back to it."""
        active = self.active_bindings.get(event.key)
        question = self.query_one("#question", Input)
        if (active is not None and active.enabled) or not (event.is_printable or event.key == "backspace"):
            return
        event.stop()
        beside = self.focused is not question  # has_focus may come later than the next key of a burst
        self.set_focus(question)
        if event.is_printable and event.character is not None:
            if beside:
                question.clear()
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

    def answer(self) -> str:
        """Return the highlighted article's passage."""
        hit: KnowledgeHit | None = self.query_one("#hits", HitList).chosen
        if hit is None:
            message = "Choose an article first (Down, then Up and Down)."
            raise ValueError(message)
        if why := kept_back(internal=hit.audience != "public", retired=hit.status != "current"):
            raise ValueError(why)
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
