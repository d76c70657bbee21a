"""A language model's second opinion on quality: of some closed conversations a day, by one server, behind all else.

Which ones chance says, in the order in which people mark their fair sample; what people have marked there already comes
first, since only what both marked tells whether they agree. Calls for which somebody waits go before.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from time import monotonic
from typing import Final

import structlog

from console.assist.llm.checks import Dropped
from console.assist.llm.marking import MarkTask, asked_of, fits
from console.assist.llm.ports import ModelTrouble, Purpose, Trouble
from console.content.rubrics import Rubric
from console.conversation import events as e
from console.conversation.assist_events import LlmCalled
from console.conversation.message import Status
from console.conversation.quality import CriterionMark, Marker, place_by_chance
from console.conversation.quality_events import QualityScored
from console.conversation.reviews import USUAL_WEEKS
from console.conversation.state import Conversation, fold
from console.desk.assistant import talk_of
from console.desk.duties import on_duty
from console.desk.live import LiveLog
from console.desk.log import EventLog, LogError, LogMoved
from console.desk.model_calls import ModelCalls, Occasion
from console.desk.standings import PAGE, Standings

DUTY: Final = "second-opinions"

KEPT: Final = timedelta(weeks=USUAL_WEEKS)
"""How long ago a conversation may have been closed that is asked about: as far as the screen looks back by itself."""

LOOKS_EVERY: Final = 60.0
"""Seconds between two looks where there is nothing to ask, or nothing left to ask with; a new score wakes it."""

QUIET: Final = 5.0
"""Seconds without a call for which somebody waits, on any server, before one is made for which nobody does."""

BETWEEN: Final = 1.0
AFTER_TROUBLE: Final = 600.0
"""Seconds: nobody misses an opinion, and a model that is away is not to fill the log with calls."""

AWAY: Final = frozenset({Trouble.UNREACHABLE, Trouble.BUSY, Trouble.RESTING})
"""Why there was no answer where it was not the conversation's doing."""

UNCOUNTED: Final = frozenset({*AWAY, Trouble.REFUSED, Trouble.FAILED})
"""Outcomes of calls that the model did no work for: they are not counted against the day."""

_log = structlog.get_logger(__name__)


class SecondOpinions:
    """Asks ``calls`` what it thinks of conversations by the rubric in force, as often a day as its terms say."""

    def __init__(
        self, live: LiveLog, calls: ModelCalls, rubric: Callable[[], Rubric | None], now: Callable[[], datetime]
    ) -> None:
        self._live, self._calls, self._rubric, self._now = live, calls, rubric, now
        self._standings = Standings(live)
        self._day, self._counted, self._spent = date.min, 0, 0
        self._passed = set[str]()
        """Conversations that are not asked about today any more."""
        self._heard = -QUIET
        """When a call for which somebody waited was last over."""
        self._woken = asyncio.Event()
        live.watchers.append(self._watch)

    async def run(self) -> None:
        """Ask until cancelled; where none are wanted, not at all."""
        if self._calls.terms.opinions:
            await on_duty(self._live, DUTY, self._work)

    async def left(self) -> int:
        """Return how many may still be asked for today, by what the log says of all servers."""
        today = self._now().astimezone(UTC).date()
        if today != self._day:
            self._day, self._counted, self._spent = today, 0, 0
            self._passed.clear()
        since = datetime.combine(today, time(), UTC)
        while True:
            page = await self._live.call(partial(_calls, after=self._counted, since=since))
            self._spent += sum(map(_counts, page))
            self._counted = page[-1].seq if page else self._counted
            if len(page) < PAGE:
                return max(0, self._calls.terms.opinions - self._spent)

    async def step(self) -> float:
        """Ask about the next conversation, if there is one; returns after how many seconds to look again."""
        rubric = self._rubric()
        if rubric is None or not await self.left():
            return LOOKS_EVERY
        await self._standings.read_on(self._now() - KEPT)
        due = (name for name in self._standings.known if self._due(name, rubric))
        name = min(due, key=self._rank, default=None)
        if name is None:
            return LOOKS_EVERY
        await self._calls.idle.wait()
        if (busy := self._heard + QUIET - monotonic()) > 0:
            return busy
        return await self._guarded(name, rubric)

    async def _work(self) -> None:
        self._standings = Standings(self._live)  # another server may have gone on meanwhile
        while True:
            self._woken.clear()
            try:
                rest = await self.step()
            except LogError as error:
                _log.warning("no second opinions", why=str(error))
                rest = LOOKS_EVERY
            if rest == LOOKS_EVERY:
                with suppress(TimeoutError):
                    async with asyncio.timeout(rest):
                        await self._woken.wait()
            else:
                await asyncio.sleep(rest)

    def _due(self, name: str, rubric: Rubric) -> bool:
        return name not in self._passed and self._standings.known[name].due_second(rubric.version)

    def _rank(self, name: str) -> tuple[bool, int]:
        return not self._standings.known[name].sampled, place_by_chance(name)

    async def _guarded(self, name: str, rubric: Rubric) -> float:
        try:
            return await self._opine(name, rubric)
        except ModelTrouble as trouble:
            if trouble.why not in AWAY:
                self._passed.add(name)
            return AFTER_TROUBLE
        except LogError:
            self._passed.add(name)  # erased meanwhile, as a rule
            raise
        except Exception:  # one conversation that cannot be asked about must not keep the others waiting
            _log.exception("no second opinion", conversation=name)
            self._passed.add(name)
            return BETWEEN

    async def _opine(self, name: str, rubric: Rubric) -> float:
        state = fold(name, await self._live.history(name))
        talk = talk_of(state, self._now().date())
        criteria = asked_of(rubric, state.layer)
        if state.status is not Status.CLOSED or state.dark or not criteria or not fits(talk):
            self._passed.add(name)
            return 0.0
        task = await asyncio.to_thread(MarkTask, talk, criteria)
        marks: tuple[CriterionMark, ...] | None = ()
        with suppress(Dropped):  # that nothing of it held is said too, and it is not asked again
            marks = await self._calls.ask_behind(Occasion(name, talk.turn), task, self._calls.terms.opinion_seconds)
        if marks is None:
            return QUIET
        scored = QualityScored(rubric.version, self._calls.model, marks, by=Marker.MODEL)
        while not await self._recorded(name, rubric, scored):
            pass
        return BETWEEN

    async def _recorded(self, name: str, rubric: Rubric, scored: QualityScored) -> bool:
        """Record it, unless it is about what is no more so; returns ``False`` where somebody was faster: look again."""
        state: Conversation = fold(name, await self._live.history(name))
        await self._standings.read_on(self._now() - KEPT)
        if not self._due(name, rubric):
            return True
        try:
            await self._live.record([e.NewEvent(name, "assist", scored, self._now())], expect=state.seq)
        except LogMoved:
            return False
        return True

    def _watch(self, event: e.Event) -> None:
        if isinstance(event.data, LlmCalled) and event.data.purpose != Purpose.QUALITY:
            self._heard = monotonic()
        elif isinstance(event.data, QualityScored) and event.data.by is Marker.ENGINE:
            self._woken.set()


def _calls(log: EventLog, *, after: int, since: datetime) -> list[e.Event]:
    return log.of_kinds(("llm-called",), after=after, since=since, limit=PAGE)


def _counts(event: e.Event) -> bool:
    called = event.data
    return isinstance(called, LlmCalled) and called.purpose == Purpose.QUALITY and called.outcome not in UNCOUNTED
