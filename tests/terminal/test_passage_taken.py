"""A passage goes into the draft once, and apart from the words beside it."""

from console.conversation.passages import as_message
from console.terminal.screens.source import SourceScreen
from console.terminal.widgets.composer import Composer
from tests.terminal.harness import app_of, at_work, notices, said, wait_until
from tests.terminal.scenes import PASSAGE, full_desk


async def test_a_passage_is_inserted_apart_and_only_once() -> None:
    """The second time nothing changes, and the agent is told why."""
    async with at_work(full_desk()) as pilot:
        app = app_of(pilot)
        app.main.query_one(Composer).area.insert("We say:")
        expected = f"We say: {as_message(PASSAGE)}"
        for _ in range(2):
            await pilot.press("alt+s")
            await wait_until(pilot, lambda: isinstance(app.screen, SourceScreen))
            await pilot.press("ctrl+s")
            await wait_until(pilot, lambda: app.screen is app.main and said(pilot) == expected)
        assert any("already" in notice for notice in notices(pilot))
