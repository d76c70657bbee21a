"""What the knowledge base lacks and where it contradicts itself, for the report: as JSON, and as lines of text."""

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from console.conversation.codec import decode, encode
from console.conversation.reviews import Review
from console.conversation.upkeep import Answered, Contradiction, Gaps, bracketed
from console.review.reviewing.answered import with_answered
from console.text import counted

NAMED: Final = 15
"""Gaps that the lines name; JSON has them all."""


def upkeep_report(gaps: Gaps, pairs: Sequence[Contradiction], missing: str = "") -> dict[str, Any]:
    """Return the report's part: ``gaps``, ``questions``, ``contradictions``; ``upkeep_missing`` says why not."""
    return {
        "gaps": [encode(gap) for gap in gaps.gaps],
        "questions": {"unanswered": gaps.asked, "answered_since": gaps.answered, "days": gaps.days},
        "gaps_mended": [encode(one) for one in gaps.mended],
        "gaps_aside": [encode(gap) for gap in gaps.aside],
        "contradictions": [encode(pair) for pair in pairs],
        "upkeep_missing": missing,
    }


def with_upkeep(report: Mapping[str, Any], upkeep: Mapping[str, Any]) -> dict[str, Any]:
    """Return a report with that part; its review tells, too, what was asked in vain before an article was there."""
    review, mended = decode(Review, report["review"]), decode(tuple[Answered, ...], upkeep["gaps_mended"])
    return {**report, **upkeep, "review": encode(with_answered(review, mended))}


def open_and_answered(asked: Mapping[str, int]) -> str:
    """Return how many of the questions asked in vain are open, and how many an article answers by now."""
    answered = asked["answered_since"]
    return f"{asked['unanswered'] - answered:,} open, {answered:,} answered by now"


def upkeep_lines(report: Mapping[str, Any], width: int) -> Iterator[str]:
    """Yield the lines of :func:`upkeep_report`, none longer than ``width`` from 80 on."""
    yield ""
    yield "Knowledge gaps"
    asked = report["questions"]
    if report["upkeep_missing"]:
        yield from _wrapped(f"not looked for: {report['upkeep_missing']}", width, "  ", "  ")
        return
    if report["gaps"]:
        yield f"  Questions without an answer in {asked['days']} days: {open_and_answered(asked)}."
    else:
        yield "  none: every question that was asked in vain has an answer by now, or there was none."
    for gap in report["gaps"][:NAMED]:
        yield from _wrapped(bracketed(gap["question"]), width, "  • ", "    ")
        yield from _wrapped(_figures(gap), width, "    ", "    ")
    if len(report["gaps"]) > NAMED:
        yield f"  and {len(report['gaps']) - NAMED} more (--json has them)."
    if report["gaps_aside"]:
        yield f"  {counted(len(report['gaps_aside']), 'gap')} put aside by a lead until a customer asks again."
    yield ""
    yield "Articles that contradict each other"
    if not report["contradictions"]:
        yield "  none found."
    for pair in report["contradictions"]:
        for mark, said in (("  • ", pair["first"]), ("    ", pair["second"])):
            yield from _wrapped(f"{said['title']} ({said['article']}): “{said['text']}”", width, mark, "      ")


def _figures(gap: Mapping[str, Any]) -> str:
    last = datetime.fromisoformat(gap["last"]).date().isoformat()
    parts = [
        counted(gap["customers"], "customer"),
        f"asked {gap['questions']} times" if gap["questions"] > 1 else "asked once",
        f"last {last}",
        f"{gap['own_words']} answered in own words" if gap["own_words"] else "",
        f"nearest: {gap['title']}" if gap["title"] else "no article near it",
    ]
    return " · ".join(part for part in parts if part)


def _wrapped(text: str, width: int, first: str, later: str) -> list[str]:
    return textwrap.wrap(text, max(40, width), initial_indent=first, subsequent_indent=later) or [first.rstrip()]
