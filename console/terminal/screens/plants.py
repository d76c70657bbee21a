"""What was planted in a session that its agent left without a debrief: told before their next live chat."""

from collections.abc import Iterable
from typing import Final

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget

from console.conversation.practice import SessionPlants
from console.terminal.plant_faces import plant_lines, told
from console.terminal.screens.dialog import Dialog, words

SAID: Final = "You left this practice session before its debrief. These suggestions in it were wrong on purpose:"
GOES_ON: Final = "It goes on: the practice list leads back to it."


class PlantsScreen(Dialog[bool]):
    """Names the plants of one session; returns whether it was read, ``None`` where it was closed unread."""

    DEFAULT_CSS = """
        PlantsScreen VerticalScroll { margin: 0 0 1 0; }
        PlantsScreen VerticalScroll Static { padding: 0 1 0 0; }
        PlantsScreen VerticalScroll Static.-hung { padding: 0 1 0 4; }
    """
    HEADING = "Planted suggestions"
    CONFIRM = ""
    LEAVE = "I have read it"
    WIDE = True
    TALL = True

    def __init__(self, session: SessionPlants) -> None:
        super().__init__()
        self._session = session

    def body(self) -> Iterable[Widget]:
        """Return all of it, to be scrolled."""
        with VerticalScroll():
            yield words(Content.styled(self._session.title, "bold"))
            yield words(SAID, "-gap")
            for plant in self._session.plants:
                yield from (told(line) for line in plant_lines(plant))
            if not self._session.closed:
                yield words(f"\n{GOES_ON}")

    def on_mount(self) -> None:
        """Let the keys scroll."""
        self.query_one(VerticalScroll).focus()

    def answer(self) -> bool:
        """It was read."""
        return True

    def action_leave(self) -> None:
        """It was read as well: there is nothing to decide."""
        self.dismiss(True)
