"""Signing in at the company's identity provider: the way there by the desk, and back with a code for one use."""

import base64
import hashlib
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from aiohttp import web

from console.web.place import Place
from console.web.reception import Wrong

THERE: Final = "/sign-in/provider"
BACK: Final = "/signed-in"
"""Our addresses; the desk's setting ``[oidc] consoles`` names the second one."""

MINUTES: Final = 10
"""Minutes that a person may take at the provider, as the desk has it."""

LONGEST_CODE: Final = 200


@dataclass(frozen=True, slots=True)
class ProviderWay:
    """The way to the provider; ``words`` stand on its button, and where there are none, there is no such way."""

    place: Place
    words: str
    desk: Callable[[], Awaitable[str]]
    """Returns the address under which browsers reach the desk."""

    @property
    def cookie(self) -> str:
        """The name of the cookie that holds the proof that a sign-in was begun in this browser."""
        return f"{self.place.cookie}-proof"

    async def begin(self, host: str) -> web.Response:
        """Send the browser to the desk, which sends it on to the provider; ``host`` is what the browser calls us."""
        proof = secrets.token_urlsafe(32)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(proof.encode()).digest()).rstrip(b"=").decode()
        scheme = "https" if self.place.secure else "http"
        asked = urlencode({"console": f"{scheme}://{host}{BACK}", "challenge": challenge})
        answer = web.Response(status=303, headers={"Location": f"{await self.desk()}/v1/oidc/start?{asked}"})
        # Lax: it must come along when the provider sends the browser back; it lets nobody in by itself
        answer.set_cookie(
            self.cookie,
            proof,
            max_age=60 * MINUTES,
            secure=self.place.secure,
            httponly=True,
            samesite="Lax",
            path="/",
        )
        return answer

    def came_back(self, request: web.Request) -> tuple[str, str]:
        """Return the code and the proof of a browser that came back; raises :class:`Wrong` where one is missing."""
        code, proof = request.query.get("code", ""), request.cookies.get(self.cookie, "")
        if not (code and proof) or max(len(code), len(proof)) > LONGEST_CODE:
            raise Wrong("This sign-in was not begun in this browser, or took too long. Begin again.")
        return code, proof

    def forget(self, answer: web.Response) -> None:
        """Take the proof back: it holds once."""
        answer.del_cookie(self.cookie, path="/", secure=self.place.secure, httponly=True, samesite="Lax")
