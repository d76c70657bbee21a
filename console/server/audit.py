"""Puts who came in, who was refused and what became of accounts into the event log.

What changes accounts is written down in their store, in the same transaction and by whichever process, and carried over
from there: each note once, however often a server stops in the middle. What was refused is counted here.
"""

import asyncio
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

import structlog
from starlette.concurrency import run_in_threadpool

from console.accounts import Accounts, AccountsError, notes
from console.accounts.notes import Note
from console.conversation.events import WORKSPACE, NewEvent
from console.conversation.sign_in_events import (
    AccountChanged,
    RequestsRefused,
    SignedIn,
    SignedOut,
    SignInEvent,
    SignInRefused,
)
from console.desk.desk import utc_now
from console.desk.live import LiveLog
from console.desk.log import LogError
from console.server.repeats import Repeats

LOOKS_EVERY: Final = 2.0
"""Seconds between two looks for what other processes wrote down."""

CHANNEL: Final = "accounts"
"""The channel of carried events in the log; with the note's own id it keeps each from standing there twice."""

_log = structlog.get_logger(__name__)


class Audit:
    """Writes these events; ``clock`` yields seconds that never go back."""

    def __init__(self, accounts: Accounts, live: LiveLog, clock: Callable[[], float] = time.monotonic) -> None:
        self._accounts, self._live, self._clock = accounts, live, clock
        self._requests: Repeats[RequestsRefused] = Repeats(RequestsRefused("", "many routes", 0, "many addresses"))
        self._sign_ins: Repeats[SignInRefused] = Repeats(SignInRefused("many reasons", "", "many addresses"))
        self._refused: list[RequestsRefused | SignInRefused] = []
        self._wake = asyncio.Event()

    def refused(self, data: RequestsRefused | SignInRefused) -> None:
        """Count something that was refused. ``times`` is one."""
        now = self._clock()
        counted = self._requests.add(data, now) if isinstance(data, RequestsRefused) else self._sign_ins.add(data, now)
        if counted:
            self._refused.append(data)
            self._wake.set()

    def changed(self) -> None:
        """Carry over soon what was just written down here."""
        self._wake.set()

    async def run(self) -> None:
        """Write what comes until cancelled, and what is left then."""
        try:
            while True:
                await self.write()
                self._wake.clear()
                with suppress(TimeoutError):  # wait_for would lose a cancellation that comes as it wakes
                    async with asyncio.timeout(LOOKS_EVERY):
                        await self._wake.wait()
        finally:
            await self.write(at_end=True)

    async def write(self, *, at_end: bool = False) -> None:
        """Write what is due into the log; what cannot be written now is tried again."""
        now = self._clock()
        self._refused += [replace(what, times=times) for what, times in self._requests.due(now, at_end=at_end)]
        self._refused += [replace(what, times=times) for what, times in self._sign_ins.due(now, at_end=at_end)]
        refused, self._refused = self._refused, []
        try:
            await self._record([NewEvent(WORKSPACE, _actor(data), data, utc_now()) for data in refused])
        except LogError as error:
            self._refused = refused + self._refused
            _log.error("what was refused cannot be logged", why=str(error))
        try:
            await self._carry()
        except (AccountsError, LogError) as error:
            _log.error("what became of accounts cannot be logged", why=str(error))

    async def _carry(self) -> None:
        while found := await run_in_threadpool(self._waiting):
            for one in found:
                at = datetime.fromtimestamp(one.at, UTC)
                await self._record([NewEvent(WORKSPACE, _actor(one.data), one.data, at, CHANNEL, one.uid)])
            await run_in_threadpool(self._forget, found)

    async def _record(self, batch: Sequence[NewEvent]) -> None:
        if batch:
            await self._live.record(batch)

    def _waiting(self) -> list[Note]:
        with self._accounts.database.reading() as connection:
            return notes.waiting(connection)

    def _forget(self, carried: Sequence[Note]) -> None:
        with self._accounts.database.changing() as connection:
            notes.forget(connection, carried)


def _actor(data: SignInEvent) -> str:
    """Return who did it: the person, where they did it themselves and it worked."""
    own = isinstance(data, AccountChanged) and data.change == "own password"
    return f"agent:{data.person}" if own or isinstance(data, SignedIn | SignedOut) else "desk"
