"""Strong agents score above average ones, and average ones above poor ones, in every scenario and over many seeds."""

from collections import Counter
from itertools import combinations

import pytest

from console.practice.scenario import Difficulty
from console.practice.scoring import Score, scored
from knowledge import Embedder
from tests.practice.scripted import Remembering, Skilled, by_the_rubric, ear, played, scenarios

SEEDS = range(2)
"""`python -m bench.practice` plays ten."""

Scores = dict[tuple[str, Skilled, int], Score]


@pytest.fixture(scope="module")
def scores(remembering: Remembering, embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Scores:
    """The score of each agent in each scenario by each seed, with the marks of the demo's rubric by the engine."""
    found: Scores = {}
    marks = by_the_rubric(tmp_path_factory.mktemp("rubric"), embedder)
    for scenario in scenarios():
        hears = ear(scenario, remembering)
        for skilled in Skilled:
            for seed in SEEDS:
                session = played(scenario, hears, skilled, seed)
                found[scenario.id, skilled, seed] = scored(session, marks(session))
    return found


@pytest.mark.parametrize(("better", "worse"), list(combinations(Skilled, 2)))
def test_the_better_agent_scores_higher_in_nearly_all_pairs(scores: Scores, better: Skilled, worse: Skilled) -> None:
    """At least 95 of 100 pairs of the same scenario and seed."""
    pairs = [
        (scores[scenario.id, better, seed].total, scores[scenario.id, worse, seed].total)
        for scenario in scenarios()
        for seed in SEEDS
    ]
    assert sum(one > other for one, other in pairs) >= 0.95 * len(pairs)


def test_the_strong_agent_wins_nearly_always(scores: Scores) -> None:
    """At least 90 of 100 sessions, and of each difficulty."""
    for difficulty in Difficulty:
        won = [
            scores[one.id, Skilled.STRONG, seed].won
            for one in scenarios()
            if one.difficulty is difficulty
            for seed in SEEDS
        ]
        assert sum(won) >= 0.9 * len(won), difficulty


def test_the_poor_agent_wins_no_hard_scenario(scores: Scores) -> None:
    """Nor any other, as it happens."""
    assert not [key for key, score in scores.items() if key[1] is Skilled.POOR and score.won]


def test_no_two_points_of_a_score_have_one_name(scores: Scores) -> None:
    """Those of the rubric and those that only practice knows."""
    for score in scores.values():
        assert len({point.id for point in score.points}) == len(score.points)


def test_harder_scenarios_are_won_by_fewer_average_agents(scores: Scores) -> None:
    """What tells an easy scenario from a hard one is who gets through it."""
    won = Counter[Difficulty]()
    for scenario in scenarios():
        won[scenario.difficulty] += sum(scores[scenario.id, Skilled.AVERAGE, seed].won for seed in SEEDS)
    assert won[Difficulty.EASY] >= won[Difficulty.MEDIUM] >= won[Difficulty.HARD]
