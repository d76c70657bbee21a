"""What is laid out by hand fits the room that is left of it beside its scrollbar."""

from dataclasses import replace

import pytest
from textual.containers import VerticalScroll
from textual.widget import Widget

from console.conversation import assist_events as a
from console.conversation.assistance import Flag, Severity
from console.terminal.screens.search import SearchScreen
from console.terminal.screens.source import SourceScreen
from console.terminal.widgets.flags_panel import FlagView
from console.terminal.widgets.inbox import InboxList
from console.terminal.widgets.knowledge_panel import HitList
from console.terminal.widgets.row_list import RowList
from console.terminal.widgets.summary_panel import SummaryLines
from tests.terminal.fake_desk import FakeDesk
from tests.terminal.harness import app_of, at_work, wait_until
from tests.terminal.scenes import HITS, SUMMARY, full_desk, open_simple

SIZES = [(80, 24), (120, 40), (200, 60)]


def crowded() -> FakeDesk:
    """A desk with more of everything than any screen has lines for."""
    desk = full_desk()
    for number in range(30):
        open_simple(desk, f"c-{number}", f"Visitor {number}", "Where is my tent?", minute=9)
    flags = [
        Flag(f"f-{n}", "refunds", Severity.WARN, "m6", "", "Say that it is due, never that it is sure.", "promise")
        for n in range(12)
    ]
    desk.append("c-dana", a.FlagsRaised("m6", tuple(flags)), "assist")
    desk.append("c-dana", a.SummaryUpdated("m6", SUMMARY * 4), "assist")
    desk.append("c-dana", a.KnowledgeFound("m6", HITS * 5), "assist")
    desk.found = replace(desk.found, hits=HITS * 8)
    return desk


def overflows(rows: RowList) -> list[str]:
    """The lines that are wider than the list has room for."""
    lines = [line for row in rows.rows for line in row.face.split("\n")]
    return [line.plain for line in lines if line.cell_length > rows.scrollable_content_region.width]


def scrolls(widget: Widget) -> bool:
    """Whether it has a scrollbar and is in view."""
    return widget.size.width > 0 and widget.show_vertical_scrollbar


@pytest.mark.parametrize("size", SIZES)
async def test_no_line_of_a_panel_reaches_under_its_scrollbar(size: tuple[int, int]) -> None:
    """In the inbox, the summary, the knowledge and the flags, also after the screen changed its size."""
    async with at_work(crowded(), size=size) as pilot:
        main = app_of(pilot).main
        for width, height in (size, (size[0] + 7, size[1]), size):
            await pilot.resize_terminal(width, height)
            for part, kinds in (("inbox", [InboxList]), ("assist", [SummaryLines, HitList])):
                main.show_part(part)
                for kind in kinds:
                    rows = main.query_one(kind)
                    if main.has_class("-medium") and part == "inbox":
                        await wait_until(pilot, lambda: main.has_class("-show-inbox"))
                    await wait_until(pilot, lambda rows=rows: scrolls(rows), f"a scrollbar of {kind.__name__}")
                    assert overflows(rows) == []
            box = main.query_one("#flags", VerticalScroll)
            await wait_until(pilot, lambda: scrolls(box), "a scrollbar of the flags")  # noqa: B023 - used at once
            for flag in box.query(FlagView):
                assert max(map(len, flag.render().plain.split("\n"))) <= box.scrollable_content_region.width


@pytest.mark.parametrize("size", SIZES)
async def test_no_line_of_the_look_up_reaches_under_its_scrollbar(size: tuple[int, int]) -> None:
    """The list is empty at first and then longer than the screen."""
    async with at_work(crowded(), size=size) as pilot:
        await pilot.press("alt+k", *"lost")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, SearchScreen))
        rows = pilot.app.screen.query_one(HitList)
        await wait_until(pilot, lambda: scrolls(rows), "a scrollbar")
        assert overflows(rows) == []


@pytest.mark.parametrize("size", SIZES[:2])
async def test_a_source_is_as_wide_with_its_scrollbar_as_without(size: tuple[int, int]) -> None:
    """Its text is wrapped once, for the room beside it."""
    async with at_work(crowded(), size=size) as pilot:
        await pilot.press("alt+s")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, SourceScreen))
        page = pilot.app.screen.query_one("#page")
        before = page.scrollable_content_region.width
        await wait_until(pilot, lambda: scrolls(page), "a scrollbar")
        assert page.scrollable_content_region.width == before == page.query_one("#text").size.width
