"""The articles that bear on the customer's question, each with its best passage."""

from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from console.conversation.assistance import KnowledgeHit
from console.conversation.passages import gist
from console.terminal.hanging import hang, spread, stack
from console.terminal.styles import beside
from console.terminal.widgets.panel import Panel
from console.terminal.widgets.row_list import Row, RowList, remark

INTERNAL: Final = "This article is internal: nothing of it goes to a customer."
RETIRED: Final = "This article is retired: what it says may no longer hold. Insert a current one."


def kept_back(*, internal: bool, retired: bool) -> str:
    """Return why nothing of an article goes into a reply; empty where it may."""
    return INTERNAL if internal else RETIRED if retired else ""


class HitList(RowList):
    """Articles with their passages; also the list of the look-up screen."""

    DEFAULT_CSS = beside(__file__)
    HELP = "Enter opens the article at the passage; i puts the passage into the composer."
    BINDING_GROUP_TITLE = "Knowledge"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "Open article", tooltip="Open the article at the passage", id="hit-open"),
        Binding("i", "quote", "Insert passage", tooltip="Put the passage into the composer", id="hit-quote"),
    ]

    class Opened(Message):
        """An article was opened."""

        def __init__(self, hit: KnowledgeHit) -> None:
            super().__init__()
            self.hit = hit

    class Quoted(Message):
        """A passage goes into the composer."""

        def __init__(self, hit: KnowledgeHit) -> None:
            super().__init__()
            self.hit = hit

    def __init__(self, *, lines: int = 2, id: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id)
        self._most = lines
        self._hits: tuple[KnowledgeHit, ...] = ()
        self._remark = ""

    def show(self, hits: tuple[KnowledgeHit, ...], remark: str = "") -> None:
        """Show these articles from the top, or ``remark`` where there are none.

        Nothing moves under the cursor of an agent who is in the list, as long as the first article is the same.
        """
        if (hits, remark) == (self._hits, self._remark):
            return
        reading = self.has_focus and hits[:1] == self._hits[:1]
        self._hits, self._remark = hits, remark
        self._paint()
        if not reading:
            self.highlighted = 0 if hits and self.highlighted is not None else None
            self.scroll_to(y=0, animate=False, immediate=True, force=True)

    def on_resize(self) -> None:
        """Fit the articles to the width."""
        super().on_resize()
        self._paint()

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Open the article."""
        event.stop()
        self.post_message(self.Opened(self._hits[event.place]))

    @property
    def chosen(self) -> KnowledgeHit | None:
        """The highlighted article."""
        place = self.highlighted
        return self._hits[place] if place is not None and place < len(self._hits) else None

    def action_quote(self) -> None:
        """Put the highlighted passage into the composer, unless it is retired or for staff alone."""
        if self.chosen is None:
            return
        if why := kept_back(internal=self.chosen.audience != "public", retired=self.chosen.status != "current"):
            self.notify(why, severity="warning", markup=False)
        else:
            self.post_message(self.Quoted(self.chosen))

    def _paint(self) -> None:
        width = max(20, self.room)
        rows = [Row(str(n), self._face(hit, width)) for n, hit in enumerate(self._hits)]
        self.show_rows(rows or [remark(self._remark or "Nothing found yet.", width)])

    def _face(self, hit: KnowledgeHit, width: int) -> Content:
        warnings = [
            word
            for word, there in (("retired", hit.status != "current"), ("internal", hit.audience != "public"))
            if there
        ]
        remark = Content.styled(" · ".join(warnings), "bold $text-warning") if warnings else Content("")
        title = spread(Content.styled(hit.title or hit.document, "bold"), remark, width)
        passage = hang(Content("  "), Content.styled(gist(hit.passage), "$text-muted"), width, most=self._most)
        return stack([title, *passage])


class DamageLine(Static):
    """One quiet line while a part of the knowledge base cannot be used, and nothing otherwise."""

    DEFAULT_CSS = beside(__file__)
    _said = ""

    def show(self, damage: str) -> None:
        """Show this; nothing where it is empty."""
        if damage != self._said:
            self._said = damage
            self.display = bool(damage)
            self.update(Content(damage))


class KnowledgePanel(Panel):
    """The panel around the list."""

    TITLE = "Knowledge"

    def compose(self) -> ComposeResult:
        """Lay out the list, and above it what the search has to do without."""
        yield DamageLine()
        yield HitList()

    def show(self, hits: tuple[KnowledgeHit, ...], remark: str = "", damage: str = "") -> None:
        """Show these articles, or ``remark``; ``damage`` is what of the knowledge base cannot be used."""
        self.query_one(DamageLine).show(damage)
        self.query_one(HitList).show(hits, remark)
