"""When a company's desk is open. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

LOOKED_AHEAD: Final = 60
"""Days in which the next opening is looked for; a desk that stays closed longer names none."""

Span = tuple[time, time]
"""From when until when; an end at or before the beginning is on the next day."""


@dataclass(frozen=True, slots=True)
class Hours:
    """Opening hours, in the company's own time."""

    zone: ZoneInfo
    week: Mapping[int, tuple[Span, ...]]
    """Spans by weekday, 0 for Monday; a day without any is closed."""
    holidays: frozenset[date] = frozenset()
    message: str = ""
    """What customers read while it is closed, with ``{opens}`` for when it opens; empty: a sentence that says so."""

    def open_at(self, moment: datetime) -> bool:
        """Return whether somebody works at a moment."""
        local = moment.astimezone(self.zone)
        return any(
            begin <= moment < end for day in (-1, 0) for begin, end in self._spans(local.date() + timedelta(days=day))
        )

    def opens(self, moment: datetime) -> datetime | None:
        """Return when it opens next after a moment; ``None`` where it stays closed for long."""
        today = moment.astimezone(self.zone).date()
        for ahead in range(LOOKED_AHEAD):
            begins = [begin for begin, _ in self._spans(today + timedelta(days=ahead)) if begin > moment]
            if begins:
                return min(begins)
        return None

    def told(self, moment: datetime) -> str:
        """Return what customers read while it is closed."""
        opens = self.opens(moment)
        when = f"{opens:%A} {opens.day} {opens:%B} at {opens:%H:%M}" if opens else "later"
        plain = "Our team is not here right now. We are back {opens}. What you write stays here and is answered then."
        return (self.message or plain).replace("{opens}", when)

    def _spans(self, day: date) -> list[tuple[datetime, datetime]]:
        """Return the moments between which it is open that begin on a day."""
        if day in self.holidays:
            return []
        found = []
        for begin, end in self.week.get(day.weekday(), ()):
            last = day if end > begin else day + timedelta(days=1)
            found.append((datetime.combine(day, begin, self.zone), datetime.combine(last, end, self.zone)))
        return found
