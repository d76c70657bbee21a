"""The web server: pages, sign-in, and the websocket that joins a tab with its console."""

import asyncio
import hashlib
import secrets
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from aiohttp import web
from textual_serve.server import Server

from console.addresses import is_address
from console.web.consoles import Consoles, Full
from console.web.doorkeeper import Doorkeeper
from console.web.endings import BAD_FRAME, FAILED, FULL, SIGNED_OUT
from console.web.frames import LONGEST, BadFrame, tab_of, window_of, zone_of
from console.web.guard import SOCKET, dressed, guard
from console.web.headers import headers_of
from console.web.pages import STATIC, again_page, console_page, notice_page, sign_in_page
from console.web.place import Place
from console.web.process import Errand
from console.web.provider import BACK, THERE, ProviderWay
from console.web.reception import SignedIn, SignInError, TooOften
from console.web.sessions import Session, Sessions
from console.web.socket import SocketScreen, relay

FORM_LIMIT: Final = 8 * 1024
"""Bytes of a form."""

FORM_SECONDS: Final = 10.0
"""Seconds in which a form must have come."""

SWEEP_EVERY: Final = 1.0


@dataclass(frozen=True, slots=True)
class Behind:
    """What the server stands before: where the desk is, and where people's choices are kept."""

    desk: Callable[[], Awaitable[str]]
    """Returns the desk's base address; starts the desk where that is ours to do."""
    public_desk: str
    folder: Path
    company_sign_in: str = ""
    """Words on the button to the company's identity provider; empty: there is none."""


