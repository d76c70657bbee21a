"""A draft in other words: asked for with a key, seen below the draft, taken or left."""

import asyncio

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from console.conversation import commands as c
from console.conversation.assistance import Flag, Severity
from console.terminal.screens.rewrite_dialog import RewriteDialog
from console.terminal.widgets.composer import Composer
from console.terminal.widgets.draft_area import DraftArea
from console.terminal.widgets.rewrite_panel import RewritePanel, RewriteText
from tests.terminal.fake_desk import FakeDesk
from tests.terminal.harness import Console, app_of, at_work, notices, said, wait_until
from tests.terminal.scenes import full_desk

MINE = "I am sorry. I will ask the carrier today and write to you by Friday."
SHORTER = "Sorry! I'll ask the carrier today and write by Friday."


@pytest.fixture
def desk() -> FakeDesk:
    """A desk whose model makes texts shorter."""
    desk = full_desk()
    desk.rewrites, desk.rewritten = True, c.Rewritten(SHORTER)
    return desk


def shown(pilot: Console) -> str:
    """Return what the panel shows."""
    panel = app_of(pilot).main.query_one(RewritePanel)
    return " ".join(str(part.render()) for part in panel.query("Static")) if panel.display else ""


async def asked(pilot: Console, *keys: str) -> None:
    """Write a text and ask for a rewrite with these keys in the dialog."""
    app_of(pilot).main.query_one(Composer).area.replace_all(MINE)
    await pilot.press("alt+e")
    await wait_until(pilot, lambda: isinstance(pilot.app.screen, RewriteDialog))
    await pilot.press(*keys)


async def ready(pilot: Console) -> None:
    """Wait for the whole rewrite, with the focus on it."""
    controller = app_of(pilot).controller
    await wait_until(pilot, lambda: controller.rewriting.version and controller.rewriting.version.whole)
    await wait_until(pilot, lambda: isinstance(pilot.app.focused, RewriteText))


async def test_a_rewrite_stands_below_the_draft_and_is_taken_with_enter(desk: FakeDesk) -> None:
    """Ctrl+Z brings the agent's own back."""
    async with at_work(desk) as pilot:
        await asked(pilot, "ctrl+s")
        await ready(pilot)
        assert desk.wished == [c.Rewrite(MINE, "shorter")]
        assert (said(pilot), SHORTER in shown(pilot)) == (MINE, True)
        await pilot.press("enter")
        await wait_until(pilot, lambda: said(pilot) == SHORTER)
        assert shown(pilot) == ""
        assert isinstance(pilot.app.focused, DraftArea)
        await pilot.press("ctrl+z")
        assert said(pilot) == MINE


async def test_esc_leaves_it_and_the_draft_as_it_was(desk: FakeDesk) -> None:
    """With the cursor back in the draft."""
    async with at_work(desk) as pilot:
        await asked(pilot, "ctrl+s")
        await ready(pilot)
        await pilot.press("escape")
        await wait_until(pilot, lambda: not shown(pilot))
        assert said(pilot) == MINE
        assert isinstance(pilot.app.focused, DraftArea)


async def test_half_a_rewrite_cannot_be_taken(desk: FakeDesk) -> None:
    """It is shown as being written; leaving it gives it up."""
    desk.writing_held = asyncio.Event()
    async with at_work(desk) as pilot:
        await asked(pilot, "ctrl+s")
        await wait_until(pilot, lambda: SHORTER[:10] in shown(pilot))
        assert "writing, not yet to be taken" in shown(pilot)
        assert "Take" not in shown(pilot)
        await wait_until(pilot, lambda: isinstance(pilot.app.focused, RewriteText))
        await pilot.press("enter")
        assert said(pilot) == MINE
        assert notices(pilot)[-1] == "It is not whole yet."
        await pilot.press("escape")
        await wait_until(pilot, lambda: desk.given_up == 1)


