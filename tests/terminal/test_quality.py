"""Quality of conversations in the lead's review: down to the evidence, and marking by keys."""

from textual.widgets import Input, Static

from console.conversation import quality_fold
from console.conversation.events import ConversationClaimed, ConversationClosed
from console.conversation.people import Agent, Role
from console.conversation.quality import CriterionMark, Mark, Marker
from console.conversation.quality_commands import MarkQuality
from console.conversation.quality_events import QualityMarked, QualityScored
from console.conversation.state import Conversation
from console.terminal.screens.change_mark import ChangeDialog
from console.terminal.screens.marking import ChatMarkingScreen, MarkingScreen
from console.terminal.screens.record import RecordScreen
from console.terminal.screens.review import ReviewScreen
from console.terminal.widgets.review_list import ReviewList
from tests.terminal.fake_quality import NAMED
from tests.terminal.harness import Console, app_of, at_work, wait_until
from tests.terminal.quality_scenes import opinion_desk, quality_desk
from tests.terminal.scenes import full_desk
from tests.terminal.test_review import go_to, rows, shown, under_cursor


async def opened(pilot: Console) -> None:
    """Open the review and go to its tab on quality."""
    await pilot.press("alt+slash")
    await wait_until(pilot, lambda: isinstance(pilot.app.screen, ReviewScreen))
    pilot.app.screen.action_show("Quality")  # type: ignore[attr-defined]
    await wait_until(pilot, lambda: len(rows(pilot)) > 1)


async def test_a_criterion_leads_to_who_failed_it_and_to_the_evidence() -> None:
    """A criterion on which people and engine disagree is not trusted, and left out of the overall level."""
    desk = quality_desk()
    async with at_work(desk, opened="", size=(160, 48)) as pilot:
        await opened(pilot)
        assert "210 of 210 scored" in shown(pilot, "where")
        assert under_cursor(pilot).startswith("overall")
        assert "Left out for low agreement: The next step is clear" in shown(pilot, "detail")
        untrusted = next(row for row in rows(pilot) if row.startswith("The next step"))
        assert untrusted.endswith("not trusted")
        assert any(row.startswith("repairs") and "too few agents" in row for row in rows(pilot))
        await go_to(pilot, "criterion empathy")
        await pilot.press("enter")
        await wait_until(pilot, lambda: rows(pilot)[0].startswith("✗ not met"))
        await pilot.press("enter")
        await wait_until(pilot, lambda: "the customer was upset" in shown(pilot, "detail"))
        assert "m2 Hello! It is on its way." in shown(pilot, "detail")
        await pilot.press("v")
        await wait_until(pilot, lambda: "Empathy › partly" in shown(pilot, "where"))
        await wait_until(pilot, lambda: len(rows(pilot)) > 2)
        await pilot.press("left", "left")
        await wait_until(
            pilot, lambda: "criterion empathy" in [r.key for r in pilot.app.screen.query_one(ReviewList).rows]
        )


async def test_a_mark_is_given_by_a_key_and_taken_back() -> None:
    """It stands for the engine's."""
    desk = quality_desk()
    async with at_work(desk, opened="", size=(80, 24)) as pilot:
        await opened(pilot)
        await go_to(pilot, "criterion greeting")
        await pilot.press("enter")
        await wait_until(pilot, lambda: rows(pilot)[0].startswith("✗"))
        await pilot.press("enter")
        await wait_until(pilot, lambda: "Not met 3" in shown(pilot, "deeds"))
        many = len(rows(pilot))
        await pilot.press("1")
        await wait_until(pilot, lambda: len(rows(pilot)) == many - 1)
        (body,) = desk.asked("mark_quality")
        assert isinstance(body, MarkQuality)
        assert (body.criterion, body.mark, body.sampled) == ("greeting", Mark.MET, False)
        assert "Your mark holds" in shown(pilot, "detail")


