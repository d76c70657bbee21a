"""What is said of a suggestion and of a request for approval is said of the draft as it stands."""

import pytest

from console.conversation import assist_events as a
from console.conversation import events as e
from console.conversation.assistance import Decision
from console.conversation.state import Conversation
from console.terminal.widgets.composer import Composer, ComposerNotes
from console.terminal.widgets.conversation_header import ConversationHeader
from console.terminal.widgets.suggestion_card import SuggestionCard
from console.terminal.words import standing
from tests.terminal.harness import Console, app_of, at_work, said, wait_until
from tests.terminal.scenes import APOLOGY, REFUND, RESHIP, full_desk, judge


def first_card(pilot: Console) -> str:
    """The first reply's card as it reads."""
    card = app_of(pilot).main.query(SuggestionCard).first()
    return "\n".join(line.plain for line in card._lines(60, 0))


def notes(pilot: Console) -> str:
    """What stands below the draft."""
    return app_of(pilot).main.query_one(ComposerNotes).render().plain


async def test_a_reply_that_stands_in_the_draft_is_not_called_unused() -> None:
    """Newer ones came; it is unused only when the draft is emptied."""
    desk = full_desk()
    async with at_work(desk) as pilot:
        await pilot.press("alt+1")
        await wait_until(pilot, lambda: said(pilot) == RESHIP.text)
        desk.customer_writes("c-dana", "hello?")
        desk.append("c-dana", a.SuggestionDecided(RESHIP.id, Decision.IGNORED))
        desk.append("c-dana", a.SuggestionDecided(REFUND.id, Decision.IGNORED))
        desk.append("c-dana", a.RepliesSuggested("m7", (APOLOGY,)), "assist")
        await wait_until(pilot, lambda: app_of(pilot).controller.shelf.waiting)
        assert "not used" not in first_card(pilot)
        app_of(pilot).controller.hands(on=True)  # the old ones stay in their places
        app_of(pilot).main.query_one(Composer).area.replace_all("")
        await wait_until(pilot, lambda: "not used" in first_card(pilot))


async def test_a_text_that_was_changed_is_not_said_to_wait_for_a_lead() -> None:
    """Another wording does."""
    desk = full_desk()
    async with at_work(desk) as pilot:
        area = app_of(pilot).main.query_one(Composer).area
        area.insert("We refund £350.")
        desk.append("c-dana", e.ApprovalRequested("a-1", "We refund £350.", judge("£350"), "long"), "agent:robin")
        await wait_until(pilot, lambda: "waiting for a lead to approve this text" in notes(pilot))
        area.insert(" Soon.")
        await wait_until(pilot, lambda: "a lead is deciding on another wording" in notes(pilot))
        assert "this text" not in notes(pilot)


@pytest.mark.parametrize("width", [60, 80, 100, 150])
async def test_what_does_not_fit_the_heading_is_left_out_whole(width: int) -> None:
    """Nothing is cut in the middle of a word."""
    desk = full_desk()
    async with at_work(desk, size=(width, 24)) as pilot:
        heading = str(app_of(pilot).main.query_one(ConversationHeader).render()).split("\n")[0]
        parts = standing(desk.state("c-dana"))
        assert "…" not in heading
        shown = [part for part in heading.removeprefix("Dana Kovel").removesuffix("yours").strip().split(" · ") if part]
        assert shown == parts[: len(shown)]


def test_a_scripted_customers_channel_is_named_in_plain_words() -> None:
    """Not by the channel's own name."""
    assert standing(Conversation("c-1", channel="replay"))[-1] == "scripted customer"
