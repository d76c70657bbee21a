"""The forecast on the review's screen: the coming days of a flow, and the hours of one of them."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Final

from textual.content import Content

from console.conversation.forecasts import Day, Flow, Forecast, Hour
from console.conversation.handed_counts import OF_FORECAST
from console.terminal.port import Desk
from console.terminal.screens.lead_step import LeadStep
from console.terminal.widgets import forecast_faces as faces
from console.terminal.widgets.row_list import Row, remark


@dataclass(frozen=True, slots=True)
class Coming(LeadStep):
    """The coming seven days, a row for each."""

    flow: Flow = Flow.ARRIVALS

    OTHERS: ClassVar[str] = "Arrivals, hand-overs"
    HELP: ClassVar[str] = (
        "What the coming week brings, from the weeks before (w: more or fewer of them). v changes between "
        "conversations that begin and those handed over to people. Enter shows a day's hours. Of a bar, the part in "
        "the other colour is what comes at least, and the line ends at what comes at most, in 80 of a hundred hours. "
        f"Of hand-overs: {OF_FORECAST[0].lower()}{OF_FORECAST[1:]}"
    )

    async def load(self, desk: Desk, weeks: int) -> Forecast:
        """Ask the desk."""
        return await desk.forecast(weeks)

    def rows(self, found: Any, width: int) -> list[Row]:  # noqa: ANN401
        """Return the days, or why there are none."""
        course = found.of(self.flow)
        if not course.days:
            return [remark(course.why or "Nothing is forecast.", width)]
        most = max(hour.span.expected for day in course.days for hour in day.hours)
        head = Row("title-days", faces.days_head(width), idle=True)
        rows = [Row(day.day.isoformat(), faces.day_face(day, most, width)) for day in course.days]
        return [head, *rows, Row("week", faces.week_face(course, width), idle=True)]

    def detail(self, found: Any, key: str, width: int) -> Content:  # noqa: ANN401
        """Return a day's hours as bars, and what such forecasts were worth."""
        course = found.of(self.flow)
        return faces.day_detail(course, day_at(found, self.flow, key), found, width)

    def standing(self, found: Any) -> str:  # noqa: ANN401
        """Return what it rests on."""
        return faces.standing(found, self.flow)

    def next(self, found: Any, key: str) -> LeadStep | None:  # noqa: ANN401
        """Return the day's hours."""
        day = day_at(found, self.flow, key)
        return ComingDay(self.flow, day.day) if day else None

    def turned(self) -> LeadStep:
        """Return the other flow."""
        return Coming(self.flow.other)


@dataclass(frozen=True, slots=True)
class ComingDay(LeadStep):
    """The hours of a day, a row for each."""

    flow: Flow
    day: date

    OTHERS: ClassVar[str] = "Arrivals, hand-overs"

    @property
    def title(self) -> str:
        """The flow and the day."""
        return f"{faces.NAMES[self.flow]} on {faces.day_name(self.day)}"

    async def load(self, desk: Desk, weeks: int) -> Forecast:
        """Ask the desk."""
        return await desk.forecast(weeks)

    def rows(self, found: Any, width: int) -> list[Row]:  # noqa: ANN401
        """Return the hours."""
        day = day_at(found, self.flow, self.day.isoformat())
        if day is None:
            return [remark("This day is over.", width)]
        most = max(hour.span.high95 for one in found.of(self.flow).days for hour in one.hours)
        before, busy, after = by_quiet(day.hours)
        shown = [Row(hour.at.isoformat(), faces.hour_face(hour, most, width)) for hour in busy]
        return [*_quiet(before), *shown, *_quiet(after)]

    def detail(self, found: Any, key: str, width: int) -> Content:  # noqa: ANN401
        """Return what is forecast for the hour, in words."""
        day = day_at(found, self.flow, self.day.isoformat())
        hour = next((one for one in (day.hours if day else ()) if one.at.isoformat() == key), None)
        return faces.hour_detail(hour, self.flow, found, width) if hour else Content("")

    def turned(self) -> LeadStep:
        """Return the other flow's hours of the day."""
        return ComingDay(self.flow.other, self.day)


FORECAST: Final = Coming()
"""The tab."""


def day_at(found: Forecast, flow: Flow, key: str) -> Day | None:
    """Return a day of a flow's forecast."""
    return next((day for day in found.of(flow).days if day.day.isoformat() == key), None)


def by_quiet(hours: tuple[Hour, ...]) -> tuple[tuple[Hour, ...], ...]:
    """Return the hours before anybody is likely to come, those from then on, and those after the last of them."""
    busy = [place for place, hour in enumerate(hours) if hour.span.high80] or [0, len(hours) - 1]
    begin, end = busy[0], busy[-1] + 1
    return hours[:begin], hours[begin:end], hours[end:]


def _quiet(hours: tuple[Hour, ...]) -> list[Row]:
    """Return one row for hours in which hardly anybody comes."""
    return [Row(f"quiet {hours[0].at:%H}", faces.quiet_face(hours), idle=True)] if hours else []
