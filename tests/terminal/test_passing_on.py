"""Passing on for a skill: what the desk knows is offered, by key and by mouse, and what it does not know is told."""

import pytest
from textual.widgets import Input

from console.conversation import queue_commands as q
from console.terminal.screens.passing_on import PassingOnDialog, known_as
from console.terminal.widgets.choice import Choice, ChoiceGrid, Choices
from tests.terminal.fake_desk import FakeDesk
from tests.terminal.harness import LARGE, SMALL, Console, at_work, wait_until
from tests.terminal.test_queueing import shown, staffed
from tests.terminal.test_typing import burst

SKILLS = (
    "account",
    "business",
    "care",
    "club",
    "de-escalation",
    "delivery",
    "legal",
    "payments",
    "products",
    "refunds",
    "repairs",
    "retention",
    "returns",
    "safety",
)
SIZES = pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "200x60"])


def skilled() -> FakeDesk:
    """A desk that knows some skills."""
    desk = staffed()
    desk.skills = SKILLS
    return desk


async def asked(pilot: Console) -> None:
    """Wait for the dialog."""
    await pilot.press("ctrl+r")
    await shown(pilot, PassingOnDialog)


def chosen(pilot: Console) -> str:
    """The skill that is marked in the list."""
    button = pilot.app.screen.query_one(ChoiceGrid).pressed_button
    return str(button.label) if button else ""


def trouble(pilot: Console) -> str:
    """What the dialog says is missing."""
    return str(pilot.app.screen.query_one("#trouble").render())


@SIZES
async def test_a_skill_is_chosen_with_the_arrow_keys(size: tuple[int, int]) -> None:
    """Also where they and Ctrl+S come in one go; down goes to the row below."""
    desk = skilled()
    async with at_work(desk, size=size) as pilot:
        await asked(pilot)
        across = pilot.app.screen.query_one(ChoiceGrid).styles.grid_size_columns
        burst(pilot, "tab", "down", "right", "ctrl+s")
        await wait_until(pilot, lambda: desk.asked("transfer"))
        assert desk.asked("transfer") == [q.Transfer(skill=SKILLS[across + 1])]


@SIZES
async def test_a_skill_is_chosen_with_the_mouse(size: tuple[int, int]) -> None:
    """The way by skill is marked with it, whatever was chosen before, and its name stands in the field."""
    desk = skilled()
    async with at_work(desk, size=size) as pilot:
        await asked(pilot)
        await pilot.press("down")
        dialog = pilot.app.screen
        place = SKILLS.index("repairs")
        await pilot.click(list(dialog.query_one(ChoiceGrid).query(Choice))[place])
        await wait_until(pilot, lambda: dialog.query_one("#skill", Input).value == "repairs")
        assert dialog.query_one("#ways", Choices).pressed_index == len(dialog.query("#ways Choice")) - 1
        await pilot.click("#confirm")
        await wait_until(pilot, lambda: desk.asked("transfer"))
        assert desk.asked("transfer") == [q.Transfer(skill="repairs")]


async def test_a_skill_that_is_written_is_marked_in_the_list() -> None:
    """From the letters on that tell it from the others."""
    desk = skilled()
    async with at_work(desk) as pilot:
        await asked(pilot)
        pilot.app.screen.query_one("#skill").focus()
        await pilot.press(*"REF")
        await wait_until(pilot, lambda: chosen(pilot) == "refunds")
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: desk.asked("transfer"))
        assert desk.asked("transfer") == [q.Transfer(skill="refunds")]


async def test_a_skill_that_nobody_has_is_told_before_anything_is_sent() -> None:
    """The dialog stays, and a colleague can still be chosen."""
    desk = skilled()
    async with at_work(desk) as pilot:
        await asked(pilot)
        pilot.app.screen.query_one("#skill").focus()
        await pilot.press(*"staffcomplaints", "ctrl+s")
        await wait_until(pilot, lambda: "No colleague has the skill “staffcomplaints”" in trouble(pilot))
        assert chosen(pilot) == ""
        assert desk.asked("transfer") == []
        pilot.app.screen.query_one("#ways").focus()
        await pilot.press("down", "ctrl+s")
        await wait_until(pilot, lambda: desk.asked("transfer"))
        assert desk.asked("transfer") == [q.Transfer("sam")]


@pytest.mark.parametrize(
    ("written", "meant"), [("Legal", "legal"), ("ref", "refunds"), ("re", ""), ("", ""), ("yodel", "")]
)
def test_a_written_skill_is_the_one_of_that_name_or_the_only_one_that_begins_so(written: str, meant: str) -> None:
    """Else none: which of several is meant is not guessed."""
    assert known_as(written, SKILLS) == meant
