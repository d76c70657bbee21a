"""What a trainer is asked: who plays a scenario and by when, and why a point is scored otherwise."""

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from typing import Final

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input
from textual.widgets.selection_list import Selection

from console.conversation.practice_assignments import NOTE_LETTERS, Assignable, AssignPractice
from console.conversation.practice_events import Assistance, ScoredPoint
from console.terminal.port import Desk
from console.terminal.screens.dialog import Dialog, words
from console.terminal.screens.lead_step import Ask
from console.terminal.widgets.choice import Choice, Choices, Several

WEEK: Final = timedelta(days=7)
ASSISTANCE: Final[tuple[tuple[Assistance, str], ...]] = (
    ("on", "with assistance"),
    ("off", "without assistance"),
    ("planted", "with some wrong suggestions planted"),
)
NOBODY: Final = "Nobody has been on the desk as an agent or a lead yet, so nobody can be given one."
_LINES: Final = 8
"""Lines that people and teams take at the most."""


class AssignDialog(Dialog[AssignPractice]):
    """Returns the assignment, or ``None``; ``now`` is what the day is reckoned from."""

    HEADING = "Assign a scenario"
    CONFIRM = "Assign"

    def __init__(self, scenario: str, title: str, people: tuple[Assignable, ...], now: datetime) -> None:
        super().__init__()
        self._scenario, self._title, self._people, self._now = scenario, title, people, now.astimezone()

    def body(self) -> Iterable[Widget]:
        """Return who, by when, how, and a note."""
        teams = sorted({team for one in self._people for team in one.teams})
        rows = [Selection(Content(f"team {team}"), f"team {team}") for team in teams]
        rows += [Selection(Content(one.name), f"person {one.id}") for one in self._people]
        listed = Several(*rows, id="who", compact=True)
        listed.styles.height = max(1, min(_LINES, len(rows)))
        yield words(self._title, "-gap")
        yield words("Who plays it (Space or a click chooses)" if rows else NOBODY, "-label")
        yield listed
        yield words("By which day (empty: any time)", "-label")
        yield Input((self._now + WEEK).date().isoformat(), id="day", max_length=10, compact=True)
        yield words("How", "-label")
        yield Choices(*(Choice(text, value=name == "on") for name, text in ASSISTANCE), id="assistance", compact=True)
        yield words("A note to them (may be empty)", "-label")
        yield Input(id="note", max_length=NOTE_LETTERS, compact=True)

    def on_mount(self) -> None:
        """Begin with the people."""
        self.query_one("#who").focus()

    def answer(self) -> AssignPractice:
        """Return the assignment."""
        listed = self.query_one("#who", Several)
        chosen = [value.partition(" ") for value in listed.selected]
        if not chosen:
            message = "Choose who plays it: people, teams, or both."
            raise ValueError(message)
        people = tuple(name for kind, _, name in chosen if kind == "person")
        teams = tuple(name for kind, _, name in chosen if kind == "team")
        how = ASSISTANCE[max(0, self.query_one("#assistance", Choices).pressed_index)][0]
        note = self.query_one("#note", Input).value.strip()
        return AssignPractice(self._scenario, people, teams, self._due(), how, note)

    def _due(self) -> datetime | None:
        """Return the last moment of the day that was written."""
        written = self.query_one("#day", Input).value.strip()
        if not written:
            return None
        try:
            day = datetime.strptime(written, "%Y-%m-%d").date()  # noqa: DTZ007
        except ValueError:
            message = "Write the day as year-month-day, such as 2026-03-02."
            raise ValueError(message) from None
        if day < self._now.date():
            message = "That day is past already."
            raise ValueError(message)
        return datetime.combine(day, time(23, 59, 59)).astimezone()


class OverruleDialog(Dialog[str]):
    """Returns the reason, or ``None``; where the engine says the same it may be empty."""

    HEADING = "Score a point yourself"
    CONFIRM = "Score"

    def __init__(self, point: ScoredPoint, said: str, *, same: bool) -> None:
        super().__init__()
        self._point, self._said, self._same = point, said, same

    def body(self) -> Iterable[Widget]:
        """Return the point, what it becomes, and a line for the reason."""
        yield words(Content.assemble((f"{self._point.title}: ", "bold"), self._said))
        yield words(f"The engine: {self._point.reason}", "-gap")
        yield words("Why (the agent reads it)" if not self._same else "A word on it (may be empty)", "-label")
        yield Input(id="reason", max_length=NOTE_LETTERS, compact=True)

    def answer(self) -> str:
        """Return the reason."""
        reason = self.query_one("#reason", Input).value.strip()
        if not reason and not self._same:
            message = "Say why you see it otherwise."
            raise ValueError(message)
        return reason


async def assigned(scenario: str, title: str, desk: Desk, ask: Ask) -> str:
    """Ask who plays a scenario and assign it; return what is said of it."""
    people = (await desk.practice_assignments()).people
    body: AssignPractice | None = await ask(AssignDialog(scenario, title, people, datetime.now(UTC)))
    if body is None:
        return ""
    await desk.assign_practice(body)
    return "Assigned. It stands first in their list."
