"""How questions without an answer read in the lead's review: with how many were asked in each week. Pure."""

from collections.abc import Sequence
from typing import Final

from textual.content import Content

from console.conversation.upkeep import Answered, Gap
from console.terminal.hanging import hang, stack
from console.terminal.widgets.upkeep_faces import gap_detail, gap_face

_BARS: Final = "▁▂▃▄▅▆▇█"


def weekly(counts: Sequence[int]) -> str:
    """Return the questions of each week as bars, the oldest first; a dot for a week with none."""
    most = max(counts, default=0)
    return "".join("·" if not n else _BARS[max(0, round(n / most * (len(_BARS) - 1)))] for n in counts)


def open_face(gap: Gap, width: int) -> Content:
    """Return a gap with its weeks."""
    return stack([gap_face(gap, width), _weeks(gap.weeks, width)])


def open_detail(gap: Gap, width: int) -> Content:
    """Return everything about a gap."""
    return stack([gap_detail(gap), Content(""), *_told(gap.weeks, width)])


def mended_face(one: Answered, width: int) -> Content:
    """Return what an article answers by now."""
    said = f"{one.questions:,} asked in vain, answered now by {one.article}"
    lines = hang(Content(""), Content.assemble(("✓ ", "$text-success"), (one.title, "bold")), width, most=1)
    lines += hang(Content("  "), Content.styled(said, "$text-muted"), width, most=2)
    if one.still:
        lines.append(Content.styled(f"  ⚠ {one.still:,} asked the same since, unanswered", "$text-warning"))
    return stack([*lines, _weeks(one.weeks, width)])


def mended_detail(one: Answered, width: int) -> Content:
    """Return how many questions it would have answered, week by week."""
    heading = Content.styled(one.title, "bold $text-primary")
    said = (
        f"{one.questions:,} questions were asked in vain that {one.article} answers by now. Where it is a new article, "
        "no more should come after its week: its publishing is marked, see “Changes”."
    )
    lines = [heading, *hang(Content(""), Content(said), width)]
    if one.still:
        lines += hang(Content(""), Content.styled(still_said(one), "$text-warning"), width)
    return stack([*lines, Content(""), *_told(one.weeks, width)])


def still_said(one: Answered) -> str:
    """Return how many asked the same since, and have no answer."""
    return f"⚠ Since it was published {one.still:,} more asked the same in words that it does not answer: see “Gaps”."


def _weeks(counts: Sequence[int], width: int) -> Content:
    return Content.styled(f"  {weekly(counts)}  {sum(counts[-4:])} in the last four weeks"[:width], "$text-accent")


def _told(counts: Sequence[int], width: int) -> list[Content]:
    said = f"Asked in vain, week by week, the newest last: {' '.join(map(str, counts))}"
    return [
        Content.styled(weekly(counts), "$text-accent"),
        *hang(Content(""), Content.styled(said, "$text-muted"), width),
    ]
