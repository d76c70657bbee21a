"""Customers and consoles behind the proxy that operators get a file for: a real Caddy, before real servers."""

import asyncio
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.store.desks import PostgresDesk
from tests.team.caddy import CADDY, CADDYFILE, WITHOUT, ThroughCaddy, adapted, for_browsers, in_front
from tests.team.serving import Follower, Running, start
from tests.team.test_draining import CHAT, chat, staff

pytestmark = pytest.mark.skipif(CADDY is None, reason=WITHOUT)


@pytest.fixture
def behind(place: PostgresDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Running]]:
    """Two servers that a proxy on this machine passes requests to."""
    monkeypatch.setenv("SECONDCHAIR_SERVER__BEHIND_PROXY", "true")
    running: list[Running] = []
    try:
        running.extend(start(tmp_path / name, place.address) for name in ("one", "two"))
        yield running
    finally:
        for server in running:
            server.process.kill()
            server.process.communicate()


def test_caddy_takes_the_files_that_operators_get(tmp_path: Path) -> None:
    """The one in deploy, and the one for consoles in browsers that stands in a page."""
    assert "/ready" in adapted(CADDYFILE.read_text(encoding="utf-8"), tmp_path)
    assert "8630" in adapted(for_browsers(), tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL], ids=["told to end", "killed"])
async def test_who_writes_and_who_reads_stay_served_when_a_server_goes(
    how: signal.Signals, behind: list[Running], place: PostgresDesk, tmp_path: Path
) -> None:
    """Through the proxy alone; lines come as they are written, nothing is lost and nothing comes twice."""
    folder = tmp_path / "caddy"
    folder.mkdir()
    with in_front(behind, folder) as caddy:
        browser, desk = ThroughCaddy([caddy]), ThroughCaddy([caddy], staff(place))
        page, console = Follower(browser, CHAT), Follower(desk, "/v1/events?after=0")
        await browser.post("/chat/session", {})
        following = [asyncio.create_task(follower.run()) for follower in (page, console)]
        told = asyncio.Event()
        writing = asyncio.create_task(chat(browser, page, told))
        await console.until("message 3.")
        behind[0].process.send_signal(how)
        await asyncio.to_thread(behind[0].process.wait, 30)
        before = max(number for number, _ in page.seen)
        await page.until(f"message {before + 3}.")
        told.set()
        written = await asyncio.wait_for(writing, 30)
        await console.until(f"message {written}.")
        for task in following:
            task.cancel()
        await asyncio.gather(*following, return_exceptions=True)
        assert caddy.asks("/metrics").status_code == 404
        await browser.close()
        await desk.close()

    for follower in (page, console):
        assert [follower.times(f"message {n}.") for n in range(1, written + 1)] == [1] * written
