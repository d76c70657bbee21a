"""What the report counts of the whole log, in lines for a terminal."""

from collections.abc import Iterator, Mapping
from textwrap import wrap
from typing import Any, Final

from console.conversation.assistance import Decision
from console.review import bot_answers, drift, evidence, wrap_ups
from console.review.besides import against_of
from console.review.impact import lines as impact_lines
from console.review.model_calls import line_of
from console.review.periods import whole_of
from console.review.talks import said_of

BROAD: Final = 120
"""Columns of a terminal from which on times and distances have room too."""

_NARROW: Final = ("shown", *(decision.value for decision in Decision), "thumbs", "stars")
_WIDE: Final = (*_NARROW, "seconds", "changed")
_KEYS: Final = {"stars": "mean_stars", "seconds": "median_seconds_to_decide", "changed": "median_edit_distance"}
_CELL: Final = 8
"""Fewest characters of a column: a count of hundreds with its share."""
_BARE: Final = {"shown": 6, "stars": 5}
"""Columns of a figure without a share."""


def lines_of(report: Mapping[str, Any], width: int) -> Iterator[str]:
    """Yield the lines, none longer than ``width`` from 80 on; what is to be read one by one stands last.

    Groups of which nothing stood on a screen yet are only counted. ``seconds`` is the median time to a decision,
    ``changed`` the median number of characters that an edit changed. Where names find no room beside their figures
    they stand above them. What the shares are shares of is said at the end of the tables.
    """
    yield ""
    said = whole_of(report)
    yield said[0].upper() + said[1:]
    talks = report["conversations"]
    yield from wrap(f"Conversations: {said_of(talks)}.", width, subsequent_indent="  ")
    if generated := talks.get("generated"):
        yield f"{generated:,} of them are generated history and never happened."
    lines = report["summary_lines"]
    if any(lines.values()):
        yield f"Lines of summaries: {lines['corrected']} corrected, {lines['removed']} removed by people."
    for line in (*wrap_ups.lines_of(report["wrap_ups"]), *drift.lines_of(report["drift"])):
        yield from wrap(line, width, subsequent_indent="  ")
    yield from _groups(report, width)
    if report["total"]["decided"]:
        yield ""
        yield "Shares are of the suggestions that were decided on."
    yield from _beside(report, width)


def _groups(report: Mapping[str, Any], width: int) -> Iterator[str]:
    columns = _WIDE if width >= BROAD else _NARROW
    cells = [max(_BARE.get(column, _CELL), len(column)) for column in columns]
    room = width - sum(cells) - len(cells)
    for title, rows in (
        ("All suggestions", {"all": report["total"]}),
        ("By kind", report["by_kind"]),
        ("By source", report["by_source"]),
    ):
        seen = {name: figures for name, figures in rows.items() if figures["shown"]}
        hidden = len(rows) - len(seen)
        yield ""
        left = f" ({hidden} more stood on no screen yet)" if hidden and seen else ""
        yield f"{title}, the whole log{left}"
        if not seen:
            yield "  none stood on a screen yet"
            continue
        names = max(map(len, seen))
        beside = names if names <= room else 0
        yield " " * beside + _line(columns, cells)
        yield "─" * (beside + sum(cells) + len(cells))
        for name, figures in sorted(seen.items(), key=lambda row: -row[1]["shown"]):
            if not beside:
                yield name
            yield name.ljust(beside) * bool(beside) + _line([_cell(figures, column) for column in columns], cells)


def _beside(report: Mapping[str, Any], width: int) -> Iterator[str]:
    spoken = list(evidence.lines_of(report["evidence"], width, against_of(report)))
    if spoken:
        yield ""
        yield from spoken
    yield ""
    yield "Impact, the whole log"
    for line in impact_lines.lines_of(report["impact"]):
        yield from wrap(line, width, initial_indent="  ", subsequent_indent="    ")
    called = report.get("language_model", {})
    if called:
        yield ""
        yield "Language model, the whole log"
        for purpose, figures in called.items():
            yield from wrap(line_of(purpose, figures), width, initial_indent="  ", subsequent_indent="    ")
    told = list(bot_answers.lines_of(report["bot_answers"], width))
    if told:
        yield ""
        yield from told


def _line(texts: tuple[str, ...] | list[str], cells: list[int]) -> str:
    return "".join(f" {text:>{cell}}" for text, cell in zip(texts, cells, strict=True))


def _cell(figures: Mapping[str, Any], column: str) -> str:
    if column == "thumbs":
        up, down = figures["thumbs_up"], figures["thumbs_down"]
        return f"+{up} -{down}" if up or down else "–"
    value, rate = figures[_KEYS.get(column, column)], figures.get(f"{column}_rate")
    return "–" if value is None else f"{value} {rate:.0%}" if rate else str(value)
