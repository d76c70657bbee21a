"""The events of learning: rankers of suggested replies, trained and put in force.

Part of :data:`console.conversation.events.EventData`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class RankerWeights:
    """A linear ranker: a reply is worth the sum of its features times their weights, and what its source adds."""

    features: Mapping[str, float]
    """By the names of :func:`console.assist.replies.ranker.features_of`."""
    sources: Mapping[str, float] = field(default_factory=dict)
    """What single articles, macros and the like are worth beside that, such as ``macro:reship``."""


@dataclass(frozen=True, slots=True)
class RankerTrained:
    """A challenger was trained from what agents decided, and judged beside the champion on later decisions."""

    version: str
    weights: RankerWeights
    champion: str
    """Version of the one in force then."""
    until: datetime
    """The newest decision that it was trained on; it was judged on later ones alone."""
    turns: int
    """Turns that it was trained on."""
    judged: int
    """Turns that both were judged on."""
    first: float
    """How often the challenger puts first what agents took, corrected for position, 0 to 1; then the champion."""
    champion_first: float
    low: float
    """Limits of the 95 % interval of the difference, challenger less champion."""
    high: float
    examined: tuple[float, ...] = ()
    """How often agents look at each place of the list, beside the first place."""

    @property
    def better(self) -> bool:
        """Whether it is better than the champion, beyond chance."""
        return self.low > 0


@dataclass(frozen=True, slots=True)
class RankerPublished:
    """Replies are ordered by another ranker from now on."""

    version: str
    before: str
    """The one that it takes the place of."""
    back: bool = False
    """Whether it was in force earlier, and was gone back to."""
    by: str = ""
    """Name of who did it."""
