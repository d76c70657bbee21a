"""Limits within which counts are to lie, and how often they did. Pure; arrays.

Counts around a forecast are taken for negative binomial: variance m + v m² for a mean m, v gauged by how far earlier
forecasts of the same eve's kind were off. That holds what chance does within an hour, what days differ by, and what the
forecast does not know. For v = 0 it is Poisson's.
"""

from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from console.review.intervals import Floats

SHARES: Final = (0.8, 0.95)
"""How many of all counts are to lie within."""

_PLAIN: Final = 1e-6


def limits(mean: ArrayLike, spread: ArrayLike, share: float) -> tuple[Floats, Floats]:
    """Return the lower and upper limit; both are counts, and both belong to what lies within."""
    from scipy.stats import nbinom

    m = np.maximum(np.asarray(mean, dtype=np.float64), 1e-9)
    size = 1 / np.maximum(np.asarray(spread, dtype=np.float64), _PLAIN)
    chance = size / (size + m)
    low, high = (nbinom.ppf(tail, size, chance) for tail in ((1 - share) / 2, (1 + share) / 2))
    return np.asarray(low, dtype=np.float64), np.asarray(high, dtype=np.float64)


def root_errors(said: Floats, came: Floats) -> Floats:
    """Return how far what came was from what was a week before, in units of that count's own scatter."""
    return np.asarray((came - said) / np.sqrt(said + 1), dtype=np.float64)


def naive_limits(said: ArrayLike, errors: Floats, share: float) -> tuple[Floats, Floats]:
    """Return the limits around what was a week before, from the quantiles of earlier :func:`root_errors`."""
    counts = np.asarray(said, dtype=np.float64)
    low, high = np.quantile(errors, ((1 - share) / 2, (1 + share) / 2)) if len(errors) else (0.0, 0.0)
    scatter = np.sqrt(counts + 1)
    return np.maximum(0.0, np.floor(counts + low * scatter)), np.maximum(0.0, np.ceil(counts + high * scatter))


def held(came: Floats, low: Floats, high: Floats) -> float:
    """Return the share of counts that lie within."""
    return float(((came >= low) & (came <= high)).mean()) if len(came) else 0.0
