"""The queue and colleagues, from the console."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from console.conversation import events as e
from console.conversation import queue_commands as q
from console.conversation.message import Status
from console.conversation.queue import AtWork, Move
from console.conversation.queue_events import AsideKind, AsideWritten, LeadCalled
from console.conversation.service_levels import Targets
from console.terminal.screens.asides import AsideDialog
from console.terminal.screens.dialog import Dialog
from console.terminal.screens.parking import ParkingDialog
from console.terminal.screens.passing_on import PassingOnDialog
from console.terminal.screens.queue import QueueScreen
from console.terminal.screens.sure import SureDialog
from console.terminal.widgets.choice import Choice
from console.terminal.widgets.inbox import Inbox, InboxList
from console.terminal.widgets.row_list import RowList
from console.terminal.words import moment
from tests.terminal.fake_desk import START, FakeDesk, lead
from tests.terminal.harness import Console, app_of, at_work, notices, open_conversation, queue_text, wait_until
from tests.terminal.scenes import full_desk
from tests.terminal.test_own_work import face
from tests.terminal.test_typing import burst

SAM = AtWork("sam", "Sam Oldfield", has=2)
PRIYA = AtWork("priya", "Priya Marlow", skills=("refunds",), capacity=3, has=3, load=1.5)


def staffed(desk: FakeDesk | None = None) -> FakeDesk:
    """A full desk with two colleagues."""
    desk = full_desk(desk)
    desk.team = (AtWork("robin", "Robin Ashdale", has=1), SAM, PRIYA)
    return desk


async def shown(pilot: Console, kind: type[Dialog[object]]) -> None:
    """Wait for a dialog."""
    await wait_until(pilot, lambda: isinstance(pilot.app.screen, kind))


async def test_alt_w_says_why_this_one_is_next() -> None:
    """In passing; the conversation is on the screen."""
    desk = staffed()
    async with at_work(desk) as pilot:
        await pilot.press("alt+w")
        await wait_until(pilot, lambda: desk.state("c-iris").agent == "robin")
        await wait_until(pilot, lambda: any(notice.startswith("Next for you: waits") for notice in notices(pilot)))
        assert app_of(pilot).controller.state.current == "c-iris"


async def test_an_agent_with_too_many_is_told_what_to_do() -> None:
    """In the desk's own words."""
    desk = staffed()
    desk.full = "you have 4 of 4 conversations; close or park one first"
    async with at_work(desk) as pilot:
        await pilot.press("alt+w")
        await wait_until(pilot, lambda: desk.full in notices(pilot))
        assert desk.state("c-iris").agent == ""
        assert app_of(pilot).controller.state.current == "c-dana"


async def test_ctrl_r_passes_the_conversation_on_with_a_note() -> None:
    """Colleagues are listed with what they have; one is chosen with the arrow keys."""
    desk = staffed()
    async with at_work(desk) as pilot:
        await pilot.press("ctrl+r")
        await shown(pilot, PassingOnDialog)
        await pilot.press("ctrl+s")
        assert "Choose a colleague" in str(pilot.app.screen.query_one("#trouble").render())
        await pilot.press("space")
        pilot.app.screen.query_one("#note").focus()
        await pilot.press(*"vip", "ctrl+s")
        await wait_until(pilot, lambda: desk.state("c-dana").agent == "sam")
        assert desk.asked("transfer") == [q.Transfer("sam", note="vip")]
        assert desk.state("c-dana").notes[-1].text == "vip"


async def test_a_conversation_is_passed_on_for_a_skill() -> None:
    """Written in words."""
    desk = staffed()
    async with at_work(desk) as pilot:
        await pilot.press("ctrl+r")
        await shown(pilot, PassingOnDialog)
        pilot.app.screen.query_one("#skill").focus()
        await pilot.press(*"legal", "ctrl+s")
        await wait_until(pilot, lambda: desk.asked("transfer"))
        assert desk.asked("transfer") == [q.Transfer(skill="legal")]


async def test_a_skill_that_is_written_is_the_way_whatever_was_chosen_before() -> None:
    """Its mark says so."""
    desk = staffed()
    async with at_work(desk) as pilot:
        await pilot.press("ctrl+r")
        await shown(pilot, PassingOnDialog)
        await pilot.press("down")
        pilot.app.screen.query_one("#skill").focus()
        await pilot.press(*"legal")
        await wait_until(pilot, lambda: list(pilot.app.screen.query(Choice))[-1].value)
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: desk.asked("transfer"))
        assert desk.asked("transfer") == [q.Transfer(skill="legal")]


