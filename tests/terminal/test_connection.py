"""The server goes and comes back."""

import pytest

from console.conversation import events as e
from console.conversation.commands import SetPresence
from console.conversation.people import Presence
from console.conversation.presence_events import PresenceChanged
from console.terminal import link
from console.terminal.connection import Connection, Link
from console.terminal.connection_pause import LONGEST, pause
from console.terminal.screens.leaving import LeavingDialog
from console.terminal.widgets.banner import Banner
from tests.terminal.fake_desk import FakeDesk
from tests.terminal.harness import app_of, at_work, console, live, notices, said, wait_until
from tests.terminal.scenes import full_desk


@pytest.fixture(autouse=True)
def _short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(link, "pause", lambda failures: 0.2)


def test_pauses_double_and_are_bounded() -> None:
    """Jitter takes at most half away, and nothing waits for ever."""
    assert pause(0) == 0
    assert pause(1, chance=1.0) * 2 == pause(2, chance=1.0)
    assert pause(50, chance=1.0) == LONGEST
    assert pause(3, chance=0.0) == pause(3, chance=1.0) / 2


def test_the_connection_is_told_in_words() -> None:
    """Every state has its words."""
    assert Connection(Link.LIVE, "", 21.4).words == "live · 21 ms"
    assert Connection(Link.RECONNECTING, "x", 0, 3).words == "reconnecting in 3 s"


async def test_the_console_paints_before_the_desk_is_reached() -> None:
    """The screen stands while connecting, and says so."""
    desk = full_desk()
    desk.down = True
    async with console(desk).run_test(size=(80, 24)) as pilot:
        app = app_of(pilot)  # type: ignore[arg-type]
        await wait_until(pilot, lambda: app.controller.connection.link is Link.RECONNECTING)  # type: ignore[arg-type]
        assert app.main.query_one("#draft").is_mounted
        desk.mend()
        await live(pilot)  # type: ignore[arg-type]
        assert app.controller.state.rows.keys() >= {"c-dana", "c-iris"}


async def test_a_lost_server_is_announced_and_typing_goes_on() -> None:
    """The banner shows, letters arrive, nothing is sent silently."""
    desk = full_desk()
    async with at_work(desk) as pilot:
        banner = app_of(pilot).main.query_one(Banner)
        desk.cut()
        await wait_until(pilot, lambda: banner.display)
        assert "not reachable" in banner.words
        await pilot.press(*"still here", "ctrl+s")
        await wait_until(pilot, lambda: any("nothing was sent" in notice for notice in notices(pilot)))
        assert said(pilot) == "still here"
        assert len(desk.state("c-dana").messages) == 6


async def test_after_a_loss_everything_is_in_sync() -> None:
    """What happened meanwhile arrives once, and the draft is saved."""
    desk = full_desk()
    async with at_work(desk) as pilot:
        app = app_of(pilot)
        await pilot.press(*"kept")
        desk.cut()
        await wait_until(pilot, lambda: not app.controller.connection.live)
        desk.append("c-dana", e.NoteAdded("meanwhile", "Priya"), "agent:priya")
        desk.customer_writes("c-dana", "anyone?")
        desk.mend()
        await wait_until(pilot, lambda: app.controller.state.seq == len(desk.log))
        conversation = app.controller.conversation
        assert conversation is not None
        assert [note.text for note in conversation.notes] == ["meanwhile"]
        assert [m.text for m in conversation.messages].count("anyone?") == 1
        await wait_until(pilot, lambda: desk.unsent.get("c-dana") == "kept")


async def test_a_server_with_another_log_is_read_afresh() -> None:
    """A log that begins again cannot be resumed: all is fetched, the draft stays."""
    desk = full_desk()
    async with at_work(desk) as pilot:
        app = app_of(pilot)
        await pilot.press(*"kept")
        desk.cut()
        await wait_until(pilot, lambda: not app.controller.connection.live)
        fresh = full_desk(FakeDesk())
        desk.log[:] = fresh.log[:-4]
        desk.mend()
        await wait_until(pilot, lambda: app.controller.connection.live and app.controller.conversation)
        await wait_until(pilot, lambda: app.controller.state.seq == len(desk.log))
        assert said(pilot) == "kept"


async def test_an_agent_who_was_offline_comes_online_with_the_console() -> None:
    """Opening the console is coming to work; a break is left as it is."""
    desk = full_desk()
    desk.append("", PresenceChanged("robin", "Robin Ashdale", Presence.OFFLINE), "agent:robin")
    async with at_work(desk, opened=""):
        assert desk.asked("presence") == [SetPresence(Presence.ONLINE)]
    resting = full_desk()
    resting.append("", PresenceChanged("robin", "Robin Ashdale", Presence.BREAK), "agent:robin")
    async with at_work(resting, opened=""):
        assert resting.asked("presence") == []


async def test_quitting_saves_the_draft_first() -> None:
    """The text is with the desk before the console is gone."""
    desk = full_desk()
    async with at_work(desk) as pilot:
        await pilot.press(*"for later")
        await pilot.press("ctrl+q")
        await wait_until(pilot, lambda: app_of(pilot).return_code is not None, "the end")
        assert desk.unsent.get("c-dana") == "for later"


async def test_quitting_without_a_server_asks_before_text_is_lost() -> None:
    """Staying is one key away."""
    desk = full_desk()
    async with at_work(desk) as pilot:
        desk.cut()
        await pilot.press(*"unsaved", "ctrl+q")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, LeavingDialog))
        await pilot.press("escape")
        await wait_until(pilot, lambda: pilot.app.screen is app_of(pilot).main)
        assert said(pilot) == "unsaved"


async def test_a_draft_comes_back_after_a_restart_of_the_console() -> None:
    """What the desk kept stands in the composer."""
    desk = full_desk()
    desk.unsent["c-dana"] = "from yesterday"
    async with at_work(desk) as pilot:
        await wait_until(pilot, lambda: said(pilot) == "from yesterday")


async def test_a_draft_is_saved_when_the_typing_pauses() -> None:
    """No key is needed for it."""
    desk = full_desk()
    async with at_work(desk) as pilot:
        await pilot.press(*"abc")
        await wait_until(pilot, lambda: desk.unsent.get("c-dana") == "abc")
