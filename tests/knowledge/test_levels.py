"""When parts are merged: few parts, each written again seldom, however many updates there are."""

import math

from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.levels import GROWTH, LOOSE, Part, first_to_merge


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 50), min_size=1, max_size=400))
def test_there_are_never_many_parts_and_an_entry_is_seldom_written_again(updates: list[int]) -> None:
    """Both grow with the logarithm of all entries."""
    parts: list[int] = []
    written = 0
    for fresh in updates:
        start = first_to_merge([Part(size, 0) for size in parts], fresh)
        parts[start:] = [sum(parts[start:]) + fresh]
        written += parts[-1]
    total = sum(updates)
    assert sum(parts) == total
    assert len(parts) <= 1 + math.log(total, GROWTH + 1) + 1
    assert written <= total * (2 + math.log(total + 1, 1.5))


def test_a_small_update_leaves_a_large_part_alone() -> None:
    """What it costs depends on what changed."""
    assert first_to_merge([Part(35_000, 0), Part(2, 0)], 1) == 1
    assert first_to_merge([Part(35_000, 0)], 1) == 1
    assert first_to_merge([], 5) == 0


def test_a_part_that_holds_much_that_was_removed_is_written_anew() -> None:
    """Together with all after it, so that parts stay in order."""
    assert first_to_merge([Part(1000, 0), Part(300, 150), Part(20, 0)], 1) == 1
    assert first_to_merge([Part(70, int(70 * LOOSE))], 0) == 1


def test_a_part_of_which_nothing_is_left_goes() -> None:
    """Whatever else there is."""
    assert first_to_merge([Part(0, 40)], 0) == 0
