"""What the agent owes is said: own customers who wait, and answers begun and not sent."""

from datetime import timedelta

from console.terminal import painting
from tests.terminal.fake_desk import START, FakeDesk
from tests.terminal.harness import app_of, at_work, notices, wait_until
from tests.terminal.scenes import claim, open_dana, open_simple


async def test_with_nobody_new_the_own_customer_who_has_waited_longest_is_named() -> None:
    """And how long, in minutes."""
    desk = FakeDesk()
    open_dana(desk)
    open_simple(desk, "c-iris", "Iris Tam", "Can I still change my address?", minute=9)
    claim(desk, "c-iris", START + timedelta(minutes=10))
    async with at_work(desk) as pilot:
        await pilot.press("alt+w")
        await wait_until(pilot, lambda: any("Dana Kovel has waited" in notice for notice in notices(pilot)))
        controller = app_of(pilot).controller
        words = painting.nobody_new(controller, START + timedelta(minutes=24, seconds=30))
        assert words == "Nobody new waits. Dana Kovel has waited 24 min for you."
        words = painting.nobody_new(controller, START + timedelta(minutes=125, seconds=30))
        assert words == "Nobody new waits. Dana Kovel has waited 2 h 05 min for you."


async def test_with_nobody_at_all_it_says_so() -> None:
    """No customer of the agent's waits either."""
    async with at_work(FakeDesk(), opened="") as pilot:
        await pilot.press("alt+w")
        await wait_until(pilot, lambda: "Nobody waits." in notices(pilot))
