"""No letter is lost, however fast the keys come, and whatever they are typed behind."""

import pytest
from textual.events import Key
from textual.keys import _character_to_key
from textual.widget import Widget

from console.conversation.assist_events import RepliesSuggested
from console.conversation.commands import Dismiss
from console.terminal.widgets.composer import Composer
from console.terminal.widgets.flags_panel import FlagView
from console.terminal.widgets.inbox import InboxList
from console.terminal.widgets.knowledge_panel import HitList
from console.terminal.widgets.suggestion_card import SuggestionCard
from console.terminal.widgets.summary_panel import SummaryLines
from tests.terminal.harness import Console, app_of, at_work, said, wait_until
from tests.terminal.scenes import APOLOGY, RESHIP, full_desk

WORDS = "Sunniva go outside now please"
SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40), (150, 40)])


def burst(pilot: Console, *keys: str) -> None:
    """Let the terminal send keys all at once; a text of several words is its letters."""
    for key in keys:
        if " " in key:
            for letter in key:
                pilot.app.post_message(Key(_character_to_key(letter), letter))
        else:
            pilot.app.post_message(Key(key, key if len(key) == 1 else None))


@SIZES
@pytest.mark.parametrize("part", ["f2", "f3"])
async def test_words_typed_right_behind_the_key_to_the_composer_are_all_written(
    size: tuple[int, int], part: str
) -> None:
    """Whether the inbox or a reply, whose letters are keys, had the focus before."""
    desk = full_desk()
    async with at_work(desk, size=size) as pilot:
        app = app_of(pilot)
        await pilot.press(part)
        await wait_until(pilot, lambda: isinstance(app.focused, InboxList | SuggestionCard))
        burst(pilot, "alt+j", WORDS)
        await wait_until(pilot, lambda: said(pilot) == WORDS)
        assert not desk.asked("dismiss")


@SIZES
async def test_words_typed_in_one_burst_beside_the_composer_are_all_written(size: tuple[int, int]) -> None:
    """Also those that are under way while the focus moves."""
    async with at_work(full_desk(), size=size) as pilot:
        await pilot.press("f2")
        await wait_until(pilot, lambda: isinstance(app_of(pilot).focused, InboxList))
        burst(pilot, WORDS)
        await wait_until(pilot, lambda: said(pilot) == WORDS)


async def test_keys_do_their_work_in_the_order_they_were_pressed() -> None:
    """A letter taken back is the one before the key, and what is typed behind a taken reply is added to it."""
    async with at_work(full_desk()) as pilot:
        burst(pilot, *"abc", "backspace", "d", "home", "x")
        await wait_until(pilot, lambda: said(pilot) == "xabd")
        burst(pilot, "alt+2", " and more")
        await wait_until(pilot, lambda: said(pilot) == f"{APOLOGY.text} and more")


async def test_what_is_sent_is_all_that_was_typed_before_the_key() -> None:
    """And nothing of what was typed after it."""
    desk = full_desk()
    async with at_work(desk) as pilot:
        burst(pilot, "All of it", "ctrl+s", "and the next")
        await wait_until(pilot, lambda: desk.sent_keys)
        assert desk.state("c-dana").messages[-1].text == "All of it"
        await wait_until(pilot, lambda: said(pilot) == "and the next")


async def test_the_words_on_the_screen_win_over_an_older_kept_draft() -> None:
    """The draft is shown anew in the very moment after a letter: the letter stays."""
    async with at_work(full_desk()) as pilot:
        app = app_of(pilot)
        area = app.main.query_one(Composer).area
        area.insert("Sunniva")
        app.draft_replaced()
        assert said(pilot) == "Sunniva"
        await pilot.pause()
        assert app.controller.composing.kept("c-dana") == "Sunniva"


async def test_the_last_letters_stay_with_their_conversation_when_another_is_opened() -> None:
    """They are no words for the next customer."""
    async with at_work(full_desk()) as pilot:
        app = app_of(pilot)
        app.main.query_one(Composer).area.insert("for Dana")
        await app.controller.open("c-iris")
        await pilot.pause()
        composing = app.controller.composing
        assert (composing.kept("c-dana"), composing.kept("c-iris"), said(pilot)) == ("for Dana", "", "")


