"""What forecasts a week ahead were worth in the past, beside saying what was a week before. Pure; arrays.

Every known cell of every eve counts once. ``mase`` divides by the mean error of saying what was a week before of the
same hours or days (Hyndman and Koehler 2006, Int. J. Forecasting 22, 679, scale by those of the past).
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from console.conversation.forecasts import Worth
from console.review.forecast.limits import SHARES, held, limits, naive_limits, root_errors
from console.review.forecast.rolling import Rolling
from console.review.intervals import NORMAL, Floats

FEWEST_EVES: Final = 7
"""Past eves with a whole week known behind them below which nothing is said of the worth."""

_LAG: Final = 7
"""Days that errors hang together for: forecasts of neighbouring eves are of the same days."""


@dataclass(frozen=True, slots=True)
class Gain:
    """By how much smaller errors were than the naive ones, as a share, with limits."""

    gain: float
    low: float
    high: float

    @property
    def shown(self) -> bool:
        """Whether the limits leave out that there is none."""
        return self.low > 0


def worth(rolling: Rolling) -> tuple[Worth, ...]:
    """Return the worth of hours and of days; nothing where too few eves are known."""
    known = rolling.known
    if int(known.any(axis=(1, 2)).sum()) < FEWEST_EVES:
        return ()
    spread = np.broadcast_to(rolling.spread[:, None, None], known.shape)
    hours = _worth("hour", rolling.mean[known], rolling.came[known], rolling.week_ago[known], spread[known])
    whole = known.any(axis=2)
    day = np.broadcast_to(rolling.day_spread[:, None], whole.shape)
    sums = (
        np.where(known, values, 0.0).sum(axis=2)[whole] for values in (rolling.mean, rolling.came, rolling.week_ago)
    )
    mean, came, ago = sums
    return (hours, _worth("day", mean, came, ago, day[whole]))


def gain(rolling: Rolling) -> Gain | None:
    """Return the gain in the error of hours; its limits are those of a ratio of means of days that hang together.

    Errors are put together by the day that was forecast; the variance is that of Newey and West (1987), Econometrica
    55, 703, of the ratio's linear form.
    """
    known = rolling.known
    if int(known.any(axis=(1, 2)).sum()) < FEWEST_EVES:
        return None
    target = rolling.eves[:, None] + np.arange(known.shape[1])[None, :]
    ours = np.where(known, abs(rolling.came - rolling.mean), 0.0).sum(axis=2).ravel()
    naive = np.where(known, abs(rolling.came - rolling.week_ago), 0.0).sum(axis=2).ravel()
    days = target.ravel() - int(target.min())
    mine, theirs = (np.bincount(days, weights=values) for values in (ours, naive))
    told = np.bincount(days, weights=known.any(axis=2).ravel()) > 0
    mine, theirs = mine[told], theirs[told]
    if theirs.sum() <= 0:
        return None
    ratio = float(mine.sum() / theirs.sum())
    left = (mine - ratio * theirs) / theirs.mean()
    error = _long_run(left)
    return Gain(1 - ratio, 1 - ratio - NORMAL * error, 1 - ratio + NORMAL * error)


def _long_run(values: Floats) -> float:
    """Return the error of a mean of values that hang together for some days."""
    count = len(values)
    variance = float((values**2).sum())
    for lag in range(1, min(_LAG, count - 1) + 1):
        variance += 2 * (1 - lag / (_LAG + 1)) * float((values[lag:] * values[:-lag]).sum())
    freedom = max(1, count - 1)
    return float(np.sqrt(max(variance, 0.0) / count / freedom))


def _worth(of: str, mean: Floats, came: Floats, ago: Floats, spread: Floats) -> Worth:
    error, naive = abs(came - mean), abs(came - ago)
    scale, total = max(float(naive.mean()), 1e-9), max(float(came.sum()), 1e-9)
    errors = root_errors(ago, came)
    shares = [held(came, *limits(mean, spread, share)) for share in SHARES]
    naives = [held(came, *naive_limits(ago, errors, share)) for share in SHARES]
    return Worth(
        of,
        len(came),
        round(float(error.sum()) / total, 4),
        round(float(naive.sum()) / total, 4),
        round(float(error.mean()) / scale, 4),
        *(round(share, 4) for share in (*shares, *naives)),
    )
