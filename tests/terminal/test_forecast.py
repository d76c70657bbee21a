"""The forecast in the lead's review: days, their hours, and what it was worth."""

from collections.abc import Callable

import pytest

from tests.terminal.forecast_scenes import arrived_weeks, forecasting_desk
from tests.terminal.harness import LARGE, SMALL, Console, at_work, wait_until
from tests.terminal.review_pictures import named, pressed
from tests.terminal.review_scenes import reviewing_desk
from tests.terminal.test_review import opened, rows, shown, to_tab


async def to_forecast(pilot: Console) -> None:
    """Go to the tab."""
    await opened(pilot)
    to_tab(pilot, "Forecast")
    await wait_until(pilot, lambda: "Reading" not in "".join(rows(pilot)[:1]))


async def test_days_lead_to_their_hours_and_hand_overs_stand_beside_arrivals() -> None:
    """With intervals, agents, and what such forecasts were worth."""
    async with at_work(forecasting_desk(), opened="", size=(100, 40)) as pilot:
        await to_forecast(pilot)
        await wait_until(pilot, lambda: any(row.startswith("Mon 2 Mar") for row in rows(pilot)))
        assert "next 7 days, from 8.0 weeks, UTC" in shown(pilot, "where")
        assert "Worth having" in shown(pilot, "detail")
        assert "the 80 % interval held" in shown(pilot, "detail")
        assert "Busiest: Mon 1" in shown(pilot, "detail")
        await pilot.press("v")
        await wait_until(pilot, lambda: "hand-overs to people" in shown(pilot, "where"))
        await pilot.press("tab", "shift+tab")
        await wait_until(pilot, lambda: "conversations that begin" in shown(pilot, "where"))
        await pilot.press("v", "enter")
        await wait_until(pilot, lambda: any("agent" in row for row in rows(pilot)))
        assert "on Mon 2 Mar" in shown(pilot, "where")
        for _ in range(10):
            await pilot.press("down")
        await wait_until(pilot, lambda: "In 80 of a hundred such hours" in shown(pilot, "detail"))
        assert "by Erlang's formula" in shown(pilot, "detail")
        await pilot.press("escape")
        await wait_until(pilot, lambda: any(row.startswith("all seven") for row in rows(pilot)))


async def test_hours_in_which_hardly_anybody_comes_are_one_row_at_either_end_of_a_day() -> None:
    """A day does not begin with rows of nought."""
    async with at_work(forecasting_desk(), opened="", size=(100, 40)) as pilot:
        await to_forecast(pilot)
        await pressed(pilot, "enter")
        await wait_until(pilot, lambda: rows(pilot)[0].startswith("00:00 to "))
        assert "hardly anybody" in rows(pilot)[0]
        assert not rows(pilot)[1].split()[1].startswith("0.0")
        assert "hardly anybody" in rows(pilot)[-1]
        assert "to 00:00" in rows(pilot)[-1]


async def test_two_weeks_of_history_are_too_little() -> None:
    """And that is said."""
    desk = reviewing_desk()
    desk.past = [*desk.past, *arrived_weeks(2)]
    async with at_work(desk, opened="", size=(80, 24)) as pilot:
        await to_forecast(pilot)
        await wait_until(pilot, lambda: rows(pilot)[0].startswith("Not enough data: a forecast needs 3 weeks"))


@pytest.mark.parametrize(
    "picture",
    [("days", SMALL, ()), ("days", LARGE, ()), ("hours", SMALL, ("v", "enter")), ("hours", LARGE, ("v", "enter"))],
    ids=named,
)
def test_the_forecast_looks_as_it_did(
    picture: tuple[str, tuple[int, int], tuple[str, ...]], looks: Callable[..., bool]
) -> None:
    """Days, and the hours of one."""
    _, size, keys = picture

    async def way(pilot: Console) -> None:
        await to_forecast(pilot)
        await pressed(pilot, *keys)

    assert looks(forecasting_desk(), size, way)
