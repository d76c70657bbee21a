"""Simulated customers in a language model's words, on the practice desk; where that fails, in the engine's."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

import structlog

from console.assist.llm.checks import Dropped
from console.assist.llm.ports import LanguageModel, ModelTrouble
from console.desk.assistant import talk_of
from console.desk.live import LiveLog
from console.desk.model_calls import ModelCalls, Occasion, Terms
from console.practice.customer import State
from console.practice.scenario import Scenario
from console.practice.voicing import VoiceTask

BESIDE: Final = 0.5
"""Seconds that the question and the check of the answer may take beside the model."""

_log = structlog.get_logger(__name__)


class Voicing:
    """Words what customers of practice say; ``seconds`` is how long the model may take for a message."""

    def __init__(
        self, live: LiveLog, model: LanguageModel, terms: Terms, seconds: float, now: Callable[[], datetime]
    ) -> None:
        self._live, self._model, self._seconds, self._now = live, model, seconds, now
        self._calls = ModelCalls(live, model, terms, now)

    @property
    def model(self) -> str:
        """The model's name."""
        return self._model.name

    async def worded(self, conversation: str, scenario: Scenario, state: State, says: Sequence[str]) -> str:
        """Return other words for a message, before its time is out; empty where there are none that say the same."""
        try:
            async with asyncio.timeout(self._seconds + BESIDE):
                return await self._asked(conversation, scenario, state, says)
        except (Dropped, ModelTrouble, TimeoutError):
            return ""  # the log of calls says why
        except Exception:  # a session must go on whatever is wrong with its wording
            _log.exception("not voiced", conversation=conversation)
            return ""

    async def _asked(self, conversation: str, scenario: Scenario, state: State, says: Sequence[str]) -> str:
        talk = talk_of(await self._live.state(conversation), self._now().date())
        task = await asyncio.to_thread(VoiceTask, talk, scenario, state, says)
        if not await asyncio.to_thread(lambda: task.fits):
            return ""
        return await self._calls.ask(Occasion(conversation, talk.turn), task, self._seconds)

    async def close(self) -> None:
        """Let go of the model."""
        await self._model.close()
