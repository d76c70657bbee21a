"""Cohen's kappa, with its interval. Pure.

Cohen (1960), Educ. Psychol. Meas. 20, 37; the large-sample error of a kappa that is not nought is that of Fleiss, Cohen
and Everitt (1969), Psychol. Bull. 72, 323, eq. 13.
"""

import numpy as np

from console.conversation.quality_review import FEWEST_PAIRS, Agreement
from console.review.intervals import NORMAL
from console.review.reviewing.columns import Numbers


def agreement(one: Numbers, other: Numbers, kinds: int) -> Agreement:
    """Return how far two agree who marked the same cases, as numbers from 0 to ``kinds`` - 1."""
    pairs, same = len(one), int((one == other).sum())
    if pairs < FEWEST_PAIRS:
        return Agreement(pairs, same)
    table = np.bincount(one * kinds + other, minlength=kinds * kinds).reshape(kinds, kinds) / pairs
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    seen, chance = float(np.trace(table)), float(rows @ columns)
    if chance >= 1:
        return Agreement(pairs, same, one_sided=True)
    kappa = (seen - chance) / (1 - chance)
    error = _error(table, rows, columns, seen, chance) / np.sqrt(pairs)
    low, high = max(-1.0, kappa - NORMAL * error), min(1.0, kappa + NORMAL * error)
    return Agreement(pairs, same, round(kappa, 4), round(float(low), 4), round(float(high), 4))


def _error(table: np.ndarray, rows: np.ndarray, columns: np.ndarray, seen: float, chance: float) -> float:
    """Return the standard error, times the root of the number of cases."""
    own = np.diag(table) * ((1 - chance) - (rows + columns) * (1 - seen)) ** 2
    cross = table * (columns[:, None] + rows[None, :]) ** 2
    np.fill_diagonal(cross, 0)
    last = (seen * chance - 2 * chance + seen) ** 2
    variance = (own.sum() + (1 - seen) ** 2 * cross.sum() - last) / (1 - chance) ** 4
    return float(np.sqrt(max(variance, 0.0)))
