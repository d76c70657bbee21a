"""How the figures of a layer read: in lines with their course week by week, and what each of them is. Pure."""

from collections.abc import Sequence
from typing import Final

from textual.content import Content

from console.conversation.layers import (
    FOLLOWED_DAYS,
    NOT_ENOUGH,
    QUIET_HOURS,
    AgentLoad,
    Layers,
    LayerView,
    LayerWeek,
    Measured,
    Metric,
    MetricKind,
    Result,
    ToldTalk,
)
from console.conversation.message import Layer
from console.conversation.reviews import percent
from console.terminal.hanging import fit, hang, stack
from console.terminal.widgets.review_faces import day
from console.terminal.words import moment

TITLES: Final = {
    Layer.AUTONOMOUS: "Autonomous: the bot, end to end",
    Layer.ASSISTED: "Assisted: people, with the second chair",
    Layer.HUMAN_ONLY: "Human-only: people alone",
}
MEANINGS: Final = {
    Metric.RESOLVED: "Closed as resolved. Of the bot: of all that left it, also those that it gave away; of people: of "
    "those that they closed.",
    Metric.TRANSFERRED: "Given to people, by the bot's own rules or because somebody took it.",
    Metric.QUIET: f"Nobody closed it, the bot wrote last, and nothing came for {QUIET_HOURS} hours. Whether it helped "
    "is not known, so it does not count as resolved.",
    Metric.MOVED: "Went on in another layer while people had it; it is followed there from then on.",
    Metric.FIRST_CONTACT: "Resolved, not reopened, and no new conversation of the same customer within "
    f"{FOLLOWED_DAYS} days. What was closed less long ago is not counted yet.",
    Metric.REOPENED: f"Opened again by the customer within {FOLLOWED_DAYS} days of its closing; what was closed less "
    "long ago is not counted yet.",
    Metric.FIRST_RESPONSE: "From the moment it came into the layer (opened, handed over, opened again) to the first "
    "answer.",
    Metric.RESPONSE: "How long the customer waited for each answer of a person, nights and queue included.",
    Metric.RESOLUTION: "From the opening to the closing, of those that were closed as resolved.",
    Metric.HANDLING: "How long agents had it, neither parked nor in the queue, of those that were closed.",
    Metric.CSAT: "What customers said at the end on the web chat, from 1 to 5. Who is content or cross answers more "
    "often than who is neither; conversations for people alone are not asked.",
    Metric.INTENT_HELD: "Of those that the bot gave to people and that are closed: the intent that it worked on is "
    "still the one at the end, and nobody passed it to a team that the intent does not ask for. Nobody says which "
    "intent was right, so this is no accuracy but a limit that it can hardly exceed; of what the bot finished nothing "
    "is known.",
    Metric.MARKED_RIGHT: "Answers of the bot that people marked as right or as wrong. They mark what strikes them, "
    "mostly what is wrong: that is no fair sample, so it says nothing of how often the bot is right, and no share is "
    "given.",
    Metric.ACCEPTED: "Of the suggestions that were decided on, those that were sent as they were.",
    Metric.EDITED: "Of the suggestions that were decided on, those that were sent with changes.",
    Metric.RATED_WELL: "Of the suggestions that agents rated, those with a thumb up or four and five stars.",
    Metric.DRAFTS: "Articles that were drafted from these conversations.",
    Metric.DRAFTS_APPROVED: "Of those, how many a lead published.",
    Metric.COST: "The language model's tokens at the prices in the settings, and the time that agents had it at what "
    "an hour costs ([costs] agent_hour).",
}
LOAD_SAID: Final = (
    "Not for comparing people: what they were given differs. Used is the share of their hours present in which they "
    "had an active conversation at least; at once is how many they had at a time while they had any; taken how many "
    "they had in all. Hard is a conversation of tier 2 or more, with a very cross customer, or one that was escalated. "
    "A shift is a stretch of presence; breaks below four hours do not end it."
)
_BARS: Final = "▁▂▃▄▅▆▇█"
_LABEL: Final = 26
_FIGURE: Final = 24
_COUNTS: Final = 16


def standing(found: Layers) -> str:
    """Return what the figures are of, in a line."""
    if found.since is None or found.until is None:
        return ""
    parts = [f"{found.weeks} weeks, {day(found.since.date())} to {day(found.until.date())}"]
    parts += [f"{found.generated:,} are generated history"] if found.generated else []
    parts += [f"{found.held_out:,} held out, in no layer"] if found.held_out else []
    parts += [f"{found.unknown:,} of no known layer"] if found.unknown else []
    return " · ".join(parts)


