"""A share of something with its interval; its words are made here alone, so that screen and report say the same."""

from dataclasses import dataclass
from typing import Final


class Worded:
    """The words of a share, made here alone."""

    __slots__ = ()
    part: int
    of: int
    rate: float | None
    low: float | None
    high: float | None

    @property
    def words(self) -> str:
        """The figure as it is shown: the rate with its interval, or the counts alone."""
        if self.rate is None or self.low is None or self.high is None:
            return f"too few ({self.of})" if self.of else "none"
        return f"{percent(self.rate)}% ({percent(self.low)}–{percent(self.high)})"

    @property
    def short(self) -> str:
        """The rate alone; a dash where too little was seen."""
        return "–" if self.rate is None else f"{percent(self.rate)}%"


@dataclass(frozen=True, slots=True)
class Proportion(Worded):
    """A share of independent cases with its 95 % interval, 0 to 1; ``None`` where too little was seen."""

    part: int = 0
    of: int = 0
    rate: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Share(Worded):
    """A share of something with its 95 % interval; ``rate`` and the limits are ``None`` where too little was seen."""

    part: int = 0
    of: int = 0
    conversations: int = 0
    rate: float | None = None
    low: float | None = None
    high: float | None = None


NO_CASES: Final = Proportion()
"""A share of nothing."""


def percent(rate: float) -> str:
    """Return a rate, 0 to 1, as a whole number of hundredths; what is neither none nor all is never shown as that."""
    whole = round(rate * 100)
    if whole == 0 and rate > 0:
        return "<1"
    return ">99" if whole == 100 and rate < 1 else str(whole)  # noqa: PLR2004 - hundredths
