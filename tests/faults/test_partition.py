"""A server that the network cuts off from its database: the others go on, and it does when the line is mended."""

import asyncio
import contextlib
import time
from pathlib import Path

import httpx
import psycopg
import pytest

from console.conversation.people import Role
from console.store.postgres.address import conninfo
from tests.desks import until
from tests.faults.networks import Network, network
from tests.faults.reaching import Page, Watch, Way
from tests.faults.slower import SLOWER
from tests.faults.team import Team, free_port
from tests.postgres import Server

TAKEN_OVER = 30.0
"""Seconds until the others can decide on what the lost server was deciding on: it has to be noticed first."""

MANY = 8
"""Decisions after which the line is cut: four go on at any time, so the cut comes in the middle of some."""


def test_the_database_looks_whether_a_server_is_still_there() -> None:
    """Within seconds, not after hours: what a lost server was deciding on stays locked until then."""
    port = free_port()
    database = Server(listen_addresses="127.0.0.1", port=str(port))
    try:
        database.start()
        with psycopg.connect(conninfo(f"postgresql://app@127.0.0.1:{port}/postgres")) as connection:
            shown = [
                connection.execute(f"show {name}".encode()).fetchone()
                for name in ("tcp_keepalives_idle", "tcp_keepalives_count", "tcp_user_timeout")
            ]
    finally:
        database.remove()
    assert shown == [("5",), ("3",), ("10000",)]


@pytest.mark.slow
async def test_a_server_without_its_database_is_put_out_and_comes_back(tmp_path: Path) -> None:
    """Twice: nothing acknowledged is lost, nothing is doubled, and no conversation stays locked."""
    with network() as line:
        database = Server(listen_addresses=line.database)
        with (database._data / "pg_hba.conf").open("a", encoding="utf-8") as rules:
            rules.write("host all all 10.77.0.0/16 trust\n")
        with Team(tmp_path / "team", servers=0, database=database) as team:
            _add(team, line)
            for member in team.members:
                member.start()
                member.wait(assists=True, within=240)
            for turn in range(2):
                await _cut_and_healed(team, line, turn)
            print(team.verify())


def _add(team: Team, line: Network) -> None:
    """Add a server beside the database, and one that reaches it over the line."""
    team.add(demo=False)
    behind = {
        "SECONDCHAIR_SERVER__BEHIND_PROXY": "true",
        "SECONDCHAIR_SERVER__PROXIES": line.clients,
        "SECONDCHAIR_SERVER__HOSTS": line.server,
    }
    away = team.add(address=f"postgresql://app@{line.database}/postgres", demo=False, **behind)
    away.before, away.host = line.inside, line.server


async def _cut_and_healed(team: Team, line: Network, turn: int) -> None:
    async with asyncio.timeout(180):
        await _cut(team, line, turn)


async def _cut(team: Team, line: Network, turn: int) -> None:
    here, away = team.urls
    watch = Watch(Way([here], team.token("Marta Quill", Role.LEAD)))
    following = asyncio.create_task(watch.run())
    pages = [Page(Way([url])) for url in (here, away)]
    for number, page in enumerate(pages):
        await page.open(team.vouches(f"customer-{number}", f"Customer {number}"))
        await page.writes(f"before the cut #{turn}.{number}", f"before-{turn}-{number:04d}")
        await watch.came(f"before the cut #{turn}.{number}")
    name = watch.texts[f"before the cut #{turn}.1"][1]
    decided: list[int] = []
    deciding = asyncio.create_task(_decide_on(away, team.token("Robin Ashdale"), name, decided))
    await until(lambda: len(decided) > MANY, within=60)
    await asyncio.to_thread(line.cut)
    cut = time.perf_counter()
    try:
        late = asyncio.create_task(pages[1].writes(f"while cut off #{turn}", f"late-{turn}-000001"))
        await pages[0].writes(f"beside the cut #{turn}", f"beside-{turn}-0001")
        flows = await watch.came(f"beside the cut #{turn}") - cut
        said_no = await asyncio.to_thread(_not_ready, away, 15.0) - cut
        helped = await watch.helped(f"beside the cut #{turn}") - cut
        decides = await _decided(here, team.token("Nora Vale", Role.LEAD), name) - cut
        assert not late.done(), "acknowledged, and cannot be kept"
    finally:
        await asyncio.to_thread(line.heal)
    healed = time.perf_counter()
    deciding.cancel()
    await asyncio.wait_for(late, 60)
    back = await watch.came(f"while cut off #{turn}") - healed
    following.cancel()
    await asyncio.gather(following, deciding, return_exceptions=True)
    for way in (watch.way, *(page.way for page in pages)):
        await way.close()
    said = [text for _, text in team.said()]
    assert len(said) == len(set(said))
    assert watch.doubled == 0
    print(
        f"flows {flows:.1f} s, assistance {helped:.1f} s, the lost one says so {said_no:.1f} s, "
        f"its conversation can be decided on {decides:.1f} s, back {back:.1f} s after the line"
    )
    assert decides < SLOWER * TAKEN_OVER


async def _decide_on(url: str, token: str, name: str, decided: list[int]) -> None:
    """Decide on a conversation again and again, so that the cut comes in the middle of it; ``decided`` counts."""
    heads = {"Authorization": f"Bearer {token}"}
    async with httpx.AsyncClient(base_url=url, headers=heads, timeout=60) as client:

        async def decide(number: int) -> None:
            while True:
                with contextlib.suppress(httpx.TransportError):
                    body = {"text": f"note {number}", "key": f"{time.time()}"}
                    await client.post(f"/v1/conversations/{name}/claim")
                    await client.post(f"/v1/conversations/{name}/notes", json=body)
                    decided.append(number)
                await asyncio.sleep(0)

        await asyncio.gather(*(decide(number) for number in range(4)))


async def _decided(url: str, token: str, name: str) -> float:
    """Return when a lead could whisper in the conversation; a note of theirs needs the same lock."""
    heads = {"Authorization": f"Bearer {token}"}
    async with httpx.AsyncClient(base_url=url, headers=heads, timeout=60) as client:
        while True:
            answer = await client.post(f"/v1/conversations/{name}/claim")
            if answer.status_code < 500:
                return time.perf_counter()


def _not_ready(url: str, within: float) -> float:
    """Return when a server said that it is not to be sent requests."""
    end = time.perf_counter() + within
    while time.perf_counter() < end:
        with contextlib.suppress(httpx.TransportError):
            if httpx.get(f"{url}/ready", timeout=5).status_code == 503:
                return time.perf_counter()
    raise AssertionError("it went on saying that it serves")