class WebConsole(Server):
    """textual-serve's server with a door: it serves nobody who has not signed in, and nothing from elsewhere."""

    def __init__(
        self, place: Place, behind: Behind, doorkeeper: Doorkeeper, sessions: Sessions, consoles: Consoles
    ) -> None:
        super().__init__("", title="Second Chair", public_url=place.url)
        self._place, self._behind = place, behind
        self._doorkeeper, self._sessions, self._consoles = doorkeeper, sessions, consoles
        self._provider = ProviderWay(place, behind.company_sign_in, self._public_desk)
        self._desk = ""

    async def make_app(self) -> web.Application:
        """Return the application; it sweeps and watches the desk while it runs."""
        app = web.Application(middlewares=[guard(self._place)], client_max_size=FORM_LIMIT)
        app.add_routes(
            [
                web.get("/", self.handle_index),
                web.get("/sign-in", self.handle_sign_in),
                web.post("/sign-in", self.handle_credentials),
                web.get(THERE, self.handle_to_provider),
                web.get(BACK, self.handle_vouched),
                web.post("/sign-out", self.handle_sign_out),
                web.get(SOCKET, self.handle_websocket),
                web.get("/static/{name}", self.handle_static),
            ]
        )
        app.on_response_prepare.append(dressed(self._place))
        app.cleanup_ctx.append(self._upkeep)
        app.on_shutdown.append(self.on_shutdown)
        return app

    async def on_shutdown(self, app: web.Application) -> None:
        """End every console, its drafts saved, and every session."""
        await self._consoles.close()
        self._sessions.end_all()
        await self._let_go()

    async def handle_index(self, request: web.Request) -> web.Response:
        """Show the console, or the way to the sign-in."""
        session = self._session(request)
        if session is None:
            if request.headers.get("Sec-Fetch-Site") == "cross-site":
                return _page(again_page())
            raise web.HTTPSeeOther("/sign-in")
        nonce = secrets.token_urlsafe(16)
        return _page(console_page(nonce, session.person.name), headers=headers_of(self._place, nonce))

    async def handle_sign_in(self, request: web.Request) -> web.Response:
        """Show the form."""
        if self._session(request) is not None:
            raise web.HTTPSeeOther("/")
        return _page(sign_in_page(company=self._provider.words))

    async def handle_credentials(self, request: web.Request) -> web.Response:
        """Sign somebody in."""
        form = await _form(request)
        name, password, token = (str(form.get(key, "")) for key in ("name", "password", "token"))
        try:
            person = await self._doorkeeper.admit(self._address(request), name, password, token)
        except SignInError as error:
            return self._refused(error, name)
        return self._entered(request, person)

    async def handle_to_provider(self, request: web.Request) -> web.Response:
        """Send somebody to the company's identity provider."""
        if not self._provider.words:
            raise web.HTTPNotFound
        return await self._provider.begin(request.headers["Host"].lower())

    async def handle_vouched(self, request: web.Request) -> web.Response:
        """Sign somebody in who comes back from the provider."""
        if not self._provider.words:
            raise web.HTTPNotFound
        try:
            code, proof = self._provider.came_back(request)
            person = await self._doorkeeper.admit_vouched(self._address(request), code, proof)
        except SignInError as error:
            answer = self._refused(error)
        else:
            answer = self._entered(request, person)
        self._provider.forget(answer)
        return answer

    async def handle_sign_out(self, request: web.Request) -> web.Response:
        """Sign this browser out and end its consoles."""
        self._sign_out(request)
        answer = _page(notice_page("Signed out", "You are signed out. Your drafts are kept."))
        answer.headers["Clear-Site-Data"] = '"storage"'
        answer.del_cookie(self._place.cookie, path="/", secure=self._place.secure, httponly=True, samesite="Strict")
        return answer

    async def handle_static(self, request: web.Request) -> web.StreamResponse:
        """Return a file of ours by its name."""
        found = STATIC.get(request.match_info["name"])
        if found is None:
            raise web.HTTPNotFound
        file, kind = found
        return web.FileResponse(file, headers={"Content-Type": kind, "Cache-Control": "no-cache"})

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """Join a tab with its console."""
        socket = web.WebSocketResponse(heartbeat=15, max_msg_size=LONGEST)
        await socket.prepare(request)
        session = self._session(request)
        if session is None:
            await socket.close(code=SIGNED_OUT)
            return socket
        try:
            await self._joined(request, socket, session)
        except BadFrame:
            await socket.close(code=BAD_FRAME)
        except Full:
            await socket.close(code=FULL)
        except (OSError, RuntimeError):
            await socket.close(code=FAILED)
        return socket

    async def _public_desk(self) -> str:
        return self._behind.public_desk or await self._behind.desk()

    async def _joined(self, request: web.Request, socket: web.WebSocketResponse, session: Session) -> None:
        query = request.query
        tab, window = tab_of(query.get("tab", "")), window_of(query.get("width"), query.get("height"))
        address = self._address(request)
        errand = Errand(
            await self._behind.desk(),
            session.person.token,
            self._behind.folder / hashlib.sha256(session.person.id.encode()).hexdigest()[:16],
            zone_of(query.get("zone", "")),
            self._behind.public_desk,
            address if is_address(address) else "",
        )
        screen = SocketScreen(socket, request)
        try:
            process = await self._consoles.attach(session, tab, window, errand, screen)
            await relay(socket, process, self._sessions, session)
        finally:
            self._consoles.detach(screen)
            await screen.gone()

    def _entered(self, request: web.Request, person: SignedIn) -> web.Response:
        """Begin a session, and end the one that this browser had."""
        self._sign_out(request)
        answer = web.Response(status=303, headers={"Location": "/"})
        answer.set_cookie(
            self._place.cookie,
            self._sessions.begin(person),
            secure=self._place.secure,
            httponly=True,
            samesite="Strict",
            path="/",
        )
        return answer

    def _refused(self, error: SignInError, name: str = "") -> web.Response:
        answer = _page(sign_in_page(str(error), name[:100], self._provider.words), status=error.status)
        if isinstance(error, TooOften):
            answer.headers["Retry-After"] = str(int(error.seconds) + 1)
        return answer

    def _session(self, request: web.Request) -> Session | None:
        cookie = request.cookies.get(self._place.cookie, "")
        return self._sessions.of(cookie) if cookie else None

    def _sign_out(self, request: web.Request) -> None:
        session = self._session(request)
        if session is not None:
            self._sessions.end(session)
            self._consoles.sweep()

    def _address(self, request: web.Request) -> str:
        """Return the browser's address; behind a proxy the one that the proxy added itself, the last."""
        lines = request.headers.getall("X-Forwarded-For", []) if self._place.secure else []
        forwarded = ",".join(lines)  # a proxy may add a line of its own below what a browser made up
        return forwarded.rpartition(",")[2].strip() or request.remote or ""

    async def _upkeep(self, _: web.Application) -> Any:  # noqa: ANN401 - an asynchronous generator, as aiohttp wants it
        task = asyncio.create_task(self._sweeping())
        yield
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task

    async def _sweeping(self) -> None:
        while True:
            await asyncio.sleep(SWEEP_EVERY)
            self._consoles.sweep()
            await self._let_go()
            if len(self._consoles):
                await self._follow_desk()

    async def _let_go(self) -> None:
        """End the tokens of those who have left, once their consoles have saved what was written."""
        ended = self._sessions.take_ended(lambda session: not self._consoles.has(session))
        await asyncio.gather(*(self._doorkeeper.leave(session.person) for session in ended))

    async def _follow_desk(self) -> None:
        with suppress(OSError, RuntimeError):
            desk = await self._behind.desk()
            if self._desk not in {"", desk}:
                self._consoles.desk_moved(desk)
            self._desk = desk


async def _form(request: web.Request) -> Mapping[str, object]:
    """Return the fields of a form, sent as our page sends it."""
    if request.content_type != "application/x-www-form-urlencoded":
        raise web.HTTPUnsupportedMediaType
    try:
        async with asyncio.timeout(FORM_SECONDS):
            return await request.post()
    except TimeoutError as error:
        raise web.HTTPRequestTimeout from error
    except (ValueError, LookupError) as error:  # a character set that there is not, or bytes that are none of it
        raise web.HTTPBadRequest from error


def _page(text: str, *, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    return web.Response(text=text, status=status, content_type="text/html", headers=headers)
