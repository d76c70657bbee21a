"""Planted effects are found and those of nothing are not: the short form of ``python -m bench.impact``."""

from dataclasses import replace

import numpy as np
import pytest

from bench.impact import COVERED, FAMILY, LESS, World, coverage, reported
from console.review.impact.comparing import Estimates
from console.review.impact.looking import course, planned_error, still_needed
from console.review.impact.outcomes import EDITS, HANDLING, REOPENED

SOME = (
    "durations, 4 agents who differ",
    "durations, 12 agents who differ",
    "durations, 30 agents, the effect differs",
    "durations with a long tail, 5 agents",
    "the share was changed, times got longer",
    "reopened, 10 and 7 in a hundred, 25 agents",
)


@pytest.mark.parametrize("name", SOME)
def test_intervals_hold_the_truth_in_95_of_100(name: str) -> None:
    """With agents who differ, effects that differ, skewed durations, shares that change."""
    world, outcome = COVERED[name]
    assert 0.935 <= coverage(world, outcome, 10_000) <= 0.965  # they scatter by 0.0022


@pytest.mark.parametrize("world", [World(1000, 4), World(800, 12, unlike=0.2), World(600, 5, 0.1, changed=True)])
def test_no_effect_is_reported_where_there_is_none(world: World) -> None:
    """Of five outcomes together, though they are looked at ten times."""
    assert reported(dict.fromkeys(FAMILY, world), 600, looks=10)[""] <= 0.06


def test_planted_effects_are_found() -> None:
    """A third less in nearly all runs with 1,500 conversations, and nothing of outcomes without an effect."""
    world = World(1_500, 5, effect=float(np.log(0.67)))
    nothing = replace(world, effect=0.0)
    worlds = {**dict.fromkeys(FAMILY, world), EDITS: nothing, REOPENED: nothing}
    found = reported(worlds, 200, looks=10)
    assert found[HANDLING.name] >= 0.9
    assert found[EDITS.name] + found[REOPENED.name] <= 0.06


def test_the_planned_sample_finds_the_smallest_effect_worth_knowing() -> None:
    """In four of five courses of Brownian motion with that drift; without drift in one of twenty at most, for ever."""
    chance, looks = np.random.default_rng(8), 200
    planned = planned_error(0.1, 1)
    shares = np.linspace(0.005, 1, looks)

    def found(effect: float, farther: float) -> float:
        information = farther * shares / planned**2
        steps = np.diff(information, prepend=0)
        sums = (chance.normal(size=(2_000, looks)) * np.sqrt(steps) + effect * steps).cumsum(axis=1)
        told = np.broadcast_to(information, sums.shape)
        none = np.full((*sums.shape, 2), 1e6)
        run = course(Estimates(sums / told, told**-0.5, np.full(sums.shape, np.inf), none, none, none, told), planned)
        return float((run.chance <= 0.05).mean())

    assert found(0.1, 1) >= 0.8
    assert found(0, 1) <= 0.05
    assert found(0, 20) <= 0.05


def test_the_sample_still_needed_follows_from_the_share_that_is_there() -> None:
    """A quarter of the information: three times as many again; nothing to go by: nobody knows."""
    assert still_needed(400, 0.25) == 1_200
    assert still_needed(400, 1.3) == 0
    assert still_needed(400, 0.0) is None
    assert planned_error(0.1, 5) < planned_error(0.1, 1) < planned_error(0.2, 1)
    assert abs(LESS) > HANDLING.least
