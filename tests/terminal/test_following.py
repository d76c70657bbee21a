"""A line that names a message leads to it on every screen, and the way back leads to the line."""

import pytest

from console.conversation import assist_events as a
from console.conversation.assistance import SummaryKind, SummaryLine
from console.terminal.widgets.flags_panel import FlagView
from console.terminal.widgets.lines import Lines
from console.terminal.widgets.suggestion_card import SuggestionCard
from console.terminal.widgets.summary_panel import SummaryLines
from tests.terminal.fake_desk import FakeDesk
from tests.terminal.harness import Console, app_of, at_work, said, wait_until
from tests.terminal.scenes import APOLOGY, RESHIP
from tests.terminal.test_transcript import long_desk

SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
CITED = SummaryLine(SummaryKind.ISSUE, "the twelfth thing they said", ("m12",))
FIRST = SummaryLine(SummaryKind.WANTS, "the boots", ("m1",))


def cited_desk() -> FakeDesk:
    """A long conversation, summed up, with replies."""
    desk = long_desk(60)
    desk.append("c-dana", a.SummaryUpdated("m6", (CITED, FIRST)), "assist")
    desk.append("c-dana", a.RepliesSuggested("m66", (RESHIP, APOLOGY)), "assist")
    return desk


def lines(pilot: Console) -> Lines:
    """The transcript's lines."""
    return app_of(pilot).main.query_one(Lines)


def seen(pilot: Console) -> list[str]:
    """What the transcript shows, line by line."""
    found = lines(pilot)
    return [found.render_line(y).text for y in range(found.size.height)]


async def to_summary(pilot: Console, *, line: str) -> None:
    """Go to a line of the summary as the keys do."""
    app = app_of(pilot)
    await pilot.press("f3")
    await wait_until(pilot, lambda: isinstance(app.focused, SuggestionCard))
    await pilot.press("shift+tab")
    await wait_until(pilot, lambda: isinstance(app.focused, SummaryLines))
    await pilot.press("home", *(["down"] if line == "second" else []))


@SIZES
@pytest.mark.parametrize("line", ["first", "second"])
async def test_a_line_of_the_summary_leads_to_its_message(size: tuple[int, int], line: str) -> None:
    """It is in view and marked, also where the transcript was hidden behind the assist panels."""
    async with at_work(cited_desk(), size=size) as pilot:
        await to_summary(pilot, line=line)
        await pilot.press("enter")
        wanted = "m12" if line == "first" else "m1"
        await wait_until(pilot, lambda: app_of(pilot).main.part == "chat" or size[0] >= 100)
        await wait_until(pilot, lambda: lines(pilot).found == wanted)
        await wait_until(pilot, lambda: any(text.split()[:1] == [wanted] for text in seen(pilot)))
        assert not any("m66" in text.split()[:1] for text in seen(pilot))


async def test_the_way_back_leads_to_the_line_that_was_followed() -> None:
    """Enter there follows it again and takes no reply."""
    async with at_work(cited_desk(), size=(80, 24)) as pilot:
        app = app_of(pilot)
        await to_summary(pilot, line="second")
        await pilot.press("enter")
        await wait_until(pilot, lambda: app.focused is lines(pilot))
        await pilot.press("f3")
        await wait_until(pilot, lambda: isinstance(app.focused, SummaryLines))
        assert app.main.query_one(SummaryLines).highlighted == 1
        await pilot.press("enter")
        await wait_until(pilot, lambda: app.focused is lines(pilot))
        assert said(pilot) == ""


async def test_another_conversation_begins_at_its_first_reply() -> None:
    """Where one was in the last one says nothing of it."""
    async with at_work(cited_desk(), size=(80, 24)) as pilot:
        app = app_of(pilot)
        await to_summary(pilot, line="first")
        await pilot.press("f3")
        await wait_until(pilot, lambda: app.main.part == "chat")
        app.main._left_at = ("another", app.main.query_one(SummaryLines))
        await pilot.press("f3")
        await wait_until(pilot, lambda: isinstance(app.focused, SuggestionCard))


@SIZES
async def test_a_flag_leads_to_its_message(size: tuple[int, int]) -> None:
    """The same way."""
    async with at_work(cited_desk(), size=size) as pilot:
        app = app_of(pilot)
        await pilot.press("f3")
        await wait_until(pilot, lambda: isinstance(app.focused, SuggestionCard))
        flag = app.main.query(FlagView).first()
        app.main.set_focus(flag)
        await pilot.press("enter")
        await wait_until(pilot, lambda: lines(pilot).found == flag.flag.message)
        await wait_until(pilot, lambda: any(text.split()[:1] == [flag.flag.message] for text in seen(pilot)))
