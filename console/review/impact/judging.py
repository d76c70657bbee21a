"""From tables of one outcome to what may be said of it. Pure; any number of courses at once, one a leading index."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from console.review.impact.comparing import Cells, compared
from console.review.impact.looking import FALSE, course, planned_error
from console.review.impact.outcomes import Outcome
from console.review.intervals import Floats, holm


@dataclass(frozen=True, slots=True)
class Examined:
    """One outcome as of the newest look, each array one number a course; effects on the scale of their estimation."""

    effect: Floats
    low: Floats
    high: Floats
    """The limits of one look, the newest."""
    chance: Floats
    """The p-value over all looks, for this outcome alone."""
    share: Floats
    """The share of the planned information that there is."""
    enough: NDArray[np.bool_]
    """Whether there are conversations enough to say anything in numbers."""
    counts: Floats
    """(…, arm): conversations."""
    agents: Floats


def examined(outcome: Outcome, looks: Cells, outcomes: int) -> Examined:
    """Return what tables say, (…, look, agent, stratum, arm), of values as :meth:`Outcome.read` gives them.

    ``outcomes`` is how many there are: it sets the sample that is planned.
    """
    found = compared(looks)
    run = course(replace(found, error=outcome.errors(found)), planned_error(outcome.least, outcomes))
    low, high = outcome.limits(found)
    return Examined(
        found.effect[..., -1],
        low[..., -1],
        high[..., -1],
        run.chance,
        run.share,
        outcome.enough(found)[..., -1],
        found.counts[..., -1, :],
        found.agents[..., -1],
    )


def joined(parts: Sequence[Examined]) -> Examined:
    """Return the parts of one course, oldest first, as one."""
    return replace(parts[-1], chance=np.min([part.chance for part in parts], axis=0))


def carried(all_of_them: Mapping[str, Examined]) -> dict[str, NDArray[np.bool_]]:
    """Return for each outcome where the data carries an effect, over all outcomes and looks.

    The corrected p-value has to be small, and the interval of the newest look on one side of nought.
    """
    if not all_of_them:
        return {}
    names = list(all_of_them)
    chances = np.stack([np.atleast_1d(one.chance) for one in all_of_them.values()], axis=-1)
    corrected = [holm(dict(zip(names, row, strict=True))) for row in chances.reshape(-1, len(names)).tolist()]
    carries = {}
    for name, one in all_of_them.items():
        stands = np.array([row[name] <= FALSE for row in corrected]).reshape(np.shape(one.chance))
        carries[name] = stands & one.enough & ((one.low > 0) | (one.high < 0))
    return carries
