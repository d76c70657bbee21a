"""What there is to practise: a scenario is chosen here, and played in the same console."""

from collections.abc import Awaitable, Callable, Iterable
from datetime import UTC, date, datetime
from typing import ClassVar, Final

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Static

from console.conversation.practice import (
    ASSISTANCE,
    BeginPractice,
    PracticeOffer,
    PracticeOffers,
    PracticeStarted,
    UnderWay,
)
from console.conversation.practice_events import Assistance
from console.conversation.practice_training import OwnPractice
from console.terminal.errors import DeskError
from console.terminal.hanging import hang, stack
from console.terminal.screens.dialog import Answer, Dialog, words
from console.terminal.widgets.practice_faces import Choice, choices, face
from console.terminal.widgets.row_list import Row, RowList, remark

NOTHING: Final = "There are no scenarios here yet. They lie in the folder practice/ of the company's content."

HELP_OF: Final[dict[str, str]] = {
    "on": "Suggestions, knowledge and summary as ever.",
    "off": "No suggestions, no knowledge, no summary in the session, to its end.",
    "planted": "Some suggestions will be wrong on purpose; the debrief says which.",
}

LOOKING: Final = "Looking for what there is to play …"

Chosen = BeginPractice | PracticeStarted
"""What comes next: a session to begin, or one to go on with."""


class ScenarioRows(RowList):
    """What there is to play."""

    HELP = "Enter begins the scenario under the cursor. What a trainer assigned to you stands first."
    BINDING_GROUP_TITLE = "Practise"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "Begin", tooltip="Begin this scenario", id="practice-begin")
    ]


class ScenarioScreen(Dialog[Answer]):
    """Shows scenarios; subclasses say in ``take`` what choosing one leads to."""

    WIDE = True
    TALL = True
    SAID: ClassVar[str] = ""

    def __init__(self, offers: tuple[PracticeOffer, ...], own: OwnPractice | None = None) -> None:
        """``own`` says which of them stand first."""
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

    def on_row_list_widened(self) -> None:
        """The same, where a list's own place comes later than the screen's."""
        self._paint()

    def action_confirm(self) -> None:
        """Take what the cursor is on."""
        place = self.query_one(ScenarioRows).highlighted
        if place is not None:
            self.take(place)

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Take a line's scenario."""
        event.stop()
        self.take(event.place)

    def take(self, place: int) -> None:
        """Do what the line of this place is there for."""

    def rows(self, width: int) -> list[Row]:
        """Return the lines."""
        return [Row(one.key, face(one, _today(), width)) for one in self._choices]

    def _paint(self) -> None:
        lines = self.query_one(ScenarioRows)
        width = max(20, lines.room)
        lines.show_rows(self.rows(width) or [remark(NOTHING, width)])
        lines.find_row()


class PracticeScreen(ScenarioScreen[PracticeStarted]):
    """Shows the sessions that go on and the scenarios, those that were assigned first; returns what to play."""

    HEADING = "Practise"
    CONFIRM = "Begin"
    LEAVE = "Back"
    SAID = "A simulated customer in your own console; you are off the queue."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "assistance", "Assistance", tooltip="With suggestions, without, or planted", id="practice-assist")
    ]

    def __init__(
        self,
        ask: Callable[[], Awaitable[tuple[PracticeOffers, OwnPractice]]],
        begin: Callable[[Chosen], Awaitable[PracticeStarted]],
    ) -> None:
        """``ask`` brings what there is to play; ``begin`` begins it, or goes on. Either raises :class:`DeskError`.

        The screen stands while both go on: what is typed meanwhile is meant for it, and for no chat.
        """
        super().__init__(())
        self._ask, self._begin = ask, begin
        self._under_way: tuple[UnderWay, ...] = ()
        self._path = ""
        self._assistance: Assistance = "on"
        self._known = self._beginning = False

    def on_mount(self) -> None:
        """Ask what there is to play."""
        self.run_worker(self._fill(), group="practice", exit_on_error=False)

    async def _fill(self) -> None:
        try:
            offers, own = await self._ask()
        except DeskError as error:
            self.complain(str(error))
            return
        begun = {one.assignment for one in offers.under_way if one.assignment}
        found = choices(offers.scenarios, own)
        self._choices = tuple(one for one in found if not one.assigned or one.assigned.assignment not in begun)
        self._under_way, self._path, self._known = offers.under_way, offers.path, True
        self._paint()

    def body(self) -> Iterable[Widget]:
        """Return the choice of assistance, and the lines."""
        said, rows = super().body()
        yield said
        yield Button(self._label(), id="assistance", compact=True)
        yield Static(HELP_OF[self._assistance], id="assistance-help", classes="-label", markup=False)
        yield rows

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Change the assistance, or do what the other buttons say."""
        if event.button.id == "assistance":
            event.stop()
            self.action_assistance()
        else:
            super().on_button_pressed(event)

    def action_assistance(self) -> None:
        """Change between with assistance, without, and planted; what is assigned says itself how it is played."""
        self._assistance = ASSISTANCE[(ASSISTANCE.index(self._assistance) + 1) % len(ASSISTANCE)]
        self.query_one("#assistance", Button).label = self._label()
        self.query_one("#assistance-help", Static).update(HELP_OF[self._assistance])
        self.query_one(ScenarioRows).focus()

    def take(self, place: int) -> None:
        """Begin a line's scenario, or go on with its session."""
        if self._beginning:
            return
        if place < len(self._under_way):
            self._start(PracticeStarted(self._under_way[place].conversation, self._path))
        elif place - len(self._under_way) < len(self._choices):
            self._start(self._choices[place - len(self._under_way)].begins(self._assistance))

    def _start(self, chosen: Chosen) -> None:
        self._show_beginning(on=True)
        self.run_worker(self._started(chosen), group="practice", exit_on_error=False)

    async def _started(self, chosen: Chosen) -> None:
        try:
            started = await self._begin(chosen)
        except DeskError as error:
            self._show_beginning(on=False)
            self.complain(str(error))
            return
        self.dismiss(started)

    def _show_beginning(self, *, on: bool) -> None:
        self._beginning = on
        self.query_one("#confirm", Button).label = "Beginning …" if on else f"{self.CONFIRM}  ^S"

    def rows(self, width: int) -> list[Row]:
        """Return the sessions that go on, and the scenarios."""
        if not self._known:
            return [remark(LOOKING, width)]
        return [Row(begun.conversation, _begun(begun, width)) for begun in self._under_way] + super().rows(width)

    def _label(self) -> str:
        return f"Assistance: {self._assistance:<7}  a"


class WhichScenario(ScenarioScreen[BeginPractice]):
    """The same list, for a trainer who assigns one."""

    HEADING = "Assign: which scenario?"
    CONFIRM = "Next"
    SAID = "Who plays it, and by when, comes next."

    def take(self, place: int) -> None:
        """Return the scenario of a line."""
        if place < len(self._choices):
            self.dismiss(self._choices[place].begins("on"))


def _begun(begun: UnderWay, width: int) -> Content:
    given = "  ◇ assigned" if begun.assignment else ""
    head = Content.assemble((begun.title, "bold"), ("  goes on", "$text-success"), (given, "bold $text-primary"))
    told = Content.styled(f"Assistance: {begun.assistance}", "$text-muted")
    return stack([*hang(Content("▶   "), head, width), *hang(Content("    "), told, width)])


def _today() -> date:
    return datetime.now(UTC).astimezone().date()
