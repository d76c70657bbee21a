"""The figures by layer in the lead's review: from a figure to its weeks, its conversations, and the transcript."""

from console.conversation.layers import AskedTalks, Metric
from console.conversation.message import Layer
from console.terminal.screens.review import ReviewScreen
from console.terminal.widgets.lines import Lines
from console.terminal.widgets.transcript import Transcript
from tests.terminal.harness import Console, app_of, at_work, wait_until
from tests.terminal.layers_scenes import layers_desk
from tests.terminal.test_review import go_to, opened, rows, shown, under_cursor


async def at_layers(pilot: Console) -> None:
    """Open the review at the tab."""
    await opened(pilot)
    await pilot.click("#tabs")  # the focus stays where it was
    screen = pilot.app.screen
    assert isinstance(screen, ReviewScreen)
    screen.action_show("Layers")
    await wait_until(pilot, lambda: any(row.startswith("Autonomous") for row in rows(pilot)))


async def test_a_figure_leads_to_its_weeks_its_conversations_and_a_transcript() -> None:
    """And v shows the rest of its cases."""
    desk = layers_desk()
    async with at_work(desk, opened="", size=(80, 24)) as pilot:
        await at_layers(pilot)
        assert "9 weeks, 5 Jan to 2 Mar" in shown(pilot, "where")
        await go_to(pilot, "assisted resolved")
        assert under_cursor(pilot).startswith("resolved ")
        assert "Closed as resolved" in shown(pilot, "detail")
        await pilot.press("enter")
        await wait_until(pilot, lambda: "assisted: resolved" in shown(pilot, "where"))
        assert under_cursor(pilot).startswith("all ")
        await pilot.press("enter")
        await wait_until(pilot, lambda: ("talks_behind", AskedTalks(Layer.ASSISTED)) in desk.calls)
        await wait_until(pilot, lambda: "replacement sent, resolved" in "".join(rows(pilot)))
        await pilot.press("v")
        await wait_until(pilot, lambda: "not resolved" in shown(pilot, "where"))
        await wait_until(pilot, lambda: "customer left, not resolved" in under_cursor(pilot))
        assert "What the customer wrote first" in shown(pilot, "detail")
        await pilot.press("escape", "escape")
        await wait_until(pilot, lambda: under_cursor(pilot).startswith("resolved "))


async def test_a_row_opens_the_transcript_and_the_review_comes_back_to_it() -> None:
    """At the message with which the conversation came into the layer."""
    desk = layers_desk()
    async with at_work(desk, opened="", size=(200, 60)) as pilot:
        await at_layers(pilot)
        for key in ("assisted results", "=replacement sent"):
            await go_to(pilot, key)
            await pilot.press("enter")
            await wait_until(pilot, lambda: not any("Reading" in row for row in rows(pilot)))
        await wait_until(pilot, lambda: "c-dana" in "".join(rows(pilot)))
        (asked,) = desk.asked("talks_behind")
        assert isinstance(asked, AskedTalks)
        came = next(talk for talk in (await desk.talks_behind(9, asked)).talks if talk.conversation == "c-dana")
        here = next(row.key for row in pilot.app.screen.query_one("ReviewList").rows if "c-dana" in row.key)
        await go_to(pilot, here)
        await pilot.press("enter")
        await wait_until(pilot, lambda: not isinstance(pilot.app.screen, ReviewScreen))
        await wait_until(pilot, lambda: app_of(pilot).main.query_one(Transcript).display)
        await wait_until(pilot, lambda: app_of(pilot).main.query_one(Lines).found == came.message)
        await pilot.press("alt+slash")
        await wait_until(pilot, lambda: "replacement sent" in shown(pilot, "where"))


async def test_suggestions_lead_to_the_suggestions_and_agents_are_named_without_rank() -> None:
    """A figure of suggestions is counted by suggestion: it leads to where the review's own do."""
    async with at_work(layers_desk(), opened="", size=(150, 40)) as pilot:
        await at_layers(pilot)
        await go_to(pilot, f"assisted {Metric.ACCEPTED}")
        await pilot.press("enter")
        await wait_until(pilot, lambda: under_cursor(pilot).startswith("all "))
        await pilot.press("enter")
        await wait_until(pilot, lambda: any("“" in row for row in rows(pilot)))  # what customers wrote
        await pilot.press("left", "left")
        await go_to(pilot, "load")
        assert "Not for comparing people" in shown(pilot, "detail")
        await pilot.press("enter")
        await wait_until(pilot, lambda: any(row.startswith("Bram Cairn") for row in rows(pilot)))
        assert [row.split()[0] for row in rows(pilot)[2:]] == ["Ada", "Bram", "Cora"]


async def test_nothing_at_all_and_a_look_under_way_are_said() -> None:
    """In words, at every step."""
    desk = layers_desk()
    desk.past = []
    async with at_work(desk, opened="", size=(80, 24)) as pilot:
        await pilot.press("alt+slash")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, ReviewScreen))
        screen = pilot.app.screen
        assert isinstance(screen, ReviewScreen)
        screen.action_show("Layers")
        await wait_until(pilot, lambda: any("nobody had a conversation" in row for row in rows(pilot)))
        await go_to(pilot, "human-only csat")
        await pilot.press("enter")
        await wait_until(pilot, lambda: under_cursor(pilot).startswith("all none"))
        await pilot.press("enter")
        await wait_until(pilot, lambda: "There is nothing of these." in "".join(rows(pilot)))
