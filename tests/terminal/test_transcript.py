"""The transcript: a window over a long conversation."""

from datetime import datetime

import pytest

from console.conversation import events as e
from console.conversation.message import Author
from console.conversation.people import Customer
from console.terminal.timeline import Entry, EntryKind, timeline
from console.terminal.widgets.conversation_header import ConversationHeader
from console.terminal.widgets.entry_face import entry_lines
from console.terminal.widgets.lines import MOST, Lines
from console.terminal.widgets.summary_panel import SummaryLines
from console.terminal.widgets.transcript import Transcript
from tests.terminal.fake_desk import FakeDesk, lead
from tests.terminal.harness import Console, app_of, at_work, wait_until
from tests.terminal.scenes import full_desk, open_dana


def long_desk(messages: int = 400) -> FakeDesk:
    """A desk whose Dana has written a lot."""
    desk = FakeDesk()
    open_dana(desk)
    for number in range(messages):
        role = Author.CUSTOMER if number % 3 else Author.AGENT
        desk.append("c-dana", e.MessageAdded(role, f"message number {number}", "Robin Ashdale"))
    return desk


def keys(pilot: Console) -> list[str]:
    """The entries that are laid out."""
    return app_of(pilot).main.query_one(Lines).window


def foot(pilot: Console) -> str:
    """What is said below the transcript."""
    return str(app_of(pilot).main.query_one("#foot").render())


@pytest.mark.parametrize("leads", [True, False])
async def test_who_has_no_chat_open_is_told_where_to_begin(*, leads: bool) -> None:
    """A lead of the review, too."""
    desk = FakeDesk(agent=lead()) if leads else FakeDesk()
    async with at_work(desk, opened="", size=(80, 24)) as pilot:
        lines = app_of(pilot).main.query_one(Lines)
        await wait_until(pilot, lambda: "Alt+W" in lines.hint.plain and ("Alt+/" in lines.hint.plain) == leads)


def test_the_hand_over_and_notes_stand_where_they_happened() -> None:
    """After the messages they followed."""
    desk = full_desk()
    desk.append("c-dana", e.NoteAdded("vip", "Robin"), "agent:robin")
    desk.customer_writes("c-dana", "hello?")
    kinds = [entry.kind for entry in timeline(desk.state("c-dana"))]
    assert kinds[-4:] == [EntryKind.CUSTOMER, EntryKind.NOTE, EntryKind.MARK, EntryKind.CUSTOMER] or kinds[-4:] == [
        EntryKind.CUSTOMER,
        EntryKind.MARK,
        EntryKind.NOTE,
        EntryKind.CUSTOMER,
    ]


@pytest.mark.parametrize("width", [40, 60, 76])
def test_a_long_hand_over_ends_with_its_time(width: int) -> None:
    """The time never stands in the middle of the words, and no line is wider than the room."""
    at = datetime.fromisoformat("2026-03-02T10:01:00+00:00")
    words = "Handed over to people: asked for a person after three failed turns, and would not be put off again"
    lines = [line.plain for line in entry_lines(Entry("handover", EntryKind.MARK, words, at=at), width)]
    assert len(lines) > 1
    assert [line.endswith(" · 10:01 ──") for line in lines] == [False] * (len(lines) - 1) + [True]
    assert " ".join(line.strip("─ ") for line in lines) == f"{words} · 10:01"
    assert max(map(len, lines)) <= width


async def test_only_a_window_of_a_long_conversation_is_mounted() -> None:
    """The newest message is there, and not all of them."""
    async with at_work(long_desk()) as pilot:
        await wait_until(pilot, lambda: "m406" in keys(pilot))
        assert len(keys(pilot)) <= MOST


async def test_scrolling_up_pages_to_the_beginning() -> None:
    """The first message can be reached, and the window stays small."""
    async with at_work(long_desk(120)) as pilot:
        lines = app_of(pilot).main.query_one(Lines)
        await wait_until(pilot, lambda: "m126" in keys(pilot))
        for _ in range(60):
            if "m1" in keys(pilot):
                break
            lines.scroll_page_up(animate=False)
            await pilot.pause()
        await wait_until(pilot, lambda: "m1" in keys(pilot))
        assert len(keys(pilot)) <= MOST


async def test_home_and_end_go_to_the_ends() -> None:
    """Whatever the window held."""
    async with at_work(long_desk()) as pilot:
        app_of(pilot).main.query_one(Lines).focus()
        await pilot.press("home")
        await wait_until(pilot, lambda: "m1" in keys(pilot))
        await pilot.press("end")
        await wait_until(pilot, lambda: "m406" in keys(pilot))
        await wait_until(pilot, lambda: app_of(pilot).main.query_one(Transcript).at_newest)


async def test_reading_above_is_not_disturbed_by_a_new_message() -> None:
    """The position stays; the foot counts what is new below."""
    desk = long_desk()
    async with at_work(desk) as pilot:
        main = app_of(pilot).main
        lines = main.query_one(Lines)
        await wait_until(pilot, lambda: "m406" in keys(pilot))
        lines.scroll_page_up(animate=False)
        await pilot.pause()
        before = lines.scroll_y
        desk.customer_writes("c-dana", "are you there?")
        await wait_until(pilot, lambda: "1 new message below" in str(main.query_one("#foot").render()))
        assert lines.scroll_y == before
        await pilot.press("alt+g")
        await wait_until(pilot, lambda: main.query_one(Transcript).at_newest)


