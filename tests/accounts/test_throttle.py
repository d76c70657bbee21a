"""How long whoever failed to sign in has to wait."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.accounts.throttle import FORGOTTEN, KNOWN, Count, Limits, pause

NOW = 1_800_000_000
LIMITS = Limits(failures=5)
NEVER = Count()


def failed(times: int, ago: int = 0) -> Count:
    """Return so many failures, the last one so many seconds ago."""
    return Count(times, NOW - ago)


@pytest.mark.parametrize(
    ("times", "ago", "wait"),
    [(4, 0, 0), (5, 0, 30), (5, 29, 1), (5, 30, 0), (6, 0, 60), (8, 0, 240), (30, 0, 900), (10**6, 0, 900)],
)
def test_an_account_from_one_address_waits_ever_longer(times: int, ago: int, wait: int) -> None:
    """Up to a quarter of an hour."""
    assert pause(LIMITS, failed(times, ago), NEVER, NEVER, NOW) == wait


def test_failures_are_forgotten_after_a_day() -> None:
    """Then the first pause is short again."""
    assert pause(LIMITS, failed(30, FORGOTTEN - 1), NEVER, NEVER, NOW) == 0
    assert failed(30, FORGOTTEN).standing(NOW) == 0


def test_strangers_who_fail_in_somebodys_name_keep_them_out_for_half_a_minute_at_most() -> None:
    """And not at all where they have signed in before."""
    everywhere = failed(10**5)
    assert pause(LIMITS, NEVER, everywhere, NEVER, NOW) == 30
    assert pause(LIMITS, Count(0, NOW, NOW - 3600), everywhere, NEVER, NOW) == 0
    assert pause(LIMITS, Count(0, NOW, NOW - KNOWN), everywhere, NEVER, NOW) == 30


def test_colleagues_who_fail_at_an_address_keep_others_out_for_a_minute_at_most() -> None:
    """And nobody who has signed in there before."""
    here = failed(10**5)
    assert pause(LIMITS, NEVER, NEVER, here, NOW) == 60
    assert pause(LIMITS, Count(0, NOW, NOW - 3600), NEVER, here, NOW) == 0


def test_at_a_known_address_the_hard_pause_is_short_too() -> None:
    """Somebody beside them could fail in their name."""
    assert pause(LIMITS, Count(10**5, NOW, NOW - 3600), NEVER, NEVER, NOW) == 120


counts = st.builds(
    Count, st.integers(0, 10**6), st.integers(NOW - 2 * KNOWN, NOW), st.just(0) | st.integers(NOW - 2 * KNOWN, NOW)
)


@given(counts, counts, counts)
def test_nobody_waits_longer_than_a_quarter_of_an_hour_and_every_wait_ends(
    pair: Count, everywhere: Count, here: Count
) -> None:
    """Whatever was counted, also by a clock that went back."""
    wait = pause(LIMITS, pair, everywhere, here, NOW)
    assert 0 <= wait <= 900
    assert pause(LIMITS, pair, everywhere, here, NOW + wait) == 0
