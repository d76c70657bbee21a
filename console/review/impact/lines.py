"""What assistance does, in lines for people."""

from collections.abc import Iterator, Mapping
from typing import Any

from console.review.impact.outcomes import FEWEST, OUTCOMES, Outcome
from console.review.impact.report import Verdict

NOT_MEASURED = "Whether assistance helps is not measured: no conversations are held out ([assist] hold_out)."


def lines_of(impact: Mapping[str, Any]) -> Iterator[str]:
    """Yield the counts in a line, and a line for each outcome (see :func:`console.review.impact.report.impact_of`)."""
    held_out = impact["held_out"]
    if not impact["shares"]:
        yield NOT_MEASURED
        return
    asked = impact["asked_for_assistance"]
    line = f"Conversations drawn: {impact['assisted']} with assistance, {held_out} without"
    yield f"{line} (for {asked} of these the agent asked for it; they stay where they were drawn)."
    for outcome in OUTCOMES:
        if outcome.name in impact["outcomes"]:
            yield f"{outcome.title}: {_said(outcome, impact['outcomes'][outcome.name])}"
    if impact["outcomes"]:
        yield "Effects are those of assistance, and stand however often you look. Intervals are those of one look."
    if len(impact["versions"]) > 1:
        versions = ", ".join(version or "unknown" for version in impact["versions"])
        yield f"Several versions of the second chair, compared each within itself: {versions}."


def _said(outcome: Outcome, told: Mapping[str, Any]) -> str:
    match told["verdict"]:
        case Verdict.TOO_FEW.value:
            return _too_few(told)
        case Verdict.REFUSED.value:
            return f"not comparable: {told['why']}."
    low, high = told["interval"]
    counted = f"{told['assisted']} and {told['held_out']} conversations, {told['holds_for']}"
    if told["verdict"] == Verdict.EFFECT.value:
        effect = told["effect"]
        return f"{outcome.said(effect)} {way(outcome, effect)} (95 %: {_span(outcome, low, high)}; {counted})."
    smallest = outcome.said(outcome.smallest)
    if told["verdict"] == Verdict.NONE.value:
        return f"no effect of {smallest} or more shown (95 %: {_span(outcome, low, high)}; {counted})."
    more = f"about {told['needed']:,} more conversations would show {smallest}"
    return f"no effect shown yet; {more} (95 %: {_span(outcome, low, high)}; {counted})."


def _too_few(told: Mapping[str, Any]) -> str:
    few = f"not enough data: {told['assisted']} conversations with assistance and {told['held_out']} without"
    if told["needed"]:
        return f"{few}; each needs {FEWEST}, about {told['needed']:,} more conversations."
    return f"{few} are known so far, and too few cases among them." if told["held_out"] else f"{few} are known so far."


def way(outcome: Outcome, effect: float) -> str:
    """Return the direction of an effect, in words."""
    return outcome.less if effect < 0 else outcome.more


def _span(outcome: Outcome, low: float, high: float) -> str:
    """Return an interval in words: its ends, each with its direction where they differ."""
    if (low < 0) == (high < 0):
        return f"{outcome.size(low)} to {outcome.said(high)} {way(outcome, low)}"
    return f"{outcome.said(low)} {way(outcome, low)} to {outcome.said(high)} {way(outcome, high)}"
