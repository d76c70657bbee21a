"""A double of the desk server, over real HTTP: only who signs in, by the contract of those routes.

``POST /v1/sign-in {"name", "password"}`` and ``/v1/sign-in/code {"code", "verifier"}`` answer ``{"token", "id", "name",
"role", "expires_at"}``; ``POST /v1/sign-out`` ends the token, ``GET /v1/me`` says whose one is. Everything else it does
not know.
"""

import base64
import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from aiohttp import web

PASSWORD = "correct horse battery staple"
TOKEN = "a-token-that-robin-was-given"
CODE = "a-code-for-one-use"
PEOPLE = {"robin": "Robin Ashdale", "marta": "Marta Quill"}


@dataclass
class DeskDouble:
    """What it was asked, and how it behaves."""

    url: str = ""
    asked: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    """From where each request came, as it was told."""
    lasts: timedelta = timedelta(hours=8)
    """How long tokens hold."""
    passwords: bool = True
    """Whether it knows passwords at all."""
    challenge: str = ""
    """What the sign-in at a provider was begun with."""
    answers: int = 0
    """A status that it answers everything with; 0: as it should."""

    async def sign_in(self, request: web.Request) -> web.Response:
        """Exchange a name and a password for a token."""
        self.asked.append("sign-in")
        self.addresses.append(request.headers.get("X-Forwarded-For", ""))
        if self.answers or not self.passwords:
            return web.json_response({"error": {"code": "x", "message": "no"}}, status=self.answers or 404)
        body = await request.json()
        name = body["name"].casefold()
        if name not in PEOPLE or body["password"] != PASSWORD:
            return web.json_response({"error": {"code": "unauthorised", "message": "no"}}, status=401)
        until = datetime.now(UTC) + self.lasts
        return web.json_response(
            {
                "token": f"made-for-{name}",
                "id": name,
                "name": PEOPLE[name],
                "role": "agent",
                "expires_at": until.isoformat(),
            }
        )

    async def code(self, request: web.Request) -> web.Response:
        """Exchange a code and the proof that it was begun here."""
        self.asked.append("code")
        self.addresses.append(request.headers.get("X-Forwarded-For", ""))
        body = await request.json()
        if (body["code"], _challenge(body["verifier"])) != (CODE, self.challenge):
            return web.json_response({"error": {"code": "unauthorised", "message": "no"}}, status=401)
        until = datetime.now(UTC) + self.lasts
        person = {"id": "marta", "name": PEOPLE["marta"], "role": "lead", "expires_at": until.isoformat()}
        return web.json_response({"token": "made-for-marta", **person})

    async def sign_out(self, request: web.Request) -> web.Response:
        """End a token."""
        self.asked.append("sign-out " + request.headers.get("Authorization", "").removeprefix("Bearer "))
        return web.Response(status=204)

    async def me(self, request: web.Request) -> web.Response:
        """Say whose a token is."""
        self.asked.append("me")
        self.addresses.append(request.headers.get("X-Forwarded-For", ""))
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            return web.json_response({"error": {"code": "unauthorised", "message": "no"}}, status=401)
        agent = {"id": "robin", "name": "Robin Ashdale", "role": "agent"}
        return web.json_response({"agent": agent, "desk": "Double", "version": "0", "presence": "online"})


def _challenge(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


@asynccontextmanager
async def listening() -> AsyncIterator[DeskDouble]:
    """Serve a double on a port of this machine."""
    double = DeskDouble()
    app = web.Application()
    app.router.add_post("/v1/sign-in", double.sign_in)
    app.router.add_post("/v1/sign-in/code", double.code)
    app.router.add_post("/v1/sign-out", double.sign_out)
    app.router.add_get("/v1/me", double.me)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    double.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield double
    finally:
        await runner.cleanup()
