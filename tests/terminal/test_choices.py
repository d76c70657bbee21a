"""The answers of a dialog: the cursor stands where the choice is, and each arrow moves by one."""

import pytest
from textual.app import App, ComposeResult
from textual.pilot import Pilot

from console.terminal.widgets.choice import Choice, Choices

NAMES = ("right", "wrong", "unclear")


class Asking(App[None]):
    """Nothing but answers, one of them chosen already where ``chosen`` names it."""

    def __init__(self, chosen: str = "") -> None:
        super().__init__()
        self.chosen = chosen

    def compose(self) -> ComposeResult:
        """Ask."""
        yield Choices(*(Choice(name, value=name == self.chosen, id=name) for name in NAMES))


def at_cursor(pilot: Pilot[None]) -> str | None:
    """Return the answer that is marked as being under the cursor."""
    return pilot.app.query_one(".-selected").id


def chosen(pilot: Pilot[None]) -> str | None:
    """Return the answer that is chosen."""
    button = pilot.app.query_one(Choices).pressed_button
    return button.id if button else None


@pytest.mark.parametrize(
    ("standing", "keys", "then"),
    [
        ("unclear", "up", "wrong"),
        ("unclear", "down", "right"),
        ("wrong", "down", "unclear"),
        ("right", "down", "wrong"),
        ("", "down", "wrong"),
        ("", "up", "unclear"),
        ("", "space", "right"),
        ("", "enter", "right"),
        ("wrong", "space", "wrong"),
    ],
)
async def test_the_first_key_moves_by_one_from_where_the_cursor_stands(standing: str, keys: str, then: str) -> None:
    """What is chosen is under the cursor from the beginning; where nothing is, the first answer is, not yet chosen."""
    async with Asking(standing).run_test() as pilot:
        assert at_cursor(pilot) == (standing or "right")
        assert chosen(pilot) == (standing or None)
        await pilot.press(keys)
        await pilot.pause()
        assert at_cursor(pilot) == then
        assert chosen(pilot) == then
