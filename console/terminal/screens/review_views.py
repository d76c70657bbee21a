"""What the review's screen shows at each step of the way down from a figure to the events behind it. Pure.

A step names what is looked at and holds nothing of it, so that it can be kept while a transcript is read, and shown
anew from what the desk says then.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from textual.content import Content

from console.conversation.review_commands import Asked
from console.conversation.reviews import (
    QUEUES,
    USUAL_WEEKS,
    By,
    Exchange,
    Exchanges,
    Figure,
    Group,
    Measure,
    Review,
    ReviewQueue,
    Week,
)
from console.terminal.screens.automation_steps import AUTOMATE
from console.terminal.screens.change_steps import ChangesStep
from console.terminal.screens.edit_steps import EditsStep
from console.terminal.screens.escalation_steps import Escalated
from console.terminal.screens.forecast_steps import FORECAST
from console.terminal.screens.gap_steps import GapsStep
from console.terminal.screens.helps_step import HelpsStep
from console.terminal.screens.layers_steps import LAYERS
from console.terminal.screens.lead_step import LeadStep
from console.terminal.screens.quality_steps import QualityTab
from console.terminal.screens.source_steps import SourcesStep
from console.terminal.widgets import review_faces as faces
from console.terminal.widgets.clickable import button
from console.terminal.widgets.row_list import Row, remark


@dataclass(frozen=True, slots=True)
class Groups:
    """The table of all groups."""


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a group, with the weeks of one of them."""

    by: By
    name: str


@dataclass(frozen=True, slots=True)
class Behind:
    """The exchanges behind a figure."""

    asked: Asked


@dataclass(frozen=True, slots=True)
class Queues:
    """The queues of judgement."""


@dataclass(frozen=True, slots=True)
class Queued:
    """What is to be judged of a queue, or what was judged of it."""

    queue: ReviewQueue
    judged: bool = False


Step = Groups | Figures | Behind | Queues | Queued | LeadStep
TABS: Final[dict[str, Step]] = {
    "Figures": Groups(),
    "To judge": Queues(),
    "Changes": ChangesStep(),
    "Sources": SourcesStep(),
    "Edits": EditsStep(),
    "Gaps": GapsStep(),
    "Escalated": Escalated(),
    "Layers": LAYERS,
    "Quality": QualityTab(),
    "Forecast": FORECAST,
    "Automate": AUTOMATE,
}

HELPS: Final = "helps"
"""The row on top of the figures: do the suggestions help?"""

OWN: Final = frozenset({"measure", "judge"})
"""What can be done with the review's own figures alone."""


@dataclass(slots=True)
class Trail:
    """Where a lead is: the steps from a tab downwards, where the cursor stood on each, the weeks, the measure."""

    steps: list[Step] = field(default_factory=lambda: [Groups()])
    cursors: dict[Step, str] = field(default_factory=dict)
    weeks: int = USUAL_WEEKS
    measure: Measure = Measure.ACCEPTED

    @property
    def here(self) -> Step:
        """The step that is shown."""
        return self.steps[-1]

    @property
    def cursor(self) -> str:
        """The row on which the cursor stood there; at first, among the figures, that of all suggestions."""
        return self.cursors.get(self.here, f"{By.ALL} " if isinstance(self.here, Groups) else "")


def rows_of(step: Step, review: Review, found: Exchanges | None, measure: Measure, width: int) -> list[Row]:
    """Return the rows of a step; ``found`` are its exchanges, where it has some."""
    match step:
        case Groups():
            return list(_table(review, width))
        case Figures(by=by, name=name):
            group = group_of(review, by, name)
            return list(_figures(group, measure, width)) if group else [remark("Nothing was decided on.", width)]
        case Queues():
            return [Row(count.queue.value, faces.queue_face(count, width)) for count in review.queues]
        case Behind() | Queued():
            rows = [Row(key_of(one), faces.exchange_face(one, width)) for one in (found.exchanges if found else ())]
            return rows or [remark(_empty(step) if found else "Reading …", width)]
        case _:
            return []


def detail_of(step: Step, review: Review, key: str, measure: Measure, width: int) -> Content:
    """Return what is told of the row under the cursor; exchanges are told by :func:`exchange_at`."""
    match step:
        case Groups() if key == HELPS:
            return faces.helps_detail(review, width)
        case Groups():
            by, _, name = key.partition(" ")
            group = group_of(review, By(by), name) if by in set(By) else None
            spreads = review.spreads if group and group.by is By.ALL else ()
            return faces.group_detail(group, measure, width, spreads) if group else Content("")
        case Figures(by=by, name=name):
            group = group_of(review, by, name)
            figure, week = figure_at(group, key, measure) if group else (None, None)
            return faces.figure_detail(group, figure, week, width) if group and figure else Content("")
        case Queues():
            count = next((one for one in review.queues if one.queue.value == key), None)
            return faces.queue_detail(count, width) if count else Content("")
        case _:
            return Content("")


