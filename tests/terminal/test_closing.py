"""Closing a conversation: what is chosen is seen without colour."""

import pytest

from console.terminal.screens.closing import ClosingDialog
from console.terminal.widgets.choice import Choice
from tests.terminal.harness import Console, at_work, wait_until
from tests.terminal.scenes import full_desk


async def asked(pilot: Console) -> None:
    """Open the dialog."""
    await pilot.press("alt+x")
    await wait_until(pilot, lambda: isinstance(pilot.app.screen, ClosingDialog))


@pytest.mark.parametrize("colourless", [False, True])
async def test_the_choice_is_seen_without_colour(colourless: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full mark for the one that is chosen, an empty one for the others."""
    if colourless:
        monkeypatch.setenv("NO_COLOR", "1")
    async with at_work(full_desk(), size=(80, 24)) as pilot:
        await asked(pilot)
        choices = pilot.app.screen.query_one("#usual").query(Choice)
        marks = [str(choice.render())[1] for choice in choices]
        assert marks == ["●", "○", "○", "○", "○", "○"]
        pilot.app.screen.query_one("#usual").focus()
        await pilot.press("down", "space")
        await wait_until(pilot, lambda: str(list(choices)[1].render())[1] == "●")
        assert [str(choice.render())[1] for choice in choices].count("●") == 1
        assert [str(c.render())[1] for c in pilot.app.screen.query_one("#resolved").query(Choice)] == ["○", "○"]


async def test_the_whole_dialog_fits_a_small_screen() -> None:
    """Also with what is missing."""
    async with at_work(full_desk(), size=(80, 24)) as pilot:
        await asked(pilot)
        await pilot.press("ctrl+s")
        screen = pilot.app.screen
        await wait_until(pilot, lambda: screen.query_one("#trouble").display)
        for name in ("#note", "#trouble", "#confirm"):
            assert screen.find_widget(screen.query_one(name)).visible_region.height == 1