async def test_ordinary_words_typed_after_esc_are_words() -> None:
    """Esc leaves the composer for the transcript, where no letter is a command: a, e, o, s, r and x are letters."""
    desk = full_desk()
    async with at_work(desk) as pilot:
        app = app_of(pilot)
        await pilot.press("escape")
        await wait_until(pilot, lambda: app.focused is app.main.query_one("#lines"))
        await pilot.press(*"a refund, or new boots")
        await wait_until(pilot, lambda: said(pilot) == "a refund, or new boots")
        assert not desk.asked("dismiss")
        assert app.focused is app.main.query_one(Composer).area


@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
@pytest.mark.parametrize("words", ["sorry to hear", "or refund it", "x-ray boots", "1 moment please", "+1 from me"])
async def test_words_typed_while_a_reply_has_the_focus_are_words(size: tuple[int, int], words: str) -> None:
    """Their letters are keys of the reply: none opens anything, and none judges it."""
    desk = full_desk()
    async with at_work(desk, size=size) as pilot:
        app = app_of(pilot)
        await pilot.press("f3")
        await wait_until(pilot, lambda: isinstance(app.focused, SuggestionCard))
        burst(pilot, words)
        await wait_until(pilot, lambda: said(pilot) == words)
        assert app.screen is app.main
        assert app.controller.composing.draft.suggestion == ""
        assert not desk.asked("dismiss")
        assert not desk.asked("rate")


@pytest.mark.parametrize("words", ["exactly so", "please wait", "is it"])
@pytest.mark.parametrize("part", [SummaryLines, FlagView, HitList], ids=lambda part: part.__name__)
async def test_words_typed_on_any_part_are_words(part: type[Widget], words: str) -> None:
    """The summary, the flags and the articles have keys of their own too."""
    async with at_work(full_desk(), size=(200, 60)) as pilot:
        app = app_of(pilot)
        await wait_until(pilot, lambda: app.main.query(part))
        app.main.set_focus(app.main.query(part).first())
        burst(pilot, words)
        await wait_until(pilot, lambda: said(pilot) == words)
        assert app.screen is app.main


async def test_words_typed_in_a_conversation_of_nobody_do_nothing() -> None:
    """They are no commands there either."""
    desk = full_desk()
    async with at_work(desk, size=(200, 60), opened="c-iris") as pilot:
        app = app_of(pilot)
        desk.append("c-iris", RepliesSuggested("m1", (RESHIP,)), "assist")
        await wait_until(pilot, lambda: app.controller.shelf.shown)
        await pilot.press("f3")
        await wait_until(pilot, lambda: isinstance(app.focused, SuggestionCard))
        burst(pilot, "so sorry", "x", "f3")
        await wait_until(pilot, lambda: isinstance(app.focused, SuggestionCard))
        assert (said(pilot), app.screen is app.main) == ("", True)
        assert not desk.asked("dismiss")


async def test_a_key_pressed_alone_does_its_work_before_the_next_command() -> None:
    """Two replies are put away one after the other, as fast as the keys come."""
    desk = full_desk()
    async with at_work(desk, size=(200, 60)) as pilot:
        await pilot.press("f3")
        await wait_until(pilot, lambda: isinstance(app_of(pilot).focused, SuggestionCard))
        burst(pilot, "x", "down", "x")
        await wait_until(pilot, lambda: len(desk.asked("dismiss")) == 2)
        assert desk.asked("dismiss") == [Dismiss(RESHIP.id), Dismiss(APOLOGY.id)]


async def test_ones_own_answer_is_begun_by_its_key_alone() -> None:
    """And then written."""
    async with at_work(full_desk()) as pilot:
        app = app_of(pilot)
        await pilot.press("f3")
        await wait_until(pilot, lambda: isinstance(app.focused, SuggestionCard))
        await pilot.press("o")
        await wait_until(pilot, lambda: app.focused is app.main.query_one(Composer).area)
        burst(pilot, "let me see")
        await wait_until(pilot, lambda: said(pilot) == "let me see")
        assert app.controller.composing.draft.suggestion == RESHIP.id