async def test_what_staff_write_is_not_new_below() -> None:
    """One's own notes and messages wait for nobody; what the customer writes after them does."""
    desk = long_desk()
    async with at_work(desk) as pilot:
        main = app_of(pilot).main
        lines = main.query_one(Lines)
        await wait_until(pilot, lambda: "m406" in keys(pilot))
        lines.scroll_page_up(animate=False)
        await pilot.pause()
        desk.append("c-dana", e.NoteAdded("vip", "Robin"), "agent:robin")
        desk.append("c-dana", e.MessageAdded(Author.AGENT, "one moment", "Robin Ashdale"), "agent:robin")
        await wait_until(pilot, lambda: "m407" in keys(pilot))
        assert "below" not in foot(pilot)
        desk.customer_writes("c-dana", "are you there?")
        await wait_until(pilot, lambda: "1 new message below" in foot(pilot))


async def test_what_has_come_into_view_is_new_no_more() -> None:
    """Also before the very end is reached."""
    desk = long_desk()
    async with at_work(desk) as pilot:
        lines = app_of(pilot).main.query_one(Lines)
        await wait_until(pilot, lambda: "m406" in keys(pilot))
        lines.scroll_page_up(animate=False)
        await pilot.pause()
        for number in range(3):
            desk.customer_writes("c-dana", "\n".join([f"line {number}"] * 5))
        await wait_until(pilot, lambda: "3 new messages below" in foot(pilot))
        lines.scroll_to(y=lines.max_scroll_y - 6, animate=False)
        await wait_until(pilot, lambda: "1 new message below" in foot(pilot))


async def test_nothing_is_below_where_all_is_on_the_screen() -> None:
    """A line of the summary was followed on a large screen, and then a note and an answer came."""
    desk = full_desk()
    async with at_work(desk, size=(200, 60)) as pilot:
        main = app_of(pilot).main
        await wait_until(pilot, lambda: "m6" in keys(pilot))
        main.query_one(Transcript).jump_to("m2")
        desk.append("c-dana", e.NoteAdded("vip", "Robin"), "agent:robin")
        for number in range(3):
            desk.customer_writes("c-dana", f"line {number}")
        await wait_until(pilot, lambda: "m9" in keys(pilot))
        assert "below" not in foot(pilot)


async def test_a_new_message_is_in_view_when_reading_the_newest() -> None:
    """The transcript follows."""
    desk = long_desk()
    async with at_work(desk) as pilot:
        await wait_until(pilot, lambda: "m406" in keys(pilot))
        desk.customer_writes("c-dana", "are you there?")
        await wait_until(pilot, lambda: "m407" in keys(pilot))
        await wait_until(pilot, lambda: app_of(pilot).main.query_one(Transcript).at_newest)


async def test_a_summary_line_leads_to_its_message() -> None:
    """Enter on the line marks the message, even when its page was not mounted."""
    async with at_work(long_desk()) as pilot:
        app = app_of(pilot)
        await wait_until(pilot, lambda: "m406" in keys(pilot))
        app.main.query_one(SummaryLines).focus()
        await pilot.press("home", "enter")
        await wait_until(pilot, lambda: app.main.query_one(Lines).found)
        assert app.main.query_one(Lines).found == "m1"
        assert "m1" in keys(pilot)


async def test_a_megabyte_and_marks_are_shown_harmless() -> None:
    """Markup is text, and a wall of it does not stop the console."""
    desk = full_desk()
    async with at_work(desk) as pilot:
        desk.customer_writes("c-dana", "[@click=app.quit]free money[/] [/x] [bold" + "x" * 20_000)
        await wait_until(pilot, lambda: "m7" in keys(pilot))
        lines = app_of(pilot).main.query_one(Lines)
        lines.jump_to(len(lines.window) - 1)
        text = "".join(lines.render_line(y).text for y in range(lines.size.height))
        assert "[@click=app.quit]free money[/] [/x]" in " ".join(text.split())


async def test_what_comes_while_another_part_is_in_front_is_laid_out_at_full_width() -> None:
    """At 80 columns the assist panels hide the chat; a message that arrives then reads as any other afterwards."""
    desk = full_desk()
    async with at_work(desk, size=(80, 24)) as pilot:
        await pilot.press("f3")
        await pilot.pause()
        text = "useful thing anyone has said to me today, and it took a person to say it"
        desk.customer_writes("c-dana", text)
        await wait_until(pilot, lambda: app_of(pilot).controller.state.seq == len(desk.log))
        await pilot.press("f3")
        lines = app_of(pilot).main.query_one(Lines)
        await wait_until(pilot, lambda: lines.size.width > 0)
        laid = [line.plain for _, line in lines._laid if "useful thing anyone has said" in line.plain]
        assert laid, [line.plain for _, line in lines._laid][-12:]


async def test_the_first_message_takes_the_place_of_the_words_that_there_is_none() -> None:
    """As where a bot's conversation is watched from its beginning; and it is taken over by mouse, too."""
    desk = FakeDesk()
    desk.append("c-new", e.ConversationOpened("web", Customer("u", "Greta Halloran")), "customer:u")
    async with at_work(desk, opened="c-new") as pilot:
        lines = app_of(pilot).main.query_one(Lines)
        await wait_until(pilot, lambda: "Nothing was written yet" in seen(lines))
        desk.append("c-new", e.MessageAdded(Author.CUSTOMER, "a pole broke"), "customer:u")
        await wait_until(pilot, lambda: "a pole broke" in seen(lines))
        assert "Nothing was written yet" not in seen(lines)
        header = app_of(pilot).main.query_one(ConversationHeader)
        place = header.render().plain.split("\n")[1].index("Claim")
        await pilot.click(ConversationHeader, offset=(header.content_region.x - header.region.x + place + 1, 1))
        await wait_until(pilot, lambda: desk.state("c-new").agent)


def seen(lines: Lines) -> str:
    """What the transcript shows."""
    return "\n".join(lines.render_line(y).text for y in range(lines.size.height))