async def test_a_note_typed_right_behind_the_skill_stands_in_its_own_field() -> None:
    """All keys at once, as over a slow line: Ctrl+S comes last, too."""
    desk = staffed()
    async with at_work(desk) as pilot:
        await pilot.press("ctrl+r")
        await shown(pilot, PassingOnDialog)
        pilot.app.screen.query_one("#skill").focus()
        burst(pilot, *"legal", "tab", "asks for a solicitor", "ctrl+s")
        await wait_until(pilot, lambda: desk.asked("transfer"))
        assert desk.asked("transfer") == [q.Transfer(skill="legal", note="asks for a solicitor")]


@pytest.mark.parametrize(("keys", "minutes"), [(("down",), 60), (("tab", "9", "0"), 90)])
async def test_ctrl_g_parks_for_a_time(keys: tuple[str, ...], minutes: int) -> None:
    """One of those offered, or so many minutes."""
    desk = staffed()
    async with at_work(desk) as pilot:
        await pilot.press("ctrl+g")
        await shown(pilot, ParkingDialog)
        await pilot.press(*keys, "ctrl+s")
        await wait_until(pilot, lambda: desk.state("c-dana").status is Status.PARKED)
        until = desk.asked("park")[0].until  # type: ignore[attr-defined]
        assert abs(until - datetime.now(UTC) - timedelta(minutes=minutes)) < timedelta(minutes=1)
        await wait_until(pilot, lambda: any(f"until {moment(until)}" in notice for notice in notices(pilot)))
        await wait_until(pilot, lambda: f"{until.astimezone():%H:%M}" in face(pilot, "c-dana"))


async def test_each_time_to_park_until_says_what_time_that_is() -> None:
    """By this machine's clock; tomorrow is named."""
    async with at_work(staffed()) as pilot:
        await pilot.press("ctrl+g")
        await shown(pilot, ParkingDialog)
        soon, *_, tomorrow = [str(choice.label) for choice in pilot.app.screen.query(Choice)]
        assert re.fullmatch(r"15 minutes \(until .*\d\d:\d\d\)", soon)
        day = datetime.now().astimezone() + timedelta(days=1)
        assert f"{day:%a}" in tomorrow


def test_a_moment_is_told_by_the_clock_and_by_the_day_where_it_is_another_one() -> None:
    """So that nobody reckons."""
    now = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
    assert moment(now + timedelta(hours=1), now) == "11:00"
    assert moment(now + timedelta(days=1), now) == "Tue 3 Mar, 10:00"


async def test_a_wrong_time_is_said_and_nothing_is_parked() -> None:
    """Before the desk is asked."""
    desk = staffed()
    async with at_work(desk) as pilot:
        await pilot.press("ctrl+g")
        await shown(pilot, ParkingDialog)
        await pilot.press("tab", "0", "ctrl+s")
        assert "Write a number of minutes" in str(pilot.app.screen.query_one("#trouble").render())
        assert desk.asked("park") == []


async def test_a_colleague_is_asked_and_their_answer_stands_in_the_transcript() -> None:
    """As an internal note, and no message."""
    desk = staffed()
    async with at_work(desk) as pilot:
        await pilot.press("alt+5")
        await shown(pilot, AsideDialog)
        await pilot.press("space")
        pilot.app.screen.query_one("#text").focus()
        await pilot.press(*"depot?", "ctrl+s")
        await wait_until(pilot, lambda: desk.asked("say_aside"))
        assert desk.asked("say_aside") == [q.Say("depot?", "sam")]
        desk.append(
            "c-dana", AsideWritten(AsideKind.ANSWERED, "Closed on Sundays.", "sam", "Sam Oldfield"), "agent:sam"
        )
        main = app_of(pilot).main
        await wait_until(pilot, lambda: any("Sam Oldfield answers" in entry.who for entry in main._timeline()))
        assert len(desk.state("c-dana").messages) == 6


async def test_who_is_asked_sees_it_in_the_inbox_and_answers() -> None:
    """In a group of its own, with words."""
    desk = staffed()
    desk.append("c-iris", e.ConversationClaimed("sam", "Sam Oldfield"), "agent:sam")
    asked = AsideWritten(AsideKind.ASKED, "Who knows the depot?", "sam", "Sam Oldfield", "robin", "Robin Ashdale")
    desk.append("c-iris", asked, "agent:sam")
    async with at_work(desk) as pilot:
        await wait_until(pilot, lambda: "asks you" in face(pilot, "c-iris"))
        titles = [row.key for row in app_of(pilot).main.query_one(InboxList).rows]
        assert titles.index("title-Asked of you") + 1 == titles.index("c-iris")
        await open_conversation(pilot, "c-iris")
        await pilot.press("alt+5")
        await shown(pilot, AsideDialog)
        await pilot.press(*"me", "ctrl+s")
        await wait_until(pilot, lambda: "asks you" not in face(pilot, "c-iris"))


