"""A web server before a double of the desk, and browsers without a window for it."""

import asyncio
import json
import re
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio
from aiohttp import web

from console.commands.web import build_web
from console.web.place import place_of
from console.web.server import WebConsole
from console.web_settings import WebSettings
from tests.web.desk_double import PASSWORD, DeskDouble, listening

TAB = "11111111-2222-4333-8444-555555555555"
PUBLIC = "https://console.example"
PATIENCE = 60.0


@dataclass
class Site:
    """A web server that runs."""

    url: str
    """Where it listens."""
    origin: str
    """What browsers call it."""
    desk: DeskDouble
    server: WebConsole

    @property
    def headers(self) -> dict[str, str]:
        """What a browser on its pages sends."""
        return {"Host": self.origin.partition("//")[2], "Origin": self.origin}

    def pids(self) -> list[int]:
        """The processes of its consoles."""
        places = self.server._consoles._places.values()
        return [p.process._process.pid for p in places if p.process._process is not None]


@dataclass
class Visitor:
    """One browser: it keeps cookies, and opens tabs."""

    site: Site
    http: aiohttp.ClientSession

    async def sign_in(self, name: str = "robin", password: str = PASSWORD, **more: str) -> aiohttp.ClientResponse:
        """Send the form."""
        form = {"name": name, "password": password, **more}
        return await self.http.post(
            f"{self.site.url}/sign-in", data=form, headers=self.site.headers, allow_redirects=False
        )

    async def get(self, path: str, **headers: str) -> aiohttp.ClientResponse:
        """Ask for a page."""
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        return await self.http.get(f"{self.site.url}{path}", headers=self.site.headers | names, allow_redirects=False)

    @asynccontextmanager
    async def tab(self, name: str = TAB, size: tuple[int, int] = (100, 30), **headers: str) -> AsyncIterator["Tab"]:
        """Open the websocket of a tab."""
        query = f"tab={name}&width={size[0]}&height={size[1]}&zone=Europe/Paris"
        async with self.http.ws_connect(f"{self.site.url}/ws?{query}", headers=self.site.headers | headers) as ws:
            yield Tab(ws)


@dataclass
class Tab:
    """The page's end of a websocket."""

    socket: aiohttp.ClientWebSocketResponse
    painted: str = ""
    told: list[list[object]] = field(default_factory=list)

    async def until(self, holds: Callable[["Tab"], object]) -> None:
        """Read until ``holds``; the text on the screen stands in ``painted`` without its colours."""
        async with asyncio.timeout(PATIENCE):
            while not holds(self):
                message = await self.socket.receive()
                if message.type is aiohttp.WSMsgType.BINARY:
                    self.painted += re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", message.data.decode())
                elif message.type is aiohttp.WSMsgType.TEXT:
                    self.told.append(json.loads(message.data))
                else:
                    raise ConnectionResetError(self.socket.close_code)

    async def shows(self, text: str) -> None:
        """Read until a text was painted, or the line was cut."""
        await self.until(lambda tab: text in tab.painted)

    async def closed(self) -> int:
        """Read to the end and return why it was closed."""
        async with asyncio.timeout(PATIENCE):
            while not self.socket.closed:
                await self.socket.receive()
        return self.socket.close_code or 0

    async def press(self, keys: str) -> None:
        """Send keys as a terminal sends them."""
        await self.socket.send_json(["stdin", keys])


@asynccontextmanager
async def serving(desk: DeskDouble, public_url: str = "", **settings: object) -> AsyncIterator[Site]:
    """Run a web server before a desk."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        place = place_of("127.0.0.1", port, public_url)

        async def where() -> str:
            return desk.url

        server = build_web(WebSettings.model_validate(settings), place, where)
        runner = web.AppRunner(await server.make_app(), access_log=None, shutdown_timeout=1)
        await runner.setup()
        await web.SockSite(runner, listener).start()
        try:
            yield Site(f"http://127.0.0.1:{port}", public_url or f"http://127.0.0.1:{port}", desk, server)
        finally:
            await runner.cleanup()


@asynccontextmanager
async def visiting(site: Site) -> AsyncIterator[Visitor]:
    """Open a browser without a window."""
    jar = aiohttp.CookieJar(unsafe=True, treat_as_secure_origin=[site.url])
    async with aiohttp.ClientSession(cookie_jar=jar) as http:
        yield Visitor(site, http)


@pytest.fixture(autouse=True)
def _own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever people choose is kept in this test's folder."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


@pytest_asyncio.fixture
async def desk() -> AsyncIterator[DeskDouble]:
    """A double of the desk."""
    async with listening() as double:
        yield double


@pytest_asyncio.fixture
async def site(desk: DeskDouble) -> AsyncIterator[Site]:
    """A web server on this machine alone."""
    async with serving(desk) as site:
        yield site


@pytest_asyncio.fixture
async def visitor(site: Site) -> AsyncIterator[Visitor]:
    """Somebody who has not signed in."""
    async with visiting(site) as visitor:
        yield visitor


@pytest_asyncio.fixture
async def robin(visitor: Visitor) -> Visitor:
    """Somebody who has."""
    assert (await visitor.sign_in()).status == 303
    return visitor
