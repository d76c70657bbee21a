"""A person signs in in Chromium through Caddy, and the desk learns from where: the whole way that a team has it.

Chromium, Caddy with the files that operators get, ``secondchair web``, Caddy once more, two desk servers, PostgreSQL.
"""

import asyncio
import json
import os
import socket
import ssl
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path

import httpx
import pytest
from playwright.async_api import Browser, async_playwright, expect

from console.conversation.people import Role
from tests.accounts.making import PASSWORD
from tests.chat.test_page import CHROMIUM, FLAGS
from tests.commands.running import secondchair, wait_until
from tests.end_to_end.test_console_in_browser import Seat
from tests.store.desks import PostgresDesk
from tests.team.caddy import CADDY, WITHOUT, Front, before_all
from tests.team.serving import KEY, Running, start
from tests.team.test_accounts import administering

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CADDY is None, reason=WITHOUT),
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: sh tests/install-system.sh installs it"),
]

NAME, SEAT, STRANGER = "Robin Ashdale", "127.0.0.9", "127.0.0.66"
"""Who signs in, and two places in the network."""

PUBLIC = "https://console.example"


@pytest.fixture
def front(place: PostgresDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Front]:
    """Two desk servers, and a Caddy before them and before consoles in browsers."""
    monkeypatch.setenv("SECONDCHAIR_SERVER__BEHIND_PROXY", "true")
    monkeypatch.setenv("SECONDCHAIR_STORE__ADDRESS", place.address)
    monkeypatch.setenv("SECONDCHAIR_AUDIT_KEY", KEY)
    with administering(place) as administration:
        administration.add(NAME, [Role.AGENT], [], PASSWORD)
    running: list[Running] = []
    try:
        running.extend(start(tmp_path / name, place.address) for name in ("one", "two"))
        (tmp_path / "caddy").mkdir()
        with before_all(running, tmp_path / "caddy") as front, consoles(front, tmp_path):
            yield front
    finally:
        for server in running:
            server.process.kill()
            server.process.communicate()


@contextmanager
def consoles(front: Front, folder: Path) -> Iterator[None]:
    """Run ``secondchair web`` where Caddy expects it."""
    command = [sys.executable, "-m", "console", "web", "--server", front.desk, "--public-url", PUBLIC]
    command += ["--port", str(front.web), "--workspace", str(folder / "web")]
    environment = {**os.environ, "SSL_CERT_FILE": str(front.authority), "XDG_CONFIG_HOME": str(folder / "choices")}
    with (folder / "web.log").open("wb") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        wait_until(lambda: _listens(front.web) or process.poll() is not None, within=60)
        assert process.poll() is None, (folder / "web.log").read_text(encoding="utf-8")
        yield
    finally:
        process.terminate()
        process.wait(30)


def _listens(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


@asynccontextmanager
async def road(source: str, port: int) -> AsyncIterator[int]:
    """Hand all bytes on to a port as if from another machine; yields the port to come to."""

    async def copy(reading: asyncio.StreamReader, writing: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while data := await reading.read(65536):
                writing.write(data)
                await writing.drain()
        writing.close()

    async def serve(reading: asyncio.StreamReader, writing: asyncio.StreamWriter) -> None:
        theirs, ours = await asyncio.open_connection("127.0.0.1", port, local_addr=(source, 0))
        await asyncio.gather(copy(reading, ours), copy(theirs, writing), return_exceptions=True)

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()


@asynccontextmanager
async def browsing(front: Front, source: str) -> AsyncIterator[Browser]:
    """A browser on a machine of its own, that knows the consoles by their public name alone."""
    async with road(source, front.consoles) as port, async_playwright() as playwright:
        rules = f"--host-resolver-rules=MAP console.example 127.0.0.1:{port}"
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS, rules])
        yield browser
        await browser.close()


async def signs_in(browser: Browser, password: str) -> Seat:
    """Sign in, as far as that goes."""
    context = await browser.new_context(viewport={"width": 1280, "height": 800}, ignore_https_errors=True)
    seat = Seat(await context.new_page())
    seat.page.on("websocket", seat.listen)
    await seat.page.goto(PUBLIC)
    await seat.page.fill("#name", NAME)
    await seat.page.fill("#password", password)
    await seat.page.press("#password", "Enter")
    return seat


def claims_to_be_elsewhere(front: Front) -> httpx.Response:
    """Try to sign in at the desk itself, from the stranger's machine, and say that it is Robin's."""
    trusted = ssl.create_default_context(cafile=front.authority)
    with httpx.Client(transport=httpx.HTTPTransport(verify=trusted, local_address=STRANGER)) as http:
        claim = {"X-Forwarded-For": SEAT, "X-Real-IP": SEAT, "Forwarded": f"for={SEAT}"}
        body = {"name": NAME, "password": "a wild guess of somebody"}
        return http.post(f"{front.desk}/v1/sign-in", json=body, headers=claim, timeout=30)


async def test_who_signs_in_through_the_proxy_works_and_is_known_by_their_own_address(
    front: Front, tmp_path: Path
) -> None:
    """The console paints and lives; a guesser elsewhere is shut out, and the person at their place is not."""
    async with browsing(front, SEAT) as browser:
        seat = await signs_in(browser, PASSWORD)
        await seat.shows("F1 help")
        await seat.shows("live")
        keyboard = seat.page.keyboard
        await keyboard.press("Control+p")
        await keyboard.type("your password")
        await seat.shows("Where you sign in with one")
        await keyboard.press("Enter")
        await seat.shows("The new one once more")
        for typed in ("not my password", "another few plain words", "another few plain words"):
            await keyboard.type(typed)
            await keyboard.press("Enter")
        await seat.shows("The old password is wrong")

        async with browsing(front, STRANGER) as elsewhere:
            assert (await asyncio.to_thread(claims_to_be_elsewhere, front)).status_code == 401
            for _ in range(5):
                guesser = await signs_in(elsewhere, "a wild guess of somebody")
                await expect(guesser.page.locator(".trouble")).not_to_be_empty()
            await expect(guesser.page.locator(".trouble")).to_contain_text("Too many tries.")
        await (await signs_in(browser, PASSWORD)).shows("F1 help")

    def told(kind: str) -> list[dict[str, object]]:
        lines = secondchair("export", "--workspace", tmp_path / "one").out.splitlines()
        return [event["data"] for event in map(json.loads, lines) if event["kind"] == kind]

    wait_until(lambda: len(told("signed-in")) == 2)
    assert [entered["address"] for entered in told("signed-in")] == [SEAT, SEAT]
    refused = {(one["reason"], one["address"]) for one in told("sign-in-refused")}
    assert {address for reason, address in refused if reason == "wrong old password"} == {SEAT}
    assert {address for reason, address in refused if reason != "wrong old password"} == {STRANGER}
