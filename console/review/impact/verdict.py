"""Do the suggestions help? One line of what the hold-out says, for whoever reads no table."""

from collections.abc import Mapping
from typing import Any, Final

from console.conversation.helps import Helps
from console.review.impact.lines import lines_of, way
from console.review.impact.outcomes import OUTCOMES, Outcome
from console.review.impact.report import Verdict

NOBODY: Final = "Not measured: no conversation is held out ([assist] hold_out)."
WITHOUT: Final = (
    "Whether assistance helps is told by conversations that are worked without it, chosen by chance: [assist] hold_out "
    "= 0.1 in config.toml holds out one of ten, and the difference then stands here.",
    "The figures below count what agents did with suggestions. That they take a reply is no proof that it helps.",
    "Nearest to it come the seconds that suggestions save (Edits, an estimate) and what follows the replies that were "
    "taken (Sources).",
)


def helps_of(impact: Mapping[str, Any]) -> Helps:
    """Return the verdict with what is behind it (see :func:`console.review.impact.report.impact_of`)."""
    if not impact["shares"]:
        return Helps(NOBODY, WITHOUT)
    return Helps(_verdict(impact), tuple(lines_of(impact)))


def _verdict(impact: Mapping[str, Any]) -> str:
    told = [(outcome, impact["outcomes"][outcome.name]) for outcome in OUTCOMES if outcome.name in impact["outcomes"]]
    shown = [(outcome, one["effect"]) for outcome, one in told if one["verdict"] == Verdict.EFFECT.value]
    better = [_effect(outcome, effect) for outcome, effect in shown if outcome.better(effect)]
    worse = [_effect(outcome, effect) for outcome, effect in shown if not outcome.better(effect)]
    if better and worse:
        return f"Yes and no: {', '.join(better)}; but {', '.join(worse)}."
    if shown:
        return f"Yes: {', '.join(better)}." if better else f"No, they cost: {', '.join(worse)}."
    if impact["refused"]:
        return f"It cannot be told: {impact['refused']}."
    return _nothing_shown(impact, told)


def _nothing_shown(impact: Mapping[str, Any], told: list[tuple[Outcome, Mapping[str, Any]]]) -> str:
    by = {verdict: [row for row in told if row[1]["verdict"] == verdict.value] for verdict in Verdict}
    if by[Verdict.OPEN]:
        outcome, one = min(by[Verdict.OPEN], key=lambda row: row[1]["needed"] or 0)
        needed = f"about {one['needed']:,} more conversations would show {outcome.said(outcome.smallest)} in"
        return f"No effect shown yet: {needed} {outcome.title.lower()}."
    if by[Verdict.NONE]:
        return "No effect worth knowing is shown, though what was planned is held out."
    if by[Verdict.REFUSED]:
        return f"It cannot be told: {by[Verdict.REFUSED][0][1]['why']}."
    counted = f"{impact['assisted']:,} conversations with assistance and {impact['held_out']:,} without so far"
    return f"Not enough data: {counted}."


def _effect(outcome: Outcome, effect: float) -> str:
    return f"{outcome.title.lower()} {outcome.said(effect)} {way(outcome, effect)}"
