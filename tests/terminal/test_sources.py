"""The sources of suggested replies in the lead's review: one is retired, asked first, and brought back."""

from console.conversation.review_commands import Asked
from console.conversation.reviews import By, Uptake
from console.terminal.screens.sure import SureDialog
from tests.terminal.harness import at_work, wait_until
from tests.terminal.review_scenes import reviewing_desk
from tests.terminal.test_review import go_to, opened, rows, shown, to_tab, under_cursor

BAD = "macro:repair-patience"


async def test_a_source_is_retired_from_the_list_and_brought_back() -> None:
    """Nothing happens before it was said twice; its figures are one key below."""
    desk = reviewing_desk()
    async with at_work(desk, opened="", size=(100, 30)) as pilot:
        await opened(pilot)
        to_tab(pilot, "Sources")
        await wait_until(pilot, lambda: any(BAD in row for row in rows(pilot)))
        assert "9 weeks" in shown(pilot, "where")
        await go_to(pilot, BAD)
        assert "taken" in shown(pilot, "detail")
        await pilot.press("k")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, SureDialog))
        await pilot.press("escape")
        await wait_until(pilot, lambda: "Retire" in shown(pilot, "deeds"))
        assert desk.asked("retire_source") == []
        await pilot.press("k")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, SureDialog))
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: desk.asked("retire_source") and "is retired" in shown(pilot, "detail"))
        assert under_cursor(pilot).startswith(f"retired {BAD}")
        await pilot.press("k")
        await wait_until(pilot, lambda: "suggested again" in shown(pilot, "detail"))
        assert desk.asked("bring_source_back") == [BAD]


async def test_every_number_of_a_source_leads_to_its_exchanges_and_it_is_said_how_they_hang_together() -> None:
    """Taken, trouble after, and each decision; all sources together, too."""
    desk = reviewing_desk()
    async with at_work(desk, opened="", size=(80, 24)) as pilot:
        await opened(pilot)
        to_tab(pilot, "Sources")
        await wait_until(pilot, lambda: any(BAD in row for row in rows(pilot)))
        await go_to(pilot, BAD)
        await pilot.press("enter")
        await wait_until(pilot, lambda: any(row.startswith("accepted") for row in rows(pilot)))
        assert [row.split()[0] for row in rows(pilot)[:3]] == ["taken", "trouble", "the"]
        assert any(" are the " in row and " taken." in row for row in rows(pilot))
        await pilot.press("down", "enter")
        await wait_until(pilot, lambda: desk.asked("exchanges") == [Asked(By.SOURCE, BAD, Uptake.TROUBLE)])
        assert "trouble after" in shown(pilot, "where")
        await pilot.press("left", "end", "enter")
        await wait_until(pilot, lambda: rows(pilot)[0].startswith("accepted"))
        await pilot.press("left", "left", "end", "enter")
        await wait_until(pilot, lambda: "all sources" in shown(pilot, "where"))
