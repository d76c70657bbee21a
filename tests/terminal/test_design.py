"""A designer decides on drafts of behaviours and articles that others proposed."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from textual.widgets import Input

from console.conversation.behaviour_draft_events import Tried
from console.conversation.behaviour_drafts import BehaviourDraft
from console.conversation.draft_events import ArticleDrafted
from console.conversation.people import Agent, Role
from console.terminal.screens.deciding import RejectionDialog
from console.terminal.screens.design import DesignScreen
from console.terminal.screens.draft import DraftScreen
from console.terminal.screens.sure import SureDialog
from tests.terminal.fake_automation import TEXT
from tests.terminal.fake_desk import FakeDesk
from tests.terminal.fake_review import NOW
from tests.terminal.harness import LARGE, SMALL, Console, at_work, wait_until
from tests.terminal.review_pictures import named
from tests.terminal.test_automation import take_back_and_reject
from tests.terminal.test_review import go_to, rows, shown
from tests.terminal.upkeep_scenes import DRAFTED, lacking_desk

DESIGNER = Agent("vera", "Vera Thornbury", Role.DESIGNER)


def proposing_desk() -> FakeDesk:
    """A desk at which a lead has drafted a behaviour."""
    desk = lacking_desk(DESIGNER)
    tried = Tried(42, 30, 4, 300, 2, ("c-dana", "c-iris"))
    made = BehaviourDraft("b-1", "rent-gear", TEXT, "do you hire out gear?", "Marta Quill", NOW, 1, tried)
    desk.routine = replace(desk.routine, drafts=(made,))
    return desk


async def proposed(desk: FakeDesk) -> None:
    """Let an article be drafted, too."""
    await desk._decided("d-1", ArticleDrafted("d-1", "c-dana", DRAFTED.title, DRAFTED.lines, "Marta Quill"))


async def to_drafts(pilot: Console) -> None:
    """Open the screen."""
    await pilot.press("alt+slash")
    await wait_until(pilot, lambda: isinstance(pilot.app.screen, DesignScreen))
    await wait_until(pilot, lambda: any("rent-gear" in row for row in rows(pilot)))


async def test_a_designer_publishes_one_behaviour_and_declines_it_later() -> None:
    """Publishing asks first; a decision can be taken back; no figure of the review is asked for."""
    desk = proposing_desk()
    await proposed(desk)
    async with at_work(desk, opened="", size=(120, 40)) as pilot:
        await to_drafts(pilot)
        assert shown(pilot, "where") == "Waiting for a decision: behaviours 1, articles 1"
        await go_to(pilot, "b-1")
        assert "kept 30 routine ones" in shown(pilot, "detail")
        await pilot.press("p")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, SureDialog))
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: any("approved by" in row for row in rows(pilot)))
        await take_back_and_reject(pilot)
        assert not desk.asked("review")
        assert not desk.asked("mark_change")


async def test_a_draft_article_opens_to_be_changed_published_or_rejected() -> None:
    """By Enter; what became of it is said, and stands in the list."""
    desk = proposing_desk()
    await proposed(desk)
    async with at_work(desk, opened="", size=(120, 40)) as pilot:
        await to_drafts(pilot)
        await go_to(pilot, "d-1")
        assert "gift bag" in shown(pilot, "detail")
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, DraftScreen))
        await pilot.press("alt+x")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, RejectionDialog))
        pilot.app.screen.query_one("#reason", Input).value = "we stopped that"
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: desk.asked("reject_draft"))
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, DraftScreen))
        await pilot.press("escape")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, DesignScreen))
        await wait_until(pilot, lambda: any("rejected" in row for row in rows(pilot)))
        assert "we stopped that" in shown(pilot, "detail")


async def test_where_nothing_is_proposed_it_says_so() -> None:
    """With where drafts come from."""
    async with at_work(lacking_desk(DESIGNER), opened="", size=(80, 24)) as pilot:
        await pilot.press("alt+slash")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, DesignScreen))
        await wait_until(pilot, lambda: any("Leads draft behaviours" in row for row in rows(pilot)))


@pytest.mark.parametrize("picture", [("drafts", SMALL, ()), ("drafts", LARGE, ())], ids=named)
def test_it_looks_as_it_did(picture: tuple[str, tuple[int, int], tuple[str, ...]], looks: Callable[..., bool]) -> None:
    """On a small screen and on a large one."""
    desk = proposing_desk()

    async def way(pilot: Console) -> None:
        await proposed(desk)
        await to_drafts(pilot)

    assert looks(desk, picture[1], way)
