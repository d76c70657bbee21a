"""What the report says of assistance, where the truth is known: it was planted.

    python -m bench.impact [RUNS]

Worlds of conversations are drawn: so many agents who differ from one another, with or without an effect that differs
from agent to agent, durations that are skewed more or less, rare and frequent reopening, a hold-out whose share is
changed while times get longer. Of each world 20,000 are judged by the functions that the report uses. An interval
should hold the truth in 95 of 100; where there is no effect none should be reported, over all outcomes and however
often somebody looks. Behind each share stand the limits of its own sampling error. With 2,000 runs a true 0.955 shows
as 0.946 to 0.964 in 95 of 100, so that of all worlds one soon lies outside what is asked, by chance alone; with 20,000
as 0.952 to 0.958.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bench.figures import Figure, show
from console.review.impact.comparing import Cells, compared
from console.review.impact.judging import Examined, carried, examined
from console.review.impact.outcomes import CSAT, EDITS, FIRST, HANDLING, REOPENED, RESPONSE, Outcome
from console.review.intervals import Floats

RUNS: Final = 20_000
BATCH: Final = 100
FAMILY: Final = (FIRST, RESPONSE, HANDLING, EDITS, REOPENED)

_STEPS: Final = 4
"""Of the scale of satisfaction, from 1 to 5."""

Numbers = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class World:
    """What is planted. ``effect`` is on the scale of the estimate: logs of durations, shares, characters."""

    conversations: int = 600
    agents: int = 12
    share: float = 0.3
    effect: float = 0.0
    apart: float = 0.4
    """How far agents lie apart: the deviation of their means, in logs."""
    unlike: float = 0.0
    """How far the effect differs from agent to agent, in logs."""
    skew: str = "log-normal"
    """Of durations: ``log-normal``, ``long`` (a tail as of Student's t with 3 degrees), ``short`` (gamma, shape ½)."""
    rate: float = 0.1
    """Share that is reopened without assistance."""
    changed: bool = False
    """Whether in the second half of the time the share is a half, and everything takes longer."""


def tables(chance: np.random.Generator, world: World, outcome: Outcome, runs: int, looks: int = 1) -> Cells:
    """Return the tables of so many runs: (run, look, agent, stratum, arm)."""
    n = world.conversations
    weights = chance.dirichlet(np.full(world.agents, 5.0), size=runs).cumsum(axis=1)
    agents: Numbers = (chance.random((runs, n))[..., None] > weights[:, None, :-1]).sum(axis=-1)
    late = np.arange(n) >= n // 2 if world.changed else np.zeros(n, dtype=np.bool_)
    assisted = chance.random((runs, n)) >= np.where(late, 0.5, world.share)
    values = _values(chance, world, outcome, agents, assisted, late)
    row = np.broadcast_to(np.arange(runs)[:, None], (runs, n))
    look = np.broadcast_to(np.arange(n) * looks // n, (runs, n))
    stratum = np.broadcast_to(late.astype(np.intp), (runs, n))
    sums = []
    for added in (np.ones((runs, n)), values, values**2):
        table = np.zeros((runs, looks, world.agents, 1 + world.changed, 2))
        np.add.at(table, (row, look, agents, stratum, assisted.astype(np.intp)), added)
        sums.append(table.cumsum(axis=1))
    return Cells(*sums)


def _values(
    chance: np.random.Generator,
    world: World,
    outcome: Outcome,
    agents: Numbers,
    assisted: NDArray[np.bool_],
    late: NDArray[np.bool_],
) -> Floats:
    row = np.arange(len(agents))[:, None]
    own = chance.normal(0, world.apart, (len(agents), world.agents))[row, agents]
    if outcome is REOPENED:
        least = max(0.0, -world.effect)  # the effect is the same whoever the agents are: of few, it is that of these
        rates = least + (world.rate - least) * np.exp(own - world.apart**2 / 2) + world.effect * assisted
        return (chance.random(agents.shape) < np.clip(rates, 0, 1)).astype(np.float64)
    if outcome is CSAT:
        satisfied = 0.75 + own / 8 + world.effect / _STEPS * assisted
        return 1.0 + chance.binomial(_STEPS, np.clip(satisfied, 0, 1))
    if outcome is EDITS:
        return chance.gamma(2, 80, agents.shape) * np.exp(own - world.apart**2 / 2) + world.effect * assisted
    effects = world.effect + chance.normal(0, world.unlike, (len(agents), world.agents))[row, agents]
    match world.skew:
        case "long":
            noise = chance.standard_t(3, agents.shape)
        case "short":
            noise = np.log(chance.gamma(0.5, 1, agents.shape))
        case _:
            noise = chance.normal(0, 1, agents.shape)
    return 6 + own + assisted * effects + 0.5 * late + noise


def _newest(table: Cells) -> Cells:
    return Cells(*(sums[:, -1] for sums in table.tables))


def coverage(world: World, outcome: Outcome, runs: int, seed: int = 1) -> float:
    """Return the share of runs whose interval holds the truth, of those in which there is enough to say anything."""
    chance, held, told = np.random.default_rng(seed), 0, 0
    for _ in range(runs // BATCH):
        found = compared(_newest(tables(chance, world, outcome, BATCH)))
        low, high = outcome.limits(found)
        enough = outcome.enough(found)
        held += int((enough & (low <= world.effect) & (world.effect <= high)).sum())
        told += int(enough.sum())
    return held / told


def reported(worlds: dict[Outcome, World], runs: int, looks: int, seed: int = 2) -> dict[str, float]:
    """Return the share of runs in which an effect is reported, of each outcome, and of any under the empty name."""
    chance = np.random.default_rng(seed)
    found = dict.fromkeys(("", *(outcome.name for outcome in worlds)), 0)
    for _ in range(runs // BATCH):
        looked: dict[str, Examined] = {}
        for outcome, world in worlds.items():
            looked[outcome.name] = examined(outcome, tables(chance, world, outcome, BATCH, looks), len(worlds))
        stands = carried(looked)
        for name, where in stands.items():
            found[name] += int(where.sum())
        found[""] += int(np.any(list(stands.values()), axis=0).sum())
    return {name: count / runs for name, count in found.items()}


LESS: Final = float(np.log(0.8))
"""A fifth less."""

COVERED: Final[dict[str, tuple[World, Outcome]]] = {
    "durations, agents alike, 25 agents": (World(agents=25, apart=0, effect=LESS), HANDLING),
    "durations, one agent": (World(agents=1, effect=LESS), HANDLING),
    "durations, 4 agents who differ": (World(agents=4, effect=LESS), HANDLING),
    "durations, 12 agents who differ": (World(effect=LESS), HANDLING),
    "durations, 40 agents who differ, a tenth held out": (World(agents=40, share=0.1, effect=LESS), HANDLING),
    "durations, 14 agents, the effect differs": (World(agents=14, unlike=0.3, effect=LESS), HANDLING),
    "durations, 30 agents, the effect differs": (World(agents=30, unlike=0.3, effect=LESS), HANDLING),
    "durations with a long tail, 5 agents": (World(300, 5, 0.2, LESS, skew="long"), HANDLING),
    "durations skewed to the short side, 5 agents": (World(300, 5, 0.2, LESS, skew="short"), HANDLING),
    "150 conversations": (World(150, 5, 0.25, LESS), HANDLING),
    "the share was changed, times got longer": (World(share=0.1, effect=LESS, changed=True), HANDLING),
    "edits, 12 agents": (World(effect=-30), EDITS),
    "CSAT, 12 agents": (World(effect=0.2), CSAT),
    "reopened, 10 and 7 in a hundred, 4 agents": (World(agents=4, effect=-0.03), REOPENED),
    "reopened, 10 and 7 in a hundred, 25 agents": (World(agents=25, effect=-0.03), REOPENED),
    "reopened, 5 in a hundred, no effect": (World(agents=5, rate=0.05), REOPENED),
}
"""What is judged for coverage, by what it is."""

NULLS: Final[dict[str, tuple[World, int]]] = {
    "4 agents, 1,000 conversations, looked at 60 times": (World(1000, 4), 60),
    "12 agents, 4,000 conversations, half held out, 60 times": (World(4000, 12, 0.5), 60),
    "20 agents, the effect differs around none, 30 times": (World(1000, 20, unlike=0.3), 30),
    "the share was changed, times got longer, 30 times": (World(1000, 5, 0.1, changed=True), 30),
}
"""Worlds without any effect, and how often they are looked at."""


PLANTED: Final = (("a third", 1000, 0.67, -0.05), ("a fifth", 2500, 0.8, -0.05), ("a tenth", 6000, 0.9, -0.03))
"""Effects on durations in words, the conversations, the ratio, and what is added to the rate of reopening."""


def figures(runs: int) -> Iterator[Figure]:
    """Yield coverage, false effects, and how often planted ones are found."""
    for name, (world, outcome) in COVERED.items():
        share = coverage(world, outcome, runs)
        yield Figure(f"coverage: {name}", share, 0.935, of=runs)
        yield Figure("  … and not more than", share, 0.965, at_most=True)
    for name, (world, looks) in NULLS.items():
        fewer_runs = max(BATCH, runs // 5)
        false = reported(dict.fromkeys(FAMILY, world), fewer_runs, looks)[""]
        yield Figure(f"false: {name}", false, 0.06, at_most=True, of=fewer_runs)
    for name, n, effect, fewer in PLANTED:
        world = World(n, 5, effect=float(np.log(effect)))
        worlds = {outcome: replace(world, effect=fewer) if outcome is REOPENED else world for outcome in FAMILY}
        worlds[EDITS] = replace(world, effect=-30)
        for outcome, share in reported(worlds, max(BATCH, runs // 50), 30).items():
            if outcome:
                yield Figure(f"found: {name} less, {n:,} conversations, {outcome}", share)


def main() -> None:
    """Print the figures."""
    show("Impact", figures(int(sys.argv[1]) if len(sys.argv) > 1 else RUNS))


if __name__ == "__main__":
    main()
