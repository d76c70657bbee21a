"""The mean difference between assisted conversations and those held out, with its standard error. Pure.

The difference is taken within strata (the share that was drawn and the version of the second chair that were in force),
so that a change of either is never taken for an effect: the least-squares estimate with a constant for each stratum.

Conversations of one agent are not independent. From :data:`FEW` agents on, the error is the cluster-robust one with the
correction of Bell and McCaffrey (CR2) and their degrees of freedom (2002, Survey Methodology 28, 169; Imbens and
Kolesár 2016, Rev. Econ. Stat. 98, 701; Pustejovsky and Tipton 2018, J. Bus. Econ. Stat. 36, 672): it holds for agents
*like* these, also where assistance helps some and hinders others. With fewer agents no error tells that, and the
interval is that of *these* agents' conversations: each was drawn by itself, so that the error of Welch holds whatever
agents differ in (HC2, which is Welch's with one stratum; Abadie, Athey, Imbens and Wooldridge 2023, Q. J. Econ. 138,
1).

All sums are kept by agent, stratum and arm, and any number of such tables is estimated at once.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from console.review.intervals import Floats

FEW: Final = 10
"""Agents from which on an effect is that of agents like these; of fewer, it is that of these."""

HELD_OUT: Final = 0
ASSISTED: Final = 1
_TINY: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Cells:
    """Sums of the values by (…, agent, stratum, arm); the arms are :data:`HELD_OUT` and :data:`ASSISTED`."""

    count: Floats
    total: Floats
    squares: Floats

    @property
    def tables(self) -> tuple[Floats, Floats, Floats]:
        """The three sums, in this order."""
        return self.count, self.total, self.squares


@dataclass(frozen=True, slots=True)
class Estimates:
    """What tables say, each array one number a table."""

    effect: Floats
    """Assisted minus held out; 0 where there is nothing to compare."""
    error: Floats
    """Its standard error; infinite where there is nothing to compare."""
    freedom: Floats
    """Degrees of freedom of the error."""
    counts: Floats
    """(…, arm): conversations."""
    means: Floats
    """(…, arm): the mean of each arm, strata weighted alike in both."""
    effective: Floats
    """(…, arm): effective numbers of conversations behind the means, as the error is."""
    agents: Floats
    """How many agents had them."""


def cells(
    values: Floats,
    assisted: NDArray[np.bool_],
    agents: NDArray[np.intp],
    strata: NDArray[np.intp],
    looks: NDArray[np.intp] | None = None,
) -> Cells:
    """Return the table of observations, given as columns; agents, strata and ``looks`` are numbers from 0 on.

    With ``looks`` there is a table for each look: it holds what came in with that look, and before.
    """
    when = np.zeros(len(values), dtype=np.intp) if looks is None else looks
    shape = (int(when.max(initial=0)) + 1, int(agents.max(initial=0)) + 1, int(strata.max(initial=0)) + 1, 2)
    sums = [np.zeros(shape) for _ in range(3)]
    for table, added in zip(sums, (np.ones(len(values)), values, values**2), strict=True):
        np.add.at(table, (when, agents, strata, assisted.astype(np.intp)), added)
    if looks is None:
        return Cells(sums[0][0], sums[1][0], sums[2][0])
    return Cells(*(table.cumsum(axis=0) for table in sums))


def compared(table: Cells) -> Estimates:
    """Return the difference between the arms of each table."""
    count = table.count.sum(axis=-3)  # (…, stratum, arm)
    both = count.prod(axis=-1) / np.maximum(count.sum(axis=-1), 1)  # weights that least squares gives the strata
    known = both.sum(axis=-1) > 0
    weights = both / np.where(known, both.sum(axis=-1), 1)[..., None]
    means = table.total.sum(axis=-3) / np.maximum(count, 1)
    means = (weights[..., None] * means).sum(axis=-2)
    kish = 1 / np.maximum((weights[..., None] ** 2 / np.maximum(count, 1)).sum(axis=-2), _TINY)
    agents = (table.count.sum(axis=(-1, -2)) > 0).sum(axis=-1).astype(np.float64)

    fit, many = _Fit(table), agents >= FEW
    plain, plain_freedom = fit.welch()
    robust, robust_freedom = fit.clustered() if many.any() else (plain, plain_freedom)
    variance = np.where(many, robust, plain)
    freedom = np.where(many, robust_freedom, plain_freedom)
    hanging = np.where(plain > _TINY**2, variance / np.maximum(plain, _TINY**2), 1.0)
    return Estimates(
        effect=np.where(known, means[..., ASSISTED] - means[..., HELD_OUT], 0.0),
        error=np.where(known, np.sqrt(variance), np.inf),
        freedom=np.where(known, np.maximum(freedom, 1.0), 1.0),
        counts=count.sum(axis=-2),
        means=means,
        effective=kish / np.maximum(hanging, _TINY)[..., None],
        agents=agents,
    )


class _Fit:
    """Least squares of the values on a constant for each stratum, and on being assisted (the last column)."""

    def __init__(self, table: Cells) -> None:
        strata = table.count.shape[-2]
        self._rows = np.zeros((strata, 2, strata + 1))  # what an observation of a stratum and arm looks like
        self._rows[np.arange(strata), :, np.arange(strata)] = 1
        self._rows[:, ASSISTED, -1] = 1
        self._table = table
        self._crossed = np.einsum("...sa,sap,saq->...pq", table.count, self._rows, self._rows)  # (…, agent, p, p)
        self._inverse = np.linalg.pinv(self._crossed.sum(axis=-3), hermitian=True)
        self._answers = np.einsum("...sa,sap->...p", table.total, self._rows)
        self._beta = np.einsum("...pq,...q->...p", self._inverse, self._answers.sum(axis=-2))
        self._wanted = self._inverse[..., -1]  # how much each column says of being assisted

    def welch(self) -> tuple[Floats, Floats]:
        """Return the variance of the effect and its degrees of freedom, each conversation by itself."""
        table, inverse = self._table, self._inverse
        count, total, squares = (s.sum(axis=-3) for s in (table.count, table.total, table.squares))
        fitted = np.einsum("sap,...p->...sa", self._rows, self._beta)
        left = np.maximum(squares - 2 * fitted * total + count * fitted**2, 0.0)
        pull = np.einsum("sap,...pq,saq->...sa", self._rows, inverse, self._rows)
        weight = np.einsum("sap,...p->...sa", self._rows, self._wanted)
        room = np.where((pull < 1 - _TINY) & (count > 0), 1 - pull, np.inf)
        variance: Floats = (weight**2 * left / room).sum(axis=(-1, -2))
        lengths = weight**2 / room
        moved = (weight / np.sqrt(room))[..., None] * self._rows
        flat = (*lengths.shape[:-2], -1)
        freedom = _freedom(lengths.reshape(flat), moved.reshape(*flat, inverse.shape[-1]), inverse, count.reshape(flat))
        return variance, freedom

    def clustered(self) -> tuple[Floats, Floats]:
        """Return the same with each agent's conversations as one cluster."""
        crossed, wanted = self._crossed, self._wanted
        values, vectors = np.linalg.eigh(self._inverse)
        root = (vectors * np.sqrt(np.maximum(values, 0.0))[..., None, :]) @ np.swapaxes(vectors, -1, -2)
        pulls, turned = np.linalg.eigh(root[..., None, :, :] @ crossed @ root[..., None, :, :])
        pulls = np.clip(pulls, 0.0, 1.0)
        bases = crossed @ root[..., None, :, :] @ turned  # X'X R U of each agent
        free = pulls < 1 - _TINY
        room = np.where(free, 1 - pulls, 1.0)
        by = np.maximum(pulls, _TINY)
        stretch = np.where(free, np.where(pulls > _TINY, (room**-0.5 - 1) / by, 0.5), -1 / by)
        again = np.where(free, 1 / room, -1.0)
        left = self._answers - np.einsum("...gpq,...q->...gp", crossed, self._beta)
        # what of the residuals lies where the agent's conversations pull the fit towards themselves
        pulled = np.einsum("...gqk,...gq->...gk", root[..., None, :, :] @ turned, left)
        scores = left + np.einsum("...gpk,...gk->...gp", bases, stretch * pulled)
        variance: Floats = (np.einsum("...p,...gp->...g", wanted, scores) ** 2).sum(axis=-1)
        plain = np.einsum("...gpq,...q->...gp", crossed, wanted)
        inward = np.einsum("...gpk,...p->...gk", bases, wanted)
        moved = plain + np.einsum("...gpk,...gk->...gp", bases, stretch * inward)
        lengths = np.einsum("...gp,...p->...g", plain, wanted) + (again * inward**2).sum(axis=-1)
        return variance, _freedom(lengths, moved, self._inverse, np.ones_like(lengths))


def _freedom(lengths: Floats, moved: Floats, inverse: Floats, times: Floats) -> Floats:
    """Return Satterthwaite's degrees of freedom, were the values independent and of one variance.

    The error is a sum of squares whose matrix is ``diag(lengths) - moved inverse moved'`` (Bell and McCaffrey 2002);
    each row of it stands ``times`` times.
    """
    shadow = np.einsum("...gp,...pq,...gq->...g", moved, inverse, moved)
    inner = inverse @ np.einsum("...g,...gp,...gq->...pq", times, moved, moved)
    trace = (times * (lengths - shadow)).sum(axis=-1)
    squares = (times * (lengths**2 - 2 * lengths * shadow)).sum(axis=-1) + np.einsum("...pq,...qp->...", inner, inner)
    freedom: Floats = np.where(squares > 0, trace**2 / np.maximum(squares, 1e-300), 1.0)
    return freedom
