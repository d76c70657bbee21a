"""What the desk learns from its own conversations: once closed, they become past conversations, until erased."""

import asyncio
from collections.abc import Awaitable, Collection, Mapping, Sequence
from functools import partial
from typing import Protocol

import structlog

from console.conversation.erasure_events import ConversationsErased
from console.conversation.events import ConversationClosed, Event
from console.conversation.state import Conversation
from console.desk.errors import NotFound
from console.desk.live import LiveLog
from console.desk.log import LogError

_log = structlog.get_logger(__name__)


class Past(Protocol):
    """Past conversations as they are kept. Calls block, and raise ``OSError`` when nothing can be written."""

    def keep(self, conversation: Conversation) -> None:
        """Take a closed conversation in."""

    def forget(self, conversations: Collection[str]) -> None:
        """Keep nothing of these, whether they were closed here or imported."""

    def of_customer(self, customer: str) -> tuple[str, ...]:
        """Return the ids of what is kept of a customer."""

    def told(self, customer: str) -> Sequence[Mapping[str, object]]:
        """Return what is kept of a customer, as JSON types."""


class Memory:
    """Hands every conversation that is closed to ``past``, off the event loop, one at a time.

    Also those that were not resolved: how often a matter ends well can only be said by whoever counts them too.
    What was erased is forgotten in its turn, so that it is not kept behind its own erasure.
    """

    def __init__(self, live: LiveLog, past: Past) -> None:
        self._live, self.past = live, past
        self._work: asyncio.Queue[Event] = asyncio.Queue()
        live.watchers.append(self._watch)

    async def run(self) -> None:
        """Keep and forget until cancelled; what fails is named in the log and passed over."""
        await self._forget_erased()
        while True:
            event, gone = await self._work.get(), set[str]()
            done = 1
            while isinstance(event.data, ConversationsErased):  # many at once, since each costs as much as all
                gone.update(event.data.conversations)
                if self._work.empty():
                    break
                event, done = self._work.get_nowait(), done + 1
            try:
                if gone:
                    await self._guarded(event, asyncio.to_thread(self.past.forget, gone))
                if isinstance(event.data, ConversationClosed):
                    await self._guarded(event, self._keep(event.conversation))
            finally:
                for _ in range(done):
                    self._work.task_done()

    async def settled(self) -> None:
        """Wait until all that has happened so far is kept or forgotten."""
        await self._work.join()

    async def of_customer(self, customer: str) -> tuple[str, ...]:
        """Return the ids of past conversations of a customer, imported ones among them."""
        return await asyncio.to_thread(self.past.of_customer, customer)

    async def _keep(self, conversation: str) -> None:
        await asyncio.to_thread(self.past.keep, await self._live.state(conversation))

    async def _guarded(self, event: Event, work: Awaitable[None]) -> None:
        try:
            await work
        except NotFound:  # erased meanwhile
            pass
        except (OSError, LogError) as error:
            _log.warning("past conversations not kept", conversation=event.conversation, why=str(error))

    async def _forget_erased(self) -> None:
        """Forget what was erased while this server did not run."""
        erased = await self._live.call(lambda log: log.of_kinds(["conversations-erased"]))
        gone = {name for e in erased if isinstance(e.data, ConversationsErased) for name in e.data.conversations}
        if gone:
            try:
                await asyncio.to_thread(partial(self.past.forget, gone))
            except OSError as error:
                _log.warning("erased conversations are still kept as past ones", why=str(error))

    def _watch(self, event: Event) -> None:
        if isinstance(event.data, ConversationClosed | ConversationsErased):
            self._work.put_nowait(event)
