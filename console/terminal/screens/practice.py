"""What there is to practise: a scenario is chosen here, and played in the same console."""

from collections.abc import Iterable
from typing import ClassVar, Final

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget

from console.conversation.practice import PracticeOffer
from console.terminal.hanging import hang, stack
from console.terminal.screens.dialog import Dialog, words
from console.terminal.widgets.row_list import Row, RowList, remark

NOTHING: Final = "There are no scenarios here yet. They lie in the folder practice/ of the company's content."

_SIGNS: Final = {"easy": "●○○", "medium": "●●○", "hard": "●●●"}


class ScenarioRows(RowList):
    """What there is to play."""

    HELP = "Enter begins the scenario under the cursor."
    BINDING_GROUP_TITLE = "Practise"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "Begin", tooltip="Begin this scenario", id="practice-begin")
    ]


class PracticeScreen(Dialog[str]):
    """Shows the scenarios; returns the one to begin, or ``None``."""

    HEADING = "Practise"
    CONFIRM = "Begin"
    LEAVE = "Back"
    WIDE = True
    TALL = True

    def __init__(self, offers: tuple[PracticeOffer, ...]) -> None:
        super().__init__()
        self._offers = offers

    def body(self) -> Iterable[Widget]:
        """Return the lines."""
        yield words("A simulated customer in your own console. You are off the queue meanwhile.", "-label")
        yield ScenarioRows()

    def on_mount(self) -> None:
        """Let the keys move over the lines."""
        self.query_one(ScenarioRows).focus()

    def on_resize(self) -> None:
        """Fit the lines to the screen."""
        self.call_after_refresh(self._paint)

    def action_confirm(self) -> None:
        """Begin what the cursor is on."""
        place = self.query_one(ScenarioRows).highlighted
        if place is not None and place < len(self._offers):
            self.dismiss(self._offers[place].id)

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Begin a line's scenario."""
        event.stop()
        if event.place < len(self._offers):
            self.dismiss(self._offers[event.place].id)

    def _paint(self) -> None:
        lines = self.query_one(ScenarioRows)
        width = max(20, lines.room)
        rows = [Row(offer.id, _face(offer, width)) for offer in self._offers]
        lines.show_rows(rows or [remark(NOTHING, width)])
        lines.find_row()


def _face(offer: PracticeOffer, width: int) -> Content:
    head = Content.assemble((offer.title, "bold"), (f"  {offer.difficulty}", "$text-secondary"))
    told = Content.styled(f"{', '.join(offer.skills)} · {offer.reason}", "$text-muted")
    sign = f"{_SIGNS.get(offer.difficulty, '   ')} "
    return stack([*hang(Content(sign), head, width), *hang(Content(" " * len(sign)), told, width)])
