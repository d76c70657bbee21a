"""Lines of the summary are put right, by key, by mouse and by name."""

import pytest
from textual.widgets import Button

from console.conversation import assist_events as a
from console.conversation import commands as c
from console.conversation import events as e
from console.conversation.assistance import SummaryKind, SummaryLine
from console.terminal.screens.correction import MOST, CorrectionDialog, LineArea
from console.terminal.widgets.summary_panel import SummaryLines
from tests.terminal.fake_desk import FakeDesk, lead
from tests.terminal.harness import Console, app_of, at_work, notices, wait_until
from tests.terminal.scenes import SUMMARY, full_desk


async def asked(pilot: Console) -> LineArea:
    """Return the line to write in, once the dialog asks."""
    app = app_of(pilot)
    await wait_until(pilot, lambda: isinstance(app.screen, CorrectionDialog) and app.screen.query("#line"), "a dialog")
    return app.screen.query_one("#line", LineArea)


async def to_summary(pilot: Console) -> SummaryLines:
    """Go to the summary's first line."""
    lines = app_of(pilot).main.query_one(SummaryLines)
    lines.focus()
    await wait_until(pilot, lambda: lines.highlighted == 0)
    return lines


async def answered(pilot: Console) -> None:
    """Wait until the dialog is gone."""
    await wait_until(pilot, lambda: app_of(pilot).screen is app_of(pilot).main, "the main screen")


def shown(pilot: Console) -> list[str]:
    """Return the summary as it reads."""
    return [" ".join(row.face.plain.split()) for row in app_of(pilot).main.query_one(SummaryLines).rows]


async def correct(pilot: Console, text: str) -> None:
    """Give the line under the cursor this text."""
    await pilot.press("e")
    (await asked(pilot)).text = text
    await pilot.press("enter")
    await answered(pilot)


async def test_a_line_is_changed_in_place() -> None:
    """Its own words stand ready to be changed; afterwards it says whose they are."""
    desk = full_desk()
    async with at_work(desk) as pilot:
        await to_summary(pilot)
        await pilot.press("e")
        line = await asked(pilot)
        assert line.text == SUMMARY[0].text
        await pilot.press(*" at last", "enter")
        await answered(pilot)
        wanted = c.CorrectSummary(SUMMARY[0].kind, SUMMARY[0].sources, SUMMARY[0].text, f"{SUMMARY[0].text} at last")
        assert desk.asked("correct_summary") == [wanted]
        await wait_until(pilot, lambda: "at last ✎ by you" in shown(pilot)[0])


async def test_esc_changes_nothing() -> None:
    """Nor does saving what stood there."""
    desk = full_desk()
    async with at_work(desk) as pilot:
        await to_summary(pilot)
        await pilot.press("e")
        await asked(pilot)
        await pilot.press("x", "escape")
        await answered(pilot)
        await pilot.press("e")
        await asked(pilot)
        await pilot.press("enter")
        await answered(pilot)
        assert desk.asked("correct_summary") == []


async def test_an_emptied_line_is_gone_and_comes_back() -> None:
    """What was removed is counted below the summary, and Enter there brings the newest back."""
    desk = full_desk()
    async with at_work(desk) as pilot:
        lines = await to_summary(pilot)
        await correct(pilot, "")
        await wait_until(pilot, lambda: "removed by you" in shown(pilot)[-1])
        assert not any(SUMMARY[0].text in row for row in shown(pilot))
        assert any("brings it back" in notice for notice in notices(pilot))
        lines.focus()
        await pilot.press("end", "enter")
        assert (await asked(pilot)).text == SUMMARY[0].text
        await pilot.press("enter")
        await answered(pilot)
        await wait_until(pilot, lambda: SUMMARY[0].text in shown(pilot)[0])
        assert desk.state("c-dana").corrections == ()


async def test_the_second_chairs_own_words_are_a_button_away() -> None:
    """On a line that was corrected."""
    desk = full_desk()
    async with at_work(desk) as pilot:
        await to_summary(pilot)
        await correct(pilot, "all wrong")
        await wait_until(pilot, lambda: "all wrong ✎ by you" in shown(pilot)[0])
        await pilot.press("e")
        await asked(pilot)
        app_of(pilot).screen.query_one("#restore", Button).press()
        await answered(pilot)
        await wait_until(pilot, lambda: SUMMARY[0].text in shown(pilot)[0])
        assert "✎ by" not in shown(pilot)[0]


async def test_the_pen_beside_the_line_under_the_cursor_can_be_clicked() -> None:
    """And the line itself still leads to its message."""
    async with at_work(full_desk(), size=(200, 60)) as pilot:
        lines = await to_summary(pilot)
        await wait_until(pilot, lambda: "✎" in shown(pilot)[0])
        await pilot.click(lines, offset=(lines.rows[0].face.plain.index("✎"), 0))
        assert (await asked(pilot)).text == SUMMARY[0].text


