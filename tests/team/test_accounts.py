"""Two servers on one PostgreSQL, each a process: what one knows of accounts, the other knows; attempts count together.

The times are those of a whole round: a request to the one server, and the next one to the other.
"""

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from console.accounts.administration import Administration
from console.accounts.opening import open_accounts
from console.conversation.people import Role
from console.sign_in_settings import SignInSettings
from console.workspace import Workspace
from tests.accounts.making import PASSWORD, fast_passwords
from tests.commands.running import wait_until
from tests.store.desks import PostgresDesk
from tests.team.serving import Running, start

pytestmark = pytest.mark.slow

WITHIN = 2.0
"""Seconds in which what one server ended is ended on the other; a look takes one, and a loaded machine its time."""

NEW = "another few plain words"


@pytest.fixture
def servers(place: PostgresDesk, tmp_path: Path) -> Iterator[tuple[Running, Running]]:
    """Two servers, with an administrator and an agent among the staff."""
    running: list[Running] = []
    try:
        running.extend(start(tmp_path / name, place.address) for name in ("one", "two"))
        with administering(place) as administration:
            administration.add("Ada Birch", [Role.ADMIN], [], PASSWORD)
            administration.add("Robin Ashdale", [Role.AGENT], [], PASSWORD)
        yield running[0], running[1]
    finally:
        for server in running:
            server.process.kill()
            server.process.communicate()


@contextmanager
def administering(place: PostgresDesk) -> Iterator[Administration]:
    """Administer the accounts as the command line does."""
    accounts = open_accounts(Workspace(place.workspace), SignInSettings(), place.address)
    try:
        yield Administration(accounts, fast_passwords())
    finally:
        accounts.close()


def asked(server: Running, verb: str, path: str, token: str = "", body: object = None) -> httpx.Response:
    """Ask a server as whoever has this token."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return httpx.request(verb, f"{server.url}{path}", headers=headers, json=body, timeout=20)


def signed_in(server: Running, name: str, password: str = PASSWORD) -> str:
    """Return the token of a new session."""
    answer = asked(server, "POST", "/v1/sign-in", body={"name": name, "password": password})
    assert answer.status_code == 200, answer.text
    return str(answer.json()["token"])


def knows(server: Running, token: str) -> bool:
    """Whether a server lets a token in."""
    return asked(server, "GET", "/v1/me", token).status_code == 200


def seconds_until(holds: Callable[[], bool]) -> float:
    """Return how long something took to come true."""
    began = time.monotonic()
    wait_until(holds, within=20)
    return time.monotonic() - began


def test_each_server_says_at_its_start_that_it_has_the_teams_log(servers: tuple[Running, Running]) -> None:
    """A server that was not told of the database looks the same, and has a queue to itself."""
    for server in servers:
        assert server.process.stderr is not None
        line = next(line for line in server.process.stderr if "listens on" in line)
        assert "Its log lies in the database app@" in line


def test_what_is_made_on_one_server_is_known_on_the_other_and_what_is_ended_is_not(
    servers: tuple[Running, Running], place: PostgresDesk
) -> None:
    """A token made over HTTP at once; a session, a token and a person that were ended within two seconds."""
    one, two = servers
    admin = signed_in(one, "Ada Birch")
    made = asked(one, "POST", "/v1/tokens", admin, {"role": "agent", "name": "Sam Oldfield"}).json()["token"]
    assert knows(two, made)
    assert asked(one, "POST", "/v1/sign-out", made).status_code == 204
    assert not knows(one, made)
    assert seconds_until(lambda: not knows(two, made)) < WITHIN
    robin = signed_in(two, "Robin Ashdale")
    with administering(place) as administration:
        token, _ = administration._accounts.keep(Role.AGENT, "Robin Ashdale", label="nightly")
        assert knows(one, robin)
        assert knows(one, token)
        administration._accounts.keep(Role.AGENT, "Robin Ashdale", label="nightly")
        assert seconds_until(lambda: not knows(one, token)) < WITHIN
        administration.set_active("Robin Ashdale", active=False)
        assert seconds_until(lambda: not knows(one, robin)) < WITHIN


async def test_an_open_stream_on_the_other_server_ends_within_three_seconds(servers: tuple[Running, Running]) -> None:
    """Its own look comes after the server's."""
    one, two = servers
    token = await asyncio.to_thread(signed_in, one, "Robin Ashdale")
    headers = {"Authorization": f"Bearer {token}"}
    async with httpx.AsyncClient(base_url=two.url, headers=headers, timeout=20) as client:
        async with client.stream("GET", "/v1/events") as stream:
            lines = stream.aiter_lines()
            await anext(lines)
            began = time.monotonic()
            assert (await client.post(f"{one.url}/v1/sign-out")).status_code == 204
            async for _ in lines:
                continue
            assert time.monotonic() - began < WITHIN + 1
        assert (await client.get("/v1/events")).status_code == 401


def test_another_password_holds_on_both_servers_and_wrong_tries_count_on_both_together(
    servers: tuple[Running, Running],
) -> None:
    """Five in all, wherever they are made, at the door and in the dialog; the old password ends everywhere."""
    one, two = servers
    here, there = signed_in(one, "Robin Ashdale"), signed_in(two, "robin ashdale")
    assert asked(one, "POST", "/v1/me/password", here, {"old": PASSWORD, "new": NEW}).status_code == 204
    assert seconds_until(lambda: not knows(two, there)) < WITHIN
    assert knows(two, here)
    wrong = {"name": "Robin Ashdale", "password": PASSWORD}
    tries = [asked((one, two)[n % 2], "POST", "/v1/sign-in", body=wrong).status_code for n in range(4)]
    assert tries == [401] * 4
    assert asked(two, "POST", "/v1/me/password", here, {"old": PASSWORD, "new": NEW + "!"}).status_code == 400
    for server in servers:
        assert asked(server, "POST", "/v1/sign-in", body={**wrong, "password": NEW}).status_code == 429
        assert asked(server, "POST", "/v1/me/password", here, {"old": NEW, "new": PASSWORD}).status_code == 429
