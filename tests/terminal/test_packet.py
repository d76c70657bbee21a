"""The hand-over packet: shown once by itself, before the agent's first word, and again when asked."""

from dataclasses import replace
from datetime import timedelta

import pytest

from console.conversation import events as e
from console.conversation.message import Author, Status
from console.conversation.packet import PacketFact
from console.conversation.packet_events import PacketPrepared
from console.conversation.queue_events import ConversationReturned
from console.terminal.packet_rows import message_of, packet_rows
from console.terminal.screens import deeds
from console.terminal.screens.packet import PacketLines, PacketScreen
from console.terminal.widgets.lines import Lines
from tests.terminal.fake_desk import START, FakeDesk
from tests.terminal.harness import Console, app_of, at_work, notices, said, wait_until
from tests.terminal.packet_scenes import EARLIER, WHY, handed_over, packet_for
from tests.terminal.scenes import DANA, full_desk
from tests.terminal.wrap_up_scenes import wrapped_before


async def opened(pilot: Console) -> PacketLines:
    """Return the lines of the packet, once it is on the screen."""
    app = app_of(pilot)
    await wait_until(pilot, lambda: isinstance(app.screen, PacketScreen) and app.screen.query_one(PacketLines).rows)
    return app.screen.query_one(PacketLines)


async def closed(pilot: Console) -> None:
    """Wait until the packet is gone."""
    await wait_until(pilot, lambda: app_of(pilot).screen is app_of(pilot).main, "the main screen")


def shown(lines: PacketLines) -> str:
    """Return the packet as it reads."""
    return "\n".join(" ".join(row.face.plain.split()) for row in lines.rows)


async def test_a_conversation_that_was_just_got_shows_its_packet_by_itself() -> None:
    """Why, what was tried and promised, the numbers, who it is, how they feel, and what is open."""
    async with at_work(handed_over()) as pilot:
        text = shown(await opened(pilot))
        for part in (
            "asked for a person",
            "LF-88213",
            "guaranteed by Friday",
            "verified",
            DANA.name,
            "c-old",
            "Friday",
        ):
            assert (part in text) == (part != "c-old"), part
        assert "same matter: Where are my boots?" in text


async def test_it_comes_once_and_again_when_asked() -> None:
    """Left with Esc it does not come back by itself."""
    async with at_work(handed_over()) as pilot:
        await opened(pilot)
        await pilot.press("escape")
        await closed(pilot)
        app_of(pilot).main.paint()
        await pilot.pause()
        assert app_of(pilot).screen is app_of(pilot).main
        await pilot.press("alt+6")
        await opened(pilot)
        await pilot.press("f5")
        await closed(pilot)


async def test_the_first_sentence_is_taken_like_a_suggestion() -> None:
    """And the desk hears that it was shown, and which was taken."""
    desk = handed_over()
    async with at_work(desk) as pilot:
        await opened(pilot)
        opening = desk.state("c-dana").packet.opening  # type: ignore[union-attr]
        assert opening is not None
        await pilot.press("ctrl+s")
        await closed(pilot)
        await wait_until(pilot, lambda: said(pilot) == opening.text)
        assert app_of(pilot).controller.composing.draft.suggestion == opening.id
        await wait_until(pilot, lambda: any(opening.id in body.suggestions for body in desk.asked("shown")))  # type: ignore[attr-defined]


async def test_the_key_that_takes_the_first_sentence_sends_nothing_when_it_is_pressed_again_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """And the console says what the key did, and what it does next."""
    monkeypatch.setattr(deeds, "UNREAD", 60.0)  # a slow machine takes long from one key to the next
    desk = handed_over()
    async with at_work(desk) as pilot:
        await opened(pilot)
        await pilot.press("ctrl+s", "ctrl+s")
        await closed(pilot)
        await wait_until(pilot, lambda: "Ctrl+S sends" in " ".join(notices(pilot)))
        assert not desk.asked("send")


async def test_where_there_is_no_first_sentence_the_key_says_so() -> None:
    """It does not do nothing."""
    async with at_work(handed_over(dark=True)) as pilot:
        await opened(pilot)
        await pilot.press("ctrl+s")
        frame = pilot.app.screen.query_one("#frame")
        await wait_until(pilot, lambda: "no first sentence" in str(frame.border_subtitle))
        assert "Esc" in str(frame.border_subtitle)


