"""The consoles that run: which tab has which, how many there may be, and when one that nobody looks at ends."""

import asyncio
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass

from console.web.endings import FAILED, LEFT, SIGNED_OUT, TAKEN
from console.web.frames import Window
from console.web.process import Errand, Screen, TabProcess
from console.web.sessions import Session, Sessions


class Full(Exception):
    """There are as many consoles as there may be."""


@dataclass(slots=True)
class Place:
    """A console and the tab that it belongs to. A tab is known by its session: nobody reaches another one's."""

    session: Session
    process: TabProcess
    started: asyncio.Task[None]
    left: float | None = None
    """Since when nobody looks at it."""
    ending: bool = False


class Consoles:
    """Starts, keeps and ends consoles. ``clock`` never goes back."""

    def __init__(
        self,
        sessions: Sessions,
        *,
        most: int,
        per_person: int,
        kept: float,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._sessions, self._most, self._per_person, self._kept, self._clock = sessions, most, per_person, kept, clock
        self._places: dict[tuple[str, str], Place] = {}
        self._errands: set[asyncio.Task[None]] = set()

    def __len__(self) -> int:
        return len(self._places)

    def has(self, session: Session) -> bool:
        """Return whether a session has a console that runs, if only to save its drafts."""
        return any(place.session is session for place in self._places.values())

    async def attach(self, session: Session, tab: str, window: Window, errand: Errand, screen: Screen) -> TabProcess:
        """Show a tab its console, started if there is none; raises :class:`Full`."""
        key = (session.key, tab)
        place = self._places.get(key)
        if place is not None and not place.ending:
            place.left = None
            before, place.process.screen = place.process.screen, screen
            if before is not None:
                before.close(TAKEN)
            await screen.tell("attached", "again")
            await asyncio.shield(place.started)
            await place.process.show(window)
            return place.process
        self._make_room(session)
        process = TabProcess(errand, lambda code: self._ended(key, process, code))
        process.screen = screen
        started = asyncio.create_task(process.start(window.width, window.height))
        self._places[key] = Place(session, process, started)
        await screen.tell("attached", "new")
        try:
            await asyncio.shield(started)
        except OSError:
            self._ended(key, process, 1)
            raise
        return process

    def detach(self, screen: Screen) -> None:
        """Take in that a page is gone, unless another shows its console already."""
        for place in self._places.values():
            if place.process.screen is screen:
                place.process.screen = None
                place.left = self._clock()

    def sweep(self) -> None:
        """End the consoles of those who are signed out, and those that nobody has looked at for long."""
        self._sessions.sweep()
        for place in list(self._places.values()):
            if not self._sessions.holds(place.session):
                self._end(place, SIGNED_OUT)
            elif place.left is not None and self._clock() - place.left >= self._kept:
                self._end(place, LEFT)

    def desk_moved(self, url: str) -> None:
        """Tell every console where the desk listens now."""
        for place in self._places.values():
            self._run(place.process.desk_moved(url))

    async def close(self) -> None:
        """End them all."""
        for place in list(self._places.values()):
            self._end(place, None)
        await asyncio.gather(*self._errands)

    def _make_room(self, session: Session) -> None:
        """Where a person has as many as they may, the one they left longest ago gives way."""
        theirs = [p for p in self._places.values() if p.session.person.id == session.person.id and not p.ending]
        running = sum(not place.ending for place in self._places.values())
        if len(theirs) < self._per_person and running < self._most:
            return
        left = [place for place in theirs if place.left is not None]
        if not left:
            raise Full
        self._end(min(left, key=lambda place: place.left or 0.0), LEFT)

    def _end(self, place: Place, code: int | None) -> None:
        """Let a console end, and its page know why; without ``code`` the page takes it for a lost connection."""
        if place.ending:
            return
        place.ending = True
        screen, place.process.screen = place.process.screen, None
        if screen is not None and code is not None:
            screen.close(code)
        self._run(self._stop(place))

    async def _stop(self, place: Place) -> None:
        await asyncio.wait([place.started])
        await place.process.stop()

    def _run(self, errand: Coroutine[None, None, None]) -> None:
        """Do something beside: a console that hangs holds nobody else up."""
        task = asyncio.create_task(errand)
        self._errands.add(task)
        task.add_done_callback(self._errands.discard)

    def _ended(self, key: tuple[str, str], process: TabProcess, code: int) -> None:
        """Take in that a process has ended: by itself, because the person left, or because it was told to."""
        place = self._places.get(key)
        if place is not None and place.process is process:
            del self._places[key]
        screen, process.screen = process.screen, None
        if screen is not None:
            screen.close(FAILED if code else LEFT)
