"""What time it is in a log: where weeks have passed in a demo, its clock is ahead of the machine's.

Whatever is written into a log, or asked of its times, goes by this. Sign-ins, names of files and the like do not.
"""

from datetime import UTC, datetime, timedelta
from typing import Final

from console.conversation.generated_events import WeeksPassed
from console.desk.log import EventLog

PASSED: Final = ("weeks-passed",)


def ahead_of(log: EventLog) -> timedelta:
    """Return how far the clock of a log's desk is before the time of day."""
    passed = (event.data for event in log.of_kinds(PASSED))
    return sum((one.until - one.since for one in passed if isinstance(one, WeeksPassed)), timedelta())


def time_in(log: EventLog) -> datetime:
    """Return what time it is in a log, with or without a server on it."""
    return datetime.now(UTC) + ahead_of(log)