async def test_a_line_leads_to_its_message() -> None:
    """The transcript marks it."""
    async with at_work(handed_over()) as pilot:
        lines = await opened(pilot)
        place = next(n for n, row in enumerate(lines.rows) if "guaranteed by Friday" in row.face.plain)
        lines.highlighted = place
        await pilot.press("enter")
        await closed(pilot)
        assert app_of(pilot).main.query_one(Lines).found == "m4"


async def test_who_begins_to_write_is_done_with_reading() -> None:
    """No letter is lost."""
    async with at_work(handed_over()) as pilot:
        await opened(pilot)
        await pilot.press("H")
        await closed(pilot)
        await pilot.press("i")
        await wait_until(pilot, lambda: said(pilot) == "Hi")


async def test_a_conversation_without_a_packet_says_so() -> None:
    """Nothing opens."""
    async with at_work(full_desk()) as pilot:
        await pilot.press("alt+6")
        await pilot.pause()
        assert app_of(pilot).screen is app_of(pilot).main


async def test_it_does_not_come_over_a_draft_nor_after_the_first_word() -> None:
    """Whoever writes is not interrupted."""
    desk = full_desk()
    async with at_work(desk) as pilot:
        await pilot.press("H")
        await wait_until(pilot, lambda: said(pilot) == "H")
        given(desk)
        await wait_until(pilot, lambda: app_of(pilot).controller.conversation.packet)  # type: ignore[union-attr]
        assert app_of(pilot).screen is app_of(pilot).main
    answered = full_desk()
    answered.append("c-dana", e.MessageAdded(Author.AGENT, "Hello Dana", "Robin Ashdale"), "agent:robin")
    given(answered)
    async with at_work(answered) as pilot:
        await wait_until(pilot, lambda: app_of(pilot).controller.conversation.packet)  # type: ignore[union-attr]
        assert app_of(pilot).screen is app_of(pilot).main


async def test_it_comes_to_the_next_agent_after_one_who_vanished() -> None:
    """Whatever that one has written."""
    desk = full_desk()
    later = START + timedelta(hours=1)
    desk.append("c-dana", e.ConversationClaimed("sam", "Sam Oldfield"), "agent:sam", later)
    desk.append("c-dana", e.MessageAdded(Author.AGENT, "Hello Dana", "Sam Oldfield"), "agent:sam", later)
    desk.append("c-dana", ConversationReturned("sam", "Sam Oldfield"), "desk", later + timedelta(minutes=2))
    desk.append("c-dana", e.ConversationClaimed("robin", "Robin Ashdale"), "agent:robin", later + timedelta(minutes=3))
    given(desk)
    async with at_work(desk) as pilot:
        assert "LF-88213" in shown(await opened(pilot))


def given(desk: FakeDesk) -> None:
    """Let the packet come."""
    desk.append("c-dana", PacketPrepared(packet_for(desk, "c-dana")), "assist")


async def test_where_the_second_chair_is_silent_there_is_neither_mood_nor_summary() -> None:
    """Why, who, and their own words; no first sentence to take."""
    async with at_work(handed_over(dark=True)) as pilot:
        text = shown(await opened(pilot))
        assert "“this is ridiculous, I want a person” m6" in text
        for part in ("Mood", "Tried", "Issue", "Say first", "frustrated"):
            assert part not in text
        await pilot.press("ctrl+s")
        assert isinstance(app_of(pilot).screen, PacketScreen)


async def test_hiding_assistance_and_showing_it_again_leaves_the_packet_as_it_was() -> None:
    """Numbers, promises and what was tried."""
    async with at_work(handed_over()) as pilot:
        before = shown(await opened(pilot))
        for hidden in (True, False):
            await pilot.press("escape")
            await closed(pilot)
            await pilot.press("alt+h")
            await wait_until(pilot, lambda hidden=hidden: app_of(pilot).controller.conversation.hidden is hidden)  # type: ignore[misc, union-attr]
            await pilot.press("f5")
            text = shown(await opened(pilot))
            assert ("LF-88213 (" in text) is not hidden
        assert text == before


def test_nothing_of_it_is_cut_however_small_the_screen() -> None:
    """What has no room is further down."""
    desk = handed_over()
    state = desk.state("c-dana")
    assert state.packet is not None
    for width, height in ((74, 20), (40, 8), (150, 56)):
        rows = packet_rows(state, state.packet, width, height)
        text = " ".join(" ".join(row.face.plain for row in rows).split())
        assert "…" not in text
        for one in (*state.packet.facts, *state.packet.promised, *state.packet.tried):
            words = one.value if isinstance(one, PacketFact) else one.text
            assert words in text
        assert state.packet.opening
        assert state.packet.opening.text in text


