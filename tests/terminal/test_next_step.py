"""The next step from similar cases, and which sentences of a reply no source says."""

from dataclasses import replace

from textual.content import Content
from textual.widgets import Static

from console.conversation import assist_events as a
from console.conversation import commands as c
from console.conversation.assistance import SourceType, Support
from console.terminal.marking import marked, marked_reply
from console.terminal.screens.source import SourceScreen
from console.terminal.widgets.next_step_line import NextStepLine
from console.terminal.words import doubts, rests_on
from tests.terminal.harness import Console, app_of, at_work, notices, wait_until
from tests.terminal.scenes import RESHIP, STEP, full_desk

PARTLY = replace(
    RESHIP, text="It is lost. It flew away! Which?", unsupported=("It flew away!",), support=Support.PARTIAL
)


def line(pilot: Console) -> NextStepLine:
    """Return the line of the next step."""
    return app_of(pilot).main.query_one(NextStepLine)


async def test_the_next_step_is_one_line_with_the_way_to_its_cases() -> None:
    """Alt+D opens the cases it was counted in; n goes to the next one."""
    desk = full_desk()
    desk.sources["past-001"] = c.Source(SourceType.PAST, "past-001", "Similar past conversation", "Customer: lost")
    async with at_work(desk, size=(200, 60)) as pilot:
        assert not line(pilot).display
        desk.append("c-dana", a.NextStepProposed("m6", STEP), "assist")
        await wait_until(pilot, lambda: line(pilot).display)
        shown = line(pilot).render()
        assert isinstance(shown, Content)
        words = " ".join(shown.plain.replace("Cases Alt+D", "").split())
        assert words == "→ In 14 of 19 similar cases: replacement sent · 12 resolved"
        await pilot.press("alt+d")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, SourceScreen))
        assert "source 1 of 2" in str(pilot.app.screen.query_one("#remark", Static).content)


async def test_it_goes_with_the_agents_answer() -> None:
    """What was proposed for the moment before is over."""
    desk = full_desk()
    desk.append("c-dana", a.NextStepProposed("m6", STEP), "assist")
    async with at_work(desk, size=(200, 60)) as pilot:
        await wait_until(pilot, lambda: line(pilot).display)
        await pilot.press(*"ok", "ctrl+s")
        await wait_until(pilot, lambda: not line(pilot).display)


async def test_without_a_next_step_the_key_says_so() -> None:
    """Nothing opens."""
    async with at_work(full_desk()) as pilot:
        await pilot.press("alt+d")
        await wait_until(pilot, lambda: any("next step" in words for words in notices(pilot)))
        assert pilot.app.screen is app_of(pilot).main


def test_a_sentence_without_a_source_is_marked_with_words() -> None:
    """Underlined and named, not by colour alone; the others stay as they are."""
    shown = marked(PARTLY.text, PARTLY.unsupported)
    assert shown.plain == "It is lost. It flew away! ⚠\u00a0no\u00a0source Which?"
    assert [shown.plain[span.start : span.end] for span in shown.spans if "underline" in str(span.style)] == [
        "It flew away!"
    ]
    assert marked_reply(RESHIP).plain == RESHIP.text


def test_what_is_wholly_without_a_source_is_not_marked_piece_by_piece() -> None:
    """The line below says it of all."""
    alone = replace(PARTLY, support=Support.NONE, unsupported=("It is lost.", "It flew away!"))
    assert marked_reply(alone).plain == alone.text


def test_partial_support_says_why() -> None:
    """An unsupported sentence, and a deed that may not have been done."""
    assert doubts(RESHIP) == ()
    said = doubts(replace(PARTLY, claims=True))
    assert "true only once you have done it" in said[0]
    assert said[1] == "⚠ No source says: “It flew away!”"


def test_how_far_a_reply_has_sources_is_said_so_that_an_agent_reads_it_rightly() -> None:
    """A deed can have no source; what else the reply says may have."""
    assert rests_on(RESHIP) == "every sentence sourced"
    assert rests_on(PARTLY) == "part has no source"
    assert rests_on(replace(RESHIP, support=Support.PARTIAL, claims=True)) == "the rest sourced"
    assert rests_on(replace(PARTLY, claims=True)) == "part has no source"
    assert rests_on(replace(PARTLY, support=Support.NONE)) == "no source"


async def test_the_source_screen_says_what_the_source_does_not() -> None:
    """Above the source, where the agent looks for it."""
    desk = full_desk()
    desk.append("c-dana", a.RepliesSuggested("m6", (PARTLY,)), "assist")
    async with at_work(desk, size=(200, 60)) as pilot:
        await wait_until(pilot, lambda: app_of(pilot).controller.shelf.shown == (PARTLY,))
        await pilot.press("alt+s")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, SourceScreen))
        assert "It flew away!" in str(pilot.app.screen.query_one("#doubts", Static).content)
