"""What was asked in vain, in the lead's review: an article is drafted from there."""

import asyncio
from dataclasses import replace

import pytest

from console.conversation.upkeep import Answered, Gaps
from console.terminal.errors import Unreachable
from console.terminal.screens.draft import DraftScreen
from console.terminal.screens.gap_steps import GapsStep
from console.terminal.widgets.gap_rows import weekly
from tests.terminal.fake_desk import FakeDesk
from tests.terminal.harness import at_work, wait_until
from tests.terminal.review_scenes import reviewing_desk
from tests.terminal.test_review import go_to, opened, rows, shown, to_tab
from tests.terminal.upkeep_scenes import DRAFTED, lacking_desk

RENT = Answered("rent.md", "Renting gear", 3, (0, 1, 2, 0), still=2)


async def test_a_gap_leads_to_a_draft_and_what_is_answered_stands_below() -> None:
    """With the questions of each week."""
    desk, lacking = reviewing_desk(), lacking_desk()
    desk.lacks, desk.drafted = replace(lacking.lacks, mended=(RENT,)), DRAFTED
    async with at_work(desk, opened="", size=(100, 30)) as pilot:
        await opened(pilot)
        to_tab(pilot, "Gaps")
        await wait_until(pilot, lambda: any("Answered by now" in row for row in rows(pilot)))
        await go_to(pilot, "mended rent.md")
        assert "3 questions were asked in vain" in shown(pilot, "detail")
        assert "2 more asked the same in words that it does not answer" in shown(pilot, "detail")
        assert "Weeks" not in shown(pilot, "deeds")  # gaps are of 90 days, whatever weeks are chosen
        await pilot.press("home")
        await wait_until(pilot, lambda: "Draft article" in shown(pilot, "deeds"))
        await pilot.press("d")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, DraftScreen))
        await pilot.press("escape")
        await wait_until(pilot, lambda: "Nothing of the draft was kept" in shown(pilot, "detail"))


def test_the_line_above_the_gaps_says_how_many_questions_are_open() -> None:
    """So that it can be held against the rows; those of gaps that were put aside have no row."""
    away = replace(lacking_desk().lacks.gaps[0], questions=4)
    found = replace(lacking_desk().lacks, asked=99, answered=39, days=90)
    said = "99 questions asked in vain in 90 days: 60 open"
    assert GapsStep().standing(found) == f"{said}, 39 answered by now"
    assert GapsStep().standing(replace(found, aside=(away,))) == f"{said} (4 put aside), 39 answered by now"


def test_weeks_are_bars_and_an_empty_one_is_a_dot() -> None:
    """The highest is that of the most."""
    assert weekly((0, 1, 4, 8)) == "·▂▅█"


async def test_what_could_not_be_read_is_said_until_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer that came stands without the warning of another asking that got none."""
    desk, late, reads = reviewing_desk(), asyncio.Event(), FakeDesk.gaps

    async def slow(self: FakeDesk) -> Gaps:
        if not self.asked("gaps"):
            self.calls.append(("gaps", None))
            await late.wait()
            message = "The desk server does not answer in time."
            raise Unreachable(message)
        return await reads(self)

    async with at_work(desk, opened="", size=(80, 24)) as pilot:
        await opened(pilot)
        monkeypatch.setattr(FakeDesk, "gaps", slow)
        to_tab(pilot, "Gaps")
        await wait_until(pilot, lambda: desk.asked("gaps"))
        to_tab(pilot, "Sources")
        to_tab(pilot, "Gaps")
        await wait_until(pilot, lambda: "asked in vain" in shown(pilot, "where"))
        late.set()
        await wait_until(pilot, lambda: not any(w.node is pilot.app.screen for w in pilot.app.workers))
        assert "in time" not in shown(pilot, "detail")
        desk.down = True
        to_tab(pilot, "Edits")
        await wait_until(pilot, lambda: "not reachable" in shown(pilot, "detail"))
        desk.down = False
        await pilot.press("r")
        await wait_until(pilot, lambda: "not reachable" not in shown(pilot, "detail"))
