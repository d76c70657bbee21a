"""How a forecast reads: days as lines with their hours as blocks, hours as bars with their interval. Pure."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from textual.content import Content

from console.conversation.forecasts import Course, Day, Flow, Forecast, Hour, Staffing, Worth
from console.conversation.reviews import percent
from console.terminal.hanging import fit, hang, stack

NAMES: Final = {Flow.ARRIVALS: "conversations that begin", Flow.ESCALATIONS: "hand-overs to people"}

BLOCKS: Final = " ▁▂▃▄▅▆▇█"
_PARTS: Final = " ▏▎▍▌▋▊▉█"
_DAY: Final = 11
_SPAN: Final = 15
_NUMBERS: Final = 14
_AGENTS: Final = 11
_TABLE: Final = 70
_TOLD: Final = 0.05
"""Expected number that does not read as nought."""


def day_name(day: date) -> str:
    """Return a day as it is shown."""
    return f"{day:%a} {day.day} {day:%b}"


def days_head(width: int) -> Content:
    """Return the names of the columns."""
    said = f"{'expected, 80 %':>{_SPAN}}  "
    clock = "".join(f"{hour:<6}" for hour in (0, 6, 12, 18))[: max(0, width - _DAY - _SPAN - 2)]
    return Content.assemble((fit("day", _DAY), "bold $text-primary"), (said + clock, "$text-muted"))


def day_face(day: Day, most: float, width: int) -> Content:
    """Return a day: what is expected with its interval, and each hour as a block."""
    note = " holiday" if day.holiday and width > _TABLE else "*" if day.holiday else ""
    blocks = "".join(block(hour.span.expected, most) for hour in day.hours)
    return Content.assemble(
        fit(day_name(day.day), _DAY),
        (f"{day.span.words:>{_SPAN}}", "bold"),
        "  ",
        (blocks, "$text-accent"),
        (note, "$text-warning"),
    )


def week_face(course: Course, width: int) -> Content:
    """Return the sum of the week."""
    del width
    if course.week is None:
        return Content("")
    span = course.week
    return Content.assemble(
        (fit("all seven", _DAY), "$text-muted"),
        (f"{span.words:>{_SPAN}}", "bold"),
        (f"  95 %: {span.low95}–{span.high95}", "$text-muted"),
    )


def hour_face(hour: Hour, most: int, width: int) -> Content:
    """Return an hour: its expected number as a bar, with the 80 % interval as a line behind it."""
    span, needed = hour.span, hour.needed
    agents = f"{needed.agents} agent{'s' * (needed.agents != 1)}" if needed else ""
    room = max(8, width - 7 - _NUMBERS - (_AGENTS if needed else 0) - 1)
    return Content.assemble(
        (f"{hour.at:%H:%M}  ", "$text-muted"),
        (f"{span.words:<{_NUMBERS}}", ""),
        *barred(span.expected, span.low80, span.high80, most, room),
        (f"{agents:>{_AGENTS}}" if needed else "", "$text-muted"),
    )


def quiet_face(hours: tuple[Hour, ...]) -> Content:
    """Return hours in which hardly anybody comes as one line."""
    until = hours[-1].at + timedelta(hours=1)
    expected = sum(hour.span.expected for hour in hours)
    told = f" ({expected:.1f} in all)" if expected >= _TOLD else ""
    return Content.styled(f"{hours[0].at:%H:%M} to {until:%H:%M}: hardly anybody{told}", "$text-muted")


def barred(value: float, low: float, high: float, most: float, room: int) -> tuple[tuple[str, str], ...]:
    """Return a bar of ``value`` in eighths of a cell, and the interval's upper part as a line, in ``room`` cells."""
    scale = room / max(most, 1)
    eighths = round(value * scale * 8)
    bar = "█" * (eighths // 8) + (_PARTS[eighths % 8] if eighths % 8 else "")
    end = min(room, max(len(bar), round(high * scale)))
    begin = min(len(bar), round(low * scale))
    rest = "─" * (end - len(bar) - 1) + "┤" if end > len(bar) else ""
    return (bar[:begin], "$text-accent"), (bar[begin:], "$text-primary"), (rest.ljust(room - len(bar)), "$text-muted")


def day_detail(course: Course, day: Day | None, found: Forecast, width: int) -> Content:
    """Return the hours of a day as bars, the busiest hours of the week, and what such forecasts were worth."""
    lines: list[Content] = []
    if day is not None:
        lines.append(
            Content.styled(
                f"{day_name(day.day)}: {day.span.words}, 95 %: {day.span.low95}–{day.span.high95}", "bold $text-primary"
            )
        )
        lines += hang(Content(""), Content.styled(course.judged, _style(course)), width)
        most = max((hour.span.high80 for one in course.days for hour in one.hours), default=1)
        shown = [hour for hour in day.hours if hour.span.high80]
        lines += [hour_face(hour, most, width) for hour in shown] or [Content.styled("Hardly anybody.", "$text-muted")]
        lines.append(Content(""))
    if course.days:
        busiest = ", ".join(f"{hour.at:%a %H:%M} ({hour.span.shown})" for hour in course.peaks)
        lines += hang(Content("Busiest: "), Content(busiest), width)
    lines += _judged(course, found, width)
    return stack(lines)


def hour_detail(hour: Hour, flow: Flow, found: Forecast, width: int) -> Content:
    """Return what is forecast of an hour, in words."""
    span = hour.span
    lines = [Content.styled(f"{hour.at:%A} {hour.at.day} {hour.at:%B}, from {hour.at:%H:%M}", "bold $text-primary")]
    said = (
        f"{span.expected:.1f} {NAMES[flow]} are expected. In 80 of a hundred such hours it is {span.low80} to "
        f"{span.high80}, in 95 of them {span.low95} to {span.high95}."
    )
    lines += hang(Content(""), Content(said), width)
    if hour.needed and found.staffing:
        ways, needed = found.staffing, hour.needed
        said = (
            f"{needed.agents} ({needed.low}–{needed.high}) agents at work would give {ways.share:.0%} of them a first "
            f"answer within {ways.within:.0f} s: {ways.handling / 60:.1f} min each (mean of {ways.counted:,}), "
            f"{ways.at_once} chats at once, by Erlang's formula."
        )
        lines += [Content(""), *hang(Content(""), Content.styled(said, "$text-muted"), width)]
        if used := used_words(ways, hour):
            lines += hang(Content(""), Content.styled(used, "$text-muted"), width)
    return stack(lines)


def used_words(ways: Staffing, hour: Hour) -> str:
    """Return how much of the agents' time the work of an hour takes, and why so many are needed all the same."""
    if hour.needed is None or not hour.needed.agents:
        return ""
    used = ways.used(hour.span.expected, hour.needed.agents)
    said = f"The work fills {percent(used)}% of the chats that they can have."
    if hour.needed.agents == 1 and used < _ROOM:
        return f"{said} So little needs nobody all the time, but one has to be there when it comes."
    return f"{said} The rest is what keeps customers from waiting."


_ROOM: Final = 0.25
"""Share of one agent's chats below which being there is what counts, and not the work."""


def standing(found: Forecast, flow: Flow) -> str:
    """Return what a forecast is of and rests on, in a line."""
    course = found.of(flow)
    kind = " · as a week ago" if course.naive else ""
    return f"{NAMES[flow]}, next 7 days, from {found.weeks:.1f} weeks, {found.zone}{kind}"


def block(value: float, most: float) -> str:
    """Return a block as high as a value is of the most; what is above nought is never shown as that."""
    if most <= 0 or value < 0.05:  # noqa: PLR2004 - hardly anybody
        return BLOCKS[0]
    return BLOCKS[max(1, min(8, round(value / most * 8)))]


def _style(course: Course) -> str:
    return "$text-warning" if course.naive or course.gain is None else "$text-success"


def _judged(course: Course, found: Forecast, width: int) -> Iterator[Content]:
    for worth in course.worth:
        yield from hang(Content(f"  {worth.of}s: "), Content.styled(worth_words(worth), "$text-muted"), width)
    if found.gaps:
        told = ", ".join(day_name(a) if a == b else f"{day_name(a)} to {day_name(b)}" for a, b in found.gaps)
        said = f"Left out, because the desk wrote nothing: {told}."
        yield from hang(Content(""), Content.styled(said, "$text-warning"), width)
    if found.generated:
        said = f"{found.generated:,} of the conversations are generated history and never happened."
        yield from hang(Content(""), Content.styled(said, "$text-muted"), width)


def worth_words(worth: Worth) -> str:
    """Return what forecasts were worth, in words."""
    return (
        f"errors {worth.wape:.0%} of what came (as a week ago: {worth.naive_wape:.0%}; MASE {worth.mase:.2f}); the "
        f"80 % interval held {worth.held80:.0%}, the 95 % one {worth.held95:.0%}, of {worth.number:,} past {worth.of}s"
    )
