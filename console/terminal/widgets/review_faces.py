"""How the figures of a review read: in tables, as plots of their intervals, and what is behind them in full. Pure."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from textual.content import Content

from console.conversation.helps import Helps
from console.conversation.reviews import (
    FEWEST,
    FEWEST_AGENTS,
    FEWEST_CONVERSATIONS,
    QUEUES,
    Exchange,
    Figure,
    Group,
    Measure,
    QueueCount,
    Review,
    Week,
)
from console.conversation.spread import SPREAD_SAID, Spread
from console.terminal.hanging import fit, hang, stack
from console.terminal.widgets.changed_text import changed
from console.terminal.words import moment

TABLE: Final = (Measure.ACCEPTED, Measure.EDITED, Measure.OVERRIDDEN, Measure.IGNORED, Measure.RATED_WELL)
"""Columns of the table; the others stand beside it."""

ROOMY: Final = 100
"""Cells of a table from which on its figures have room for their intervals."""

_SHORT: Final = {
    Measure.ACCEPTED: "accept",
    Measure.EDITED: "edited",
    Measure.OVERRIDDEN: "overr.",
    Measure.IGNORED: "ignor.",
    Measure.RATED_WELL: "well",
}
_CELL, _WIDE_CELL, _COUNT = 7, 14, 8
LABEL: Final = 14
"""Cells of the name of a measure."""
_FIGURE: Final = 16
_COUNTS: Final = 15


def table_head(title: str, width: int) -> Content:
    """Return a title of a part of the table, with the names of its columns."""
    roomy = width >= ROOMY
    names = [measure.said if roomy else _SHORT[measure] for measure in TABLE]
    cells = "".join(f"{name:>{_WIDE_CELL if roomy else _CELL}}" for name in names)
    return Content.assemble(
        (fit(title, _name_room(width)), "bold $text-primary"), (f"{'decided':>{_COUNT}}{cells}", "$text-muted")
    )


def group_face(group: Group, width: int) -> Content:
    """Return a group as a line of the table."""
    roomy = width >= ROOMY
    cell = _WIDE_CELL if roomy else _CELL
    name = Content.assemble(fit(group.title, _name_room(width)), (f"{group.decided:>{_COUNT},}", "$text-muted"))
    if group.withheld:
        return Content.assemble(name, (f"  fewer than {FEWEST_AGENTS} agents", "$text-muted"))
    figures = [group.of(measure) for measure in TABLE]
    shown = (
        (f"{figure.words if roomy and figure.rate is not None else figure.short:>{cell}}", _style(figure))
        for figure in figures
    )
    return Content.assemble(name, *shown)


def helps_face(helps: Helps, width: int) -> Content:
    """Return the answer to whether the suggestions help, on top of the figures."""
    said = Content.assemble((f"{HELPS_ASKED} ", "bold $text-primary"), _verdict(helps))
    return stack(hang(Content(""), said, width))


def helps_detail(review: Review, width: int) -> Content:
    """Return the answer with what is behind it."""
    helps = review.helps or Helps()
    lines = [Content.styled(HELPS_ASKED, "bold $text-primary"), *hang(Content(""), Content(_verdict(helps)), width)]
    for line in helps.behind:
        lines += [Content(""), *hang(Content(""), Content.styled(line, "$text-muted"), width)]
    return stack(lines)


HELPS_ASKED: Final = "Do the suggestions help?"


def _verdict(helps: Helps) -> str:
    return f"It is {helps.progress}: r looks again." if helps.progress else helps.verdict


def figure_face(figure: Figure, width: int) -> Content:
    """Return a figure with its interval as a plot."""
    label = fit(figure.measure.said, LABEL)
    return _plotted(label, figure, width, f"{figure.part:,} of {figure.of:,}")


def week_face(week: Week, measure: Measure, width: int) -> Content:
    """Return a week's figure with its interval as a plot."""
    figure = week.of(measure)
    return _plotted(fit(day(week.start), LABEL), figure, width, f"{figure.part:,} of {figure.of:,}")


