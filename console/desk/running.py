"""Work that runs for conversations, at most one piece for each."""

import asyncio
from collections.abc import Awaitable, Callable

Work = Callable[[str], Awaitable[None]]
"""Works a conversation; whoever passes it in calls :meth:`Running.done` as its last step."""

Fresh = Callable[[str], bool]
"""Tells whether a conversation has just come to this server."""


def every(_: str) -> bool:
    """Return that a conversation has: at the start, all have."""
    return True


class Running:
    """Begins such work, waits for it, and stops it."""

    def __init__(self) -> None:
        self._tasks: dict[str, asyncio.Task[None]] = {}

    def __contains__(self, conversation: str) -> bool:
        return conversation in self._tasks

    def __len__(self) -> int:
        return len(self._tasks)

    def names(self) -> tuple[str, ...]:
        """Return the conversations that are worked; from any thread."""
        return tuple(self._tasks)

    def begin(self, conversation: str, work: Work) -> None:
        """Begin to work a conversation; nothing where that goes on already."""

        async def run() -> None:
            await work(conversation)

        if conversation not in self._tasks:
            self._tasks[conversation] = asyncio.get_running_loop().create_task(run())

    def done(self, conversation: str) -> None:
        """Forget the work on a conversation: the next that is wanted begins anew, with no moment between."""
        del self._tasks[conversation]

    async def ended(self, conversation: str) -> None:
        """Wait until the piece of work that runs for a conversation has ended; at once where none does."""
        if (task := self._tasks.get(conversation)) is not None:
            await asyncio.wait({task})

    async def settled(self, conversation: str) -> None:
        """Wait until a conversation is not worked any more."""
        while conversation in self:
            await self.ended(conversation)

    async def close(self) -> None:
        """Stop all of it."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
