"""Lets weeks pass in a demo: its clock goes forward, and generated history fills what lies between.

The history goes on by the content in force: what is retired is not suggested, behaviours hand over by their own rules,
and what the articles hold is looked up in the index. So leads see before and after of what they changed.
"""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Final, Protocol

import structlog

from console.assist.ports import Nearest
from console.conversation.events import WORKSPACE, ConversationClosed, Event, NewEvent
from console.conversation.generated_events import WeeksPassed
from console.conversation.message import Status
from console.conversation.people import Agent
from console.conversation.weeks import MOST, MOST_IN_ALL, LetWeeksPass, WeeksAhead
from console.desk.assistant import Lookup
from console.desk.desk import Desk
from console.desk.duties import on_duty
from console.desk.errors import NotReady, Refused
from console.replay.channel import ReplayChannel
from console.server.generating import DUTY, KINDS, Batches, bring_history, engine_there, write
from console.server.log_time import PASSED
from console.server.written_so_far import WrittenSoFar

LEFT: Final = "customer left"
"""How the conversations end whose played customers were there."""

_log = structlog.get_logger(__name__)


class Movable(Protocol):
    """A clock that can be moved."""

    def forward(self, seconds: float) -> None:
        """Go forward by so many seconds."""


class Later:
    """The weeks of a desk. Servers that share a log move their clocks together, for it is an event like any other."""

    def __init__(self, desk: Desk, clock: Movable | None = None, content: Path | None = None, days: int = 0) -> None:
        """``days`` are those of the demo's generated history; where there are none no weeks pass."""
        self._desk, self._clock, self._content, self._days = desk, clock, content, days
        self._passing: asyncio.Task[None] | None = None
        self._far = WrittenSoFar()
        desk.live.watchers.append(self._watch)

    async def run(self) -> None:
        """Write the history, and of the weeks that have passed what a stop cut short."""
        await bring_history(self._desk, self._days, self._far)
        if self._days and await self._passes():
            await engine_there(self._desk)
            await on_duty(self._desk.live, DUTY, self._write)

    async def look(self) -> WeeksAhead:
        """Return how many weeks have passed, and how far the newest are."""
        weeks = sum(passed.weeks for passed in await self._passes()) if self._days else 0
        under_way = self._passing is not None and not self._passing.done()
        return WeeksAhead(self._days > 0, weeks, self._far.words or "beginning" if under_way else "")

    @property
    def progress(self) -> str:
        """How far what a lead looks at is written; empty where nothing of it is being written."""
        passing = self._passing is not None and not self._passing.done()
        words = self._far.words
        return f"the {'weeks that pass' if passing else 'past of the demo'}, {words}" if words else ""

    async def let_pass(self, lead: Agent, command: LetWeeksPass) -> WeeksAhead:
        """Let weeks pass; raises :class:`Refused` or :class:`NotReady` where they cannot."""
        live = self._desk.live
        async with live.lock("weeks"):
            ahead = await self._may(command.weeks)
            await self._see_off()
            since = self._desk.now()
            until = since + timedelta(weeks=command.weeks)
            passed = WeeksPassed(command.weeks, since, until, lead.name)
            await live.record([NewEvent(WORKSPACE, f"agent:{lead.id}", passed, since)])
            self._passing = asyncio.create_task(self._write(), name="weeks")
            self._passing.add_done_callback(_told)
        return WeeksAhead(demo=True, weeks=ahead.weeks + command.weeks, progress="beginning")

    async def _may(self, weeks: int) -> WeeksAhead:
        """Return how many weeks have passed so far, where others may."""
        if not self._days:
            raise Refused("weeks pass only in a demo, whose past is generated")
        if not 1 <= weeks <= MOST:
            raise Refused(f"let one week pass, or up to {MOST}")
        ahead = await self.look()
        if ahead.progress:
            raise Refused("weeks are passing already")
        if ahead.weeks + weeks > MOST_IN_ALL:
            raise Refused(f"{ahead.weeks} weeks have passed already; 'secondchair demo --fresh' begins again")
        history = await self._desk.live.call(lambda log: log.of_kinds(KINDS))
        if None not in _written(history):
            far = f" ({self._far.words})" if self._far.words else ""
            raise NotReady(f"the demo's past is not written yet{far}; try again in a moment")
        _ = self._desk.lookup  # what the articles hold is asked of it: without it no weeks pass
        return ahead

    async def _see_off(self) -> None:
        """Close the conversations of played customers: nobody waits for weeks."""
        live = self._desk.live
        for name in [row.id for row in live.rows.values() if row.channel == ReplayChannel.name]:
            async with live.lock(name):
                if (row := live.rows.get(name)) and row.status is not Status.CLOSED:
                    gone = ConversationClosed(LEFT, resolved=False)
                    await live.record([NewEvent(name, "desk", gone, self._desk.now())])

    async def _passes(self) -> list[WeeksPassed]:
        found = await self._desk.live.call(lambda log: log.of_kinds(PASSED))
        return [event.data for event in found if isinstance(event.data, WeeksPassed)]

    async def _write(self) -> None:
        """Write what is missing of the weeks that have passed."""
        for number, passed in enumerate(await self._passes(), 1):
            known = await self._desk.live.call(lambda log: log.of_kinds(KINDS))
            if passed.since not in _written(known):
                following = await asyncio.to_thread(self._begun, known, passed, number)
                await write(self._desk, following, self._far)

    def _begun(self, known: Sequence[Event], passed: WeeksPassed, number: int) -> Batches | None:
        """Return what gives the next batch of weeks, until there is none; nothing where none can be. Blocks."""
        from console.demo import history as h  # other desks never need it

        if self._content is None:
            return None
        found = self._desk.lookup
        made = h.material_in_force(self._content, self._desk.retiring.names(), lambda text: _nearest(found, text))
        wanted = h.Shape(passed.until, h.SEED + number, 7 * passed.weeks, h.a_day_of(known), since=passed.since)
        shape = h.unwritten(known, wanted, made.edition)
        if shape is None:
            return None
        left = h.batches(shape, made)
        return lambda: next(left, None)

    def _watch(self, event: Event) -> None:
        if isinstance(event.data, WeeksPassed) and self._clock is not None:
            self._clock.forward((event.data.until - event.data.since).total_seconds())


def _nearest(lookup: Lookup, text: str) -> Nearest:
    found = lookup.search(text, 1)
    return Nearest(found.answerable, found.hits[0] if found.hits else None)


def _written(known: Sequence[Event]) -> frozenset[object]:
    from console.demo.history import written

    return written(known)


def _told(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        _log.error("weeks that passed are not written", why=repr(error))