async def test_on_a_small_screen_it_is_read_to_its_end_and_says_how_much_more_there_is() -> None:
    """By the arrows, by pages, and with a sign until the last line stands there."""
    async with at_work(handed_over(), size=(80, 24)) as pilot:
        lines = await opened(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, PacketScreen)
        below = len("\n".join(row.face.plain for row in lines.rows).splitlines()) - lines.size.height
        assert below > 0
        await wait_until(pilot, lambda: screen.further == f"▼ {below} more lines · PgDn")
        assert painted(pilot).count("more lines") == 1
        assert "need not repeat" not in painted(pilot)
        opening = screen._packet.opening
        assert opening is not None
        end = opening.text.split()[-1]
        await pilot.press("pagedown")
        await wait_until(pilot, lambda: screen.further == "▲ the end · PgUp")
        assert end in painted(pilot)
        await pilot.press("pageup")
        await wait_until(pilot, lambda: screen.further.startswith("▼"))
        await pilot.press("end")
        await wait_until(pilot, lambda: end in painted(pilot) and screen.further.startswith("▲"))


async def test_where_all_of_it_is_seen_there_is_no_sign_and_no_empty_room() -> None:
    """On a large screen the frame is as high as what stands in it."""
    async with at_work(handed_over(), size=(200, 60)) as pilot:
        lines = await opened(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, PacketScreen)
        await wait_until(pilot, lambda: lines.size.height == lines.virtual_size.height)
        assert screen.further == ""
        assert screen.query_one("#frame").size.height == lines.size.height + 1


def painted(pilot: Console) -> str:
    """Return the screen as it stands there."""
    strips = pilot.app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip) for strip in strips)


async def test_a_row_on_an_earlier_chat_opens_it() -> None:
    """With what whoever closed it noted, and what is still to do."""
    desk = handed_over()
    packet = desk.state("c-dana").packet
    assert packet is not None
    before = replace(EARLIER, conversation="c-iris", note="New pair ordered.", to_do=("ring her",))
    told = replace(packet, standing=replace(packet.standing, earlier=(before,)))
    desk.append("c-dana", PacketPrepared(told), "assist")
    async with at_work(desk) as pilot:
        lines = await opened(pilot)
        assert "New pair ordered." in shown(lines)
        row = next(row for row in lines.rows if "ring her" in row.face.plain)
        assert lines.put_cursor(row.key)
        await pilot.press("enter")
        await wait_until(pilot, lambda: app_of(pilot).controller.state.current == "c-iris")


def test_a_chat_that_was_closed_before_says_how_and_what_is_left_to_do() -> None:
    """In its own packet, and in a dark one too: it is what people wrote."""
    for dark in (False, True):
        desk = handed_over(dark=dark)
        wrapped_before(desk)
        state = desk.state("c-dana")
        assert state.packet is not None
        text = " ".join(" ".join(row.face.plain for row in packet_rows(state, state.packet, 150, 60)).split())
        assert "2026-03-02 by Robin Ashdale: replaced" in text
        assert "Boots late, new pair ordered." in text
        assert "I'll send a new pair today by express" in text


def test_every_row_leads_to_a_message_of_the_conversation_or_nowhere() -> None:
    """None leads astray."""
    desk = handed_over()
    state = desk.state("c-dana")
    assert state.packet is not None
    for row in packet_rows(state, state.packet, 100, 60):
        named = message_of(row.key).partition(",")[0]
        assert not named or state.message(named)


async def test_why_it_is_next_stands_at_the_foot_of_the_packet_and_covers_nothing() -> None:
    """What Alt+W says would else lie over the buttons."""
    desk = handed_over()
    desk.append("c-dana", e.ConversationReleased(parked=False))
    for row in (await desk.inbox()).rows:
        if row.id != "c-dana" and row.status is Status.WAITING:
            desk.append(row.id, e.ConversationClosed("other", resolved=True))
    async with at_work(desk, opened="") as pilot:
        await pilot.press("alt+w")
        await opened(pilot)
        foot = app_of(pilot).screen.query_one("#frame")
        await wait_until(pilot, lambda: str(foot.border_subtitle).startswith("Next for you: "))
        assert notices(pilot) == []


def test_a_reason_stands_once() -> None:
    """The reason of a hand-over is its triggers' words."""
    desk = handed_over()
    packet = replace(packet_for(desk, "c-dana"), reason="; ".join(trigger.reason for trigger in WHY))
    rows = [row.face.plain for row in packet_rows(desk.state("c-dana"), packet, 300, 60)]
    assert sum("asked for a person:" in row for row in rows) == 1
