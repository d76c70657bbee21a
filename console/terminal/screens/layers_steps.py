"""The figures by layer in the lead's review: from a figure to its weeks, its conversations, and a transcript."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, ClassVar, Final

from textual.content import Content

from console.conversation.handed_counts import OF_LAYERS
from console.conversation.layers import METRICS, AskedTalks, Layers, Metric, MetricKind, ToldTalk, ToldTalks
from console.conversation.message import Layer
from console.conversation.review_commands import Asked
from console.conversation.reviews import Measure
from console.terminal.port import Desk
from console.terminal.screens.lead_step import LeadStep, Place
from console.terminal.widgets import layers_faces as faces
from console.terminal.widgets.review_faces import day
from console.terminal.widgets.row_list import Row, remark

if TYPE_CHECKING:
    from console.terminal.screens.review_views import Behind

RESULTS: Final = "results"
LOAD: Final = "load"
ALL_WEEKS: Final = "all"
_COUNTED_THERE: Final = {
    Metric.ACCEPTED: Measure.ACCEPTED,
    Metric.EDITED: Measure.EDITED,
    Metric.RATED_WELL: Measure.RATED_WELL,
}
"""What is counted by suggestion: it leads to where the review's own figures do."""


@dataclass(frozen=True, slots=True)
class LayersStep(LeadStep):
    """The tab: every figure of each layer, and the agents' load."""

    HELP: ClassVar[str] = (
        f"Each layer of work by itself. Enter shows the weeks of a figure and its conversations. {OF_LAYERS}"
    )

    async def load(self, desk: Desk, weeks: int) -> Layers:
        """Ask the desk."""
        return await desk.layers(weeks)

    def standing(self, found: Layers) -> str:
        """Return what the figures are of."""
        return faces.standing(found)

    def rows(self, found: Layers, width: int) -> list[Row]:
        """Return a row for each figure, by layer."""
        return list(_rows(found, width))

    def detail(self, found: Layers, key: str, width: int) -> Content:
        """Return what the figure under the cursor is."""
        if key == LOAD and found.team is not None:
            return faces.load_detail(found.team, width)
        layer, metric = _at(key)
        if layer is None:
            return Content("")
        view = found.of(layer)
        return faces.metric_detail(view, metric, width) if metric else faces.results_detail(view, width)

    def next(self, found: Layers, key: str) -> LeadStep | None:
        """Return the weeks of a figure, the dispositions of a layer, or the agents."""
        if key == LOAD:
            return LoadStep()
        layer, metric = _at(key)
        if layer is None:
            return None
        return LayerWeeksStep(layer, metric) if metric else ResultsStep(layer)


@dataclass(frozen=True, slots=True)
class LayerWeeksStep(LeadStep):
    """A figure of a layer, week by week."""

    layer: Layer
    metric: Metric

    @property
    def title(self) -> str:
        """The step as it stands on the way down."""
        return f"{self.layer.value}: {self.metric.said}"

    async def load(self, desk: Desk, weeks: int) -> Layers:
        """Ask the desk."""
        return await desk.layers(weeks)

    def rows(self, found: Layers, width: int) -> list[Row]:
        """Return a row for all weeks and one for each."""
        view = found.of(self.layer)
        every = replace(view.weeks[0], figures=view.figures) if view.weeks else None
        rows = [Row(ALL_WEEKS, faces.every_face(every, self.metric, view, width))] if every else []
        rows += [Row(one.start.isoformat(), faces.week_face(one, self.metric, view, width)) for one in view.weeks]
        return rows or [remark("Nothing left this layer.", width)]

    def detail(self, found: Layers, key: str, width: int) -> Content:
        """Return what the figure is."""
        return faces.metric_detail(found.of(self.layer), self.metric, width)

    def next(self, found: Layers, key: str) -> "LeadStep | Behind | None":
        """Return the conversations behind it; of suggestions, those of the review's own figures."""
        week = date.fromisoformat(key) if key and key != ALL_WEEKS else None
        measure = _COUNTED_THERE.get(self.metric)
        if measure is None:
            return TalksStep(AskedTalks(self.layer, self.metric, week))
        from console.terminal.screens.review_views import Behind

        return Behind(Asked(measure=measure, week=week))


@dataclass(frozen=True, slots=True)
class ResultsStep(LeadStep):
    """How conversations of a layer were closed."""

    layer: Layer

    @property
    def title(self) -> str:
        """The step as it stands on the way down."""
        return f"{self.layer.value}: how they ended"

    async def load(self, desk: Desk, weeks: int) -> Layers:
        """Ask the desk."""
        return await desk.layers(weeks)

    def rows(self, found: Layers, width: int) -> list[Row]:
        """Return a row for each disposition."""
        rows = [
            Row(f"={result.disposition}", faces.result_face(result, width), idle=result.others)
            for result in found.of(self.layer).results
        ]
        return rows or [remark("Nothing of this layer was closed in these weeks.", width)]

    def detail(self, found: Layers, key: str, width: int) -> Content:
        """Return what these are."""
        return faces.results_detail(found.of(self.layer), width)

    def next(self, found: Layers, key: str) -> LeadStep | None:
        """Return the conversations that were closed with it."""
        if not key.startswith("="):
            return None
        return TalksStep(AskedTalks(self.layer, disposition=key.removeprefix("=")))


