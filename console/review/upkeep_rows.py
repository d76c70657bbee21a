"""What the knowledge base lacks and where it contradicts itself, as rows of the report's table. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any

from console.conversation.upkeep import bracketed
from console.review.row import row

_COUNTS = ("customers", "questions", "own_words")


def rows_of(report: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield a row for each count of a gap, for each article that answers by now, and for each contradiction.

    There are none where it was not looked for. The ``week`` of a gap is the day on which it was asked last.
    """
    if report.get("upkeep_missing", "not looked for"):
        return
    asked = report["questions"]
    answered = asked["answered_since"]
    yield row("gaps", "all", "", "open", part=asked["unanswered"] - answered)
    yield row("gaps", "all", "", "answered by now", part=answered)
    for by, gaps in (("question", report["gaps"]), ("put aside", report["gaps_aside"])):
        for gap in gaps:
            for count in _COUNTS:
                cells = {"part": gap[count], "week": gap["last"][:10]}
                yield row("gaps", by, bracketed(gap["question"]), count.replace("_", " "), **cells)
    for one in report["gaps_mended"]:
        yield row("gaps", "article", one["article"], "answered by now", part=one["questions"])
    for pair in report["contradictions"]:
        first, second = pair["first"], pair["second"]
        said = f"“{first['text']}” – “{second['text']}”"
        yield row("contradictions", pair["measures"], f"{first['article']} · {second['article']}", "says", shown=said)
