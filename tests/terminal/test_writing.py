"""A draft on its way: seen, never to be taken before it is there, and never in the place of another."""

import pytest

from console.conversation import assist_events as a
from console.conversation.assistance import Citation, SourceType, Suggestion, Support
from console.terminal.port import WritingSeen
from console.terminal.widgets.suggestion_card import SuggestionCard
from console.terminal.widgets.suggestions_panel import SuggestionsPanel
from tests.terminal.fake_desk import FakeDesk
from tests.terminal.harness import Console, app_of, at_work, said, wait_until
from tests.terminal.scenes import full_desk

INVENTED = "You will get a voucher."
DRAFT = Suggestion(
    "s-llm",
    f"A parcel counts as lost after 7 working days. {INVENTED}",
    "llm",
    0.5,
    Support.PARTIAL,
    (Citation(SourceType.ARTICLE, "lost.md", "A parcel counts as lost after 7 working days.", "Lost parcels"),),
    unsupported=(INVENTED,),
)


@pytest.fixture
def desk() -> FakeDesk:
    """A desk with its engine's replies for Dana."""
    return full_desk()


def line(pilot: Console) -> str:
    """Return what is said of the draft on its way."""
    found = app_of(pilot).main.query_one("#writing")
    return str(found.render()) if found.display else ""  # type: ignore[attr-defined]


def arrives(desk: FakeDesk) -> None:
    """Let the draft join the replies."""
    state = desk.state("c-dana")
    desk.append("c-dana", a.RepliesSuggested(state.suggested_for, (*state.suggestions, DRAFT), engine="llm"), "assist")


async def test_a_draft_on_its_way_is_shown_and_cannot_be_taken(desk: FakeDesk) -> None:
    """The engine's replies keep their places meanwhile."""
    async with at_work(desk, size=(200, 60)) as pilot:
        before = app_of(pilot).controller.shelf.shown
        desk.typing_seen(WritingSeen("c-dana", "m6", "A parcel counts"))
        await wait_until(pilot, lambda: "A parcel counts" in line(pilot))
        assert "not yet to be taken" in line(pilot)
        await pilot.press(f"alt+{len(before) + 1}")
        assert said(pilot) == ""
        assert app_of(pilot).controller.shelf.shown == before


async def test_a_draft_takes_a_place_of_its_own_and_its_key(desk: FakeDesk) -> None:
    """Behind the others; what no source says is marked in words."""
    async with at_work(desk, size=(200, 60)) as pilot:
        before = app_of(pilot).controller.shelf.shown
        desk.typing_seen(WritingSeen("c-dana", "m6", "A parcel counts"))
        arrives(desk)
        desk.typing_seen(WritingSeen("c-dana", "m6", "", over=True))
        await wait_until(pilot, lambda: len(app_of(pilot).controller.shelf.shown) == len(before) + 1)
        assert app_of(pilot).controller.shelf.shown == (*before, DRAFT)
        assert line(pilot) == ""
        card = app_of(pilot).main.query_one(f"#card-{len(before) + 1}", SuggestionCard)
        await wait_until(pilot, lambda: "⚠\u00a0no\u00a0source" in str(card.render()))
        assert "AI draft · KB Lost parcels" in str(card.render())
        await pilot.press(f"alt+{len(before) + 1}")
        await wait_until(pilot, lambda: said(pilot) == DRAFT.text)


async def test_a_draft_waits_while_the_agent_writes(desk: FakeDesk) -> None:
    """Alt+R lets it in."""
    async with at_work(desk) as pilot:
        before = app_of(pilot).controller.shelf.shown
        await pilot.press("H", "i")
        arrives(desk)
        await wait_until(pilot, lambda: app_of(pilot).controller.shelf.waiting)
        assert app_of(pilot).controller.shelf.shown == before
        assert "Alt+R" in str(app_of(pilot).main.query_one(SuggestionsPanel).border_title)
        await pilot.press("alt+r")
        assert app_of(pilot).controller.shelf.shown == (*before, DRAFT)


async def test_why_no_draft_came_is_one_line_until_the_next_message(desk: FakeDesk) -> None:
    """Nothing that was written stays."""
    async with at_work(desk, size=(200, 60)) as pilot:
        desk.typing_seen(WritingSeen("c-dana", "m6", "A parcel counts"))
        why = "No draft: the language model did not answer in time."
        desk.typing_seen(WritingSeen("c-dana", "m6", "", over=True, why=why))
        await wait_until(pilot, lambda: line(pilot) == why)
        desk.customer_writes("c-dana", "hello?")
        await wait_until(pilot, lambda: not line(pilot))
