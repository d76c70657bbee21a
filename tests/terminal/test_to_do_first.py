"""A reply that says a deed is done says so wherever it stands, until it is sent: the deed comes first."""

from dataclasses import replace

import pytest

from console.conversation import assist_events as a
from console.terminal.widgets.composer import Composer, ComposerNotes
from console.terminal.widgets.reply_strip import ReplyStrip
from tests.terminal.fake_desk import FakeDesk
from tests.terminal.harness import Console, app_of, at_work, said, wait_until
from tests.terminal.scenes import RESHIP, full_desk

DEED = "I've asked the workshop to look at your pair."
CLAIMING = replace(RESHIP, id="s-deed", text=f"I'm sorry, Dana. {DEED}", claims=True)
SIZES = pytest.mark.parametrize("size", [(80, 24), (200, 60)])


def notes(pilot: Console) -> str:
    """What stands around the draft, where it is seen."""
    found = app_of(pilot).main.query_one(ComposerNotes)
    return found.render().plain if found.display else ""


async def offered(pilot: Console, desk: FakeDesk) -> None:
    """Such a reply comes."""
    desk.append("c-dana", a.RepliesSuggested("m6", (CLAIMING,)), "assist")
    await wait_until(pilot, lambda: app_of(pilot).controller.shelf.shown == (CLAIMING,))


async def test_the_glance_of_a_small_screen_says_so() -> None:
    """By sign and words, before the reply's own."""
    desk = full_desk()
    async with at_work(desk, size=(80, 24)) as pilot:
        await offered(pilot, desk)
        strip = app_of(pilot).main.query_one(ReplyStrip)
        await wait_until(pilot, lambda: strip.render().plain.startswith("1 ⚑ do it first · I'm sorry"))


@SIZES
async def test_the_composer_says_what_to_do_first_until_it_is_sent(size: tuple[int, int]) -> None:
    """The sentence that is true only then."""
    desk = full_desk()
    async with at_work(desk, size=size) as pilot:
        await offered(pilot, desk)
        assert notes(pilot) == ""
        await pilot.press("alt+1")
        await wait_until(pilot, lambda: said(pilot) == CLAIMING.text)
        await wait_until(pilot, lambda: notes(pilot).startswith(f"⚑ do it first: “{DEED}”"))
        await pilot.press(*" Best, Robin")
        assert "⚑ do it first" in notes(pilot)
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: said(pilot) == "" and notes(pilot) == "")


async def test_it_says_so_no_more_once_the_deed_is_taken_out() -> None:
    """What the agent offers in its place is theirs."""
    desk = full_desk()
    async with at_work(desk) as pilot:
        await offered(pilot, desk)
        await pilot.press("alt+1")
        await wait_until(pilot, lambda: "⚑" in notes(pilot))
        app_of(pilot).main.query_one(Composer).area.replace_all("I'm sorry, Dana. I will ask the workshop.")
        await wait_until(pilot, lambda: notes(pilot) == "")


async def test_a_draft_that_was_kept_overnight_still_says_so() -> None:
    """The desk keeps its words and not where they came from."""
    desk = full_desk()
    desk.append("c-dana", a.RepliesSuggested("m6", (CLAIMING,)), "assist")
    desk.unsent["c-dana"] = CLAIMING.text
    async with at_work(desk) as pilot:
        await wait_until(pilot, lambda: said(pilot) == CLAIMING.text)
        await wait_until(pilot, lambda: DEED in notes(pilot))


async def test_ones_own_words_on_a_deed_are_ones_own() -> None:
    """Who writes that it is done knows."""
    async with at_work(full_desk()) as pilot:
        await pilot.press(*"I have refunded it")
        await wait_until(pilot, lambda: said(pilot))
        assert notes(pilot) == ""
