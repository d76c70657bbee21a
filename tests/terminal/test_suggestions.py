"""Suggestions hold still while the agent works with them."""

import pytest

from console.conversation import assist_events as a
from console.conversation import events as e
from console.conversation.assistance import Decision
from console.conversation.commands import Shown
from console.terminal.shelf import Shelf
from console.terminal.widgets.suggestion_card import SuggestionCard
from console.terminal.widgets.suggestions_panel import SuggestionsPanel
from tests.terminal.fake_desk import FakeDesk
from tests.terminal.harness import app_of, at_work, notices, said, wait_until
from tests.terminal.scenes import APOLOGY, REFUND, RESHIP, full_desk


def test_new_suggestions_are_shown_at_once_when_nobody_works_with_the_old_ones() -> None:
    """An agent with hands off sees the newest."""
    shelf = Shelf("m1", (RESHIP,)).offer("m2", (REFUND,), engaged=False)
    assert (shelf.turn, shelf.shown, shelf.waiting) == ("m2", (REFUND,), False)


def test_new_suggestions_wait_while_the_agent_works_with_the_old_ones() -> None:
    """The old ones stay in place; letting in shows the new ones."""
    shelf = Shelf("m1", (RESHIP,)).offer("m2", (REFUND,), engaged=True)
    assert (shelf.shown, shelf.waiting) == ((RESHIP,), True)
    assert shelf.let_in() == Shelf("m2", (REFUND,))


def test_the_newest_of_several_waiting_offers_is_kept() -> None:
    """Only one set waits."""
    shelf = Shelf("m1", (RESHIP,)).offer("m2", (REFUND,), engaged=True).offer("m3", (APOLOGY,), engaged=True)
    assert shelf.let_in() == Shelf("m3", (APOLOGY,))


@pytest.mark.parametrize(("newest", "overtaken"), [("m7", False), ("m8", False), ("m10", True), ("", False)])
def test_only_a_later_word_of_the_customer_overtakes_them(newest: str, overtaken: bool) -> None:
    """Not one that the bot answered before they were made."""
    assert Shelf("m8", (RESHIP,)).overtaken_by(newest) is overtaken


def test_the_first_suggestions_show_even_over_a_begun_draft() -> None:
    """An empty place has nothing to hold."""
    assert Shelf().offer("m1", (RESHIP,), engaged=True).shown == (RESHIP,)


def test_the_same_suggestions_again_change_nothing() -> None:
    """No flicker and no announcement."""
    shelf = Shelf("m1", (RESHIP,))
    assert shelf.offer("m1", (RESHIP,), engaged=True) == shelf


async def test_a_begun_draft_holds_newer_suggestions_back_until_alt_r() -> None:
    """They are announced, not swapped in."""
    desk = full_desk()
    async with at_work(desk) as pilot:
        app = app_of(pilot)
        cards = list(app.main.query(SuggestionCard))
        await pilot.press("a")
        desk.customer_writes("c-dana", "hello?")
        desk.append("c-dana", a.RepliesSuggested("m7", (REFUND,)), "assist")
        await wait_until(pilot, lambda: app.controller.shelf.waiting)
        assert [card.suggestion for card in cards] == [RESHIP, APOLOGY, REFUND, None]
        await pilot.press("alt+r")
        await wait_until(pilot, lambda: [card.suggestion for card in cards] == [REFUND, None, None, None])


async def test_focus_on_a_card_holds_newer_suggestions_back_until_it_leaves() -> None:
    """They come in when the hands are off."""
    desk = full_desk()
    async with at_work(desk) as pilot:
        app = app_of(pilot)
        cards = list(app.main.query(SuggestionCard))
        cards[0].focus()
        await wait_until(pilot, lambda: app.controller.hands_on)
        desk.append("c-dana", a.RepliesSuggested("m6", (REFUND,)), "assist")
        await wait_until(pilot, lambda: app.controller.shelf.waiting)
        assert cards[0].suggestion == RESHIP
        app.main.query_one("#draft").focus()
        await wait_until(pilot, lambda: cards[0].suggestion == REFUND)


async def test_after_sending_the_used_suggestion_stays_to_be_rated() -> None:
    """Those that waited were made for the moment before the answer, and are gone."""
    desk = full_desk()
    async with at_work(desk) as pilot:
        app = app_of(pilot)
        await pilot.press("alt+1")
        desk.append("c-dana", a.RepliesSuggested("m6", (REFUND,)), "assist")
        await wait_until(pilot, lambda: app.controller.shelf.waiting)
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: said(pilot) == "" and not app.controller.shelf.waiting)
        assert app.controller.shelf.shown[0] == RESHIP
        await pilot.press("alt+m", "5", "ctrl+s")
        await wait_until(pilot, lambda: desk.asked("rate"))


@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
async def test_after_sending_fresh_replies_show_by_themselves(size: tuple[int, int]) -> None:
    """Also while the focus or the mouse is still on the used ones."""
    desk = full_desk()
    async with at_work(desk, size=size) as pilot:
        app = app_of(pilot)
        cards = list(app.main.query(SuggestionCard))
        await pilot.press("f3")
        await wait_until(pilot, lambda: app.controller.hands_on)
        app.controller.composing.write("I am on it.")
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: desk.state("c-dana").messages[-1].text == "I am on it.")
        await wait_until(pilot, lambda: app.controller.conversation.messages[-1].id == "m7")  # type: ignore[union-attr]
        assert app.controller.hands_on
        desk.customer_writes("c-dana", "thanks, and then?")
        desk.append("c-dana", a.RepliesSuggested("m8", (REFUND,)), "assist")
        await wait_until(pilot, lambda: cards[0].suggestion == REFUND)
        assert not app.controller.shelf.waiting


