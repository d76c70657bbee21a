"""The figures by layer as rows of the review's table, one a figure; times stand in seconds."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from console.conversation.layers import Layers, LayerView, Measured


def rows_of(layers: Layers) -> Iterator[dict[str, Any]]:
    """Yield them: ``table`` is ``layers``, ``by`` the layer; ``results`` how they were closed."""
    for view in layers.layers:
        for figure in view.figures:
            yield from _figure(view, "", figure)
        for week in view.weeks:
            for figure in week.figures:
                yield from _figure(view, week.start.isoformat(), figure)
        for one in view.results:
            share = one.count / one.of if one.low is not None else None
            yield _row("results", view, one.disposition, "", "closed", one.count, one.of, share, one.low, one.high) | {
                "shown": one.words
            }


def _figure(view: LayerView, week: str, figure: Measured) -> Iterator[dict[str, Any]]:
    name = figure.metric.value
    values = figure.value, figure.low, figure.high
    counts = figure.part, figure.of
    yield _row("layers", view, "", week, name, *counts, *values) | {
        "conversations": figure.conversations,
        "shown": figure.words,
    }
    if figure.tail is not None:
        tail = replace(figure, value=figure.tail, low=figure.tail_low, high=figure.tail_high)
        yield _row("layers", view, "", week, f"{name}-p90", *counts, tail.value, tail.low, tail.high) | {
            "conversations": figure.conversations,
            "shown": tail.words,
        }


def _row(
    table: str,
    view: LayerView,
    name: str,
    week: str,
    measure: str,
    part: int,
    of: int,
    rate: float | None,
    low: float | None,
    high: float | None,
) -> dict[str, Any]:
    rounded = {
        key: None if one is None else round(one, 4) for key, one in (("rate", rate), ("low", low), ("high", high))
    }
    where = {"table": table, "by": view.layer.value, "name": name, "week": week, "measure": measure}
    return where | {"part": part, "of": of, "conversations": of} | rounded | {"shown": ""}