def group_detail(group: Group, measure: Measure, width: int, spreads: Sequence[Spread] = ()) -> Content:
    """Return all figures of a group, one of them week by week, and how far agents differ in some."""
    heading = Content.styled(group.title, "bold $text-primary")
    if group.withheld:
        said = f"Fewer than {FEWEST_AGENTS} agents worked on these: a figure would be that of a person. None is given."
        return stack([heading, *hang(Content(""), Content.styled(said, "$text-muted"), width)])
    counted = f"{group.decided:,} decided on, in {group.conversations:,} conversations"
    lines = [heading, Content.styled(counted, "$text-muted"), Content("")]
    lines += [figure_face(group.of(one), width) for one in Measure if group.of(one).of]
    lines += [Content(""), Content.styled(f"{measure.said}, week by week from Monday", "bold")]
    if not group.weeks:
        lines += hang(Content(""), Content.styled(_TOO_FEW, "$text-muted"), width)
    lines += [week_face(week, measure, width) for week in group.weeks]
    return stack([*lines, *_between(spreads, width)])


def _between(spreads: Sequence[Spread], width: int) -> list[Content]:
    """Return how far agents differ, a line for each measure."""
    if not spreads:
        return []
    lines = [Content(""), Content.styled("Between agents, beyond chance", "bold")]
    for one in spreads:
        lines += hang(Content(fit(one.measure, LABEL)), Content(one.words), width)
    return [*lines, *hang(Content(""), Content.styled(SPREAD_SAID, "$text-muted"), width)]


_TOO_FEW: Final = f"Not enough data: a rate needs {FEWEST} decisions in {FEWEST_CONVERSATIONS} conversations."


def figure_detail(group: Group, figure: Figure, week: Week | None, width: int) -> Content:
    """Return what a figure says, in words."""
    where = f"{group.title}, week from {day(week.start)}" if week else group.title
    counted = f"{figure.part:,} of {figure.of:,} {_OF[figure.measure]}, in {figure.conversations:,} conversations"
    said = "Enter shows these conversations." if figure.rate is not None else _TOO_FEW
    return stack(
        [
            Content.assemble((f"{figure.measure.said}: {figure.words}  ", "bold $text-primary"), where),
            *hang(Content(""), Content.styled(f"{counted}. In brackets: 95 % interval. {said}", "$text-muted"), width),
        ]
    )


_OF: Final = dict.fromkeys(Measure, "that were decided on") | {
    Measure.RATED_WELL: "that agents rated",
    Measure.JUDGED_RIGHT: "that leads judged right or wrong",
}


def queue_face(count: QueueCount, width: int) -> Content:
    """Return a queue in two lines."""
    judged = f"{count.judged} judged, {count.figure.part} right, {count.unclear} unclear" if count.judged else ""
    rate = f"right {count.figure.words}" if count.judged else "none judged yet"
    said = " · ".join(part for part in (f"{count.found:,} wait", judged, rate) if part)
    return stack(
        [
            Content.styled(fit(QUEUES[count.queue], width).rstrip(), "bold"),
            *hang(Content("  "), Content.styled(said, "$text-muted"), width),
        ]
    )


QUEUE_SAID: Final = {
    "sure-overridden": "Replies of which the second chair was sure (score 0.7 and more), and in place of which the "
    "agent wrote their own.",
    "rated-low": "Replies that agents gave a thumb down, or one or two stars.",
    "evidence-unused": "Replies that rest on an article or a policy word for word, were there to be read, and nothing "
    "of whose turn was used.",
    "taken-wrong": "Replies that were taken, as they were or changed, and then the customer's mood fell, a lead was "
    "called, the conversation was passed on, or the customer came back after the closing. Right is a reply that was "
    "not to blame.",
    "promises-broken": "Promises by a colleague or the bot, with a day, that a closing left behind and that nobody "
    "ticked off by the end of that day (UTC). Right is a promise that was indeed not kept.",
    "flags-dismissed": "Flags of which an agent said that they do not apply. Right is a flag that did apply.",
}


def queue_detail(count: QueueCount, width: int) -> Content:
    """Return what a queue holds and how it is sampled."""
    said = f"{QUEUE_SAID[count.queue.value]} In an order that chance made: whoever judges from the top judges a sample."
    lines = [Content.styled(QUEUES[count.queue], "bold $text-primary"), *hang(Content(""), Content(said), width)]
    rate = f"Judged right: {count.figure.words}, of {count.figure.of} judged right or wrong; {count.unclear} unclear."
    return stack([*lines, Content(""), *hang(Content(""), Content.styled(rate, "$text-muted"), width)])


