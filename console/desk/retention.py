"""What is kept for how long: which kinds of events go when, in small steps, by one server at a time."""

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, Protocol

import structlog

from console.conversation.events import Event
from console.conversation.inbox import InboxRow
from console.desk.duties import on_duty
from console.desk.erasure import Erasure
from console.desk.live import LiveLog
from console.desk.log import Erased, LogError

EVERY: Final = 3600.0
"""Seconds between two looks at what is due."""

CONVERSATIONS: Final = 20
"""Conversations erased in one transaction: nobody who writes waits for long."""

EVENTS: Final = 500
REST: Final = 0.1
"""Seconds between two steps, for those who work."""

DUTY: Final = "retention"

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Terms:
    """Days that things are kept; 0 is for ever. ``kinds`` are events that go from closed conversations."""

    closed: int = 0
    kinds: Mapping[str, int] = field(default_factory=dict)
    drafts: int = 0

    @property
    def any(self) -> bool:
        """Whether anything goes at all."""
        return bool(self.closed or self.drafts or any(self.kinds.values()))


MOODS: Final = ("mood-read",)
SUGGESTIONS: Final = ("replies-suggested", "suggestions-shown", "next-step-proposed", "knowledge-found")
LOOKUPS: Final = ("tool-called",)
QUESTIONS: Final = ("question-unanswered",)


class ExpiringLog(Protocol):
    """What retention needs of the log. Calls block, and raise :class:`~console.desk.log.LogError`."""

    def closed_rows(self, after: str, limit: int) -> Sequence[InboxRow]:
        """Return rows of closed conversations with an id above ``after``, by id."""

    def expired(self, kinds: Sequence[str], before: datetime, after: int, limit: int) -> Sequence[Event]:
        """Return events of these kinds from before a moment with a higher number, of closed conversations or none."""

    def idle_drafts(self, before: datetime) -> int:
        """Return how many unsent texts are for conversations without news since a moment."""

    def erase_conversations(self, names: Sequence[str], *, by: str, at: datetime) -> Erased:
        """Erase these whole, in one transaction."""

    def expire(self, events: Sequence[Event], *, by: str, at: datetime) -> int:
        """Erase these events in one transaction; returns how many were there."""

    def forget_drafts(self, before: datetime, *, by: str, at: datetime) -> int:
        """Delete those unsent texts; returns how many."""

    def tidy(self) -> None:
        """Let nothing of what was erased stay behind in the database's own files."""


@dataclass(frozen=True, slots=True)
class Due:
    """What is due: conversations to be erased whole, events of others by kind, unsent texts."""

    conversations: int = 0
    kinds: Mapping[str, int] = field(default_factory=dict)
    drafts: int = 0

    @property
    def any(self) -> bool:
        """Whether anything is."""
        return bool(self.conversations or self.drafts or any(self.kinds.values()))


def due(log: ExpiringLog, terms: Terms, now: datetime) -> Due:
    """Return what would go now; changes nothing."""
    closed = {row.id for row in _closed_rows(log, terms, now)}
    kinds: dict[str, int] = {}
    for batch in _expired(log, terms, now):
        for event in batch:
            if event.conversation not in closed:
                kinds[event.kind] = kinds.get(event.kind, 0) + 1
    drafts = log.idle_drafts(now - timedelta(days=terms.drafts)) if terms.drafts else 0
    return Due(len(closed), kinds, drafts)


def carry_out(log: ExpiringLog, terms: Terms, now: datetime, by: str = "desk") -> Iterator[Erased]:
    """Erase what is due, step by step: each is one transaction, done when it is yielded. Safe to be stopped between."""
    closed = [row.id for row in _closed_rows(log, terms, now)]
    for at in range(0, len(closed), CONVERSATIONS):
        yield log.erase_conversations(closed[at : at + CONVERSATIONS], by=by, at=now)
    for batch in _expired(log, terms, now):
        yield Erased(log.expire(batch, by=by, at=now))
    if terms.drafts:
        yield Erased(log.forget_drafts(now - timedelta(days=terms.drafts), by=by, at=now))
    log.tidy()


def _closed_rows(log: ExpiringLog, terms: Terms, now: datetime) -> Iterator[InboxRow]:
    before, after = now - timedelta(days=terms.closed), ""
    while terms.closed and (page := log.closed_rows(after, EVENTS)):
        yield from (row for row in page if row.updated_at is not None and row.updated_at < before)
        after = page[-1].id


def _expired(log: ExpiringLog, terms: Terms, now: datetime) -> Iterator[Sequence[Event]]:
    for days in sorted(set(terms.kinds.values()) - {0}):
        kinds, after = [kind for kind, kept in terms.kinds.items() if kept == days], 0
        while page := log.expired(kinds, now - timedelta(days=days), after, EVENTS):
            after = page[-1].seq
            yield page


class Retention:
    """Carries out the terms once an hour, on whichever server has the duty."""

    def __init__(
        self, live: LiveLog, log: ExpiringLog, erasure: Erasure, terms: Terms, now: Callable[[], datetime]
    ) -> None:
        self._live, self._log, self._erasure, self._terms, self._now = live, log, erasure, terms, now

    async def run(self) -> None:
        """Look after it until cancelled; does nothing where everything is kept."""
        if self._terms.any:
            await on_duty(self._live, DUTY, self._work)

    async def _work(self) -> None:
        while True:
            try:
                await self.look()
            except LogError as error:  # the next look does what this one could not
                _log.warning("retention not carried out", why=str(error))
            await asyncio.sleep(EVERY)

    async def look(self) -> int:
        """Erase what is due now; returns how many events that were."""
        steps, events = carry_out(self._log, self._terms, self._now()), 0
        while (done := await self._live.call(lambda _: next(steps, None))) is not None:
            await self._erasure.finish(done)
            events += done.events
            await asyncio.sleep(REST)
        if events:
            _log.info("what was kept long enough is erased", events=events)
        return events
