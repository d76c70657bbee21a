"""Forecasts: what is expected, what stands there where nothing better is shown, clocks that change, silences."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.conversation import events as e
from console.conversation.forecasts import Course, Flow, Forecast, Worth
from console.conversation.hours import Hours
from console.conversation.people import Customer
from console.review.forecast.arrivals import Arrivals
from console.review.forecast.forecasting import Ways, forecast_of
from console.review.forecast.limits import limits
from console.review.forecast.report import lines_of, rows_of, section_of
from console.review.forecast.staffing import agents

BERLIN = ZoneInfo("Europe/Berlin")
UNTIL = datetime(2026, 11, 9, 10, tzinfo=BERLIN)
SHAPE = np.array([0, 0, 0, 0, 0, 0, 1, 2, 4, 6, 8, 8, 7, 6, 6, 7, 6, 5, 4, 3, 2, 1, 1, 0])
DAYS = np.array([1.3, 1.1, 1, 1, 1, 0.7, 0.4])


def came(
    weeks: int = 9, *, off: tuple[date, ...] = (), alike: bool = False, a_day: float = 80, seed: int = 1
) -> Arrivals:
    """So many weeks before :data:`UNTIL`, in the time of Berlin; the clocks went back on 25 October."""
    rng, fold = np.random.default_rng(1), Arrivals(UNTIL)
    first = UNTIL.date() - timedelta(weeks=weeks)
    for number in range(weeks * 7):
        day = first + timedelta(days=number)
        rates = 80 * SHAPE / SHAPE.sum() * DAYS[day.weekday()]
        if day in off:
            continue
        for hour in range(24):
            count = round(rates[hour]) if alike else int(rng.poisson(rates[hour]))
            at = datetime(day.year, day.month, day.day, hour, tzinfo=BERLIN)
            for place in range(count):
                opened = e.ConversationOpened("webchat", Customer(id="x"))
                moment = (at.astimezone(UTC) + timedelta(minutes=place % 59)).astimezone(UTC)
                fold.take(e.Event(0, f"c-{number}-{hour}-{place}", "desk", opened, moment))
    return fold


def made(fold: Arrivals, weeks: int = 9) -> Forecast:
    """Return its forecast."""
    return forecast_of(fold, UNTIL, weeks, Ways(Hours(BERLIN, {}, frozenset({date(2026, 11, 11)}))))


def test_hours_and_days_are_forecast_in_the_desks_own_time() -> None:
    """Across the day on which the clocks went back."""
    course = made(came()).of(Flow.ARRIVALS)
    assert [day.day for day in course.days][:2] == [date(2026, 11, 9), date(2026, 11, 10)]
    monday, sunday = course.days[0], course.days[6]
    assert monday.span.low80 < 80 * 1.3 < monday.span.high80
    assert sunday.span.high95 < monday.span.low95
    assert {hour.at.hour for hour in course.peaks} <= {10, 11, 12}
    assert monday.hours[3].span.expected < 0.1
    assert [day.holiday for day in course.days] == [False, False, True, False, False, False, False]
    assert not course.naive
    assert course.gain is not None
    assert course.gain > 0.1
    assert {worth.of for worth in course.worth} == {"hour", "day"}


def test_where_weeks_are_all_alike_saying_what_was_a_week_ago_is_as_good_and_stands_there() -> None:
    """And it is said."""
    course = made(came(alike=True)).of(Flow.ARRIVALS)
    assert course.naive or course.gain is None
    spans = [hour.span.expected for hour in course.days[1].hours]
    assert spans == [round(80 * value / SHAPE.sum() * 1.1) for value in SHAPE]


@pytest.mark.parametrize("weeks", [0, 1, 2])
def test_under_three_weeks_nothing_is_forecast(weeks: int) -> None:
    """It says so."""
    course = made(came(weeks) if weeks else Arrivals(UNTIL)).of(Flow.ARRIVALS)
    assert course.days == ()
    assert "Not enough data" in course.why


def test_days_on_which_the_desk_was_off_are_not_known_and_do_not_lower_the_forecast() -> None:
    """No data is not nought."""
    off = (date(2026, 11, 5), date(2026, 11, 6))
    whole, holed = made(came()), made(came(off=off))
    assert whole.gaps == ()
    assert holed.gaps == (off,)
    before, after = (one.of(Flow.ARRIVALS).week for one in (whole, holed))
    assert before is not None
    assert after is not None
    assert after.expected == pytest.approx(before.expected, rel=0.05)


def test_what_is_not_there_at_all_is_said_of_that_flow_alone() -> None:
    """A desk without hand-overs."""
    assert made(came()).of(Flow.ESCALATIONS).why == "Nothing of this came in these weeks."


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(("opened", "handed", "claimed", "released", "closed")),
            st.integers(0, 3),
            st.integers(-3_000, 80_000),
        ),
        max_size=60,
    )
)
def test_no_order_of_events_and_no_clock_stops_it(told: list[tuple[str, int, int]]) -> None:
    """Ends without beginnings, clocks set back, moments to come."""
    kinds: dict[str, e.EventData] = {
        "opened": e.ConversationOpened("webchat", Customer(id="x")),
        "handed": e.HandedOver("asked"),
        "claimed": e.ConversationClaimed("a", "Ada"),
        "released": e.ConversationReleased(parked=False),
        "closed": e.ConversationClosed("solved", resolved=True),
    }
    fold = Arrivals(UNTIL)
    for kind, name, minutes in told:
        fold.take(e.Event(0, f"c{name}", "desk", kinds[kind], UNTIL - timedelta(minutes=minutes)))
    assert all(value >= 0 for value in fold.hours.of("handling").tolist())
    forecast = made(fold)
    assert list(lines_of(forecast, 80))
    assert section_of(forecast)


def test_a_conversation_left_open_overnight_does_not_say_how_long_the_work_takes() -> None:
    """Six minutes, with what was parked between; and one of twelve hours, which is left out."""
    fold = Arrivals(UNTIL)
    for name, steps in (("a", ("claim", 4, "release", 60, "claim", 2, "close")), ("b", ("claim", 720, "close"))):
        at = UNTIL
        for step in steps:
            match step:
                case "claim":
                    fold.take(e.Event(0, name, "desk", e.ConversationClaimed("a", "Ada"), at))
                case "release":
                    fold.take(e.Event(0, name, "desk", e.ConversationReleased(parked=True), at))
                case "close":
                    fold.take(e.Event(0, name, "desk", e.ConversationClosed("solved", resolved=True), at))
                case int(minutes):
                    at += timedelta(minutes=minutes)
                case _:
                    raise AssertionError(step)
    assert int(fold.hours.of("handled").sum()) == 1
    assert int(fold.hours.of("handling").sum()) == 6 * 60_000


def test_limits_are_those_of_poisson_where_nothing_varies_more_and_wider_where_it_does() -> None:
    """SciPy's own quantiles."""
    low, high = limits([10.0], 0.0, 0.95)
    assert (low[0], high[0]) == (4, 17)
    wide_low, wide_high = limits([10.0], 0.2, 0.95)
    assert wide_low[0] < low[0]
    assert wide_high[0] > high[0]


