"""The limit on how fast one visitor writes."""

import pytest

from console.server.chat.limits import RateLimit


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        """Return the time in seconds."""
        return self.now


def test_the_wait_ends_a_minute_after_the_oldest_request() -> None:
    """Not later, however often one tries meanwhile."""
    clock = Clock()
    limit = RateLimit(2, clock)
    assert limit.wait("a") == 0
    clock.now += 20
    assert limit.wait("a") == 0
    assert limit.wait("a") == 40
    clock.now += 39
    assert limit.wait("a") == 1
    clock.now += 1
    assert limit.wait("a") == 0


def test_visitors_are_counted_apart() -> None:
    """One who writes a lot slows nobody else."""
    limit = RateLimit(1, Clock())
    assert [limit.wait(visitor) > 0 for visitor in "abab"] == [False, False, True, True]


def test_the_longest_silent_visitor_is_forgotten_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many come, memory does not grow."""
    monkeypatch.setattr("console.server.chat.limits.VISITORS_KEPT", 2)
    limit = RateLimit(1, Clock())
    for visitor in "abc":
        limit.wait(visitor)
    assert limit.wait("c") > 0
    assert limit.wait("a") == 0
