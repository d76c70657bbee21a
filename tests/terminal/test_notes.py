"""What is written for colleagues: internal notes, and the words that go with a conversation given back."""

from console.conversation import commands as c
from console.conversation.message import Status
from console.terminal.screens.giving_back import GivingBackDialog
from console.terminal.screens.note import NoteDialog
from tests.terminal.harness import app_of, at_work, notices, wait_until
from tests.terminal.scenes import full_desk


async def test_a_note_that_was_begun_is_there_again() -> None:
    """Esc leaves it as it stands, for its own conversation; written, it is gone."""
    desk = full_desk()
    async with at_work(desk) as pilot:
        app = app_of(pilot)

        async def open_note() -> str:
            await pilot.press("alt+n")
            await wait_until(pilot, lambda: isinstance(app.screen, NoteDialog) and app.screen.query("#text"))
            return app.screen.query_one("#text").text  # type: ignore[attr-defined, no-any-return]

        await open_note()
        await pilot.press(*"she is a vip", "escape")
        await wait_until(pilot, lambda: app.screen is app.main)
        await pilot.press("alt+w")
        await wait_until(pilot, lambda: app.controller.state.current == "c-iris" and app.controller.mine)
        assert await open_note() == ""
        await pilot.press("escape")
        await wait_until(pilot, lambda: app.screen is app.main)
        await app.controller.open("c-dana")
        assert await open_note() == "she is a vip"
        await pilot.press(*", really", "ctrl+s")
        await wait_until(pilot, lambda: desk.state("c-dana").notes)
        assert [note.text for note in desk.state("c-dana").notes] == ["she is a vip, really"]
        assert await open_note() == ""


async def test_a_note_that_the_desk_did_not_get_is_there_again() -> None:
    """Nothing is written twice."""
    desk = full_desk()
    async with at_work(desk) as pilot:
        app = app_of(pilot)
        await pilot.press("alt+n", *"vip")
        desk.down = True
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: any("not reachable" in notice for notice in notices(pilot)))
        assert app.controller.notes == {"c-dana": "vip"}


async def test_giving_back_asks_first() -> None:
    """Esc changes nothing: Alt+Q is near the key that quits."""
    desk = full_desk()
    async with at_work(desk) as pilot:
        app = app_of(pilot)
        await pilot.press("alt+q")
        await wait_until(pilot, lambda: isinstance(app.screen, GivingBackDialog))
        await pilot.press(*"no", "escape")
        await wait_until(pilot, lambda: app.screen is app.main)
        assert desk.asked("release") == []
        assert desk.state("c-dana").agent == "robin"


async def test_the_next_colleague_reads_what_they_should_know() -> None:
    """It stands in the transcript as a note, and in the log as the reason."""
    desk = full_desk()
    async with at_work(desk) as pilot:
        await pilot.press("alt+q")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, GivingBackDialog))
        await pilot.press(*"speaks Welsh", "ctrl+s")
        await wait_until(pilot, lambda: desk.state("c-dana").status is Status.WAITING)
        assert [note.text for note in desk.state("c-dana").notes] == ["speaks Welsh"]
        assert desk.asked("release") == [c.Release(parked=False, reason="speaks Welsh")]


async def test_words_for_the_next_colleague_that_the_desk_did_not_get_are_kept_as_a_note() -> None:
    """Below the note that was begun before; the conversation stays where it is."""
    desk = full_desk()
    async with at_work(desk) as pilot:
        app = app_of(pilot)
        app.controller.notes["c-dana"] = "vip"
        await pilot.press("alt+q")
        await wait_until(pilot, lambda: isinstance(app.screen, GivingBackDialog))
        await pilot.press(*"speaks Welsh")
        desk.down = True
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: any("not reachable" in notice for notice in notices(pilot)))
        assert app.controller.notes == {"c-dana": "vip\nspeaks Welsh"}
        assert desk.asked("release") == []
