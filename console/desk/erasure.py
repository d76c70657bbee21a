"""Erasing a customer while the desk runs: the log first, then files and past conversations; all who listen drop it."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import structlog

from console.conversation.people import Agent
from console.desk.attachments import FileStore
from console.desk.customer_export import Kept
from console.desk.live import LiveLog
from console.desk.log import Erased
from console.desk.memory import Memory

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class ErasedCustomer:
    """What was erased of a customer."""

    events: int
    conversations: int
    files: int
    left: str = ""
    """What could not be deleted, in words; empty where all is gone."""


class Erasure:
    """Erases customers; ``files`` is where their files lie, ``memory`` what the desk learned from them."""

    def __init__(
        self, live: LiveLog, files: FileStore | None, memory: Memory | None, now: Callable[[], datetime]
    ) -> None:
        self._live, self._files, self._memory, self._now = live, files, memory, now

    @property
    def kept(self) -> Kept:
        """What the desk keeps things in, for an export."""
        return Kept(self._live.log, self._files, self._memory.past if self._memory else None)

    async def erase(self, by: Agent, customer: str) -> ErasedCustomer:
        """Erase a customer for good. When it returns, this server answers nothing that tells of them any more.

        Cut short after the log, the next start of the desk does the rest.
        """
        known = await self._memory.of_customer(customer) if self._memory else ()
        done = await self._live.call(lambda log: log.erase(customer, by=f"agent:{by.id}", at=self._now(), also=known))
        return await self.finish(done)

    async def finish(self, done: Erased) -> ErasedCustomer:
        """Let go of what the log no longer names: here in memory, files, past conversations."""
        await self._live.catch_up()
        files, left = 0, ""
        if self._files is not None and done.files:
            try:
                files = await asyncio.to_thread(self._files.remove, done.files)
            except OSError as error:
                left = f"files could not be deleted ({error.strerror or error}); the next start of the desk tries again"
                _log.error("files of erased messages are still there", why=error.strerror or str(error))
        if self._memory is not None:
            await self._memory.settled()
        return ErasedCustomer(done.events, len(done.conversations), files, left)
