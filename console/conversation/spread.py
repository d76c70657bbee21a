"""How far agents differ beyond chance, as a lead reads it: of nobody by name. The words of it are made here alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from console.conversation.shares import percent

FEWEST_TO_DIFFER: Final = 3
"""Agents with enough cases each below which nothing is said of how they differ: it would be said of persons."""


@dataclass(frozen=True, slots=True)
class Spread:
    """The standard deviation between agents of a share or a mean (0 to 1), with its 95 % interval."""

    measure: str
    agents: int = 0
    """Agents with enough cases."""
    cases: int = 0
    """Cases of these."""
    deviation: float | None = None
    """What is left once chance is taken off; ``None`` where too few agents have enough cases."""
    low: float = 0.0
    high: float = 0.0

    @property
    def words(self) -> str:
        """What is said of it, in points of a hundred; a difference only where the interval leaves out nought."""
        if self.deviation is None:
            return "not enough data"
        if self.low <= 0:
            return f"no difference shown (0–{percent(self.high)} points)"
        return f"±{percent(self.deviation)} points ({percent(self.low)}–{percent(self.high)})"


def between_agents(spreads: Iterable[Spread]) -> str:
    """Return how far agents differ in some measures, in a line; empty of none."""
    said = "; ".join(f"{one.measure} {one.words}" for one in spreads)
    return f"Between agents, beyond chance: {said}" if said else ""


NO_SPREAD: Final = Spread("")

SPREAD_SAID: Final = (
    "How far agents differ beyond chance, as a standard deviation: two of three lie within so many points of their "
    "mean. What they are given to do counts too. Said where 3 agents or more have 20 cases each; of nobody by name."
)
