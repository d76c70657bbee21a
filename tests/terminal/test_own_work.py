"""What the agent owes is said: own customers who wait, and answers begun and not sent."""

from datetime import timedelta

from console.terminal import painting
from console.terminal.widgets.composer import Composer
from console.terminal.widgets.inbox import DRAFT, InboxList
from tests.terminal.fake_desk import START, FakeDesk
from tests.terminal.harness import Console, app_of, at_work, notices, wait_until
from tests.terminal.scenes import claim, full_desk, open_dana, open_simple


def face(pilot: Console, name: str) -> str:
    """A row of the inbox as it reads."""
    rows = app_of(pilot).main.query_one(InboxList).rows
    return next((row.face.plain for row in rows if row.key == name), "")


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
        assert app_of(pilot).controller.state.current == ""


async def test_an_answer_begun_and_not_sent_shows_in_the_inbox() -> None:
    """On its row, also while another conversation is on the screen, until it is sent."""
    desk = full_desk()
    async with at_work(desk) as pilot:
        app = app_of(pilot)
        assert DRAFT not in face(pilot, "c-dana")
        app.main.query_one(Composer).area.insert("Dear Dana")
        await wait_until(pilot, lambda: DRAFT in face(pilot, "c-dana"))
        await app.controller.open("c-iris")
        await pilot.pause()
        assert DRAFT in face(pilot, "c-dana")
        assert DRAFT not in face(pilot, "c-iris")
        await app.controller.open("c-dana")
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: DRAFT not in face(pilot, "c-dana"))


async def test_an_answer_begun_before_the_console_was_started_shows_as_well() -> None:
    """The desk names it; emptied here, it is gone."""
    desk = full_desk()
    desk.unsent["c-dana"] = "Dear Dana"
    async with at_work(desk, opened="") as pilot:
        app = app_of(pilot)
        await wait_until(pilot, lambda: DRAFT in face(pilot, "c-dana"))
        await app.controller.open("c-dana")
        await wait_until(pilot, lambda: app.main.query_one(Composer).area.text == "Dear Dana")
        assert DRAFT in face(pilot, "c-dana")
        app.main.query_one(Composer).area.replace_all("")
        await wait_until(pilot, lambda: DRAFT not in face(pilot, "c-dana"))
