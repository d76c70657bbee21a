"""A server that is told to end hands its customers, consoles and work to another; with real processes."""

import asyncio
import signal
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from console.accounts.opening import open_accounts
from console.conversation.people import Role
from console.sign_in_settings import SignInSettings
from console.workspace import Workspace
from tests.commands.running import wait_until
from tests.store.desks import PostgresDesk
from tests.team.serving import Follower, Proxy, Running, parts, start

pytestmark = pytest.mark.slow

CHAT = "/chat/events"


@pytest.fixture
def team(place: PostgresDesk, tmp_path: Path) -> Iterator[tuple[Running, Running]]:
    """Two servers that share the work evenly."""
    running: list[Running] = []
    try:
        running.extend(start(tmp_path / name, place.address) for name in ("one", "two"))
        wait_until(lambda: [parts(server) for server in running] == [32, 32], within=60)
        yield running[0], running[1]
    finally:
        for server in running:
            server.process.kill()
            server.process.communicate()


def staff(place: PostgresDesk) -> dict[str, str]:
    """Return the heads of a lead, whom all servers know."""
    accounts = open_accounts(Workspace(place.workspace), SignInSettings(), place.address)
    token, _ = accounts.keep(Role.LEAD, "Marta Quill")
    accounts.close()
    return {"Authorization": f"Bearer {token}"}


async def chat(proxy: Proxy, page: Follower, told: asyncio.Event) -> int:
    """Write message after message, each once the one before is on the page, until told to stop; return how many."""
    count = 0
    while not told.is_set():
        count += 1
        await proxy.post("/chat/messages", {"text": f"message {count}.", "key": f"message-{count:08d}"})
        await page.until(f"message {count}.")
    return count


async def test_a_customer_and_a_console_move_to_the_other_server(
    team: tuple[Running, Running], place: PostgresDesk
) -> None:
    """While the customer writes on; nothing is lost, nothing comes twice, and the one that ends says 0."""
    one, two = team
    heads = staff(place)
    browser, desk = Proxy(team), Proxy(team, heads)
    page, console = Follower(browser, CHAT), Follower(desk, "/v1/events?after=0")
    await browser.post("/chat/session", {})
    tasks = [asyncio.create_task(follower.run()) for follower in (page, console)]
    told = asyncio.Event()
    writing = asyncio.create_task(chat(browser, page, told))
    await console.until("message 3.")
    one.process.send_signal(signal.SIGTERM)
    drained = await asyncio.to_thread(_drained, one, heads)
    code = await asyncio.to_thread(one.process.wait, 30)
    before = max(number for number, _ in page.seen)
    await page.until(f"message {before + 3}.")
    told.set()
    written = await asyncio.wait_for(writing, 30)
    name = next(data["conversation"] for _, data in console.seen if data["kind"] == "conversation-opened")
    await desk.post(f"/v1/conversations/{name}/claim", None)
    await desk.post(f"/v1/conversations/{name}/messages", {"text": "I am with you.", "key": "reply-1"})
    await page.until("I am with you.")
    await console.until("I am with you.")
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await browser.close()
    await desk.close()

    assert (drained, code) == ((503, True, 503), 0), one.process.communicate()[1]
    assert await asyncio.to_thread(parts, two) == 64
    numbers = [number for number, _ in console.seen]  # some events no console is sent
    assert numbers == sorted(set(numbers))
    for follower in (page, console):
        assert [follower.times(f"message {n}.") for n in range(1, written + 1)] == [1] * written
        assert follower.times("I am with you.") == 1
        leaving = [event for event in follower.others if event.event == "leaving"]
        assert len(leaving) == 1
        assert 200 <= int(leaving[0].retry or 0) <= 1_500


def _drained(server: Running, heads: dict[str, str]) -> tuple[int, bool, int]:
    """Return what a server that ends says of itself, and to who would follow it from now on."""
    wait_until(lambda: server.asks("/ready").status_code == 503, within=5)
    ready = server.asks("/ready")
    refused = httpx.get(f"{server.url}/v1/events", headers=heads, timeout=10)
    return ready.status_code, ready.json()["draining"], refused.status_code
