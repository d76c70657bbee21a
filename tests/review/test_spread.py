"""How far agents differ beyond chance: what is planted is found, and what is not planted is not."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.review.intervals import Floats
from console.review.reviewing.columns import NONE, Numbers
from console.review.spread import ByAgent, between


def desk(rng: np.random.Generator, rates: Floats, most: int = 120, hang: bool = False) -> tuple[Numbers, ...]:
    """Return agents, conversations and hits of a desk; of a conversation that hangs together all are alike."""
    sizes = rng.integers(20, most, len(rates))
    agents = np.repeat(np.arange(len(rates)), sizes)
    each = 2 if hang else 1
    hits = (rng.random(len(agents)) < rates[agents]).astype(np.int64)
    cases = len(agents) * each
    return np.repeat(agents, each), np.arange(cases) // each, np.repeat(hits, each)


@pytest.mark.parametrize(("agents", "rate"), [(3, 0.5), (6, 0.1), (25, 0.4), (60, 0.05)])
@pytest.mark.parametrize("hang", [False, True])
def test_where_agents_are_alike_the_interval_begins_at_nought_as_often_as_it_says(
    agents: int, rate: float, hang: bool
) -> None:
    """In 97.5 of 100 desks, whether cases of one conversation hang together or not; and it never ends there."""
    rng = np.random.default_rng(agents)
    held = 0
    for _ in range(600):
        agent, conversation, hits = desk(rng, np.full(agents, rate), hang=hang)
        found = ByAgent(agent, conversation).spread("accepted", hits.astype(np.float64))
        assert found.deviation is not None
        assert found.low <= found.deviation <= found.high
        assert found.high > 0
        held += found.low == 0
    assert 0.955 <= held / 600 <= 0.995


@pytest.mark.parametrize(("agents", "planted"), [(5, 0.15), (12, 0.08), (40, 0.2)])
def test_what_is_planted_lies_within_the_interval_as_often_as_it_says(agents: int, planted: float) -> None:
    """And the variances that are found are those planted on average, as is none that is planted in none."""
    rng = np.random.default_rng(agents)
    middle, held, variances = 0.4, 0, []
    both = middle * (1 - middle) / planted**2 - 1
    for _ in range(500):
        rates = rng.beta(middle * both, (1 - middle) * both, agents)
        agent, conversation, hits = desk(rng, rates)
        found = ByAgent(agent, conversation).spread("accepted", hits.astype(np.float64))
        held += found.low <= planted <= found.high
        variances.append((found.deviation or 0.0) ** 2)
    assert 0.92 <= held / 500 <= 0.99
    assert np.mean(variances) == pytest.approx(planted**2, rel=0.12)


def test_with_equal_cases_it_is_the_analysis_of_variance() -> None:
    """Then it can be written out: mean squares between less within, over the cases; Fisher's ratio at the limits."""
    from scipy.stats import f

    means, n = np.array([0.3, 0.5, 0.4, 0.6, 0.45, 0.35, 0.52, 0.48]), 100
    chance, freedom = np.full(8, 0.24 / n), 8 * n - 8
    ratio = float(means.var(ddof=1)) / chance[0]
    wanted = [chance[0] * (ratio / bound - 1) for bound in (1, f.ppf(0.975, 7, freedom), f.ppf(0.025, 7, freedom))]
    assert between(means, chance, freedom) == pytest.approx(wanted, rel=1e-6)


def test_too_few_agents_or_cases_say_nothing() -> None:
    """Two agents with many, or three of whom one has 19, or whose cases are of nine conversations; nor none at all."""
    rng = np.random.default_rng(1)
    hits = rng.integers(0, 2, 200).astype(np.float64)
    own = np.arange(200)
    two = ByAgent(own % 2, own).spread("accepted", hits)
    assert (two.deviation, two.agents, two.words) == (None, 2, "not enough data")
    short = np.repeat([0, 1, 2], [80, 80, 19])
    assert ByAgent(short, own[:179]).spread("accepted", hits[:179]).words == "not enough data"
    talkative = np.repeat([0, 1, 2], [80, 80, 40])
    talks = np.where(talkative == 2, 100 + own % 9, own % 90)
    assert ByAgent(talkative, talks).agents == 2
    none = np.zeros(0, dtype=np.int64)
    assert ByAgent(none, none).spread("accepted", np.zeros(0)).words == "not enough data"
    unknown = np.full(200, NONE)
    assert ByAgent(unknown, own).spread("accepted", hits).agents == 0


def test_cases_of_nobody_and_of_those_with_too_few_change_nothing() -> None:
    """Whatever stands between them."""
    rng = np.random.default_rng(2)
    agent, conversation, hits = desk(rng, np.array([0.1, 0.4, 0.8, 0.5]))
    values = hits.astype(np.float64)
    plain = ByAgent(agent, conversation).spread("accepted", values)
    more = rng.integers(0, len(agent), 30)
    wider = (np.insert(part, more, added) for part, added in ((agent, NONE), (conversation, 5), (values, 1.0)))
    few = (np.full(19, 77), 10_000 + np.arange(19), np.ones(19))
    agents, talks, said = (np.concatenate([part, added]) for part, added in zip(wider, few, strict=True))
    everybody = ByAgent(agents.astype(np.int64), talks.astype(np.int64))
    assert everybody.spread("accepted", said.astype(np.float64)) == plain


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=3, max_size=12), st.integers(0, 2**32))
def test_who_is_who_plays_no_part(counts: list[tuple[int, int]], seed: int) -> None:
    """Agents may be renamed, and yes and no change places; the limits are of values from 0 to 1, in order."""
    parts, rests = np.array([one for one, _ in counts]), np.array([20 + two for _, two in counts])
    agent = np.repeat(np.arange(len(counts)), parts + rests)
    values = np.concatenate([np.repeat([1.0, 0.0], pair) for pair in zip(parts, rests, strict=True)])
    own = np.arange(len(agent))
    found = ByAgent(agent, own).spread("accepted", values)
    names = np.random.default_rng(seed).permutation(len(counts) + 5)
    renamed = ByAgent(names[agent], own).spread("accepted", values)
    turned = ByAgent(agent, own).spread("accepted", 1 - values)
    seen = [(one.deviation, one.low, one.high) for one in (found, renamed, turned)]
    assert seen[1] == pytest.approx(seen[0], abs=2e-4)
    assert seen[2] == pytest.approx(seen[0], abs=2e-4)
    assert 0 <= found.low <= (found.deviation or 0.0) <= found.high <= 0.5


@pytest.mark.parametrize("value", [0.0, 0.3, 1.0])
def test_desks_where_all_is_the_same_show_no_difference(value: float) -> None:
    """Whatever it is; and that is not sure to the last point."""
    agent = np.repeat(np.arange(4), 25)
    found = ByAgent(agent, np.arange(100)).spread("overall", np.full(100, value))
    assert found.deviation == found.low == 0
    assert 0 < found.high < 0.1
