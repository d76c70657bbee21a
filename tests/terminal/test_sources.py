"""What a reply rests on is shown for what it is: only words that can go to a customer can be inserted."""

import pytest
from textual.widgets import Button

from console.conversation import commands as c
from console.conversation.assistance import Citation, SourceType
from console.terminal.screens.source import SourceScreen
from tests.terminal.harness import Console, app_of, at_work, said, wait_until
from tests.terminal.scenes import LOST, PASSAGE, full_desk


async def opened(pilot: Console, *citations: Citation) -> SourceScreen:
    """Open the dialog and wait for the source."""
    app = app_of(pilot)
    app.dialogs.sources(citations)
    await wait_until(pilot, lambda: isinstance(app.screen, SourceScreen))
    await wait_until(pilot, lambda: not [w for w in app.workers if w.group == "source" and not w.is_finished])
    assert isinstance(app.screen, SourceScreen)
    return app.screen


@pytest.mark.parametrize(
    "citation",
    [
        Citation(SourceType.POLICY, "refunds", "Built in", "Refunds"),
        Citation(SourceType.BEHAVIOUR, "lost", "Ask for the number.", "Lost parcels"),
        Citation(SourceType.MACRO, "sorry", "I'm sorry, {customer.first_name}.", "Sorry"),
        Citation(SourceType.PAST, "past-1", "", "refunded · resolved"),
        Citation(SourceType.PAST, "past-2", "Your order {order.number} is on its way.", "Late"),
    ],
    ids=lambda citation: f"{citation.type}-{citation.id}",
)
async def test_what_is_not_for_customers_cannot_be_inserted(citation: Citation) -> None:
    """A policy, a procedure, a macro as it is written, a whole case: no button offers it and no key does it."""
    desk = full_desk()
    desk.sources[citation.id] = c.Source(citation.type, citation.id, citation.title, "Some words.")
    async with at_work(desk) as pilot:
        screen = await opened(pilot, citation)
        assert not screen.query_one("#confirm").display
        assert not isinstance(screen.focused, Button)
        await pilot.press("ctrl+s", "i")
        assert pilot.app.screen is screen
        await pilot.press("escape")
        await wait_until(pilot, lambda: pilot.app.screen is app_of(pilot).main)
        assert said(pilot) == ""


async def test_the_passage_of_an_article_is_inserted() -> None:
    """As before."""
    async with at_work(full_desk()) as pilot:
        screen = await opened(pilot, LOST)
        assert screen.query_one("#confirm").display
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: said(pilot) == PASSAGE)


async def test_the_button_follows_the_source_on_the_screen() -> None:
    """Of a reply that rests on a policy and an article, the article's passage alone can be inserted."""
    desk = full_desk()
    policy = Citation(SourceType.POLICY, "refunds", "§2", "Refunds")
    desk.sources["refunds"] = c.Source(SourceType.POLICY, "refunds", "Refunds", "Ask a lead.")
    async with at_work(desk) as pilot:
        screen = await opened(pilot, policy, LOST)
        button = screen.query_one("#confirm")
        assert not button.display
        await pilot.press("n")
        await wait_until(pilot, lambda: button.display)
        await pilot.press("n")
        await wait_until(pilot, lambda: not button.display)


async def test_an_article_is_shown_without_its_marks() -> None:
    """Headings and tables read as text."""
    desk = full_desk()
    text = "## Your benefits\n\n| Level | Off |\n|---|---|\n| Trail | 5 % |"
    desk.sources["club.md"] = c.Source(SourceType.ARTICLE, "club.md", "Club", text)
    async with at_work(desk) as pilot:
        screen = await opened(pilot, Citation(SourceType.ARTICLE, "club.md", "", "Club"))
        shown = str(screen.query_one("#text").render())  # type: ignore[attr-defined]
        assert shown == "Your benefits\n\nLevel · Off\nTrail · 5 %"
