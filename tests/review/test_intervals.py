"""Intervals of rates, and several tests at once, against published figures and against brute force."""

import numpy as np
import pytest

from console.review.impact.comparing import FEW, cells, compared
from console.review.intervals import (
    holm,
    newcombe,
    normal_score,
    student,
    times_as_often,
    upper_quantile,
    wilson,
)


def test_score_intervals_are_those_that_were_published() -> None:
    """Newcombe 1998, Stat. Med. 17, 857, table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29."""
    found = [wilson(k / n, n) for k, n in ((81, 263), (15, 148), (0, 20), (1, 29))]
    wanted = [(0.2553, 0.3662), (0.0624, 0.1605), (0.0, 0.1611), (0.0061, 0.1718)]
    assert [tuple(round(float(limit), 4) for limit in limits) for limits in found] == wanted


def test_differences_of_rates_are_those_that_were_published() -> None:
    """Newcombe 1998, Stat. Med. 17, 873, table II, method 10: 56/70 - 48/80, 9/10 - 3/10, 5/56 - 0/29."""
    pairs = [(56, 70, 48, 80), (9, 10, 3, 10), (5, 56, 0, 29)]
    found = [newcombe(a / m, m, b / n, n) for a, m, b, n in pairs]
    wanted = [(0.0524, 0.3339), (0.1705, 0.8090), (-0.0381, 0.1926)]
    assert [tuple(round(float(limit), 4) for limit in limits) for limits in found] == wanted


def test_how_many_times_as_often_holds_the_truth_as_often_as_it_says() -> None:
    """Of rates that differ and are seen for unequal times; and a side without any has its bound."""
    rng = np.random.default_rng(7)
    held = 0
    for _ in range(2_000):
        before, after = int(rng.poisson(5.0 * 4)), int(rng.poisson(2.0 * 2))
        low, high = times_as_often(after, 2, before, 4)
        held += low <= 0.4 <= (high or np.inf)
    assert 0.93 <= held / 2_000 <= 0.98
    assert times_as_often(0, 2, 24, 4)[0] == 0
    assert times_as_often(9, 2, 0, 4)[1] is None


def test_holm_keeps_the_order_and_never_lets_a_weaker_one_stand_alone() -> None:
    """The smallest counts for as many as there are."""
    assert holm({"a": 0.01, "b": 0.04, "c": 0.03}) == {"a": 0.03, "c": 0.06, "b": 0.06}
    assert holm({"a": 0.9, "b": 0.8}) == {"b": 1.0, "a": 1.0}
    assert holm({}) == {}


def test_quantiles() -> None:
    """Of Student with few and with endless degrees of freedom, and there and back."""
    assert float(student(0.95, 4)) == pytest.approx(2.7764, abs=1e-4)
    assert float(student(0.95, np.inf)) == pytest.approx(1.9600, abs=1e-4)
    assert float(normal_score(2.7764451, 4)) == pytest.approx(1.96, abs=1e-3)
    assert float(normal_score(-2.7764451, 4)) == pytest.approx(-1.96, abs=1e-3)
    assert upper_quantile(0.025) == pytest.approx(1.96, abs=1e-3)


@pytest.mark.parametrize("agents", [4, 14])
def test_the_error_is_that_of_the_formulas_written_out(agents: int) -> None:
    """HC2 for few agents, CR2 for many, and Satterthwaite's degrees of freedom, with whole matrices and strata."""
    chance = np.random.default_rng(agents)
    n, strata = 240, 3
    agent, stratum = chance.integers(0, agents, n), chance.integers(0, strata, n)
    assisted = chance.random(n) < 0.7
    values = chance.normal(size=n) + 0.1 * agent + stratum
    found = compared(cells(values, assisted, agent, stratum))

    columns = np.column_stack([np.eye(strata)[stratum], assisted])
    inverse = np.linalg.inv(columns.T @ columns)
    left = values - columns @ (inverse @ columns.T @ values)
    rest = np.eye(n) - columns @ inverse @ columns.T
    together = agent if agents >= FEW else np.arange(n)
    groups = [np.flatnonzero(together == one) for one in np.unique(together)]
    variance, rows = 0.0, []
    for group in groups:
        own, turned = np.linalg.eigh(rest[np.ix_(group, group)])
        pull = (turned * own**-0.5) @ turned.T @ columns[group] @ inverse[:, -1]
        variance += float(pull @ left[group]) ** 2
        rows.append(rest[:, group] @ pull)
    squares = np.array(rows) @ np.array(rows).T
    assert float(found.effect) == pytest.approx(float((inverse @ columns.T @ values)[-1]))
    assert float(found.error) == pytest.approx(variance**0.5)
    assert float(found.freedom) == pytest.approx(np.trace(squares) ** 2 / (squares**2).sum())


def test_with_one_stratum_and_few_agents_it_is_welch() -> None:
    """The two variances, each over its number."""
    chance = np.random.default_rng(3)
    first, second = chance.normal(size=40), chance.normal(2, 3, size=90)
    both = np.concatenate([first, second])
    arms, nobody = np.arange(130) >= 40, np.zeros(130, dtype=np.intp)
    found = compared(cells(both, arms, nobody, nobody))
    assert float(found.effect) == pytest.approx(second.mean() - first.mean())
    assert float(found.error) ** 2 == pytest.approx(first.var(ddof=1) / 40 + second.var(ddof=1) / 90)
    assert found.counts.tolist() == [40, 90]


def test_where_one_arm_is_empty_there_is_nothing_to_compare() -> None:
    """The error is infinite, and nothing is divided by nought; the same where the arms share no stratum."""
    nobody = np.zeros(20, dtype=np.intp)
    alone = compared(cells(np.ones(20), np.ones(20, dtype=np.bool_), nobody, nobody))
    apart = compared(cells(np.ones(20), np.arange(20) < 10, nobody, (np.arange(20) < 10).astype(np.intp)))
    assert [float(one.error) for one in (alone, apart)] == [np.inf, np.inf]
