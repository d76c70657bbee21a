"""What the desk answers about the ranker of suggested replies."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RankerInForce:
    """The version by which replies are ordered now, and the one that was in force before."""

    version: str
    before: str
    """The same where nothing has changed."""
