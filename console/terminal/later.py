"""Does something a moment after the last of many calls for it."""

import asyncio
from collections.abc import Awaitable, Callable


class Later:
    """Calls ``work`` once ``delay`` seconds have passed since the last :meth:`ask`.

    ``work`` must not raise; work under way is finished, not cut off, when asked again.
    """

    def __init__(self, delay: float, work: Callable[[], Awaitable[None]]) -> None:
        self._delay = delay
        self._work = work
        self._timer: asyncio.TimerHandle | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    def ask(self) -> None:
        """Do the work ``delay`` seconds from now, unless asked again before."""
        self.drop()
        self._timer = asyncio.get_running_loop().call_later(self._delay, self._start)

    def drop(self) -> None:
        """Do not do what was asked for and has not begun."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    @property
    def pending(self) -> bool:
        """Whether work is asked for or under way."""
        return self._timer is not None or bool(self._tasks)

    def _start(self) -> None:
        self._timer = None
        task = asyncio.ensure_future(self._run())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _run(self) -> None:
        await self._work()
