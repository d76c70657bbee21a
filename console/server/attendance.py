"""Who follows the desk right now: consoles, counted by their open event streams.

A private server lives as long as a console needs it. The one that started it holds its pipe; any other one is known by
its stream, which ends with the console however that ends.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager


class Attendance:
    """Counts streams; belongs to one event loop."""

    def __init__(self) -> None:
        self._streams = 0
        self._nobody, self._somebody = asyncio.Event(), asyncio.Event()
        self._nobody.set()

    @contextmanager
    def present(self) -> Iterator[None]:
        """Count one more until the block ends."""
        self._count(1)
        try:
            yield
        finally:
            self._count(-1)

    async def alone(self, seconds: float = 0.0) -> None:
        """Return once nobody has followed for ``seconds`` on end."""
        while True:
            await self._nobody.wait()
            try:
                await asyncio.wait_for(self._somebody.wait(), seconds)
            except TimeoutError:
                return

    def _count(self, by: int) -> None:
        self._streams += by
        for event, holds in ((self._nobody, self._streams == 0), (self._somebody, self._streams > 0)):
            (event.set if holds else event.clear)()