def test_agents_are_those_of_erlangs_table() -> None:
    """100 calls an hour of three minutes, 80 % within 20 s: 8 (a load of 5 erlangs); chats at once divide them."""
    assert agents(np.array([100.0, 0.0]), 180, 1, 20).tolist() == [8, 0]
    assert agents(np.array([100.0]), 180, 4, 20).tolist() == [2]


def test_few_hand_overs_need_somebody_there_and_fill_little_of_their_time() -> None:
    """Whom the expected number needs is never outside the limits, and how much of their chats it fills is told."""
    fold = came()
    for number in range(9 * 7):
        at = UNTIL - timedelta(days=number + 1, hours=1)
        for place in range(2):
            began = e.ConversationClaimed("robin", "Robin")
            name = f"h-{number}-{place}"
            events = (e.HandedOver("asked", 1), began, e.ConversationClosed("done", resolved=True))
            for step, data in enumerate(events):
                fold.take(e.Event(0, name, "agent:robin", data, at + timedelta(minutes=6 * step)))
    forecast = made(fold)
    assert forecast.staffing is not None
    assert forecast.staffing.handling == pytest.approx(360)
    needed = [hour.needed for day in forecast.of(Flow.ESCALATIONS).days for hour in day.hours if hour.needed]
    assert any(one.agents for one in needed)
    assert all(one.low <= one.agents <= one.high for one in needed)
    assert forecast.staffing.used(2, 1) == pytest.approx(2 * 360 / 3600 / 4)
    assert forecast.staffing.used(2, 0) == 0


def test_the_report_has_every_hour_as_a_row() -> None:
    """And days in its lines, none too long."""
    forecast = made(came())
    assert len([row for row in rows_of(forecast) if row["name"] == "hour"]) == 7 * 24
    lines = list(lines_of(forecast, 80))
    assert max(map(len, lines)) <= 80
    assert any("than saying “as a week ago”" in line for line in lines)
    assert "<script" not in section_of(forecast).html


def test_limits_that_did_not_hold_are_said_to_be_too_narrow() -> None:
    """Beside the gain, which may be there all the same; of a handful of days nothing is said."""
    worth = Worth("day", 40, 0.2, 0.4, 0.5, 0.67, 0.81, 0.8, 0.95)
    course = Course(Flow.ARRIVALS, worth=(worth,), gain=0.3, gain_low=0.1, gain_high=0.5)
    assert "its limits are too narrow: 19% of past days lay outside the 95 %" in course.judged
    assert "Worth having" not in course.judged
    assert "Worth having" in replace(course, worth=(replace(worth, number=5),)).judged
    assert "Worth having" in replace(course, worth=(replace(worth, held95=0.95),)).judged