def title(view: LayerView, width: int) -> Content:
    """Return the title of a layer."""
    counted = f"  {view.ended:,} left it, {view.under_way:,} under way"
    name = TITLES[view.layer]
    if len(name) + len(counted) > width:
        name = name.partition(":")[0]
    return Content.assemble((name, "bold $text-primary"), (counted, "$text-muted"))


def metric_face(view: LayerView, metric: Metric, width: int) -> Content:
    """Return a figure with its course week by week, and what it was counted of where there is room."""
    figure, course = view.of(metric), view.course(metric)
    words = figure.words + (f"  p90 {figure.tail_words}" if figure.tail is not None and width >= _ROOMY else "")
    room = _FIGURE + (26 if width >= _ROOMY else 0)
    counted = f" {figure.counted:>{_COUNTS}}" if width >= _LABEL + room + len(course) + _COUNTS + 3 else ""
    return Content.assemble(
        fit(metric.said, _LABEL - 1) + " ",
        (fit(words, room - 1) + " ", "$text-muted" if figure.value is None and not figure.part else ""),
        (sparkline(course), "$text-accent"),
        (counted, "$text-muted"),
    )


_ROOMY: Final = 90


def sparkline(course: Sequence[Measured]) -> str:
    """Return figures as bars, one a week; a dot where there is none. Shares stand on nought, the rest on the lowest."""
    values = [_height(one) for one in course]
    known = [value for value in values if value is not None]
    if not known:
        return "·" * len(values)
    share = course[0].metric.kind in {MetricKind.SHARE, MetricKind.COUNT}
    low, high = (0.0 if share else min(known)), max(known)
    steps = len(_BARS) - 1
    return "".join(
        "·"
        if value is None
        else _BARS[round((value - low) / (high - low) * steps) if high > low else steps // 2 * (high > 0)]
        for value in values
    )


def _height(figure: Measured) -> float | None:
    return float(figure.part) if figure.metric.kind is MetricKind.COUNT else figure.value


def metric_detail(view: LayerView, metric: Metric, width: int) -> Content:
    """Return what a figure is, and its course."""
    figure = view.of(metric)
    lines = [Content.styled(f"{view.layer.value} · {metric.said}", "bold $text-primary")]
    tail = f" · 90 of 100 within {figure.tail_words}" if figure.tail_words else ""
    median = "median " if metric.kind is MetricKind.TIME and figure.value is not None else ""
    lines += hang(Content(""), Content.styled(f"{median}{figure.words}{tail}", "bold"), width)
    counted = f"{figure.counted}, in {figure.conversations:,} conversations".removeprefix("of ")
    lines += hang(Content(""), Content.styled(counted, "$text-muted"), width) if figure.counted else []
    lines += hang(Content(""), Content(MEANINGS[metric]), width)
    if figure.why:
        lines += hang(Content(""), Content.styled(_WHY, "$text-warning"), width)
    elif figure.value is None and metric.kind is not MetricKind.COUNT and metric.sampled:
        lines += hang(Content(""), Content.styled(NOT_ENOUGH, "$text-muted"), width)
    lines += [Content(""), Content.styled("week by week, by when it left the layer", "bold")]
    lines += [week_face(week, metric, view, width) for week in view.weeks]
    return stack(lines)


_WHY: Final = (
    "What an hour of an agent costs is set as [costs] agent_hour, the language model's prices as [llm] price_in and "
    "price_out. Nothing is reckoned without them."
)


def every_face(week: LayerWeek, metric: Metric, view: LayerView, width: int) -> Content:
    """Return a figure of all weeks with a bar."""
    return _barred("all", week, metric, view, width)


def week_face(week: LayerWeek, metric: Metric, view: LayerView, width: int) -> Content:
    """Return a figure of one week with a bar."""
    return _barred(day(week.start), week, metric, view, width)


def _barred(label: str, week: LayerWeek, metric: Metric, view: LayerView, width: int) -> Content:
    figure = next((one for one in week.figures if one.metric is metric), Measured(metric, 0, 0))
    most = max((value for one in view.course(metric) if (value := _height(one)) is not None), default=0.0)
    top = 1.0 if metric.kind is MetricKind.SHARE else most
    label, words = fit(label, 8), fit(figure.words, _FIGURE)
    room = min(40, width - 8 - _FIGURE - _COUNTS)
    height = _height(figure)
    long = round(height / top * room) if height is not None and top > 0 and room > 0 else 0
    bar = "█" * min(room, long) + " " * max(0, room - long)
    muted = "$text-muted" if height is None else ""
    return Content.assemble(
        label, (words, muted), (bar, "$text-accent"), (f"{figure.counted:>{_COUNTS}}", "$text-muted")
    )


def result_face(result: Result, width: int) -> Content:
    """Return how often conversations were closed with a disposition."""
    room = max(12, min(40, width - _FIGURE - 12))
    counted = f"{result.count:,} of {result.of:,}"
    words = fit(result.words, _FIGURE) if result.low is not None else ""
    return Content.assemble(fit(result.disposition or "no disposition", room), words, (counted, "$text-muted"))


def results_detail(view: LayerView, width: int) -> Content:
    """Return how the conversations of a layer were closed."""
    said = (
        "The words that agents closed them with. What came of complaints and of customers who wanted to leave stands "
    )
    said += "here as far as your dispositions name it; nothing is read into them."
    lines = [Content.styled(f"{view.layer.value} · how they ended", "bold $text-primary")]
    lines += [result_face(result, width) for result in view.results] or [Content("Nothing was closed.")]
    return stack([*lines, Content(""), *hang(Content(""), Content.styled(said, "$text-muted"), width)])


def results_face(view: LayerView, width: int) -> Content:
    """Return the most usual ways in which a layer's conversations were closed, in a line."""
    named = ", ".join(f"{one.disposition or 'no disposition'} {one.count:,}" for one in view.results)
    return Content.assemble(
        fit("how they ended", _LABEL), (fit(named or "none", max(8, width - _LABEL)), "$text-muted")
    )


def load_title() -> Content:
    """Return the title of the agents' load."""
    return Content.styled("What agents had to do", "bold $text-primary")


def load_head() -> Content:
    """Return the names of the columns of the agents' load."""
    names = (("present", 9), ("at work", 9), ("used", 6), ("at once", 9), ("taken", 7), ("hard/shift", 11))
    return Content.styled(" " * _NAME + "".join(f"{name:>{room}}" for name, room in names), "$text-muted")


_NAME: Final = 16


def load_face(load: AgentLoad) -> Content:
    """Return what an agent had to do, in a line."""
    present = "–" if load.present is None else f"{load.present:.0f} h"
    used = "–" if load.used is None else f"{percent(load.used)}%"
    at_once = "–" if load.at_once is None else f"{load.at_once:.1f}"
    hard = "–" if load.hard_a_shift is None else f"{load.hard_a_shift:.1f}"
    figures = f"{present:>9}{f'{load.busy:.0f} h':>9}{used:>6}{at_once:>9}{load.conversations:>7,}{hard:>11}"
    return Content.assemble(fit(load.name, _NAME), figures)


def load_detail(load: AgentLoad, width: int) -> Content:
    """Return the same in words."""
    said = [f"{load.conversations:,} conversations, {load.hard:,} of them hard; {load.most} at a time at most."]
    if load.present is None:
        said.append("When they were there is not known: the log says nothing of their presence in these weeks.")
    else:
        shifts = f"{load.present:.1f} hours in {load.shifts:,} shifts"
        pace = f"; they had {load.an_hour:.1f} conversations an hour" if load.an_hour is not None else ""
        said.append(
            f"Present {shifts}; at least one active conversation in {percent(load.used or 0.0)}% of that{pace}."
        )
    if load.beyond >= 1:
        said.append(f"At work {load.busy:.0f} h, {load.beyond:.0f} h of it while not there: chats kept past a shift.")
    lines = [Content.styled(load.name, "bold $text-primary")]
    for one in said:
        lines += hang(Content(""), Content(one), width)
    return stack([*lines, Content(""), *hang(Content(""), Content.styled(LOAD_SAID, "$text-muted"), width)])


def talk_face(talk: ToldTalk, width: int) -> Content:
    """Return a conversation in two lines."""
    invented = " · generated" if talk.generated else ""
    value = f"{talk.value}  " if talk.value else ""
    head = Content.assemble((value, "bold"), f"{talk.outcome}  ", (talk.said, "$text-muted"))
    said = f"{moment(talk.at)} · {talk.intent or 'intent not known'} · {talk.conversation}{invented}"
    return stack(
        [
            *hang(Content(""), head, width, most=1),
            *hang(Content("  "), Content.styled(said, "$text-muted"), width, most=1),
        ]
    )


def talk_detail(talk: ToldTalk, width: int) -> Content:
    """Return everything that is known of a conversation here."""
    lines = [Content.styled(f"{talk.layer.value} · {talk.intent or 'intent not known'}", "bold $text-primary")]
    ends = [f"{moment(talk.at)}: {talk.outcome}", *([talk.value] if talk.value else []), *talk.facts]
    for one in ends:
        lines += hang(Content("· "), Content(one), width)
    if talk.said:
        lines += [Content(""), Content.styled("What the customer wrote first", "bold")]
        lines += hang(Content(""), Content(talk.said), width)
    return stack(lines)
