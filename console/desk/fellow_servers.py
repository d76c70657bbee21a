"""Keeps a server's live picture in step with the others: what they write, what they tell, and which work is whose."""

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import structlog

from console.conversation.codec import decode_json, encode_json
from console.desk.attention import Attention, Screen
from console.desk.hub import Passing, Signal, Writing
from console.desk.live import LiveLog
from console.desk.log import LogError
from console.desk.presence import Signs
from console.desk.servers import Gained

SIGNS_EVERY: Final = 10.0
"""Seconds between two tellings of which agents gave a sign here; an agent is missed after 45 at the least."""

PREVIEW: Final = 1_500
"""Characters of a draft that is being written which other servers are shown; the whole of it comes as an event."""

SCREENS: Final = 20
"""Screens told of at once: what servers tell each other is 8,000 bytes at the most."""

RETRY: Final = 1.0
"""Seconds after which what could not be read is read again."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Told:
    """What one server tells the others: at most one of these."""

    signal: Signal | None = None
    writing: Writing | None = None
    agents: tuple[str, ...] = ()
    """Agents who gave a sign of life there."""
    screens: tuple[Screen, ...] = ()
    """What consoles there show."""


class FellowServers:
    """Runs for one desk. ``gained`` is told on the event loop which parts of the work have come to this server."""

    def __init__(self, live: LiveLog, signs: Signs, attention: Attention, gained: Gained) -> None:
        self._live, self._signs, self._attention, self._gained = live, signs, attention, gained
        self._news, self._more = asyncio.Event(), asyncio.Event()
        self._telling: dict[tuple[str, str], Told] = {}
        """What is still to be told, the newest of each kind: typing goes on, and a draft grows."""
        live.passing.append(self._pass)
        attention.changed.append(self._shown)

    async def run(self) -> None:
        """Follow the other servers until cancelled."""
        loop = asyncio.get_running_loop()

        def soon(call: Callable[..., None], *given: object) -> None:
            with contextlib.suppress(RuntimeError):  # the loop is closed: the desk has ended meanwhile
                loop.call_soon_threadsafe(call, *given)

        self._live.servers.start(
            lambda: soon(self._news.set), lambda text: soon(self._hear, text), lambda parts: soon(self._gained, parts)
        )
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._follow())
            tasks.create_task(self._tell())
            tasks.create_task(self._tell_signs())

    async def _follow(self) -> None:
        while True:
            await self._news.wait()
            self._news.clear()
            try:
                await self._live.catch_up()
            except LogError as error:  # the database is away; what was written meanwhile is read then
                _log.warning("the log cannot be read", why=str(error))
                self._news.set()
                await asyncio.sleep(RETRY)

    def _pass(self, item: Passing) -> None:
        if isinstance(item, Signal):
            self._telling[item.conversation, item.who] = Told(signal=item)
        elif isinstance(item, Writing):
            shown = Writing(item.conversation, item.turn, item.text[:PREVIEW], item.over, item.why[:PREVIEW])
            self._telling[item.conversation, ""] = Told(writing=shown)
        self._more.set()

    def _shown(self, screen: Screen) -> None:
        self._telling[screen.agent, f"screen {screen.console}"] = Told(screens=(screen,))
        self._more.set()

    async def _tell(self) -> None:
        while True:
            await self._more.wait()
            self._more.clear()
            telling, self._telling = self._telling, {}
            for told in telling.values():
                await self._say(told)

    async def _tell_signs(self) -> None:
        while True:
            await asyncio.sleep(SIGNS_EVERY)
            if agents := self._signs.lately():
                await self._say(Told(agents=agents))
            screens = self._attention.lately()
            for first in range(0, len(screens), SCREENS):
                await self._say(Told(screens=screens[first : first + SCREENS]))

    async def _say(self, told: Told) -> None:
        try:
            await asyncio.to_thread(self._live.servers.tell, encode_json(told).decode())
        except LogError as error:  # it would have passed anyway
            _log.info("the other servers were not told", why=str(error))

    def _hear(self, text: str) -> None:
        try:
            told = decode_json(Told, text)
        except ValueError:  # of another version
            return
        if told.signal:
            self._live.hub.publish(told.signal)
        if told.writing:
            self._live.hub.publish(told.writing)
        for agent in told.agents:
            self._signs.heard_of(agent)
        for screen in told.screens:
            self._attention.heard_of(screen)
