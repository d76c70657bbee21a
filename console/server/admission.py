"""Who a bearer is, looked up in the store and remembered for a moment.

What is ended anywhere, on any server or by the command line, is counted in the store. A server looks at that one number
every :data:`LOOKS_EVERY` seconds while somebody asks, and forgets whom it knew when it has changed: a token, session or
account that is ended lets nobody in any more about a second later, and an open event stream ends within two.
"""

import asyncio
import math
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

KNOWN_SECONDS: Final = 30.0
"""Seconds for which what the store said is taken to be so still, unless something was ended meanwhile: a session whose
time is over is let in so much longer at the most."""

LOOKS_EVERY: Final = 1.0
"""Seconds between two looks at whether something was ended."""

REMEMBERED: Final = 5_000
"""Bearers remembered; the one that was looked up first is forgotten first."""


class Admission:
    """Asks the accounts, off the event loop; ``clock`` yields seconds that never go back."""

    def __init__(self, accounts: Accounts, clock: Callable[[], float] = time.monotonic) -> None:
        self._accounts, self._clock = accounts, clock
        self._known: OrderedDict[tuple[str, bool], tuple[float, Pass]] = OrderedDict()
        self._endings, self._looked = 0, -math.inf
        self._forgotten = 0
        """How often everybody was forgotten: what was asked before is not remembered after."""

    async def look(self, token: str, *, there: bool = True) -> Pass | None:
        """Return whom a token lets in; ``there``: the person does something, so their session is not idle."""
        key, now = (digest_of(token), there), self._clock()
        if now >= self._looked + LOOKS_EVERY:
            await self._forget_the_ended(now)
        known, forgotten = self._known.get(key), self._forgotten
        if known and now < known[0]:
            return known[1]
        found = await run_in_threadpool(self._accounts.look, token, there=there)
        self._known.pop(key, None)
        if found and forgotten == self._forgotten:
            self._known[key] = (now + KNOWN_SECONDS, found)
            if len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        return found

    def forget(self) -> None:
        """Look everybody up anew; for what this server ends itself."""
        self._known.clear()
        self._forgotten += 1

    async def _forget_the_ended(self, now: float) -> None:
        """Look everybody up anew if something was ended since the last look, or if that cannot be told."""
        self._looked = now  # before it is asked: those who come meanwhile go on with what is known
        try:
            endings = await run_in_threadpool(self._accounts.endings)
        except AccountsUnavailable:
            self.forget()
            raise
        if endings != self._endings:
            self._endings = endings
            self.forget()


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
            await asyncio.sleep(LOOKS_EVERY)
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
