"""Scores every practice session once it is closed, in the background, also where nobody asks for its debrief."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Final

import structlog

from console.conversation.events import ConversationClosed, Event
from console.desk.duties import on_duty
from console.desk.errors import DeskError
from console.desk.live import LiveLog
from console.practice.record import Record

DUTY: Final = "practice-scores"

LOOKS_EVERY: Final = 60.0
"""Seconds between two looks where nobody closes anything: what could not be scored may be by then."""

_log = structlog.get_logger(__name__)


class PracticeScoring:
    """Has ``score`` judge and record what is closed and not scored; ``ready`` says whether the engine is there."""

    def __init__(
        self, live: LiveLog, record: Record, score: Callable[[str], Awaitable[object]], ready: Callable[[], bool]
    ) -> None:
        self._live, self._record, self._score, self._ready = live, record, score, ready
        self._woken = asyncio.Event()
        live.watchers.append(self._watch)

    def wake(self) -> None:
        """Look at once: the engine has come."""
        self._woken.set()

    def _watch(self, event: Event) -> None:
        if isinstance(event.data, ConversationClosed):
            self._woken.set()

    async def run(self) -> None:
        """Score until cancelled; one server does it for all."""
        await on_duty(self._live, DUTY, self._keep_scoring)

    async def _keep_scoring(self) -> None:
        while True:
            self._woken.clear()
            if self._ready():
                for name in self.waiting():
                    await self._try(name)
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOKS_EVERY):
                    await self._woken.wait()

    def waiting(self) -> list[str]:
        """Return the sessions that are over and not scored."""
        played = self._record.sessions.values()
        return [one.conversation for one in played if one.closed is not None and one.scored is None]

    async def _try(self, conversation: str) -> None:
        try:
            await self._score(conversation)
        except DeskError as error:  # its scenario is gone, or it was opened again meanwhile
            _log.info("session not scored", conversation=conversation, why=str(error))
        except Exception:  # one session's fault must not keep the others waiting
            _log.exception("session not scored", conversation=conversation)
