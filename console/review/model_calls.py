"""What language models were asked, what came of it, how long it took and what it cost."""

from collections import Counter
from datetime import datetime
from statistics import median
from typing import Any, ClassVar, Final

from console.conversation import events as e
from console.conversation.assist_events import LlmCalled

ANSWERED: Final = frozenset({"used", "dropped"})
"""Outcomes of calls that came to an answer; only their times say how fast the model is."""


class ModelCalls:
    """The calls so far, by purpose."""

    KINDS: ClassVar[tuple[str, ...]] = ("llm-called",)

    def __init__(self, since: datetime) -> None:
        """``since`` is from when on events are given to it."""
        self._outcomes: Counter[tuple[str, str]] = Counter()
        """By purpose and outcome."""
        self._times: dict[str, list[tuple[float, float]]] = {}
        """Milliseconds to the first word and to the last of those that were answered."""
        self._tokens_in: Counter[str] = Counter()
        self._tokens_out: Counter[str] = Counter()
        self._costs: dict[str, float] = {}

    def take(self, event: e.Event) -> None:
        """Take in an event; they come in order."""
        if not isinstance(call := event.data, LlmCalled):
            return
        purpose = call.purpose
        self._outcomes[purpose, call.outcome] += 1
        self._tokens_in[purpose] += call.tokens_in
        self._tokens_out[purpose] += call.tokens_out
        self._costs[purpose] = self._costs.get(purpose, 0.0) + call.cost
        if call.outcome in ANSWERED:
            self._times.setdefault(purpose, []).append((float(call.first_ms), float(call.ms)))

    def figures(self) -> dict[str, dict[str, Any]]:
        """Return the counts by purpose; a median of nothing is ``None``."""
        return {purpose: self._of(purpose) for purpose in sorted(self._costs)}

    def _of(self, purpose: str) -> dict[str, Any]:
        outcomes = {outcome: count for (of, outcome), count in sorted(self._outcomes.items()) if of == purpose}
        times = self._times.get(purpose, [])
        return {
            "calls": sum(outcomes.values()),
            "outcomes": outcomes,
            "median_first_ms": round(median(first for first, _ in times), 1) if times else None,
            "median_ms": round(median(last for _, last in times), 1) if times else None,
            "tokens_in": self._tokens_in[purpose],
            "tokens_out": self._tokens_out[purpose],
            "cost": round(self._costs[purpose], 6),
        }


def line_of(purpose: str, figures: dict[str, Any]) -> str:
    """Return the figures of a purpose in a line for people."""
    outcomes = ", ".join(f"{count} {name}" for name, count in figures["outcomes"].items())
    took = f"; median {figures['median_ms']:.0f} ms" if figures["median_ms"] is not None else ""
    tokens = f"; {figures['tokens_in'] + figures['tokens_out']} tokens" if figures["tokens_in"] else ""
    cost = f"; cost {figures['cost']:.2f}" if figures["cost"] else ""
    return f"{purpose}: {figures['calls']} calls ({outcomes}){took}{tokens}{cost}"
