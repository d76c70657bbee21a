"""The limits on how fast one visitor writes, and on what one address takes."""

from contextlib import ExitStack

import pytest

from console.addresses import neighbourhood
from console.server.chat.limits import STREAMS, VISITS_PER_MINUTE, Crowd, RateLimit


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


def test_who_has_been_silent_for_a_minute_takes_no_room() -> None:
    """There is nothing left to hold against them."""
    clock = Clock()
    limit = RateLimit(1, clock)
    for visitor in "abc":
        limit.wait(visitor)
        clock.now += 25
    assert limit.wait("b") > 0
    assert list(limit._times) == ["c", "b"]


def test_one_address_leaves_room_for_the_others() -> None:
    """For new visits and for streams."""
    crowd = Crowd(2, 2, Clock())
    assert [crowd.arrive("192.0.2.1") for _ in range(3)] == [0, 0, 60]
    assert crowd.arrive("192.0.2.2") == 0
    with crowd.streaming("192.0.2.1"), crowd.streaming("192.0.2.1"):
        assert (crowd.full("192.0.2.1"), crowd.full("192.0.2.2")) == (True, False)
    assert not crowd.full("192.0.2.1")


def test_all_addresses_together_have_a_limit_too() -> None:
    """So that the staff are not cut off by a crowd from everywhere."""
    crowd = Crowd(600, STREAMS, Clock())
    waits = [crowd.arrive(f"192.0.2.{n % 250}") for n in range(VISITS_PER_MINUTE + 1)]
    assert (set(waits[:-1]), waits[-1]) == ({0}, 60)
    with ExitStack() as streams:
        for number in range(STREAMS):
            assert not crowd.full("192.0.2.1")
            streams.enter_context(crowd.streaming(f"192.0.2.{number % 250}"))
        assert crowd.full("198.51.100.1")


@pytest.mark.parametrize(
    ("address", "counts_as"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("", ""),
        ("testclient", "testclient"),
    ],
)
def test_what_counts_as_one_address(address: str, counts_as: str) -> None:
    """Whoever has one IPv6 address has a whole network of them."""
    assert neighbourhood(address) == counts_as
