"""The figures of a run of kills are what the page on reliability says: by what was killed, and how often too late."""

from tests.faults.figures import Figures, worst


def test_a_run_is_told_by_what_was_killed() -> None:
    """A row for all kills, one for each kind, and what was measured beside."""
    figures = Figures(
        {"server": [1.0, 3.0], "console": [2.0]},
        {"server": [2.0, 6.0], "console": [2.0]},
        {"server": [1.0, 16.0], "console": [2.0]},
        {"server": [9.0, 9.0], "console": [4.0], "postgres": [0.5]},
    )
    _, _, *rows = figures.lines()
    assert rows[0].startswith("| all together | 3 | 2.0, 2.9, 3.0 | 2.0, 5.6, 6.0 | 2.0, 14.6, 16.0 |")
    assert rows[1] == "| server | 2 | 2.0, 2.9, 3.0 | 4.0, 5.8, 6.0 | 8.5, 15.2, 16.0 | 9.0, 9.0, 9.0 |"
    assert rows[2] == "| console | 1 | 2.0, 2.0, 2.0 | 2.0, 2.0, 2.0 | 2.0, 2.0, 2.0 | 4.0, 4.0, 4.0 |"
    assert rows[3] == "| postgres | 1 | – | – | – | 0.5, 0.5, 0.5 |"
    assert figures.missed(5, 15) == [
        "longer than 5 s until messages flowed: 1 {'server': 1, 'console': 0}",
        "longer than 15 s until assistance: 1 {'server': 1, 'console': 0}",
    ]
    assert worst(figures.answered) == 6.0
