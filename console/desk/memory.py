"""What the desk learns from its own conversations: once closed, they become past conversations."""

import asyncio
from collections.abc import Callable

import structlog

from console.conversation.events import ConversationClosed, Event
from console.conversation.state import Conversation
from console.desk.live import LiveLog

Keep = Callable[[Conversation], None]
"""Takes a closed conversation in; blocks. Raises ``OSError`` when it cannot be kept."""

_log = structlog.get_logger(__name__)


class Memory:
    """Hands every conversation that is closed to ``keep``, off the event loop, one at a time.

    Also those that were not resolved: how often a matter ends well can only be said by whoever counts them too.
    """

    def __init__(self, live: LiveLog, keep: Keep) -> None:
        self._live, self._keep = live, keep
        self._closed: asyncio.Queue[str] = asyncio.Queue()
        live.watchers.append(self._watch)

    async def run(self) -> None:
        """Keep what is closed, until cancelled; one that cannot be kept is named in the log and passed over."""
        while True:
            conversation = await self._closed.get()
            try:
                await asyncio.to_thread(self._keep, await self._live.state(conversation))
            except OSError as error:
                _log.warning("a closed conversation was not kept", conversation=conversation, why=str(error))

    def _watch(self, event: Event) -> None:
        match event.data:
            case ConversationClosed():
                self._closed.put_nowait(event.conversation)
            case _:
                pass
