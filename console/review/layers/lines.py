"""The figures by layer in lines for a terminal."""

from collections.abc import Iterator
from textwrap import wrap

from console.conversation.handed_counts import OF_LAYERS
from console.conversation.layers import AgentLoad, Layers, LayerView
from console.conversation.reviews import percent
from console.review.periods import weeks_of

_LABEL = 28


def lines_of(layers: Layers, width: int) -> Iterator[str]:
    """Yield each layer's figures, none longer than ``width`` from 80 on; nothing where nothing left any layer."""
    if layers.since is None or not any(view.ended or view.under_way for view in layers.layers):
        return
    yield ""
    said = f"By layer, {weeks_of(layers.weeks, layers.since, layers.until)}"
    yield from wrap(f"{said} (95 % intervals in brackets; p90: nine of ten within)", width, subsequent_indent="  ")
    for view in layers.layers:
        yield from _layer(view, width)
    yield from wrap(OF_LAYERS, width, subsequent_indent="  ")
    if layers.team is not None:
        yield from wrap(_load(layers.team), width, subsequent_indent="  ")


def _layer(view: LayerView, width: int) -> Iterator[str]:
    yield f"{view.layer.value}: {view.ended:,} left it, {view.under_way:,} under way"
    for figure in view.figures:
        if not figure.of and not figure.why:
            continue
        tail = f", p90 {figure.tail_words}" if figure.tail_words else ""
        counted = f", {figure.counted}" if figure.counted else ""
        said = f"  {figure.metric.said:<{_LABEL}}{figure.words}{tail}{counted}"
        yield from wrap(said, width, subsequent_indent=" " * (_LABEL + 2), drop_whitespace=True)
    if view.results:
        named = ", ".join(f"{result.disposition or 'no disposition'} {result.words}" for result in view.results)
        yield from wrap(f"  how they ended: {named}", width, subsequent_indent="    ")


def _load(team: AgentLoad) -> str:
    present = "" if team.present is None else f"{team.present:,.0f} hours present, "
    used = "" if team.used is None else f", {percent(team.used)}% of the time present used"
    used += "" if team.an_hour is None else f", {team.an_hour:.1f} conversations an hour present"
    at_once = "" if team.at_once is None else f", {team.at_once:.1f} conversations at once"
    hard = "" if team.hard_a_shift is None else f", {team.hard_a_shift:.1f} hard ones a shift"
    beyond = f" ({team.beyond:,.0f} of them while not there)" if team.beyond >= 1 else ""
    return f"Agents: {present}{team.busy:,.0f} hours at work{beyond}{used}{at_once}{hard}."