async def test_an_agent_calls_a_lead() -> None:
    """After being asked."""
    desk = staffed()
    async with at_work(desk) as pilot:
        await pilot.press("ctrl+l")
        await shown(pilot, SureDialog)
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: desk.state("c-dana").team.called == "Robin Ashdale")


async def test_a_lead_watches_whispers_and_takes_over() -> None:
    """What is called for stands in their inbox; the agent sees who watches."""
    desk = staffed(FakeDesk(agent=lead()))
    desk.append("c-dana", LeadCalled("robin", "Robin Ashdale"), "agent:robin")
    async with at_work(desk, size=(170, 40)) as pilot:
        await wait_until(pilot, lambda: "calls a lead" in face(pilot, "c-dana"))
        await pilot.press("ctrl+l")
        await wait_until(pilot, lambda: dict(desk.state("c-dana").team.watchers) == {"marta": "Marta Quill"})
        await wait_until(pilot, lambda: app_of(pilot).controller.queueing.watching)
        await pilot.press("alt+5")
        await shown(pilot, AsideDialog)
        await pilot.press(*"express", "ctrl+s")
        await wait_until(pilot, lambda: desk.state("c-dana").team.asides)
        assert desk.state("c-dana").team.asides[0].kind is AsideKind.WHISPERED
        await pilot.press("alt+c")
        await shown(pilot, SureDialog)
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: desk.state("c-dana").agent == "marta")


async def test_a_lead_assigns_who_waits_to_a_colleague() -> None:
    """The same way as passing on."""
    desk = staffed(FakeDesk(agent=lead()))
    async with at_work(desk, opened="c-iris") as pilot:
        await pilot.press("ctrl+r")
        await shown(pilot, PassingOnDialog)
        await pilot.press("down", "ctrl+s")
        await wait_until(pilot, lambda: desk.state("c-iris").agent == "sam")
        assert desk.asked("transfer") == [q.Transfer("sam", over=True)]


async def test_an_agent_who_watches_nothing_cannot_speak_up() -> None:
    """The console says what it needs."""
    desk = staffed()
    async with at_work(desk, opened="c-iris") as pilot:
        await pilot.press("alt+5")
        await wait_until(pilot, lambda: any("one that you watch" in notice for notice in notices(pilot)))
        assert pilot.app.screen is app_of(pilot).main


async def test_f10_shows_the_queue_and_a_lead_rebalances() -> None:
    """What would be moved is read first."""
    desk = staffed(FakeDesk(agent=lead()))
    desk.moves = (Move("c-dana", "Dana Kovel", "robin", SAM, "Robin Ashdale is not there"),)
    async with at_work(desk) as pilot:
        await pilot.press("f10")
        await shown(pilot, QueueScreen)

        await wait_until(pilot, lambda: "Dana Kovel to Sam Oldfield: Robin Ashdale is not there" in queue_text(pilot))
        assert "1. Iris Tam (tier 1): waits" in queue_text(pilot)
        assert "Priya Marlow: 3 of 3 · refunds · had hard chats, gets calmer ones" in queue_text(pilot)
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: desk.state("c-dana").agent == "sam")


async def test_a_waiting_customer_is_taken_out_of_the_queue() -> None:
    """It is a list to choose from; the same key closes it again."""
    desk = staffed()
    async with at_work(desk) as pilot:
        await pilot.press("f10")
        await shown(pilot, QueueScreen)
        rows = pilot.app.screen.query_one(RowList)
        await wait_until(pilot, lambda: any("Hugo Brandl" in row.face.plain for row in rows.rows))
        await pilot.press("f10")
        await wait_until(pilot, lambda: pilot.app.screen is app_of(pilot).main)
        await pilot.press("f10")
        await shown(pilot, QueueScreen)
        rows = pilot.app.screen.query_one(RowList)
        await wait_until(pilot, lambda: rows.put_cursor("c-lena"))
        await pilot.press("enter")
        await wait_until(pilot, lambda: desk.state("c-lena").agent == "robin")
        assert app_of(pilot).controller.state.current == "c-lena"


async def test_the_inbox_says_in_words_when_an_answer_is_due_soon_and_when_it_is_late(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With a sign; while there is time, only how long the customer waits."""
    desk = staffed()
    desk.targets = Targets((420.0, 600.0, 600.0), (600.0,) * 3)
    now = START
    monkeypatch.setattr(Inbox, "clock", staticmethod(lambda: now))
    async with at_work(desk) as pilot:
        since = app_of(pilot).controller.state.rows["c-iris"].waiting_since
        assert since is not None
        for seconds, words in ((60, "1 min"), (400, "◔ due in 20 s"), (600, "⚠ late 3 min")):
            now = since + timedelta(seconds=seconds)
            app_of(pilot).main.query_one(Inbox).tick()
            assert words in face(pilot, "c-iris")
