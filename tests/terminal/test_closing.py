"""Closing a conversation: what is left open is said, and what is chosen is seen without colour."""

import pytest

from console.conversation.commands import Close
from console.conversation.events import MessageAdded
from console.conversation.message import Author
from console.conversation.wrap_up_commands import WrapUpForm
from console.terminal.screens.closing import ClosingDialog
from console.terminal.screens.help import HelpScreen, HelpText
from console.terminal.widgets.choice import Choice
from console.terminal.widgets.composer import Composer
from tests.terminal.fake_desk import FakeDesk
from tests.terminal.harness import Console, app_of, at_work, wait_until
from tests.terminal.scenes import full_desk

OWED = "⚠ Dana wrote m6 and has no answer yet."
DRAFT = "⚠ A draft is not sent."


async def asked(pilot: Console) -> list[str]:
    """Open the dialog; return its warnings."""
    await pilot.press("alt+x")
    await wait_until(pilot, lambda: isinstance(pilot.app.screen, ClosingDialog))
    lines = pilot.app.screen.query(".-warning").results()
    return [str(line.render()) for line in lines]


def write(pilot: Console, text: str) -> None:
    """Put a draft into the composer."""
    app_of(pilot).main.query_one(Composer).area.replace_all(text)


async def answered(pilot: Console, desk: FakeDesk) -> None:
    """Send an answer."""
    write(pilot, "I will look at once.")
    await pilot.press("ctrl+s")
    await wait_until(pilot, lambda: desk.state("c-dana").waiting_since is None)
    await wait_until(pilot, lambda: app_of(pilot).controller.composing.draft.text == "")


async def test_closing_says_that_the_customer_has_no_answer() -> None:
    """With the name and the message."""
    async with at_work(full_desk()) as pilot:
        assert await asked(pilot) == [OWED]


async def test_closing_says_that_a_draft_was_not_sent() -> None:
    """And both on one line where both hold."""
    desk = full_desk()
    async with at_work(desk) as pilot:
        write(pilot, "One moment")
        await pilot.pause()
        assert await asked(pilot) == [f"{OWED} {DRAFT}"]
        await pilot.press("escape")
        await wait_until(pilot, lambda: pilot.app.screen is app_of(pilot).main)
        await answered(pilot, desk)
        write(pilot, "One more thing")
        await pilot.pause()
        assert await asked(pilot) == [DRAFT]


async def test_closing_an_answered_conversation_warns_of_nothing() -> None:
    """Nothing is left open."""
    desk = full_desk()
    async with at_work(desk) as pilot:
        await answered(pilot, desk)
        assert await asked(pilot) == []


@pytest.mark.parametrize(
    ("said", "warned"),
    [
        (("cheers bye",), []),
        (("perfect, thanks!",), []),
        (("when does it leave?", "bye then"), ["⚠ Dana wrote m8 and has no answer yet."]),
        (("thanks, but it is still not here",), ["⚠ Dana wrote m8 and has no answer yet."]),
    ],
)
async def test_who_took_their_leave_waits_for_nothing_but_what_they_asked(
    said: tuple[str, ...], warned: list[str]
) -> None:
    """Their goodbye is the end, and needs no answer."""
    desk = full_desk()
    async with at_work(desk) as pilot:
        await answered(pilot, desk)
        for text in said:
            desk.append("c-dana", MessageAdded(Author.CUSTOMER, text), "customer:dana")
        conversation = app_of(pilot).controller.conversation
        assert conversation is not None
        await wait_until(pilot, lambda: conversation.messages[-1].text == said[-1])
        assert await asked(pilot) == warned


@pytest.mark.parametrize("colourless", [False, True])
async def test_the_choice_is_seen_without_colour(colourless: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full mark for the one that is chosen, an empty one for the others."""
    if colourless:
        monkeypatch.setenv("NO_COLOR", "1")
    async with at_work(full_desk(), size=(80, 24)) as pilot:
        await asked(pilot)
        choices = pilot.app.screen.query_one("#usual").query(Choice)
        marks = [str(choice.render())[1] for choice in choices]
        assert marks == ["○"] * 6
        pilot.app.screen.query_one("#usual").focus()
        await pilot.press("down")
        await wait_until(pilot, lambda: str(list(choices)[1].render())[1] == "●")
        assert [str(choice.render())[1] for choice in choices].count("●") == 1
        assert [str(c.render())[1] for c in pilot.app.screen.query_one("#resolved").query(Choice)] == ["○", "○"]


async def test_the_whole_dialog_fits_a_small_screen() -> None:
    """With both warnings, and with what is missing."""
    async with at_work(full_desk(), size=(80, 24)) as pilot:
        write(pilot, "One moment")
        await asked(pilot)
        await pilot.press("ctrl+s")
        screen = pilot.app.screen
        await wait_until(pilot, lambda: screen.query_one("#trouble").display)
        for name, height in (("#note", 3), ("#trouble", 1), ("#confirm", 1)):
            assert screen.find_widget(screen.query_one(name)).visible_region.height == height


async def test_the_arrow_keys_choose_what_came_of_it() -> None:
    """Where the cursor goes, there is the choice; nothing else has to be pressed."""
    desk = full_desk()
    async with at_work(desk) as pilot:
        await asked(pilot)
        await pilot.press("down", "down", "up", "tab", "tab", "right", "ctrl+s")
        await wait_until(pilot, lambda: desk.asked("close_conversation"))
        assert desk.asked("close_conversation") == [Close("refunded", resolved=False, wrap_up=WrapUpForm())]


async def test_nothing_is_chosen_for_the_agent() -> None:
    """What came of it is asked for, as is whether it is resolved."""
    desk = full_desk()
    async with at_work(desk, size=(80, 24)) as pilot:
        await asked(pilot)
        trouble = pilot.app.screen.query_one("#trouble")
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: "Say what came of it" in str(trouble.render()))  # type: ignore[attr-defined]
        await pilot.press("space", "ctrl+s")
        await wait_until(pilot, lambda: "is resolved" in str(trouble.render()))  # type: ignore[attr-defined]
        assert not desk.asked("close_conversation")


async def test_f1_in_a_dialog_shows_its_own_keys_first() -> None:
    """And F1 again goes back to it; what was chosen stays."""
    async with at_work(full_desk()) as pilot:
        await asked(pilot)
        await pilot.press("down", "f1")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, HelpScreen))
        page = str(pilot.app.screen.query_one(HelpText).render())
        assert page.startswith("Here: Close the conversation")
        assert all(words in page for words in ("^S", "Esc", "Choose the next one", "Take reply 1"))
        await pilot.press("f1")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, ClosingDialog))
        assert [str(choice.render())[1] for choice in pilot.app.screen.query("#usual Choice")][:3] == ["○", "●", "○"]
