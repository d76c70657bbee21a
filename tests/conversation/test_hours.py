"""When a desk is open."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from console.conversation.hours import Hours

LONDON = ZoneInfo("Europe/London")
DAYTIME = ((time(9), time(17, 30)),)
WEEK = Hours(LONDON, dict.fromkeys(range(5), DAYTIME), frozenset({date(2026, 12, 25)}))


def at(text: str, zone: ZoneInfo = LONDON) -> datetime:
    """Return a moment of a zone's own time."""
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def test_it_is_open_in_the_companys_own_time_whatever_the_clock_is_set_to() -> None:
    """Half past eight in UTC is half past nine in London in summer."""
    assert WEEK.open_at(datetime(2026, 7, 1, 8, 30, tzinfo=UTC))
    assert not WEEK.open_at(datetime(2026, 1, 7, 8, 30, tzinfo=UTC))
    assert not WEEK.open_at(at("2026-07-01T17:30"))


def test_a_night_shift_goes_over_midnight() -> None:
    """Until its end on the next day, though that day has no hours of its own."""
    night = Hours(LONDON, {4: ((time(22), time(6)),)})
    moments = ("2026-07-03T21:59", "2026-07-03T22:00", "2026-07-04T05:59", "2026-07-04T06:00")
    assert [night.open_at(at(text)) for text in moments] == [False, True, True, False]


def test_a_holiday_is_closed_and_the_next_opening_is_after_it() -> None:
    """Christmas 2026 is a Friday: open again on Monday."""
    assert not WEEK.open_at(at("2026-12-25T10:00"))
    assert WEEK.opens(at("2026-12-24T18:00")) == at("2026-12-28T09:00")


def test_customers_read_when_it_opens() -> None:
    """In the company's words, where it has some."""
    assert "We are back Monday 28 December at 09:00." in WEEK.told(at("2026-12-25T10:00"))
    own = Hours(LONDON, WEEK.week, message="Closed. Open again {opens}.")
    assert own.told(at("2026-03-06T18:00")) == "Closed. Open again Monday 9 March at 09:00."


def test_a_desk_that_does_not_open_names_no_time() -> None:
    """Rather than a wrong one."""
    shut = Hours(LONDON, {})
    assert shut.opens(at("2026-03-06T18:00")) is None
    assert "We are back later." in shut.told(at("2026-03-06T18:00"))
