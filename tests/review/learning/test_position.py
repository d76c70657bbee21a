"""What is first gets picked: with the truth known, the corrected ranker finds it, and the plain one does not."""

import numpy as np
import pytest

from bench.ranker_clicks import LOOKS, clicks
from console.review.learning.examining import CLIPPED, corrections, examined
from console.review.learning.fitting import ranking_weights

SEEN = clicks(99, 4_000, (1.0, 1.0, 1.0))
"""Other lists, to judge by."""


@pytest.mark.parametrize("seed", range(4))
def test_how_often_places_are_looked_at_is_recovered(seed: int) -> None:
    """From clicks alone, on lists that stand strictly by a feature."""
    looked = examined(clicks(seed, 4_000).table)
    assert np.abs(looked - np.array(LOOKS)).max() < 0.06


@pytest.mark.parametrize("seed", range(4))
def test_the_corrected_ranker_recovers_the_order_and_the_plain_one_does_not(seed: int) -> None:
    """The plain one takes the feature that the lists stood by for what people want."""
    table = clicks(seed, 4_000).table
    corrected = ranking_weights(table, corrections(table, examined(table)))
    plain = ranking_weights(table, np.ones(len(table.gain)))
    assert SEEN.finds_the_best(corrected) > 0.95
    assert SEEN.finds_the_best(plain) < 0.8
    assert abs(corrected[0]) < 0.15
    assert plain[0] > 0.5


def test_where_every_place_is_looked_at_nothing_is_corrected() -> None:
    """The estimate says so, and both rankers are the same but for noise."""
    table = clicks(5, 4_000, (1.0, 1.0, 1.0)).table
    looked = examined(table)
    assert looked.min() > 0.9
    weights = ranking_weights(table, corrections(table, looked))
    assert np.abs(weights - ranking_weights(table, np.ones(len(table.gain)))).max() < 0.1


def test_no_click_counts_for_more_than_ten() -> None:
    """A place that is hardly ever looked at does not outvote all others; one that was never seen counts as the last."""
    table = clicks(1, 50).table
    weights = corrections(table, np.array([1.0, 0.02]))
    assert weights.max() == CLIPPED
    assert set(weights[table.place == 2]) == {CLIPPED}


def test_the_same_clicks_give_the_same_weights() -> None:
    """To the last digit."""
    table = clicks(2, 500).table
    first, second = (ranking_weights(table, corrections(table, examined(table))) for _ in range(2))
    assert (first == second).all()


def test_without_a_click_nothing_is_learned() -> None:
    """All weights are nought."""
    table = clicks(3, 50, (0.0, 0.0, 0.0)).table
    assert not ranking_weights(table, np.ones(len(table.gain))).any()
