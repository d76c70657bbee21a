"""Opening hours and the team, as company.toml names them."""

from datetime import date, time
from typing import Annotated, Any, Final, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BeforeValidator, Field

from console.conversation.hours import Hours, Span
from console.conversation.queue_rules import Member
from console.text import clean, clean_line
from console.toml import Strict

DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"there is no time zone '{name}'; write one such as Europe/London") from error
    return name


def _span(text: object) -> Span:
    begin, separator, end = str(text).partition("-")
    try:
        if not separator:
            raise ValueError
        return time.fromisoformat(begin.strip()), _end(end.strip())
    except ValueError:
        raise ValueError(f"'{text}' is no span of time; write it as 09:00-17:30") from None


def _end(text: str) -> time:
    return time(0) if text == "24:00" else time.fromisoformat(text)


def _day(value: Any) -> date:  # noqa: ANN401 - whatever stands in the file
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise ValueError(f"'{value}' is no day; write it as 2026-12-25") from None


Spans = tuple[Annotated[Any, AfterValidator(_span)], ...]


class HoursTable(Strict):
    """[hours] of company.toml."""

    zone: Annotated[str, AfterValidator(_zone)]
    monday: Spans = ()
    tuesday: Spans = ()
    wednesday: Spans = ()
    thursday: Spans = ()
    friday: Spans = ()
    saturday: Spans = ()
    sunday: Spans = ()
    holidays: tuple[Annotated[date, BeforeValidator(_day)], ...] = ()
    message: Annotated[str, AfterValidator(clean)] = ""

    def build(self) -> Hours:
        """Return the hours."""
        week: dict[int, tuple[Span, ...]] = {place: getattr(self, day) for place, day in enumerate(DAYS)}
        return Hours(ZoneInfo(self.zone), week, frozenset(self.holidays), self.message)


class AgentTable(Strict):
    """[[agent]] of company.toml."""

    name: Annotated[str, AfterValidator(clean_line), Field(min_length=1)]
    tiers: tuple[Literal[1, 2, 3], ...] = ()
    skills: tuple[Annotated[str, AfterValidator(clean_line), Field(min_length=1)], ...] = ()
    capacity: Annotated[int, Field(ge=0, le=50)] = 0

    def build(self) -> Member:
        """Return the agent."""
        return Member(self.name, self.tiers, self.skills, self.capacity)