@dataclass(frozen=True, slots=True)
class TalksStep(LeadStep):
    """The conversations behind a figure."""

    asked: AskedTalks

    @property
    def title(self) -> str:
        """The step as it stands on the way down."""
        asked = self.asked
        week = f", week from {day(asked.week)}" if asked.week else ""
        if asked.disposition is not None:
            return f"{'not ' * asked.others}{asked.disposition or 'no disposition'}{week}"
        if asked.metric.kind in {MetricKind.SHARE, MetricKind.COUNT}:
            return f"{'not ' * asked.others}{asked.metric.said}{week}"
        first = "the other end first" if asked.others else _FIRST[asked.metric.kind]
        return f"{first}{week}"

    async def load(self, desk: Desk, weeks: int) -> ToldTalks:
        """Ask the desk."""
        return await desk.talks_behind(weeks, self.asked)

    def rows(self, found: ToldTalks, width: int) -> list[Row]:
        """Return a row for each conversation."""
        rows = [Row(_key(talk), faces.talk_face(talk, width)) for talk in found.talks]
        if found.total > len(found.talks):
            rows.append(Row("more", Content(f"{len(found.talks)} of {found.total:,} are shown."), idle=True))
        return rows or [remark("There is nothing of these.", width)]

    def detail(self, found: ToldTalks, key: str, width: int) -> Content:
        """Return what is known of a conversation."""
        talk = _talk(found, key)
        return faces.talk_detail(talk, width) if talk else Content("")

    def next(self, found: ToldTalks, key: str) -> Place | None:
        """Return where its transcript is to open."""
        talk = _talk(found, key)
        return Place(talk.conversation, talk.message) if talk else None

    def turned(self) -> LeadStep | None:
        """Return the rest of the cases, or the same from the other end."""
        return TalksStep(replace(self.asked, others=not self.asked.others))


@dataclass(frozen=True, slots=True)
class LoadStep(LeadStep):
    """What each agent had to do, by name."""

    @property
    def title(self) -> str:
        """The step as it stands on the way down."""
        return "what agents had to do"

    async def load(self, desk: Desk, weeks: int) -> Layers:
        """Ask the desk."""
        return await desk.layers(weeks)

    def rows(self, found: Layers, width: int) -> list[Row]:
        """Return a row for each agent, and all together."""
        if found.team is None:
            return [remark("Nobody had a conversation in these weeks.", width)]
        rows = [Row("head", faces.load_head(), idle=True), Row(LOAD, faces.load_face(found.team))]
        return rows + [Row(f"agent {load.agent}", faces.load_face(load)) for load in found.agents]

    def detail(self, found: Layers, key: str, width: int) -> Content:
        """Return it in words."""
        agent = key.removeprefix("agent ")
        load = found.team if key == LOAD else next((one for one in found.agents if one.agent == agent), None)
        return faces.load_detail(load, width) if load else Content("")


LAYERS: Final = LayersStep()

_FIRST: Final = {
    MetricKind.TIME: "the slowest first",
    MetricKind.SCORE: "the lowest first",
    MetricKind.MONEY: "the dearest first",
}


def _rows(found: Layers, width: int) -> Iterator[Row]:
    for layer, metrics in METRICS.items():
        view = found.of(layer)
        yield Row(f"title-{layer.value}", faces.title(view, width), idle=True)
        for metric in metrics:
            yield Row(f"{layer.value} {metric.value}", faces.metric_face(view, metric, width))
        yield Row(f"{layer.value} {RESULTS}", faces.results_face(view, width))
    yield Row("title-load", faces.load_title(), idle=True)
    if found.team is None:
        yield Row("nobody", Content("nobody had a conversation"), idle=True)
    else:
        yield Row("head", faces.load_head(), idle=True)
        yield Row(LOAD, faces.load_face(found.team))


def _at(key: str) -> tuple[Layer | None, Metric | None]:
    layer, _, name = key.partition(" ")
    if layer not in set(Layer):
        return None, None
    return Layer(layer), Metric(name) if name in set(Metric) else None


def _key(talk: ToldTalk) -> str:
    return f"{talk.conversation} {talk.at.isoformat()}"


def _talk(found: ToldTalks, key: str) -> ToldTalk | None:
    return next((talk for talk in found.talks if _key(talk) == key), None)