@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
async def test_a_correction_has_a_name_and_a_key_that_work_everywhere(size: tuple[int, int]) -> None:
    """Without a focused line the agent chooses one; where there is none, that is said."""
    desk = full_desk()
    async with at_work(desk, size=size) as pilot:
        lines = app_of(pilot).main.query_one(SummaryLines)
        await pilot.press("alt+t")
        await wait_until(pilot, lambda: app_of(pilot).focused is lines)
        assert any("Which line?" in notice for notice in notices(pilot))
        await wait_until(pilot, lambda: lines.highlighted == 0)
        await pilot.press("down", "down", "alt+t")
        assert (await asked(pilot)).text == SUMMARY[2].text
        await pilot.press("escape")
        await answered(pilot)
        await app_of(pilot).controller.open("c-lena")
        await pilot.press("alt+t")
        await wait_until(pilot, lambda: any("no summary" in notice for notice in notices(pilot)))


async def test_the_only_line_needs_no_choice() -> None:
    """It is meant."""
    desk = full_desk()
    desk.append("c-dana", a.SummaryUpdated("m6", SUMMARY[:1]), "assist")
    async with at_work(desk) as pilot:
        await pilot.press("alt+t")
        assert (await asked(pilot)).text == SUMMARY[0].text


@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
async def test_a_long_line_is_seen_whole_while_it_is_written(size: tuple[int, int]) -> None:
    """On several rows; Enter still saves one line, and one that is too long is not cut in silence."""
    desk = full_desk()
    long = "the boots went to Kettlewick and " * 6
    async with at_work(desk, size=size) as pilot:
        await to_summary(pilot)
        await pilot.press("e")
        line = await asked(pilot)
        line.text = long + "back\nagain"
        await wait_until(pilot, lambda: line.size.height >= 3)
        assert line.max_scroll_y == 0
        await pilot.press("enter")
        await answered(pilot)
        await wait_until(pilot, lambda: desk.asked("correct_summary"))
        (made,) = desk.asked("correct_summary")
        assert made.text == f"{long}back again"  # type: ignore[attr-defined]
        await to_summary(pilot)
        await pilot.press("e")
        (await asked(pilot)).text = "x" * (MOST + 1)
        await pilot.press("enter")
        await wait_until(pilot, lambda: pilot.app.screen.query_one("#trouble").display)


async def test_a_lead_reads_whose_correction_it_is_and_may_correct_too() -> None:
    """Of a conversation that an agent has."""
    desk = full_desk(FakeDesk(agent=lead()))
    desk.append("c-dana", a.SummaryCorrected(SUMMARY[0].kind, SUMMARY[0].sources, SUMMARY[0].text, "lost", "Robin A"))
    async with at_work(desk) as pilot:
        await to_summary(pilot)
        assert "lost ✎ by Robin A" in shown(pilot)[0]
        await correct(pilot, "delayed")
        await wait_until(pilot, lambda: "delayed ✎ by you" in shown(pilot)[0])


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (e.ConversationReleased(parked=False), "claim the conversation first"),
        (e.ConversationClosed("done", resolved=True), "closed"),
    ],
)
async def test_only_who_has_the_open_conversation_corrects(data: e.EventData, why: str) -> None:
    """The others are told what to do."""
    desk = full_desk()
    async with at_work(desk) as pilot:
        await to_summary(pilot)
        desk.append("c-dana", data, "agent:robin")
        await wait_until(pilot, lambda: not app_of(pilot).controller.mine or "closed" in why)
        await wait_until(pilot, lambda: desk.state("c-dana").seq == app_of(pilot).controller.conversation.seq)  # type: ignore[union-attr]
        await pilot.press("e")
        await wait_until(pilot, lambda: any(why in notice for notice in notices(pilot)))
        assert not isinstance(app_of(pilot).screen, CorrectionDialog)


async def test_words_of_a_correction_are_shown_as_they_are() -> None:
    """Markup in them is text."""
    desk = full_desk()
    data = a.SummaryCorrected(SummaryKind.ISSUE, SUMMARY[0].sources, SUMMARY[0].text, "[red]late[/]", "[b]x[/b]")
    desk.append("c-dana", data)
    async with at_work(desk) as pilot:
        await to_summary(pilot)
        assert "[red]late[/] ✎ by [b]x[/b]" in shown(pilot)[0]
        assert SummaryLine(SummaryKind.ISSUE, "[red]late[/]", SUMMARY[0].sources, "[b]x[/b]", SUMMARY[0].text) in (
            desk.state("c-dana").summary
        )
