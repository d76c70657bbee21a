"""A writer that is killed at any moment loses nothing it acknowledged."""

from pathlib import Path

import pytest

from bench.kills import kill_rounds


def test_ten_kills_lose_nothing(tmp_path: Path) -> None:
    """Every acknowledged event is there, no batch in part, every cursor in place, the chain whole."""
    tally = kill_rounds(tmp_path, 10, seed=1)
    assert tally.clean, tally
    assert tally.kills == 10
    assert tally.acknowledged > 100


@pytest.mark.slow
def test_a_hundred_kills_lose_nothing(tmp_path: Path) -> None:
    """The same, ten times as often and elsewhere."""
    tally = kill_rounds(tmp_path, 100, seed=2)
    assert tally.clean, tally
    assert tally.acknowledged > 1000
