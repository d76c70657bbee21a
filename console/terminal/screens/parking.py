"""Until when a conversation is set aside."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import ClassVar, Final

from textual.widget import Widget
from textual.widgets import Input

from console.terminal.screens.dialog import Dialog, words
from console.terminal.widgets.choice import Choice, Choices
from console.terminal.words import moment

TIMES: Final = (("15 minutes", 15), ("1 hour", 60), ("4 hours", 240), ("a day", 1440))

LONGEST: Final = 60 * 24 * 60
"""Minutes that one can be parked at most: sixty days."""


class ParkingDialog(Dialog[int]):
    """Returns the minutes, or ``None``."""

    HEADING = "Park until a time"
    CONFIRM = "Park"

    clock: ClassVar[Callable[[], datetime]] = partial(datetime.now, UTC)
    """What time it is; the times on offer count from it."""

    def body(self) -> Iterable[Widget]:
        """Return the times."""
        yield words("It comes back to you then, or as soon as the customer writes.", "-label")
        now = type(self).clock()
        times = [(name, moment(now + timedelta(minutes=minutes), now)) for name, minutes in TIMES]
        faces = [f"{name} (until {until})" for name, until in times]
        yield Choices(*(Choice(face, value=n == 0) for n, face in enumerate(faces)), id="times", compact=True)
        yield Input(placeholder="or so many minutes", id="own", max_length=6, compact=True)

    def answer(self) -> int:
        """Return the minutes."""
        own = self.query_one("#own", Input).value.strip()
        if not own:
            return TIMES[max(0, self.query_one("#times", Choices).pressed_index)][1]
        if not own.isdecimal() or not 0 < int(own) <= LONGEST:
            message = f"Write a number of minutes, from 1 to {LONGEST:,}."
            raise ValueError(message)
        return int(own)