async def test_a_second_opinion_is_read_by_keys_on_a_small_screen() -> None:
    """Below the engine's mark, with the model's name and its quotes, as they were written."""
    desk = opinion_desk()
    async with at_work(desk, opened="", size=(80, 24)) as pilot:
        await opened(pilot)
        assert "70 second opinions" in shown(pilot, "where")
        await go_to(pilot, "criterion empathy")
        await pilot.press("enter")
        await wait_until(pilot, lambda: rows(pilot)[0].startswith("✗"))
        await pilot.press("enter")
        await wait_until(pilot, lambda: len(rows(pilot)) > 3 and "Not met 3" in shown(pilot, "deeds"))
        await pilot.press("down", "down", "down")
        await wait_until(pilot, lambda: "thinks the language model some-model:7b" in shown(pilot, "detail"))
        assert "the agent says [where] it is" in " ".join(shown(pilot, "detail").split())
        assert "it counts nowhere" in shown(pilot, "detail")
        await pilot.press("pagedown")
        page = pilot.app.screen.query_one("#page")
        await wait_until(pilot, lambda: page.scroll_y > 0)
        await pilot.press("pageup")
        await wait_until(pilot, lambda: page.scroll_y == 0)


async def test_the_queue_hides_what_the_engine_marked() -> None:
    """Who marks reads what counts and the conversation; the mark counts for agreement."""
    desk = quality_desk()
    async with at_work(desk, opened="", size=(120, 40)) as pilot:
        await opened(pilot)
        await go_to(pilot, "queue")
        assert "whoever marks from the top" in shown(pilot, "detail")
        await pilot.press("enter")
        await wait_until(pilot, lambda: "twelve days late" in shown(pilot, "detail"))
        assert "by the engine" not in shown(pilot, "detail")
        first = under_cursor(pilot)
        await pilot.press("3")
        await wait_until(pilot, lambda: bool(desk.asked("mark_quality")))
        (body,) = desk.asked("mark_quality")
        assert isinstance(body, MarkQuality)
        assert (body.mark, body.sampled) == (Mark.NOT_MET, True)
        await wait_until(pilot, lambda: under_cursor(pilot) != first)
        await pilot.press("enter")
        await wait_until(pilot, lambda: not isinstance(pilot.app.screen, ReviewScreen))
        assert app_of(pilot).controller.state.current == body.conversation


async def test_trainers_find_quality_and_mark_with_the_evidence_beside() -> None:
    """The review's other figures are not asked for; a change is for leads to mark."""
    desk = quality_desk()
    desk.agent = Agent("wren", "Wren Tallow", Role.TRAINER)
    async with at_work(desk, opened="", size=(120, 40)) as pilot:
        await pilot.press("alt+slash")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, MarkingScreen))
        await wait_until(pilot, lambda: len(rows(pilot)) > 1)
        assert "Mark a change" not in shown(pilot, "deeds")
        await pilot.press("enter")
        await wait_until(pilot, lambda: "Enter on one leads to its marks" in " ".join(shown(pilot, "detail").split()))
        await go_to(pilot, "criterion empathy")
        await pilot.press("enter")
        await wait_until(pilot, lambda: rows(pilot)[0].startswith("✗ not met"))
        await pilot.press("enter")
        await wait_until(pilot, lambda: "m2 Hello! It is on its way." in shown(pilot, "detail"))
        await pilot.press("2")
        await wait_until(pilot, lambda: bool(desk.asked("mark_quality")))
        (body,) = desk.asked("mark_quality")
        assert isinstance(body, MarkQuality)
        assert (body.criterion, body.mark) == ("empathy", Mark.PARTLY)
        assert desk.asked("review") == []


async def test_without_a_rubric_it_says_how_to_have_one() -> None:
    """And nothing else."""
    desk = quality_desk()
    desk.rubric, desk.past = False, []
    async with at_work(desk, opened="", size=(80, 24)) as pilot:
        await pilot.press("alt+slash")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, ReviewScreen))
        pilot.app.screen.action_show("Quality")  # type: ignore[attr-defined]
        await wait_until(pilot, lambda: "content/rubric.toml" in " ".join(rows(pilot)))


