"""A review as rows of a table, one a figure, for spreadsheets and other programs: as CSV, and as Parquet."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from console.conversation.reviews import QUEUES, Compared, Figure, Review
from console.conversation.spread import Spread
from console.review.reviewing.change_rows import about_rows

COLUMNS: Final = (
    "table",
    "by",
    "name",
    "week",
    "measure",
    "part",
    "of",
    "conversations",
    "rate",
    "low",
    "high",
    "shown",
)
"""``table`` is ``figures``, ``before``, ``after``, ``difference`` (of shares), ``times`` (as often), ``judged``,
``sources``, ``edits`` (by reason), ``seconds`` (saved a turn), ``layers``, ``results`` (how a layer's conversations
were closed), ``escalations``, ``quality``, ``agreement``, ``spread`` (between agents, a standard deviation),
``automation``, ``forecast``, ``gaps``, ``contradictions``, ``impact`` (what assistance does); those of the whole log
begin with ``log``. ``week`` is the Monday, empty for all weeks, of a forecast the day or hour, of a change its day, of
a gap the day on which it was asked last. ``rate`` is a share, and of seconds and layers also seconds, points or money,
of what a change is about also how many a week; it, ``low`` and ``high`` are empty where too little was seen. ``shown``
is what screens say."""

_RUN: Final = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What a cell begins with that a spreadsheet would run; in East Asia it takes the wide forms for the same signs."""


class ParquetMissing(Exception):
    """There is nothing here that writes Parquet."""


def rows_of(review: Review) -> Iterator[dict[str, Any]]:
    """Yield the figures of a review."""
    for group in review.groups:
        for figure in group.figures:
            yield _row("figures", group.by.value, group.title, "", figure)
        for week in group.weeks:
            for figure in week.figures:
                yield _row("figures", group.by.value, group.title, week.start.isoformat(), figure)
    for one in review.compared:
        yield from _compared(one)
    yield from about_rows(review)
    for count in review.queues:
        yield _row("judged", "queue", QUEUES[count.queue], "", count.figure)
    yield from (spread_row(one) for one in review.spreads)


def csv_of(rows: Iterable[Mapping[str, Any]]) -> str:
    """Return rows of these columns as CSV.

    Words that a spreadsheet would take for a formula stand behind an apostrophe.
    """
    written = io.StringIO(newline="")
    table = csv.DictWriter(written, COLUMNS)  # with the line ends of RFC 4180, so that none within a cell is one
    table.writeheader()
    for row in rows:
        table.writerow({name: guarded(value) for name, value in row.items()})
    return written.getvalue()


def write_parquet(rows: Iterable[Mapping[str, Any]], file: Path) -> None:
    """Write rows of these columns as Parquet.

    Raises :class:`ParquetMissing` where pyarrow is not installed.
    """
    try:
        arrow, parquet = import_module("pyarrow"), import_module("pyarrow.parquet")
    except ImportError as error:
        raise ParquetMissing("Parquet needs pyarrow, which is not installed here: pip install pyarrow") from error
    written = list(rows)
    kinds = {name: arrow.string() for name in COLUMNS}
    kinds |= {name: arrow.int64() for name in ("part", "of", "conversations")}
    kinds |= {name: arrow.float64() for name in ("rate", "low", "high")}
    columns = {name: [row[name] for row in written] for name in COLUMNS}
    parquet.write_table(arrow.table(columns, schema=arrow.schema(list(kinds.items()))), file)


def guarded(value: object) -> object:
    """Return a cell as it is, or as text where it is words that a spreadsheet would run."""
    return f"'{value}" if isinstance(value, str) and value.lstrip(" \n").startswith(_RUN) else value


def spread_row(one: Spread) -> dict[str, Any]:
    """Return how far agents differ as a row; ``of`` are the cases of those with enough."""
    known = one.deviation is not None
    counts = {"part": None, "of": one.cases, "conversations": None}
    limits = {"rate": one.deviation, "low": one.low if known else None, "high": one.high if known else None}
    named = {"table": "spread", "by": "all", "name": "between agents", "week": "", "measure": one.measure}
    return named | counts | limits | {"shown": one.words}


def _compared(one: Compared) -> Iterator[dict[str, Any]]:
    day, name = one.change.on.date().isoformat(), f"{one.change.words} · {one.name or 'all suggestions'}"
    for effect in one.effects:
        yield _row("before", one.by.value, name, day, effect.before)
        yield _row("after", one.by.value, name, day, effect.after)
        moved = _row("difference", one.by.value, name, day, effect.after)
        before, after = effect.before.rate, effect.after.rate
        known = effect.low is not None and before is not None and after is not None
        rate = round((after or 0.0) - (before or 0.0), 4) if known else None
        yield moved | {"rate": rate, "low": effect.low, "high": effect.high, "shown": effect.words}


def _row(table: str, by: str, name: str, week: str, figure: Figure) -> dict[str, Any]:
    counts = {"part": figure.part, "of": figure.of, "conversations": figure.conversations}
    rate = None if figure.rate is None else round(figure.rate, 4)
    limits = {"rate": rate, "low": figure.low, "high": figure.high, "shown": figure.words}
    return {"table": table, "by": by, "name": name, "week": week, "measure": figure.measure.value} | counts | limits