async def test_a_reply_that_is_offered_again_is_not_called_unused() -> None:
    """Assistance was hidden and shown again: the same reply can be taken as if nothing had been."""
    desk = full_desk()
    async with at_work(desk, size=(200, 60)) as pilot:
        card = app_of(pilot).main.query(SuggestionCard).first()
        await wait_until(pilot, lambda: card.suggestion == RESHIP)
        desk.append("c-dana", a.SuggestionDecided(RESHIP.id, Decision.IGNORED), "agent:robin")
        desk.append("c-dana", a.AssistanceHidden(hidden=True), "agent:robin")
        await wait_until(pilot, lambda: card.suggestion is None)
        desk.append("c-dana", a.AssistanceHidden(hidden=False), "agent:robin")
        desk.append("c-dana", a.RepliesSuggested("m6", (RESHIP,)), "assist")
        await wait_until(pilot, lambda: card.suggestion == RESHIP)
        assert "not used" not in str(card.render())
        desk.append("c-dana", a.RepliesSuggested("m6", (APOLOGY, REFUND)), "assist")
        await wait_until(pilot, lambda: card.suggestion == APOLOGY)


async def test_a_reply_that_was_put_away_says_how_it_is_taken_all_the_same() -> None:
    """In its place, and in passing; the key does it."""
    desk = full_desk()
    async with at_work(desk, size=(200, 60)) as pilot:
        card = list(app_of(pilot).main.query(SuggestionCard))[1]
        card.focus()
        await pilot.press("x")
        await wait_until(pilot, lambda: "dismissed · Alt+2 takes it all the same" in str(card.render()))
        assert "Put away; Alt+2 takes it all the same." in notices(pilot)
        await pilot.press("alt+2")
        await wait_until(pilot, lambda: said(pilot) == APOLOGY.text)


def shown_ids(desk: FakeDesk) -> list[str]:
    """Every suggestion that was reported, as often as it was."""
    return [name for body in desk.asked("shown") if isinstance(body, Shown) for name in body.suggestions]


async def test_suggestions_are_reported_once_when_they_stand_on_the_screen() -> None:
    """Every visible one is reported, and painting again reports nothing."""
    desk = full_desk()
    async with at_work(desk) as pilot:
        await wait_until(pilot, lambda: len(shown_ids(desk)) == 3)
        app_of(pilot).main.query_one(SuggestionsPanel).look()
        desk.append("c-dana", e.NoteAdded("x", "Robin"), "agent:robin")
        await wait_until(pilot, lambda: app_of(pilot).controller.state.seq == len(desk.log))
        assert shown_ids(desk) == [RESHIP.id, APOLOGY.id, REFUND.id]


async def test_the_narrow_screen_reports_only_what_it_shows() -> None:
    """At 80 columns the first reply is on the screen; the others are when the assist panels are opened."""
    desk = full_desk()
    async with at_work(desk, size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: desk.asked("shown"))
        assert desk.asked("shown") == [Shown("m6", (RESHIP.id,))]
        await pilot.press("f3")
        await wait_until(pilot, lambda: len(desk.asked("shown")) > 1)
        assert APOLOGY.id in desk.asked("shown")[1].suggestions  # type: ignore[attr-defined]


@pytest.mark.parametrize("size", [(140, 40), (80, 24)], ids=["wide", "narrow"])
async def test_suggestions_in_a_colleagues_conversation_are_reported_once_it_is_ones_own(size: tuple[int, int]) -> None:
    """Looking over a shoulder is not being shown; taking the conversation over is."""
    desk = full_desk()
    desk.append("c-dana", e.ConversationClaimed("sam", "Sam Oldfield"), "agent:sam")
    async with at_work(desk, size=size) as pilot:
        controller = app_of(pilot).controller
        await wait_until(pilot, lambda: bool(controller.shelf.shown))
        await pilot.pause()
        assert desk.asked("shown") == []
        desk.append("c-dana", e.ConversationClaimed("robin", "Robin Ashdale"), "agent:robin")
        await wait_until(pilot, lambda: desk.asked("shown"))
        assert RESHIP.id in shown_ids(desk)


async def test_human_only_shows_no_suggestions_and_says_why() -> None:
    """The column is dark, and look-up by hand is offered."""
    async with at_work(full_desk(), opened="c-hugo") as pilot:
        app = app_of(pilot)
        await wait_until(pilot, lambda: app.main.query_one("Assist").has_class("-dark"))
        assert not app.main.query_one("SuggestionsPanel").display
        assert "Look-up by hand: Alt+K" in str(app.main.query_one("#silence").visual)  # type: ignore[attr-defined]


async def test_a_withheld_turn_says_why() -> None:
    """Another language than English is named, not guessed at."""
    async with at_work(full_desk(), opened="c-lena") as pilot:
        silence = app_of(pilot).main.query_one("#silence")
        await wait_until(pilot, lambda: silence.display)
        assert "English only" in str(silence.visual)  # type: ignore[attr-defined]
