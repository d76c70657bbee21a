"""The desk's clock."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from console.desk.steady import SteadyClock, running

START = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)


class Machine:
    """A machine whose time of day can be set, and which runs on."""

    def __init__(self) -> None:
        self.day, self.ran = START, 500.0

    def passes(self, seconds: float) -> None:
        """Let time pass."""
        self.day += timedelta(seconds=seconds)
        self.ran += seconds

    def clock(self, not_before: datetime | None = None) -> SteadyClock:
        """Return a clock that begins now."""
        return SteadyClock(not_before, of_day=lambda: self.day, seconds=lambda: self.ran)


@given(st.lists(st.tuples(st.floats(0, 1e5), st.floats(-1e6, 1e6)), max_size=20))
def test_it_measures_what_passed_however_the_time_of_day_is_set(steps: list[tuple[float, float]]) -> None:
    """Forward and back."""
    machine = Machine()
    clock = machine.clock()
    for seconds, set_by in steps:
        before = clock()
        machine.passes(seconds)
        machine.day += timedelta(seconds=set_by)
        assert abs((clock() - before).total_seconds() - seconds) < 1e-3


def test_after_a_restart_it_goes_on_where_it_was_though_the_time_of_day_was_set_back() -> None:
    """A wait never becomes shorter; where the time went on, so does the clock."""
    machine = Machine()
    machine.day -= timedelta(hours=3)
    assert machine.clock(START)() == START
    machine.day += timedelta(hours=5)
    assert machine.clock(START)() == START + timedelta(hours=2)


def test_an_earlier_run_in_the_far_future_was_wrong_and_is_not_gone_on_from() -> None:
    """A machine that once thought it was years later is not held there for ever."""
    machine = Machine()
    assert machine.clock(START + timedelta(days=400))() == START


def test_the_machines_own_clock_runs() -> None:
    """It never goes back."""
    assert running() <= running()


def test_a_demo_in_which_weeks_have_passed_is_ahead_and_stays_so() -> None:
    """While it runs, and when it starts again."""
    machine = Machine()
    clock = machine.clock()
    clock.forward(14 * 86_400)
    machine.passes(60)
    assert clock() == machine.day + timedelta(weeks=2)
    again = SteadyClock(clock(), of_day=lambda: machine.day, seconds=lambda: machine.ran, ahead=timedelta(weeks=2))
    assert again() == machine.day + timedelta(weeks=2)
