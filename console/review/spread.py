"""How far agents differ beyond chance: the standard deviation between them of a share or a mean. Pure; arrays.

An agent's mean scatters about their own true one by chance, and true ones scatter about that of all: a one-way layout
with random effects. The variance by chance is pooled over agents, so that a mean near 0 or 1 is not taken for a sure
one; cases of one conversation hang together, so it is that of a ratio of sums over conversations (Cochran 1977,
Sampling Techniques, 11.8). With v_i the variance by chance of the mean x_i, and m(t) their mean by 1 / (t + v_i),

    Q(t) = sum of (x_i - m(t))² / (t + v_i)

falls with t, the variance between agents. The estimate is where Q(t) is what it is expected to be, the number of agents
less one (Paule and Mandel 1982, J. Res. Natl. Bur. Stand. 87, 377). The limits are where it is a quantile of its
distribution (the Q-profile of Viechtbauer 2007, Stat. Med. 26, 37): of Fisher's, since the variance by chance is itself
estimated (Wald 1940, Ann. Math. Stat. 11, 96).
"""

from collections.abc import Callable
from typing import Final

import numpy as np

from console.conversation.reviews import FEWEST, FEWEST_CONVERSATIONS
from console.conversation.spread import FEWEST_TO_DIFFER, Spread
from console.review.intervals import LEVEL, Floats
from console.review.reviewing.columns import NONE, Flags, Numbers

_MOST: Final = 0.25
"""The largest variance that values from 0 to 1 have."""

_STEPS: Final = 50
"""Halvings: to within 2e-16 of a variance."""


class ByAgent:
    """Cases put together by agent and conversation, so that any number of measures is judged fast."""

    def __init__(self, agents: Numbers, conversations: Numbers) -> None:
        """Take an agent and a conversation for each case; those of no known agent are left out."""
        self._known: Flags = agents != NONE
        agent, conversation = agents[self._known], conversations[self._known]
        width = int(conversation.max(initial=0)) + 1
        keys, cell = np.unique(agent * width + conversation, return_inverse=True)
        of_cell = keys // width
        cases = np.bincount(cell, minlength=len(keys))
        enough = np.bincount(of_cell, weights=cases) >= FEWEST
        enough &= np.bincount(of_cell) >= FEWEST_CONVERSATIONS
        chosen = enough[of_cell] if len(keys) else np.zeros(0, dtype=np.bool_)
        self._cell, self._chosen, self._cells = cell, chosen, len(keys)
        _, self._agent = np.unique(of_cell[chosen], return_inverse=True)
        self._cases: Floats = cases[chosen].astype(np.float64)
        self.agents = int(enough.sum())
        self._of: Floats = np.bincount(self._agent, weights=self._cases, minlength=self.agents).astype(np.float64)

    def spread(self, measure: str, values: Floats) -> Spread:
        """Return how far agents differ in the mean of values from 0 to 1, one a case; of too few, that it is so."""
        if self.agents < FEWEST_TO_DIFFER:
            return Spread(measure, self.agents)
        sums = np.bincount(self._cell, weights=values[self._known], minlength=self._cells)[self._chosen]
        means = np.bincount(self._agent, weights=sums, minlength=self.agents) / self._of
        total, freedom = float(self._of.sum()), len(sums) - self.agents
        left = float(((sums - means[self._agent] * self._cases) ** 2).sum()) / total
        chance = left * len(sums) / freedom
        least = 1 / total * (1 - 1 / total)  # one in so many that differs: no sample shows that there is none
        found = between(means, max(chance, least) / self._of, freedom)
        deviation, low, high = (round(float(np.sqrt(variance)), 4) for variance in found)
        return Spread(measure, self.agents, int(total), deviation, low, high)


def between(means: Floats, chance: Floats, freedom: int) -> tuple[float, float, float]:
    """Return the variance between agents and its 95 % limits, given the mean of each and its variance by chance.

    ``freedom`` are the degrees of freedom that the variance by chance was estimated with. Agents who differ less than
    chance lets expect have the upper limit of those who differ just so: they are not known any better.
    """
    from scipy.special import fdtri

    others = len(means) - 1
    low, high = (others * float(fdtri(others, freedom, share)) for share in ((1 - LEVEL) / 2, (1 + LEVEL) / 2))

    def scatter(variance: float) -> float:
        weights = 1 / (variance + chance)
        middle = float(weights @ means) / float(weights.sum())
        return float(weights @ (means - middle) ** 2)

    def as_by_chance(variance: float) -> float:
        return others / len(means) * float((chance / (variance + chance)).sum())

    upper = _where(as_by_chance if scatter(0.0) < others else scatter, low)
    return _where(scatter, others), _where(scatter, high), upper


def _where(scatter: Callable[[float], float], goal: float) -> float:
    """Return the variance at which a falling function has a value, as near as variances go."""
    if scatter(0.0) <= goal:
        return 0.0
    below, above = 0.0, _MOST
    for _ in range(_STEPS):
        middle = (below + above) / 2
        below, above = (middle, above) if scatter(middle) > goal else (below, middle)
    return above
