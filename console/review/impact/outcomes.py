"""What assistance may have an effect on, how each is compared, and the smallest effect that is worth knowing."""

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from console.review.impact.comparing import ASSISTED, HELD_OUT, Estimates
from console.review.intervals import LEVEL, Floats, newcombe, student

FEWEST: Final = 30
"""Conversations in each arm below which nothing is said in numbers."""

FEWEST_CASES: Final = 5
"""Cases of what is counted as a share, and of the contrary, that the smaller arm should have; with fewer, the intervals
of shares hold more than their level (measured: 97 %)."""


class Scale(StrEnum):
    """How values of an outcome are compared."""

    RATIO = "ratio"
    """Durations: the ratio of their geometric means. They are skewed and an effect multiplies them; on the log scale a
    conversation that lay open overnight weighs little, and means of logs come near the normal distribution with few
    conversations, which those of seconds do with thousands."""
    POINTS = "points"
    """What happened or not: the difference of two shares, 0 to 1."""
    DIFFERENCE = "difference"
    """The difference of two means, in the outcome's own unit."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One thing that is compared; ``less`` and ``more`` are the words for a fall and a rise with assistance."""

    name: str
    title: str
    scale: Scale
    smallest: float
    """The smallest effect worth knowing: a share of the duration, a difference of shares, or in the unit."""
    less: str
    more: str
    unit: str = "%"
    """The unit in which an effect is told, behind the number."""
    digits: int = 0
    wanted: int = -1
    """The sign of an effect that is for the better: less, of all but satisfaction."""

    @property
    def least(self) -> float:
        """The smallest effect on the scale on which it is estimated."""
        return -math.log(1 - self.smallest) if self.scale is Scale.RATIO else self.smallest

    def read(self, values: Floats) -> Floats:
        """Return values as they are estimated: durations, in seconds, as logs; those below a second count as one."""
        return np.log(np.maximum(values, 1.0)) if self.scale is Scale.RATIO else values

    def enough(self, found: Estimates) -> NDArray[np.bool_]:
        """Return where there are enough conversations to say anything."""
        smaller: Floats = found.counts.min(axis=-1)
        enough: NDArray[np.bool_] = smaller >= FEWEST
        if self.scale is not Scale.POINTS:
            return enough
        share = (found.means * found.counts).sum(axis=-1) / np.maximum(found.counts.sum(axis=-1), 1)
        cases: NDArray[np.bool_] = smaller * np.minimum(share, 1 - share) >= FEWEST_CASES
        return enough & cases

    def limits(self, found: Estimates) -> tuple[Floats, Floats]:
        """Return the limits of the effect at :data:`LEVEL`, for one look, on the scale on which it is estimated."""
        critical = student(LEVEL, found.freedom)
        if self.scale is Scale.POINTS:
            rates, numbers = np.clip(found.means, 0.0, 1.0), found.effective
            return newcombe(
                rates[..., ASSISTED], numbers[..., ASSISTED], rates[..., HELD_OUT], numbers[..., HELD_OUT], critical
            )
        return found.effect - critical * found.error, found.effect + critical * found.error

    def errors(self, found: Estimates) -> Floats:
        """Return the standard errors of the effects, infinite where there is not :meth:`enough`.

        Those of shares are what the limits on the side of nought make of them.
        """
        enough = self.enough(found) & np.isfinite(found.error)
        if self.scale is not Scale.POINTS:
            return np.where(enough, found.error, np.inf)
        low, high = self.limits(found)
        towards_nought = np.where(found.effect >= 0, found.effect - low, high - found.effect)
        return np.where(enough, towards_nought / student(LEVEL, found.freedom), np.inf)

    def better(self, effect: float) -> bool:
        """Return whether an effect is for the better."""
        return effect * self.wanted > 0

    def said(self, effect: float) -> str:
        """Return the size of an effect as :meth:`shown` gives it, with its unit and without its direction."""
        return f"{self.size(effect)} {self.unit}"

    def size(self, effect: float) -> str:
        """Return the same without the unit."""
        return f"{abs(effect) * (1 if self.scale is Scale.DIFFERENCE else 100):.{self.digits}f}"

    def shown(self, effect: float) -> float:
        """Return an effect as it is told: of durations and shares as a share, -0.18 being 18 % or points less."""
        return math.expm1(effect) if self.scale is Scale.RATIO else effect


FIRST: Final = Outcome("first_response", "First response", Scale.RATIO, 0.1, "sooner", "later")
RESPONSE: Final = Outcome("response", "Response time", Scale.RATIO, 0.1, "shorter", "longer")
HANDLING: Final = Outcome("handling", "Handling time", Scale.RATIO, 0.1, "shorter", "longer")
EDITS: Final = Outcome("edits", "Edits", Scale.DIFFERENCE, 20.0, "fewer", "more", "characters a message")
REOPENED: Final = Outcome("reopened", "Reopened", Scale.POINTS, 0.03, "fewer", "more", "in a hundred", 1)
CSAT: Final = Outcome("csat", "CSAT", Scale.DIFFERENCE, 0.2, "lower", "higher", "points", 2, wanted=1)

OUTCOMES: Final = (FIRST, RESPONSE, HANDLING, EDITS, REOPENED, CSAT)
