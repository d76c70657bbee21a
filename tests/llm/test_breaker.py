"""Who fails again and again is left alone for a while."""

from dataclasses import dataclass

import pytest

from console.llm.breaker import LONGEST, Breaker


@dataclass
class Seconds:
    """A monotonic clock that the test moves."""

    now: float = 100.0

    def __call__(self) -> float:
        """Return the seconds."""
        return self.now


@pytest.fixture
def clock() -> Seconds:
    """It stands still by itself."""
    return Seconds()


@pytest.fixture
def breaker(clock: Seconds) -> Breaker:
    """One that opens at the third failure, for a minute."""
    return Breaker(3, 60.0, clock)


def fail(breaker: Breaker, times: int = 1) -> None:
    """Let calls fail."""
    for _ in range(times):
        assert breaker.admits()
        breaker.failed()


def test_it_opens_at_the_third_failure_in_a_row(breaker: Breaker) -> None:
    """A success between begins the count anew."""
    fail(breaker, 2)
    assert breaker.admits()
    breaker.succeeded()
    fail(breaker, 3)
    assert not breaker.admits()
    assert breaker.rests_for == 60


def test_after_its_rest_one_call_tries(breaker: Breaker, clock: Seconds) -> None:
    """While that one is out no other goes; when it fails the rest begins anew, when it succeeds all go."""
    fail(breaker, 3)
    clock.now += 60
    assert breaker.admits()
    assert not breaker.admits()
    breaker.failed()
    assert not breaker.admits()
    clock.now += 60
    assert breaker.admits()
    breaker.succeeded()
    assert breaker.admits()
    assert breaker.admits()


def test_a_trial_that_was_given_up_leaves_room_for_another(breaker: Breaker, clock: Seconds) -> None:
    """A customer who writes again says nothing of the server."""
    fail(breaker, 3)
    clock.now += 60
    assert breaker.admits()
    breaker.dropped()
    assert breaker.admits()


def test_a_server_that_says_when_to_come_again_is_left_alone_until_then(breaker: Breaker, clock: Seconds) -> None:
    """At its first refusal already; but not for ever."""
    assert breaker.admits()
    breaker.failed(again_after=7)
    assert not breaker.admits()
    clock.now += 7
    assert breaker.admits()
    breaker.failed(again_after=10**6)
    assert breaker.rests_for == LONGEST