async def test_agents_read_the_marks_of_their_own_chats_and_of_no_others() -> None:
    """In the record, by the criteria's titles, with who gave them; a mark taken back leaves the engine's."""
    for agent, seen in (("robin", True), ("somebody", False)):
        desk = full_desk()
        reason, title = "nothing is said of what happens next", "The next step is clear"
        marks = (CriterionMark("next-step", Mark.NOT_MET, reason=reason, title=title),)
        for data in (
            ConversationClaimed(agent, "Somebody"),
            QualityScored("r1", "x", marks),
            QualityScored("r1", "m:7b", (CriterionMark("next-step", Mark.PARTLY, reason="by when"),), by=Marker.MODEL),
            QualityMarked("next-step", Mark.MET, "it was on the phone", "Marta Quill"),
            QualityMarked("empathy", Mark.MET, by="Marta Quill"),
            QualityMarked("empathy", None, by="Marta Quill"),
        ):
            desk.append("c-dana", data, "assist")
        async with at_work(desk, size=(120, 40)) as pilot:
            await pilot.press("alt+i")
            await wait_until(pilot, lambda: isinstance(pilot.app.screen, RecordScreen))
            page = " ".join(str(pilot.app.screen.query_one("#page").query_one(Static).content).split())
            assert ("✓ The next step is clear met by Marta Quill · it was on the phone" in page) is seen
            assert ("? empathy cannot be told" in page) is seen
            second = "second opinion, which counts nowhere: partly, by the language model m:7b · by when"
            assert (second in page) is seen


def test_a_newer_score_leaves_peoples_marks_and_one_taken_back_gives_the_engines() -> None:
    """As the fold of a conversation has them."""
    state = Conversation("c")
    quality_fold.take(state, QualityScored("r1", "x", (CriterionMark("a", Mark.MET), CriterionMark("b", Mark.MET))))
    quality_fold.take(state, QualityMarked("a", Mark.PARTLY, by="Wren"))
    quality_fold.take(state, QualityScored("r2", "x", (CriterionMark("a", Mark.NOT_MET),)))
    assert {name: given.mark for name, given in state.quality.items()} == {"a": Mark.PARTLY}
    quality_fold.take(state, QualityMarked("a", None, by="Wren"))
    assert state.quality["a"].mark is Mark.NOT_MET


async def test_a_change_is_marked_from_the_tab() -> None:
    """Before and after stand beside the weeks."""
    desk = quality_desk()
    async with at_work(desk, opened="", size=(160, 48)) as pilot:
        await opened(pilot)
        assert "Mark a change n" in shown(pilot, "deeds")
        await pilot.press("n")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, ChangeDialog))
        pilot.app.screen.query_one("#words", Input).value = "Closings taught"
        pilot.app.screen.query_one("#day", Input).value = "2026-02-01"
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: bool(desk.asked("mark_change")) and isinstance(pilot.app.screen, ReviewScreen))
        await wait_until(pilot, lambda: "Closings taught no move shown (" in shown(pilot, "detail"))


async def test_a_closed_chat_is_marked_from_its_transcript() -> None:
    """Its criteria stand there with the evidence; Esc leads back to the transcript."""
    desk = quality_desk()
    desk.agent = Agent("wren", "Wren Tallow", Role.TRAINER)
    desk.append("c-dana", ConversationClosed("done", resolved=True), "robin")
    async with at_work(desk, size=(120, 40)) as pilot:
        app_of(pilot).main.action_mark_quality()
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, ChatMarkingScreen))
        await wait_until(pilot, lambda: len(rows(pilot)) == len(NAMED.criteria or ()))
        await wait_until(pilot, lambda: "m2 Hello! It is on its way." in " ".join(shown(pilot, "detail").split()))
        assert "Weeks" not in shown(pilot, "deeds")  # it is of one chat: other weeks would change nothing
        trail = pilot.app.screen.trail  # type: ignore[attr-defined]
        weeks = trail.weeks
        await pilot.press("w", "3")
        await wait_until(pilot, lambda: "not met by Marta Quill" in rows(pilot)[0])
        assert trail.weeks == weeks
        (body,) = desk.asked("mark_quality")
        assert isinstance(body, MarkQuality)
        assert (body.conversation, body.mark, body.sampled) == ("c-dana", Mark.NOT_MET, False)
        await pilot.press("escape")
        await wait_until(pilot, lambda: pilot.app.screen is app_of(pilot).main)
