"""A customer is erased while consoles show them: nothing of it stays on the screen or behind it."""

import pickle

from console.conversation.erasure_events import ConversationsErased, EventsExpired
from console.conversation.events import WORKSPACE
from console.terminal.forgetting import WORDS
from console.terminal.screens.note import NoteDialog
from tests.terminal.harness import app_of, at_work, notices, wait_until
from tests.terminal.scenes import full_desk


async def test_what_was_erased_is_gone_from_the_screen_and_from_behind_it() -> None:
    """The conversation, its draft, a note that was begun, and the dialog over it."""
    desk = full_desk()
    async with at_work(desk) as pilot:
        app = app_of(pilot)
        await pilot.press(*"Dear Dana", "alt+n")
        await wait_until(pilot, lambda: isinstance(app.screen, NoteDialog))
        await pilot.press(*"she is a vip")
        desk.append(WORKSPACE, ConversationsErased(("c-dana",), 20))
        await wait_until(pilot, lambda: app.screen is app.main and not app.controller.state.current)
        controller = app.controller
        assert any(WORDS in notice for notice in notices(pilot))
        held = (controller.state.rows, controller.state.conversations, controller.notes, controller.shelves)
        assert b"Dana" not in pickle.dumps([repr(part) for part in held])
        assert controller.composing.kept("c-dana") == ""
        shown = "\n".join(str(strip.text) for strip in app.screen._compositor.render_strips())
        assert "Dana" not in shown.replace(WORDS, "")
        assert "c-iris" in controller.state.rows


async def test_a_page_that_was_on_its_way_does_not_bring_it_back() -> None:
    """Neither of the conversation nor of the inbox."""
    desk = full_desk()
    async with at_work(desk, opened="c-iris") as pilot:
        app = app_of(pilot)
        page, inbox = await desk.conversation("c-dana"), await desk.inbox()
        desk.append(WORKSPACE, ConversationsErased(("c-dana",), 20))
        await wait_until(pilot, lambda: "c-dana" not in app.controller.state.rows)
        app.controller.take_page(page)
        app.controller.state.take_inbox(inbox)
        assert "c-dana" not in app.controller.state.conversations
        assert "c-dana" not in app.controller.state.rows


async def test_what_lost_some_events_is_read_anew() -> None:
    """The conversation stays on the screen, as the desk has it now."""
    desk = full_desk()
    async with at_work(desk) as pilot:
        app = app_of(pilot)
        before = app.controller.state.conversations["c-dana"]
        desk.append(WORKSPACE, EventsExpired({"mood-read": 2}, ("c-dana",)))
        known = app.controller.state.conversations
        await wait_until(pilot, lambda: known.get("c-dana", before) is not before)
        assert app.controller.state.current == "c-dana"
        assert app.screen is app.main
