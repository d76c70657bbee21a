"""The figures by layer as a part of the report's page; every text in it is escaped."""

from html import escape
from typing import Final

from console.conversation.handed_counts import OF_LAYERS
from console.conversation.layers import AgentLoad, Layers, LayerView, Measured, Metric, MetricKind
from console.conversation.reviews import percent
from console.review.periods import weeks_of
from console.review.sections import Section, heads, table

STYLE: Final = "svg.spark{width:6rem;height:1rem}svg.spark rect{fill:#0969da}"
_HEIGHT: Final = 16
_STEP: Final = 8


def section_of(layers: Layers) -> Section | None:
    """Return the part; nothing where nothing left any layer."""
    if layers.since is None or layers.until is None or not any(view.ended for view in layers.layers):
        return None
    told = ["Each layer by itself, by when a conversation left it"]
    told += [f"{layers.generated:,} conversations are generated history and never happened"] * bool(layers.generated)
    told += [f"{layers.held_out:,} are held out and in no layer"] * bool(layers.held_out)
    views = "".join(map(_view, layers.layers))
    said = f"<p>{'. '.join(told)}. In brackets the 95 % interval. {OF_LAYERS}</p>"
    period = weeks_of(layers.weeks, layers.since, layers.until)
    gist = "; ".join(_gist(view) for view in layers.layers if view.ended)
    return Section("layers", "By layer", period, f"{said}{views}{_loads(layers)}", gist)


def _gist(view: LayerView) -> str:
    return f"{view.layer.value} {view.ended:,}, resolved {view.of(Metric.RESOLVED).words}"


def _view(view: LayerView) -> str:
    head = heads("", "figure", "nine of ten within", "of", "by week")
    body = "".join(
        f'<tr><th scope="row">{figure.metric.said}</th><td>{escape(figure.words)}</td><td>{figure.tail_words}</td>'
        f"<td>{figure.counted}</td><td>{_spark(view.course(figure.metric))}</td></tr>"
        for figure in view.figures
    )
    ended = "; ".join(f"{escape(one.disposition or 'no disposition')} {one.words}" for one in view.results)
    caption = f"{view.layer.value}: {view.ended:,} left it, {view.under_way:,} under way"
    return table(caption, head, body) + (f"<p>How they ended: {ended}</p>" if ended else "")


def _spark(course: tuple[Measured, ...]) -> str:
    """Return the course as bars, told in words for who does not see them."""
    values = [float(one.part) if one.metric.kind is MetricKind.COUNT else one.value for one in course]
    top = max((value for value in values if value is not None), default=0.0)
    bars = "".join(
        f'<rect x="{place * _STEP}" y="{_HEIGHT - high}" width="{_STEP - 2}" height="{high}"/>'
        for place, value in enumerate(values)
        if value is not None and top > 0 and (high := max(1, round(value / top * _HEIGHT)))
    )
    words = ", ".join(one.short for one in course)
    box = f"0 0 {_STEP * max(1, len(values))} {_HEIGHT}"
    return f'<svg class="spark" viewBox="{box}" role="img" aria-label="{escape(words)}">{bars}</svg>'


def _loads(layers: Layers) -> str:
    if layers.team is None:
        return ""
    names = ("", "present, h", "at work, h", "used", "at once", "conversations", "hard a shift")
    body = "".join(map(_load, (layers.team, *layers.agents)))
    said = "Not for comparing people: what they were given differs."
    return f"{table('What agents had to do', heads(*names), body)}<p>{said}</p>"


def _load(load: AgentLoad) -> str:
    cells = (
        "–" if load.present is None else f"{load.present:.1f}",
        f"{load.busy:.1f}",
        "–" if load.used is None else f"{percent(load.used)}%",
        "–" if load.at_once is None else f"{load.at_once:.1f}",
        f"{load.conversations:,}",
        "–" if load.hard_a_shift is None else f"{load.hard_a_shift:.1f}",
    )
    shown = "".join(f"<td>{escape(cell)}</td>" for cell in cells)
    return f'<tr><th scope="row">{escape(load.name)}</th>{shown}</tr>'