async def test_what_is_typed_meanwhile_goes_into_the_draft(desk: FakeDesk) -> None:
    """And the panel says that the rewrite is of the text before."""
    async with at_work(desk) as pilot:
        await asked(pilot, "ctrl+s")
        await ready(pilot)
        await pilot.press("O", "k")
        await wait_until(pilot, lambda: said(pilot) == f"{MINE}Ok")
        await wait_until(pilot, lambda: "has changed since" in shown(pilot))


async def test_another_language_and_free_words_are_written(desk: FakeDesk) -> None:
    """And said back in the heading."""
    async with at_work(desk) as pilot:
        await asked(pilot, *["down"] * 4, "tab", *"French", "enter")
        await ready(pilot)
        assert desk.wished[-1] == c.Rewrite(MINE, words="Write it in this language: French")
        assert "in French" in shown(pilot)
        await pilot.press("escape")
        await asked(pilot, *["down"] * 5, "ctrl+s")
        assert isinstance(pilot.app.screen, RewriteDialog)
        assert isinstance(pilot.app.focused, Input)
        await pilot.press(*"list", "enter")
        await ready(pilot)
        assert desk.wished[-1] == c.Rewrite(MINE, words="list")


async def test_a_failure_is_one_line_and_the_draft_stays(desk: FakeDesk) -> None:
    """With nothing to take."""
    desk.rewritten = None
    async with at_work(desk) as pilot:
        await asked(pilot, "ctrl+s")
        await wait_until(pilot, lambda: "did not answer in time" in shown(pilot))
        assert "Take" not in shown(pilot)
        assert said(pilot) == MINE


async def test_what_the_draft_did_not_say_is_marked_in_words(desk: FakeDesk) -> None:
    """As are warnings that it would raise."""
    added = "You will get £20."
    warned = Flag("f", "gifts", Severity.WARN, "draft", "£20", "Ask a lead.", "Gifts", "§1")
    desk.rewritten = c.Rewritten(f"{SHORTER} {added}", (added,), (warned,))
    async with at_work(desk) as pilot:
        await asked(pilot, "ctrl+s")
        await ready(pilot)
        assert f"{added} ⚠\u00a0no\u00a0source" in shown(pilot)
        assert "warning: Gifts: Ask a lead." in shown(pilot)


async def test_sending_puts_the_rewrite_away(desk: FakeDesk) -> None:
    """It was of a text that is gone."""
    desk.judge = lambda text: ()
    async with at_work(desk) as pilot:
        await asked(pilot, "ctrl+s")
        await ready(pilot)
        await pilot.press("alt+j", "ctrl+s")
        await wait_until(pilot, lambda: not said(pilot))
        assert shown(pilot) == ""


@pytest.mark.parametrize(
    ("rewrites", "text", "told"), [(False, MINE, "No language model"), (True, "", "Write your text")]
)
async def test_without_a_model_or_a_text_one_line_says_so(desk: FakeDesk, rewrites: bool, text: str, told: str) -> None:
    """And no dialog opens."""
    desk.rewrites = rewrites
    async with at_work(desk) as pilot:
        app_of(pilot).main.query_one(Composer).area.replace_all(text)
        await pilot.press("alt+e")
        await wait_until(pilot, lambda: any(told in notice for notice in notices(pilot)))
        assert not isinstance(pilot.app.screen, RewriteDialog)


async def test_it_can_be_done_with_the_mouse(desk: FakeDesk) -> None:
    """Taking and leaving are words to click."""
    async with at_work(desk) as pilot:
        await asked(pilot, "ctrl+s")
        await ready(pilot)
        for _ in range(20):  # a click while the panel is still being laid out lands beside
            if said(pilot) == SHORTER:
                break
            await clicked(pilot, "Take Enter")
        assert said(pilot) == SHORTER


async def clicked(pilot: Pilot[int], words: str) -> None:
    """Click on words of the panel's heading."""
    head = app_of(pilot).main.query_one("#rewrite-head")
    place = str(head.render()).find(words)
    await pilot.click(head, offset=(max(0, place + 2), 0))
    await pilot.pause()
