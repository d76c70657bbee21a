"""What could be automated, in the lead's review: matters, their conversations, and draft behaviours."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from textual.widgets import Input

from console.conversation.automation import Answered, Automation, Covered, Matter, Sample
from console.conversation.drafts import DraftStatus
from console.conversation.shares import Proportion
from console.terminal.screens.behaviour_draft import BehaviourDialog
from console.terminal.screens.deciding import RejectionDialog
from console.terminal.screens.review import ReviewScreen
from console.terminal.screens.sure import SureDialog
from console.terminal.widgets.writing_area import WritingArea
from tests.terminal.fake_desk import FakeDesk
from tests.terminal.fake_review import NOW
from tests.terminal.harness import LARGE, SMALL, Console, app_of, at_work, wait_until
from tests.terminal.review_pictures import named, pressed
from tests.terminal.review_scenes import reviewing_desk
from tests.terminal.test_review import go_to, opened, rows, shown, to_tab, under_cursor


def matter(name: str, question: str, many: int, routine: Proportion, *, reserved: bool = False) -> Matter:
    """A matter with two conversations."""
    samples = (
        Sample("c-dana", "m1", question, NOW, routine=True),
        Sample(
            "c-iris", "m1", f"hello, {question}", NOW - timedelta(days=1), routine=False, why="the customer was angry"
        ),
    )
    answers = (Answered("macro:advice-honest-no", 21), Answered("article:hire/gear.md", 9))
    share = Proportion(many, 700, many / 700, 0.04, 0.08)
    found = (Covered.PARTLY, "gear-advice", reserved, answers, samples)
    return Matter(name, question, many, many / 9, share, routine, 3, *found)


def automating_desk() -> FakeDesk:
    """A desk at which gear is asked for again and again."""
    desk = reviewing_desk()
    desk.routine = Automation(
        9,
        700,
        Proportion(30, 700, 30 / 700, 0.03, 0.061),
        (
            matter(
                "rent",
                "do you hire out gear for a week, order {order.number}?",
                42,
                Proportion(30, 39, 30 / 39, 0.617, 0.874),
            ),
            matter("late", "my parcel is late, where is it", 90, Proportion(11, 80, 11 / 80, 0.08, 0.23)),
            matter("wash", "how do I wash a down jacket", 9, Proportion(8, 9)),
            matter("court", "my lawyer will write to you", 25, Proportion(0, 25, 0.0, 0.0, 0.13), reserved=True),
        ),
        700,
    )
    return desk


async def to_automation(pilot: Console) -> None:
    """Go to the tab."""
    await opened(pilot)
    to_tab(pilot, "Automate")
    await wait_until(pilot, lambda: any("do you hire out gear" in row for row in rows(pilot)))


async def take_back_and_reject(pilot: Console) -> None:
    """Take the decision on the chosen draft back, and reject it."""
    await pilot.press("t")
    await wait_until(pilot, lambda: any("waits for a designer" in row for row in rows(pilot)))
    await pilot.press("x")
    await wait_until(pilot, lambda: isinstance(pilot.app.screen, RejectionDialog))
    pilot.app.screen.query_one("#reason", Input).value = "too rare"
    await pilot.press("ctrl+s")
    await wait_until(pilot, lambda: any("rejected" in row for row in rows(pilot)))


async def test_a_matter_leads_to_its_conversations_and_their_transcript() -> None:
    """With what each was: routine, or why not."""
    async with at_work(automating_desk(), opened="", size=(100, 40)) as pilot:
        await to_automation(pilot)
        assert "routine to win: 4% (3–6)" in shown(pilot, "where")
        assert "77% (62–87)" in under_cursor(pilot)
        assert "[order number]" in shown(pilot, "detail")
        assert "macro:advice-honest-no" in shown(pilot, "detail")
        assert "too few (9)" in next(row for row in rows(pilot) if "wash" in row)
        await go_to(pilot, "court")
        assert "Draft behaviour" not in shown(pilot, "deeds")
        await go_to(pilot, "rent")
        await pilot.press("enter")
        await wait_until(pilot, lambda: any("the customer was angry" in row for row in rows(pilot)))
        await pilot.press("enter")
        await wait_until(pilot, lambda: app_of(pilot).controller.state.current == "c-dana")


async def test_a_behaviour_is_drafted_edited_published_and_taken_back() -> None:
    """Publishing asks first."""
    desk = automating_desk()
    wrong = tuple(
        Sample(f"c-{name}", "m1", f"can I send back what I hired, {name}?", NOW, routine=False)
        for name in ("dana", "iris")
    )
    desk.routine = replace(desk.routine, publishes=True, wrong=wrong)
    async with at_work(desk, opened="", size=(120, 40)) as pilot:
        await to_automation(pilot)
        await pilot.press("d")
        await wait_until(pilot, lambda: any(row.startswith("rent-gear.toml") for row in rows(pilot)))
        assert desk.asked("draft_behaviour") == [(9, "rent")]
        assert any("of 42: keeps 30, hands over 4; wrongly 2" in row for row in rows(pilot))
        await go_to(pilot, "draft b-1")
        assert "kept 30 routine ones" in shown(pilot, "detail")
        assert 'layer = "autonomous"' in shown(pilot, "detail")
        await pilot.press("e")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, BehaviourDialog))
        area = pilot.app.screen.query_one("#text", WritingArea)
        area.text = area.text + "tier = 1\n"
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, ReviewScreen) and desk.asked("edit_behaviour"))
        await wait_until(pilot, lambda: "tier = 1" in shown(pilot, "detail"))
        await pilot.press("p")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, SureDialog))
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: any("approved by Marta Quill" in row for row in rows(pilot)))
        await take_back_and_reject(pilot)
        await pilot.press("enter")
        await wait_until(pilot, lambda: rows(pilot)[0].startswith("can I send back what I hired, dana?"))
        assert len(rows(pilot)) == 2
        assert "would have worked it as rent-gear" in shown(pilot, "detail")


async def test_a_lead_is_offered_no_publishing_and_told_who_can() -> None:
    """Neither as a button nor by its key, and no decision to be taken back either."""
    desk = automating_desk()
    async with at_work(desk, opened="", size=(100, 30)) as pilot:
        await to_automation(pilot)
        await pilot.press("d")
        await wait_until(pilot, lambda: any(row.startswith("rent-gear.toml") for row in rows(pilot)))
        await go_to(pilot, "draft b-1")
        assert "Publish" not in shown(pilot, "deeds")
        assert "Reject" in shown(pilot, "deeds")
        assert "A designer or an admin publishes it" in shown(pilot, "detail")
        await pilot.press("p")
        assert isinstance(pilot.app.screen, ReviewScreen)
        (draft,) = desk.routine.drafts
        desk.routine = replace(desk.routine, drafts=(replace(draft, status=DraftStatus.APPROVED),))
        await pilot.press("r")
        await wait_until(pilot, lambda: any("approved" in row for row in rows(pilot)))
        await wait_until(pilot, lambda: "can take the decision back" in shown(pilot, "detail"))
        assert "Take back" not in shown(pilot, "deeds")


async def test_what_the_newest_tell_is_shown_while_the_others_are_read() -> None:
    """Nothing can be done with it yet; in its place comes what all of them tell."""
    desk = automating_desk()
    whole = desk.routine
    desk.routine = replace(whole, conversations=200, progress="14,000 of 20,000 questions understood")
    async with at_work(desk, opened="", size=(80, 24)) as pilot:
        await to_automation(pilot)
        assert "newest 200" in shown(pilot, "where")
        assert "14,000 of 20,000" in shown(pilot, "where")
        where = pilot.app.screen.query_one("#where")
        assert len(shown(pilot, "where")) <= where.content_size.width
        assert "Draft behaviour" not in shown(pilot, "deeds")
        await pilot.press("enter")
        assert any("do you hire out gear" in row for row in rows(pilot))
        desk.routine = whole
        await wait_until(pilot, lambda: "routine to win: 4% (3–6)" in shown(pilot, "where"))
        await wait_until(pilot, lambda: "Draft behaviour" in shown(pilot, "deeds"))


async def test_nothing_asked_again_and_again_is_said() -> None:
    """In a line."""
    desk = automating_desk()
    desk.routine = Automation(9, 12)
    async with at_work(desk, opened="", size=(80, 24)) as pilot:
        await opened(pilot)
        to_tab(pilot, "Automate")
        await wait_until(pilot, lambda: any("No question was asked by five" in row for row in rows(pilot)))
        assert len(rows(pilot)) == 2  # with the title


@pytest.mark.parametrize(
    "picture",
    [("matters", SMALL, ()), ("matters", LARGE, ("d",)), ("conversations", SMALL, ("enter",))],
    ids=named,
)
def test_it_looks_as_it_did(picture: tuple[str, tuple[int, int], tuple[str, ...]], looks: Callable[..., bool]) -> None:
    """Matters, drafts, and the conversations of one."""
    _, size, keys = picture

    async def way(pilot: Console) -> None:
        await to_automation(pilot)
        await pressed(pilot, *keys)

    assert looks(automating_desk(), size, way)
