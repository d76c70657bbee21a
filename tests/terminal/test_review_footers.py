"""The line of buttons under the lead's review: it names every key that works on the row under the cursor."""

from textual.widgets import Static

from console.conversation.quality_commands import MarkQuality
from console.terminal.widgets.review_list import ReviewList
from tests.terminal.harness import Console, at_work, wait_until
from tests.terminal.quality_scenes import quality_desk
from tests.terminal.review_scenes import reviewing_desk
from tests.terminal.test_quality import opened as to_quality
from tests.terminal.test_review import go_to, opened, rows, to_tab
from tests.terminal.upkeep_scenes import lacking_desk

LEADS_ON = {
    "Figures": "Figures Enter",
    "To judge": "Judge Enter",
    "Sources": "Open Enter",
    "Gaps": "Transcript Enter",
}


def buttons(pilot: Console) -> str:
    """Return the buttons as far as they are on the screen, none of them broken or cut off."""
    line = pilot.app.screen.query_one("#deeds", Static)
    on_screen = str(line.content).split("\n")[: line.size.height]
    assert all(len(row) <= line.size.width for row in on_screen), on_screen
    return " ".join(" ".join(on_screen).split())


async def test_enter_is_named_wherever_it_leads_on_and_where_there_is_more_to_read() -> None:
    """On a small screen, where the page about a row is low."""
    desk = reviewing_desk()
    desk.lacks = lacking_desk().lacks
    async with at_work(desk, opened="", size=(80, 24)) as pilot:
        await opened(pilot)
        page = pilot.app.screen.query_one("#page")
        for tab, said in LEADS_ON.items():
            to_tab(pilot, tab)
            await wait_until(pilot, lambda said=said: said in buttons(pilot))  # type: ignore[misc]
            await wait_until(pilot, lambda: ("Read on PgDn" in buttons(pilot)) == (page.max_scroll_y > 0))


async def test_all_marks_and_taking_one_back_stand_on_a_small_screen() -> None:
    """In two lines."""
    desk = quality_desk()
    async with at_work(desk, opened="", size=(80, 24)) as pilot:
        await to_quality(pilot)
        await go_to(pilot, "criterion greeting")
        await pilot.press("enter")
        await wait_until(pilot, lambda: rows(pilot)[0].startswith("✗"))
        await pilot.press("enter")
        await wait_until(pilot, lambda: "Not met 3" in buttons(pilot))
        listed = pilot.app.screen.query_one(ReviewList)
        key, many = listed.rows[0].key, len(listed.rows)
        await pilot.press("1")
        await wait_until(pilot, lambda: len(rows(pilot)) == many - 1)
        await pilot.press("v", "v")
        await wait_until(pilot, lambda: key in [row.key for row in listed.rows])
        await go_to(pilot, key)
        await wait_until(pilot, lambda: "Take back 0" in buttons(pilot))
        assert all(said in buttons(pilot) for said in ("Met 1", "Unclear 5", "Transcript Enter", "Up ←"))
        await pilot.press("0")
        await wait_until(pilot, lambda: len(desk.asked("mark_quality")) > 1)
        body = desk.asked("mark_quality")[1]
        assert isinstance(body, MarkQuality)
        assert body.mark is None
