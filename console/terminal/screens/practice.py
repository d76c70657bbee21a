"""What there is to practise: a scenario is chosen here, and played in the same console."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import ClassVar, Final

from textual.binding import Binding, BindingType
from textual.widget import Widget

from console.conversation.practice import BeginPractice, PracticeOffer
from console.conversation.practice_training import OwnPractice
from console.terminal.screens.dialog import Dialog, words
from console.terminal.widgets.practice_faces import Choice, choices, face
from console.terminal.widgets.row_list import Row, RowList, remark

NOTHING: Final = "There are no scenarios here yet. They lie in the folder practice/ of the company's content."


class ScenarioRows(RowList):
    """What there is to play."""

    HELP = "Enter begins the scenario under the cursor. What a trainer assigned to you stands first."
    BINDING_GROUP_TITLE = "Practise"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "Begin", tooltip="Begin this scenario", id="practice-begin")
    ]


class PracticeScreen(Dialog[BeginPractice]):
    """Shows the scenarios, those that were assigned first; returns how to begin one, or ``None``."""

    HEADING = "Practise"
    CONFIRM = "Begin"
    LEAVE = "Back"
    WIDE = True
    TALL = True
    SAID: ClassVar[str] = "A simulated customer in your own console. You are off the queue meanwhile."

    def __init__(self, offers: tuple[PracticeOffer, ...], own: OwnPractice | None = None) -> None:
        super().__init__()
        self._choices: tuple[Choice, ...] = choices(offers, own or OwnPractice())

    def body(self) -> Iterable[Widget]:
        """Return the lines."""
        yield words(self.SAID, "-label")
        yield ScenarioRows()

    def on_mount(self) -> None:
        """Let the keys move over the lines."""
        self.query_one(ScenarioRows).focus()

    def on_resize(self) -> None:
        """Fit the lines to the screen."""
        self.call_after_refresh(self._paint)

    def action_confirm(self) -> None:
        """Begin what the cursor is on."""
        self._begin(self.query_one(ScenarioRows).highlighted)

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Begin a line's scenario."""
        event.stop()
        self._begin(event.place)

    def _begin(self, place: int | None) -> None:
        if place is not None and place < len(self._choices):
            self.dismiss(self._choices[place].begins)

    def _paint(self) -> None:
        lines = self.query_one(ScenarioRows)
        width = max(20, lines.room)
        rows = [Row(one.key, face(one, _today(), width)) for one in self._choices]
        lines.show_rows(rows or [remark(NOTHING, width)])
        lines.find_row()


class WhichScenario(PracticeScreen):
    """The same list, for a trainer who assigns one."""

    HEADING = "Assign: which scenario?"
    CONFIRM = "Next"
    SAID = "Who plays it, and by when, comes next."


def _today() -> date:
    return datetime.now(UTC).astimezone().date()
