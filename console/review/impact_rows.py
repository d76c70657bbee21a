"""What assistance does, as rows of the report's table. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any

from console.review.impact.lines import said_of
from console.review.impact.outcomes import OUTCOMES
from console.review.row import row


def rows_of(impact: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield how many conversations were drawn, and of each outcome the effect with what is said of it.

    ``part`` are the conversations without assistance, ``of`` those of both arms; the limits are those of one look.
    """
    for count in ("assisted", "held_out", "asked_for_assistance"):
        yield row("impact", "all", "", count.replace("_", " "), part=impact[count])
    for outcome in OUTCOMES:
        told = impact["outcomes"].get(outcome.name)
        if told is not None:
            low, high = told["interval"] or (None, None)
            of = told["assisted"] + told["held_out"]
            counts = {"part": told["held_out"], "of": of, "conversations": of}
            limits = {"rate": told["effect"], "low": low, "high": high, "shown": said_of(outcome, told)}
            yield row("impact", "outcome", outcome.title, told["verdict"], **counts, **limits)
