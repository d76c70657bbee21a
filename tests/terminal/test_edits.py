"""Why replies were changed, in the lead's review: from a group down to what was changed in each."""

from console.conversation.edits import AskedEdits, Reason
from console.conversation.reviews import By
from console.terminal.widgets.changed_text import changed
from tests.terminal.harness import at_work, wait_until
from tests.terminal.review_scenes import reviewing_desk
from tests.terminal.test_review import go_to, opened, rows, shown, to_tab


async def test_a_reason_leads_to_the_edits_and_what_was_changed_in_each() -> None:
    """The seconds stand first; there is too little for them in these weeks, or a figure with its interval."""
    desk = reviewing_desk()
    async with at_work(desk, opened="", size=(100, 30)) as pilot:
        await opened(pilot)
        to_tab(pilot, "Edits")
        await wait_until(pilot, lambda: rows(pilot)[0].startswith("Seconds saved"))
        await go_to(pilot, "saved")
        assert "An estimate, no experiment" in shown(pilot, "detail")
        await go_to(pilot, "all ")
        await pilot.press("enter")
        await wait_until(pilot, lambda: rows(pilot)[0].startswith("fact"))
        await go_to(pilot, "other")
        await pilot.press("enter")
        await wait_until(pilot, lambda: desk.asked("edit_exchanges") == [AskedEdits(By.ALL, "", Reason.OTHER)])


def test_what_was_changed_is_told_by_signs() -> None:
    """And not by colour alone."""
    told = changed("It is due on Monday.", "Hi, it is due on Friday.").plain
    assert told == "[-It-]{+Hi, it+} is due on [-Monday-]{+Friday+}."