def exchange_face(exchange: Exchange, width: int) -> Content:
    """Return an exchange in a few lines."""
    judged = f" · judged {exchange.judged.verdict}" if exchange.judged else ""
    invented = " · generated" if exchange.generated else ""
    said = f"{moment(exchange.at)} · {exchange.conversation} {exchange.message}{judged}{invented}"
    return stack(
        [
            *hang(Content(""), Content.assemble((f"{exchange.kind}  ", "bold"), exchange.text), width, most=1),
            *hang(Content("  "), Content.styled(said, "$text-muted"), width, most=1),
        ]
    )


def exchange_detail(exchange: Exchange, width: int) -> Content:
    """Return everything of an exchange: what was said, what was sent, and the events."""
    return stack(_exchange_lines(exchange, width))


def _exchange_lines(exchange: Exchange, width: int) -> Iterator[Content]:
    said = "Flag" if exchange.is_flag else "Suggested"
    yield Content.styled(f"{said}: {exchange.kind} · {exchange.intent or 'intent not known'}", "bold $text-primary")
    yield from hang(Content(""), Content(exchange.text), width)
    if exchange.sources:
        yield from hang(Content("from "), Content.styled(", ".join(exchange.sources), "$text-accent"), width)
    if exchange.why:
        yield from _heading("Sent, changed: [-out-] {+in+}")
        yield from hang(Content(""), changed(exchange.text, exchange.sent), width)
        for why in exchange.why:
            yield from hang(Content("  why "), Content.styled(why, "$text-accent"), width)
    elif exchange.sent and exchange.sent != exchange.text:
        yield from _heading("Sent")
        yield from hang(Content(""), Content(exchange.sent), width)
    if exchange.next:
        yield from _heading("What happened next")
        yield from hang(Content(""), Content(exchange.next), width)
    if exchange.judged:
        yield Content("")
        because = f": {exchange.judged.reason}" if exchange.judged.reason else ""
        judged = f"Judged {exchange.judged.verdict} by {exchange.judged.by or 'a lead'}{because}"
        yield from hang(Content(""), Content.styled(judged, "$text-warning"), width)
    if exchange.beside:
        yield from _heading("Beside it, as the agent saw it or did not")
        for line in exchange.beside:
            yield from hang(Content("· "), Content.styled(line, "$text-muted"), width)
    yield from _heading("Events")
    for event in exchange.events:
        label = Content.styled(f"#{event.seq} {moment(event.at)}  ", "$text-muted")
        words = Content.assemble((f"{event.kind}  ", "$text-accent"), event.words)
        yield from hang(label, words, width)


def _heading(words: str) -> Iterator[Content]:
    yield Content("")
    yield Content.styled(words, "bold")


def standing(review: Review) -> str:
    """Return what a review is of, in a line."""
    if review.since is None or review.until is None:
        return ""
    invented = f" · {review.generated:,} decisions are generated history" if review.generated else ""
    return f"{review.weeks} weeks, {day(review.since.date())} to {day(review.until.date())}{invented}"


def day(at: date) -> str:
    """Return a day as it is shown."""
    return f"{at.day} {at:%b}"


def _plotted(label: str, figure: Figure, width: int, counted: str) -> Content:
    """Return a label, the figure in words, its interval from 0 to 100 %, and the counts where there is room."""
    words = f"{figure.words:<{_FIGURE}}"
    behind = f" {counted:>{_COUNTS}}" if width >= LABEL + _FIGURE + 20 + _COUNTS else ""
    room = min(60, width - LABEL - _FIGURE - len(behind))
    bar = _bar(figure, room) if room >= 10 else Content("")  # noqa: PLR2004 - too short to read
    return Content.assemble(label, (words, _style(figure)), bar, (behind, "$text-muted"))


def _bar(figure: Figure, width: int) -> Content:
    if figure.rate is None or figure.low is None or figure.high is None:
        return Content.styled("·" * width, "$text-disabled")
    low, point, high = (min(width - 1, int(value * width)) for value in (figure.low, figure.rate, figure.high))
    marks = ("●" if n == point else "━" if low <= n <= high else "·" for n in range(width))
    return Content.assemble(*((mark, "$text-disabled" if mark == "·" else "$text-accent") for mark in marks))


def _style(figure: Figure) -> str:
    return "$text-muted" if figure.rate is None else ""


def _name_room(width: int) -> int:
    cell = _WIDE_CELL if width >= ROOMY else _CELL
    return max(8, width - _COUNT - cell * len(TABLE))
