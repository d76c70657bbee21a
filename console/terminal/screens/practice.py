"""What there is to practise: a scenario is chosen here, and played in the same console."""

from collections.abc import Iterable
from typing import ClassVar, Final

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Static

from console.conversation.practice import (
    ASSISTANCE,
    Assistance,
    BeginPractice,
    PracticeOffer,
    PracticeOffers,
    PracticeStarted,
    UnderWay,
)
from console.terminal.hanging import hang, stack
from console.terminal.screens.dialog import Dialog, words
from console.terminal.widgets.row_list import Row, RowList, remark

NOTHING: Final = "There are no scenarios here yet. They lie in the folder practice/ of the company's content."

HELP_OF: Final[dict[str, str]] = {
    "on": "Suggestions, knowledge and summary as ever.",
    "off": "No suggestions, no knowledge, no summary in the session, to its end.",
    "planted": "Some suggestions will be wrong on purpose. Which ones, the debrief tells.",
}

Chosen = BeginPractice | PracticeStarted
"""What comes next: a session to begin, or one to go on with."""

_SIGNS: Final = {"easy": "●○○", "medium": "●●○", "hard": "●●●"}


class ScenarioRows(RowList):
    """What there is to play."""

    HELP = "Enter begins the scenario under the cursor."
    BINDING_GROUP_TITLE = "Practise"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "Begin", tooltip="Begin this scenario", id="practice-begin")
    ]


class PracticeScreen(Dialog[Chosen]):
    """Shows the scenarios, and the sessions that go on; returns what to play, or ``None``."""

    HEADING = "Practise"
    CONFIRM = "Begin"
    LEAVE = "Back"
    WIDE = True
    TALL = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "assistance", "Assistance", tooltip="With suggestions, without, or planted", id="practice-assist")
    ]

    def __init__(self, offers: PracticeOffers) -> None:
        super().__init__()
        self._offers = offers
        self._assistance: Assistance = "on"

    def body(self) -> Iterable[Widget]:
        """Return the lines."""
        yield words("A simulated customer in your own console. You are off the queue meanwhile.", "-label")
        yield Button(self._label(), id="assistance", compact=True)
        yield Static(HELP_OF[self._assistance], id="assistance-help", classes="-label", markup=False)
        yield ScenarioRows()

    def on_mount(self) -> None:
        """Let the keys move over the lines."""
        self.query_one(ScenarioRows).focus()

    def on_resize(self) -> None:
        """Fit the lines to the screen."""
        self.call_after_refresh(self._paint)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Change the assistance, or do what the other buttons say."""
        if event.button.id == "assistance":
            event.stop()
            self.action_assistance()
        else:
            super().on_button_pressed(event)

    def action_assistance(self) -> None:
        """Change between with assistance, without, and planted."""
        self._assistance = ASSISTANCE[(ASSISTANCE.index(self._assistance) + 1) % len(ASSISTANCE)]
        self.query_one("#assistance", Button).label = self._label()
        self.query_one("#assistance-help", Static).update(HELP_OF[self._assistance])
        self.query_one(ScenarioRows).focus()

    def action_confirm(self) -> None:
        """Begin what the cursor is on."""
        place = self.query_one(ScenarioRows).highlighted
        if place is not None:
            self._take(place)

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Begin a line's scenario, or go on with its session."""
        event.stop()
        self._take(event.place)

    def _take(self, place: int) -> None:
        begun = self._offers.under_way
        if place < len(begun):
            self.dismiss(PracticeStarted(begun[place].conversation, self._offers.path))
        elif place < len(begun) + len(self._offers.scenarios):
            scenario = self._offers.scenarios[place - len(begun)]
            self.dismiss(BeginPractice(scenario.id, self._assistance))

    def _label(self) -> str:
        return f"Assistance: {self._assistance:<7}  a"

    def _paint(self) -> None:
        lines = self.query_one(ScenarioRows)
        width = max(20, lines.room)
        rows = [Row(begun.conversation, _begun(begun, width)) for begun in self._offers.under_way]
        rows += [Row(offer.id, _face(offer, width)) for offer in self._offers.scenarios]
        lines.show_rows(rows or [remark(NOTHING, width)])
        lines.find_row()


def _begun(begun: UnderWay, width: int) -> Content:
    head = Content.assemble((begun.title, "bold"), ("  goes on", "$text-success"))
    told = Content.styled(f"Assistance: {begun.assistance}", "$text-muted")
    return stack([*hang(Content("▶   "), head, width), *hang(Content("    "), told, width)])


def _face(offer: PracticeOffer, width: int) -> Content:
    head = Content.assemble((offer.title, "bold"), (f"  {offer.difficulty}", "$text-secondary"))
    told = Content.styled(f"{', '.join(offer.skills)} · {offer.reason}", "$text-muted")
    sign = f"{_SIGNS.get(offer.difficulty, '   ')} "
    return stack([*hang(Content(sign), head, width), *hang(Content(" " * len(sign)), told, width)])
