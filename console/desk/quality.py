"""Quality review of every conversation: marked once it is closed, in the background, by one server at a time.

What was closed while no server ran is caught up with: conversations closed just now first, then the others in an order
of chance, so that at every moment what is marked of them is a fair sample.
"""

import asyncio
import hashlib
import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from heapq import heappop, heappush
from typing import Final

import structlog

from console.assist.quality.examiner import Examiner
from console.content.rubrics import Rubric
from console.conversation import events as e
from console.conversation.generated_events import GENERATED
from console.conversation.people import Agent
from console.conversation.quality_commands import MarkAgain, MarkQuality
from console.conversation.quality_events import QualityMarked, QualityScored, RescoringAsked
from console.conversation.reviews import WEEKS
from console.conversation.state import Conversation, fold
from console.desk.assistant import talk_of
from console.desk.duties import on_duty
from console.desk.errors import NotFound, Refused
from console.desk.live import LiveLog
from console.desk.log import LogError
from console.desk.standings import Standing, Standings
from console.text import clean

DUTY: Final = "quality"

KEPT: Final = timedelta(weeks=WEEKS[-1])
"""How long ago a conversation may have been closed that is caught up with: as far as a lead looks back."""

LOOKS_EVERY: Final = 20.0
"""Seconds between two looks at the log where nobody closes anything: others may write to it."""

IDLE: Final = 4
"""How much longer than the work on one conversation the rest after it is: a fifth of a core at the most."""

LEAST_REST: Final = 0.02
MOST_REST: Final = 0.5
"""Seconds; the most is where the machine is busy with other things."""

FRESH: Final = timedelta(hours=1)
LONGEST: Final = 500
"""Characters of a reason."""

_log = structlog.get_logger(__name__)


class QualityReview:
    """Marks conversations, and takes people's marks."""

    def __init__(self, live: LiveLog, now: Callable[[], datetime]) -> None:
        self._live, self._now = live, now
        self._examiner: Examiner | None = None
        self._expected: Rubric | None = None
        self._standings = Standings(live)
        self._heap: list[tuple[int, bytes, str]] = []
        self._woken = asyncio.Event()
        self._pool: ThreadPoolExecutor | None = None
        live.watchers.append(self._watch)

    @property
    def examiner(self) -> Examiner | None:
        """What marks; ``None`` where there is no rubric, or the engine is not there yet."""
        return self._examiner

    @property
    def rubric(self) -> Rubric | None:
        """The rubric in force."""
        return self._examiner.rubric if self._examiner else self._expected

    def expect(self, rubric: Rubric | None) -> None:
        """Say which rubric is in force before the engine is there to mark by it."""
        self._expected = rubric

    def ready(self, examiner: Examiner | None) -> None:
        """Mark with these from now on; ``None`` where the company has no rubric."""
        self._examiner, self._expected = examiner, None
        self._queue_all()
        self._woken.set()

    async def run(self) -> None:
        """Mark until cancelled."""
        await on_duty(self._live, DUTY, self._work)

    async def catch_up(self) -> int:
        """Read on in the log; returns how many conversations wait to be marked."""
        for name in await self._standings.read_on(self._now() - KEPT):
            self._queue(name, self._standings.known[name])
        return len(self._heap)

    async def step(self) -> bool:
        """Mark the next conversation; returns whether there was one."""
        examiner = self._examiner
        while examiner is not None and self._heap:
            _, _, name = heappop(self._heap)
            standing = self._standings.known.get(name)
            if standing is None or not standing.due(examiner.rubric.version):
                continue
            await self._mark(name, standing, examiner)
            return True
        return False

    async def mark(self, person: Agent, command: MarkQuality) -> None:
        """Record a person's mark for a closed conversation; it stands for the engine's."""
        history = await self._live.history(command.conversation)
        if not history:
            raise NotFound(f"there is no conversation '{command.conversation}'")
        state = fold(command.conversation, history)
        if state.status != "closed":
            raise Refused("a conversation is marked once it is closed")
        known = {m.criterion for event in history if isinstance(event.data, QualityScored) for m in event.data.marks}
        known |= {one.id for one in self._examiner.rubric.criteria} if self._examiner else set()
        if command.criterion not in known:
            raise NotFound(f"no rubric has a criterion '{command.criterion}'")
        reason = clean(command.reason, LONGEST).strip()
        data = QualityMarked(command.criterion, command.mark, reason, person.name, command.sampled)
        channel = GENERATED if state.generated else ""
        event = e.NewEvent(command.conversation, f"agent:{person.id}", data, self._now(), channel)
        await self._live.record([event])

    async def again(self, person: Agent, command: MarkAgain) -> None:
        """Have conversations closed since a moment marked anew that were marked by another rubric."""
        if command.since.tzinfo is None:
            raise Refused("the moment needs its time zone")
        asked = RescoringAsked(max(command.since, self._now() - KEPT), person.name)
        await self._live.record([e.NewEvent(e.WORKSPACE, f"agent:{person.id}", asked, self._now())])

    async def _work(self) -> None:
        self._standings, self._heap = Standings(self._live), []  # another server may have gone on meanwhile
        with ThreadPoolExecutor(1, "quality", _yielding) as pool:
            self._pool = pool
            try:
                await self._keep_marking()
            finally:
                self._pool = None

    async def _keep_marking(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            self._woken.clear()
            try:
                if self._examiner is not None:
                    await self.catch_up()
                began = loop.time()
                while await self.step():
                    await asyncio.sleep(min(MOST_REST, max(LEAST_REST, IDLE * (loop.time() - began))))
                    began = loop.time()
                    if self._woken.is_set():
                        break
            except LogError as error:
                _log.warning("quality not marked", why=str(error))
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOKS_EVERY):
                    await self._woken.wait()

    async def _mark(self, name: str, standing: Standing, examiner: Examiner) -> None:
        history = await self._live.history(name)
        if not history:  # erased meanwhile
            self._standings.known.pop(name, None)
            return
        work = partial(_examined, name, history, examiner, self._now())
        try:
            scored = await asyncio.get_running_loop().run_in_executor(self._pool, work)
        except Exception:  # one conversation that cannot be marked must not keep the others waiting
            _log.exception("quality not marked", conversation=name)
            standing.scored = standing.closed
            return
        channel = GENERATED if standing.generated else ""
        done = await self._live.record([e.NewEvent(name, "assist", scored, self._now(), channel)])
        standing.scored, standing.rubric = done.events[-1].seq, scored.rubric

    def _queue_all(self) -> None:
        self._heap = []
        for name, standing in self._standings.known.items():
            self._queue(name, standing)

    def _queue(self, name: str, standing: Standing) -> None:
        rubric = self._examiner.rubric.version if self._examiner else ""
        if standing.due(rubric) and standing.closed_at is not None:
            fresh = not standing.generated and self._now() - standing.closed_at < FRESH
            heappush(self._heap, (int(not fresh), hashlib.blake2b(name.encode(), digest_size=8).digest(), name))

    def _watch(self, event: e.Event) -> None:
        if isinstance(event.data, e.ConversationClosed | RescoringAsked):
            self._woken.set()


def _examined(name: str, history: Sequence[e.Event], examiner: Examiner, now: datetime) -> QualityScored:
    state: Conversation = fold(name, history)
    closed = next((event.at for event in reversed(history) if isinstance(event.data, e.ConversationClosed)), now)
    return examiner.examine(state, talk_of(state, closed.date()))


def _yielding() -> None:
    """Let everybody else's work go first, where the system can tell threads apart."""
    with suppress(AttributeError, OSError):
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 19)
