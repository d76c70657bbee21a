"""Who a bearer is, looked up in the store and remembered for a moment.

A token, session or account that is ended anywhere, on any server or by the command line, lets nobody in any more after
:data:`KNOWN_SECONDS` at the latest; that goes for open event streams too.
"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from console.accounts import Accounts, Pass
from console.accounts.errors import AccountsUnavailable
from console.accounts.tokens import digest_of

KNOWN_SECONDS: Final = 3.0
"""Seconds for which what the store said is taken to be so still."""

REMEMBERED: Final = 5_000
"""Bearers remembered; the one that was looked up first is forgotten first."""


class Admission:
    """Asks the accounts, off the event loop; ``clock`` yields seconds that never go back."""

    def __init__(self, accounts: Accounts, clock: Callable[[], float] = time.monotonic) -> None:
        self._accounts, self._clock = accounts, clock
        self._known: OrderedDict[tuple[str, bool], tuple[float, Pass]] = OrderedDict()

    async def look(self, token: str, *, there: bool = True) -> Pass | None:
        """Return whom a token lets in; ``there``: the person does something, so their session is not idle."""
        key, now = (digest_of(token), there), self._clock()
        known = self._known.get(key)
        if known and now < known[0]:
            return known[1]
        found = await run_in_threadpool(self._accounts.look, token, there=there)
        self._known.pop(key, None)
        if found:
            self._known[key] = (now + KNOWN_SECONDS, found)
            if len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        return found

    def forget(self) -> None:
        """Look everybody up anew; for what this server ends itself."""
        self._known.clear()


class WhileAdmitted(Response):
    """A stream that ends when its bearer is let in no more."""

    def __init__(self, stream: Response, admission: Admission, token: str) -> None:
        super().__init__()
        self._stream, self._admission, self._token = stream, admission, token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the stream; it is told that its reader has gone when the bearer is let in no more."""
        ended = asyncio.create_task(self._ended())
        gone = asyncio.create_task(_gone(receive))

        async def received() -> Message:
            await asyncio.wait({ended, gone}, return_when=asyncio.FIRST_COMPLETED)
            return {"type": "http.disconnect"}

        try:
            await self._stream(scope, received, send)
            if ended.done() and not gone.done():
                await send({"type": "http.response.body", "body": b"", "more_body": False})
        finally:
            for task in (ended, gone):
                task.cancel()
            await asyncio.gather(ended, gone, return_exceptions=True)

    async def _ended(self) -> None:
        while True:
            await asyncio.sleep(KNOWN_SECONDS)
            if not await self._still():
                return

    async def _still(self) -> bool:
        try:
            return await self._admission.look(self._token, there=False) is not None
        except AccountsUnavailable:
            return False  # a console that comes back is told why


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        continue