def next_of(step: Step, review: Review, key: str, measure: Measure) -> Step | None:
    """Return the step that a row leads to; ``None`` where it leads to none."""
    match step:
        case Groups() if key == HELPS:
            return HelpsStep()
        case Groups():
            by, _, name = key.partition(" ")
            group = group_of(review, By(by), name) if by in set(By) else None
            return Figures(group.by, group.name) if group and not group.withheld else None
        case Figures(by=by, name=name):
            group = group_of(review, by, name)
            figure, week = figure_at(group, key, measure) if group else (None, None)
            asked = Asked(by, name, figure.measure, week.start if week else None) if figure else None
            return Behind(asked) if asked else None
        case Queues():
            return Queued(ReviewQueue(key)) if key in set(ReviewQueue) else None
        case _:
            return None


def turned(step: Step) -> Step | None:
    """Return the step that shows the other part of the same: the other cases, or what was judged already."""
    match step:
        case Behind(asked=asked):
            return Behind(replace(asked, others=not asked.others))
        case Queued(queue=queue, judged=judged):
            return Queued(queue, not judged)
        case LeadStep():
            return step.turned()
        case _:
            return None


def name_of(step: Step) -> str:
    """Return a step as it stands on the way down; empty for a tab."""
    match step:
        case Figures(by=by, name=name):
            return Group(by, name, 0, 0).title
        case Behind(asked=asked):
            week = f", week from {faces.day(asked.week)}" if asked.week else ""
            return f"{'not ' * asked.others}{asked.measure.said}{week}"
        case Queued(queue=queue, judged=judged):
            return f"{QUEUES[queue]}{', judged' * judged}"
        case LeadStep():
            return step.title
        case _:
            return ""


def deeds_of(step: Step, *, deep: bool) -> Iterator[Content]:
    """Yield what can be done at a step, as buttons."""
    match step:
        case Groups():
            yield button("screen.choose", "Figures", "Enter")
            yield button("screen.measure", "Measure", "m")
        case Figures():
            yield button("screen.choose", "Conversations", "Enter")
            yield button("screen.measure", "Measure", "m")
        case Queues():
            yield button("screen.choose", "Judge", "Enter")
        case Behind() | Queued():
            yield button("screen.choose", "Transcript", "Enter")
            yield button("screen.judge", "Judge", "j")
            yield button("screen.others", "Others" if isinstance(step, Behind) else "Judged", "v")
        case LeadStep() if step.turned() is not None:
            yield button("screen.others", step.OTHERS, "v")
        case _:
            pass
    if deep:
        yield button("screen.up", "Up", "←")
    else:
        if of_weeks(step):
            yield button("screen.weeks", "Weeks", "w")
        yield button("screen.renew", "Look again", "r")


def of_weeks(step: Step) -> bool:
    """Return whether what a step shows is of the weeks that are chosen."""
    return not isinstance(step, LeadStep) or step.WEEKLY


ROOMY: Final = 126
"""Cells of a terminal from which on the names of the tabs have room around them."""


def tab(name: str, width: int) -> str:
    """Return the name of a tab as it stands in a terminal of this width."""
    held = name.replace(" ", "\N{NO-BREAK SPACE}")
    return held if width < ROOMY else f" {held} "


def key_of(exchange: Exchange) -> str:
    """Return what tells an exchange from others."""
    return f"{exchange.conversation} {exchange.subject}"


def group_of(review: Review, by: By, name: str) -> Group | None:
    """Return a group of a review."""
    return next((group for group in review.groups if group.by is by and group.name == name), None)


def figure_at(group: Group, key: str, measure: Measure) -> tuple[Figure | None, Week | None]:
    """Return the figure of a row, and its week where it is that of one."""
    if key in set(Measure):
        return group.of(Measure(key)), None
    week = next((one for one in group.weeks if key == one.start.isoformat()), None)
    return (week.of(measure), week) if week else (None, None)


def _table(review: Review, width: int) -> Iterator[Row]:
    if review.helps is not None:
        yield Row(HELPS, faces.helps_face(review.helps, width))
    for by in By:
        groups = [group for group in review.groups if group.by is by]
        if groups:
            yield Row(f"title-{by}", faces.table_head(by.heading, width), idle=True)
        for group in groups:
            yield Row(f"{by} {group.name}", faces.group_face(group, width))


def _figures(group: Group, measure: Measure, width: int) -> Iterator[Row]:
    for one in Measure:
        yield Row(one.value, faces.figure_face(group.of(one), width))
    if group.weeks:
        words = Content.styled(f"{measure.said}, week by week from Monday (m: another)", "bold $text-primary")
        yield Row("title-weeks", Content("\n").join([Content(""), words]), idle=True)
    for week in group.weeks:
        yield Row(week.start.isoformat(), faces.week_face(week, measure, width))


def _empty(step: Behind | Queued) -> str:
    if isinstance(step, Queued):
        return "Nothing of this queue was judged yet." if step.judged else "Nothing is left to judge in these weeks."
    return "There is nothing of these."
