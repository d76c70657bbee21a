"""One call of a language model from question to checked answer, with its record in the log."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from time import perf_counter
from typing import Final, Protocol, TypeVar

import structlog

from console.assist.llm.checks import Dropped
from console.assist.llm.ports import LanguageModel, ModelTrouble, Prompt, Trouble, Written
from console.conversation.assist_events import LlmCalled
from console.conversation.events import NewEvent
from console.desk.live import LiveLog

R_co = TypeVar("R_co", covariant=True)

SHOWN_EVERY: Final = 0.15
"""Seconds between two looks at what is being written: as often as an eye follows, not as often as a token comes."""

SAID: Final = {
    Trouble.LATE: "the language model did not answer in time.",
    Trouble.UNREACHABLE: "the language model cannot be reached.",
    Trouble.BUSY: "the language model is busy.",
    Trouble.REFUSED: "the language model refuses the request; 'secondchair doctor' tells more.",
    Trouble.FAILED: "the language model failed.",
    Trouble.GARBLED: "the language model's answer cannot be read; 'secondchair doctor' tells more.",
    Trouble.CUT: "the language model's answer broke off.",
    Trouble.RESTING: "the language model failed several times; it is tried again in a minute or so.",
}
"""Why there is no answer, in words for the agent."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Terms:
    """How a desk uses its model: for what, for how long, at what price for a million tokens."""

    drafts: bool = True
    summaries: bool = True
    rewrites: bool = True
    draft_seconds: float = 15.0
    summary_seconds: float = 20.0
    rewrite_seconds: float = 20.0
    opinion_seconds: float = 120.0
    price_in: float = 0.0
    price_out: float = 0.0
    least: float = 0.0
    """Least score (0 to 1) of a draft that is suggested."""
    opinions: int = 0
    """Second opinions on quality that are asked for in a day; 0 for none."""

    def cost(self, written: Written) -> float:
        """Return the price of an answer."""
        return round((written.tokens_in * self.price_in + written.tokens_out * self.price_out) / 1_000_000, 6)


class Task(Protocol[R_co]):
    """What is asked, and what becomes of the answer. Calls compute; they run in worker threads, one at a time."""

    @property
    def prompt(self) -> Prompt:
        """What the model is asked."""

    def so_far(self, text: str) -> str | None:
        """Return what of a text that is being written may be seen; ``None`` while it may not."""

    def judged(self, text: str) -> R_co:
        """Return what a whole answer makes; raises :class:`Dropped` where it makes nothing."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """Where a call belongs: its conversation, the newest message then, and whose doing it is in the log."""

    conversation: str
    turn: str
    actor: str = "assist"


class ModelCalls:
    """Asks ``model``. Every call is logged as it ends, however it ends; what was said in it is not."""

    def __init__(self, live: LiveLog, model: LanguageModel, terms: Terms, now: Callable[[], datetime]) -> None:
        self._live, self._model, self.terms, self._now = live, model, terms, now
        self._awaited = 0
        self.idle = asyncio.Event()
        """Set while no call is under way on this server for which somebody waits."""
        self.idle.set()
        self.wanted = asyncio.Event()
        """Set while one is."""

    @property
    def model(self) -> str:
        """The model's name."""
        return self._model.name

    async def ask(
        self, occasion: Occasion, task: Task[R_co], seconds: float, shown: Callable[[str], None] = lambda _: None
    ) -> R_co:
        """Return what the answer makes. Raises :class:`Dropped` or :class:`ModelTrouble` where it makes nothing.

        ``shown`` is told what may be seen of it while it is being written.
        """
        self._begin()
        try:
            return await self._asked(occasion, task, seconds, shown)
        finally:
            self._end()

    async def ask_behind(self, occasion: Occasion, task: Task[R_co], seconds: float) -> R_co | None:
        """Do the same for what nobody waits for; ``None`` where it was given up because somebody came who waits."""
        asking = asyncio.ensure_future(self._asked(occasion, task, seconds, lambda _: None))
        wanted = asyncio.ensure_future(self.wanted.wait())
        try:
            await asyncio.wait({asking, wanted}, return_when=asyncio.FIRST_COMPLETED)
            return await asking if asking.done() else None
        finally:
            for one in (asking, wanted):
                one.cancel()
            await asyncio.gather(asking, wanted, return_exceptions=True)

    def _begin(self) -> None:
        self._awaited += 1
        self.idle.clear()
        self.wanted.set()

    def _end(self) -> None:
        self._awaited -= 1
        if not self._awaited:
            self.idle.set()
            self.wanted.clear()

    async def _asked(self, occasion: Occasion, task: Task[R_co], seconds: float, shown: Callable[[str], None]) -> R_co:
        prompt = await asyncio.to_thread(lambda: task.prompt)
        start, outcome, written = perf_counter(), "given-up", Written("")
        try:
            written = await self._written(task, prompt, seconds, shown)
            result = await asyncio.to_thread(task.judged, written.text)
            outcome = "used"
        except Dropped as dropped:
            outcome = "dropped"
            _log.info("a language model's answer was dropped", purpose=prompt.purpose.value, why=str(dropped))
            raise
        except ModelTrouble as trouble:
            outcome = trouble.why.value
            if trouble.why is not Trouble.RESTING:
                _log.warning("no language model", purpose=prompt.purpose.value, outcome=outcome, why=str(trouble))
            raise
        finally:
            ms = round((perf_counter() - start) * 1000, 1)
            called = LlmCalled(
                prompt.purpose.value,
                self._model.name,
                outcome,
                occasion.turn,
                written.first_ms,
                ms,
                written.tokens_in,
                written.tokens_out,
                self.terms.cost(written),
            )
            await self._live.record([NewEvent(occasion.conversation, occasion.actor, called, self._now())])
        return result

    async def _written(self, task: Task[R_co], prompt: Prompt, seconds: float, shown: Callable[[str], None]) -> Written:
        """Return the whole answer, showing what may be seen of it meanwhile."""
        newest = ""
        over = asyncio.Event()

        def heard(text: str) -> None:
            nonlocal newest
            newest = text

        async def show() -> None:
            seen, said = "", ""
            while not over.is_set():
                if newest != seen:
                    seen = newest
                    visible = await asyncio.to_thread(task.so_far, seen)
                    if visible is not None and visible != said and not over.is_set():
                        said = visible
                        shown(visible)
                with suppress(TimeoutError):
                    await asyncio.wait_for(over.wait(), SHOWN_EVERY)

        showing = asyncio.create_task(show())
        try:
            return await self._model.write(prompt, seconds, heard)
        finally:
            over.set()
            await showing  # a look that is under way ends before the answer is judged


def said_of(error: Dropped | ModelTrouble) -> str:
    """Return why nothing came of a call, in words for the agent."""
    return str(error) if isinstance(error, Dropped) else SAID[error.why]
