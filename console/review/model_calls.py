"""What language models were asked, what came of it, how long it took and what it cost."""

from collections import Counter
from dataclasses import dataclass, field
from statistics import median
from typing import Any, Final

from console.conversation.assist_events import LlmCalled

ANSWERED: Final = frozenset({"used", "dropped"})
"""Outcomes of calls that came to an answer; only their times say how fast the model is."""


@dataclass(slots=True)
class CallTally:
    """The calls for one purpose."""

    outcomes: Counter[str] = field(default_factory=Counter)
    first_ms: list[float] = field(default_factory=list)
    ms: list[float] = field(default_factory=list)
    tokens_in: int = 0
    tokens_out: int = 0
    cost: float = 0.0

    def add(self, call: LlmCalled) -> None:
        """Count a call."""
        self.outcomes[call.outcome] += 1
        self.tokens_in += call.tokens_in
        self.tokens_out += call.tokens_out
        self.cost += call.cost
        if call.outcome in ANSWERED:
            self.first_ms.append(call.first_ms)
            self.ms.append(call.ms)

    def figures(self) -> dict[str, Any]:
        """Return the counts; a median of nothing is ``None``."""
        return {
            "calls": self.outcomes.total(),
            "outcomes": dict(sorted(self.outcomes.items())),
            "median_first_ms": round(median(self.first_ms), 1) if self.first_ms else None,
            "median_ms": round(median(self.ms), 1) if self.ms else None,
            "tokens_in": self.tokens_in,
            "tokens_out": self.tokens_out,
            "cost": round(self.cost, 6),
        }


def line_of(purpose: str, figures: dict[str, Any]) -> str:
    """Return the figures of a purpose in a line for people."""
    outcomes = ", ".join(f"{count} {name}" for name, count in figures["outcomes"].items())
    took = f"; median {figures['median_ms']:.0f} ms" if figures["median_ms"] is not None else ""
    tokens = f"; {figures['tokens_in'] + figures['tokens_out']} tokens" if figures["tokens_in"] else ""
    cost = f"; cost {figures['cost']:.2f}" if figures["cost"] else ""
    return f"{purpose}: {figures['calls']} calls ({outcomes}){took}{tokens}{cost}"
