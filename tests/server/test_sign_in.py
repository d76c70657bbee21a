"""Signing in and out over HTTP, and sessions that end while a console is open."""

import asyncio
import json
import re
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from console.accounts.administration import Administration
from console.conversation.people import Role
from console.server import admission
from tests.accounts.making import PASSWORD
from tests.server.conftest import PEOPLE, Served
from tests.server.schemas import faults

NAME = PEOPLE[Role.LEAD]


@pytest.fixture
def administration(served: Served) -> Administration:
    """An administrator who has made one account."""
    administration = Administration(served.accounts, served.app.state.passwords)
    administration.add(NAME, [Role.LEAD, Role.AGENT], [], PASSWORD)
    return administration


async def begin(client: httpx.AsyncClient, **more: str) -> dict[str, str]:
    """Sign in, and go on as the person."""
    answer = await client.post("/v1/sign-in", json={"name": NAME, "password": PASSWORD, **more})
    assert answer.status_code == 200, answer.text
    begun: dict[str, str] = answer.json()
    client.headers["Authorization"] = f"Bearer {begun['token']}"
    return begun


async def test_a_session_is_begun_used_and_ended(served: Served, administration: Administration) -> None:
    """The answer is what the document says, and nothing on the way keeps it."""
    async with served.client(None) as client:
        begun = await begin(client)
        document = (await client.get("/openapi.json")).json()
        assert not list(faults(begun, document["components"]["schemas"]["SessionBegun"], document))
        assert (begun["id"], begun["name"], begun["role"]) == ("marta-quill", NAME, "lead")
        left = datetime.fromisoformat(begun["expires_at"]) - datetime.now(UTC)
        assert 11 < left.total_seconds() / 3600 <= 12
        assert (await client.get("/v1/me")).json()["agent"]["name"] == NAME
        assert (await client.get("/v1/report")).status_code == 200
        assert (await client.post("/v1/sign-out")).status_code == 204
        assert (await client.get("/v1/me")).status_code == 401


async def test_a_role_is_named_at_the_beginning(served: Served, administration: Administration) -> None:
    """And holds for the session."""
    async with served.client(None) as client:
        assert (await begin(client, role="agent"))["role"] == "agent"
        assert (await client.get("/v1/report")).status_code == 403
        refused = await client.post("/v1/sign-in", json={"name": NAME, "password": PASSWORD, "role": "admin"})
        assert (refused.status_code, refused.json()["error"]["code"]) == (403, "forbidden")


async def test_who_is_refused_is_told_one_thing_and_in_the_end_to_wait(
    served: Served, administration: Administration
) -> None:
    """With the seconds, and no way to tell which names there are."""
    async with served.client(None) as client:
        answers = {}
        for name in (NAME, "Nobody at all"):
            body = {"name": name, "password": "a wrong password"}
            answers[name] = [await client.post("/v1/sign-in", json=body) for _ in range(6)]
    known, unknown = (
        [(a.status_code, a.text, a.headers.get("retry-after")) for a in tried] for tried in answers.values()
    )
    clockless = re.compile(r"\d+")  # a second may pass between the two
    assert [re.sub(clockless, "", str(a)) for a in known] == [re.sub(clockless, "", str(a)) for a in unknown]
    assert [a[0] for a in known] == [a[0] for a in unknown]
    assert [status for status, _, _ in known] == [401] * 5 + [429]
    assert known[-1][2] in {"29", "30"}  # the first of the five counts, and a second may pass since
    assert "a wrong password" not in str(known)


@pytest.mark.parametrize(
    "body",
    [{}, {"name": NAME}, {"name": NAME, "password": 5}, {"name": NAME, "password": PASSWORD, "role": "king"}, [1], "x"],
)
async def test_a_body_that_does_not_fit_is_said_without_what_it_held(served: Served, body: object) -> None:
    """A password least of all."""
    async with served.client(None) as client:
        answer = await client.post("/v1/sign-in", json=body)
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "invalid")
    assert PASSWORD not in answer.text


async def test_a_name_in_a_password_field_of_a_megabyte_is_refused_at_the_door(served: Served) -> None:
    """Nothing hashes it."""
    async with served.client(None) as client:
        answer = await client.post("/v1/sign-in", json={"name": "x", "password": "y" * 300_000})
        assert answer.status_code == 413
        answer = await client.post("/v1/sign-in", json={"name": "x" * 100_000, "password": "y" * 100_000})
        assert answer.status_code == 401


async def test_another_processs_revocation_holds_within_seconds(
    served: Served, administration: Administration, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In one: what the store said is remembered until something was ended."""
    now = 0.0
    monkeypatch.setattr(served.app.state.admission, "_clock", lambda: now)
    async with served.client(None) as client:
        await begin(client)
        assert (await client.get("/v1/me")).status_code == 200
        administration.revoke_all(NAME)
        assert (await client.get("/v1/me")).status_code == 200
        now = admission.LOOKS_EVERY
        assert admission.LOOKS_EVERY <= 1
        assert (await client.get("/v1/me")).status_code == 401


async def test_who_is_known_costs_the_store_one_question_a_second_however_often_they_ask(
    served: Served, administration: Administration, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And is looked up again after a while, since sessions end by themselves, too."""
    now, asked = 0.0, []
    monkeypatch.setattr(served.app.state.admission, "_clock", lambda: now)
    for name in ("look", "endings"):
        real = getattr(served.accounts, name)

        def counted(*args: object, real: Any = real, name: str = name, **more: object) -> Any:  # noqa: ANN401
            asked.append(name)
            return real(*args, **more)

        monkeypatch.setattr(served.accounts, name, counted)
    async with served.client(None) as client:
        await begin(client)
        for _ in range(20):
            await client.get("/v1/inbox")
        assert asked == ["endings", "look"]
        now = 1.0
        await client.get("/v1/inbox")
        assert asked[2:] == ["endings"]
        now = admission.KNOWN_SECONDS
        await client.get("/v1/inbox")
        assert asked[3:] == ["endings", "look"]


async def test_what_is_being_looked_up_while_something_ends_is_not_remembered(
    served: Served, administration: Administration
) -> None:
    """The answer may be one of before."""
    async with served.client(None) as client:
        token = (await begin(client))["token"]
    door = served.app.state.admission
    await door.look(token)
    door.forget()
    found, real = [], served.accounts.look

    def slow(*args: Any, **more: Any) -> Any:  # noqa: ANN401 - what the accounts take and return
        found.append(real(*args, **more))
        administration.revoke_all(NAME)
        door.forget()
        return found[-1]

    served.accounts.look = slow  # type: ignore[method-assign]
    assert await door.look(token) is not None
    served.accounts.look = real  # type: ignore[method-assign]
    assert await door.look(token) is None


async def test_an_open_stream_ends_with_its_session(
    served: Served, administration: Administration, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cleanly, so that the console comes back and is told; streams of others go on."""
    monkeypatch.setattr(admission, "LOOKS_EVERY", 0.05)
    async with served.listening() as url, httpx.AsyncClient(base_url=url, timeout=10) as client:
        begun = await begin(client)
        mine = {"Authorization": f"Bearer {begun['token']}"}
        others = {"Authorization": f"Bearer {served.tokens[Role.AGENT]}"}
        async with client.stream("GET", "/v1/events", headers=others) as other:
            going_on = asyncio.create_task(other.aread())
            async with client.stream("GET", "/v1/events", headers=mine) as stream:
                reading = asyncio.create_task(stream.aread())
                await asyncio.sleep(0)
                administration.revoke_all(NAME)
                await asyncio.wait_for(reading, 10)
            assert (await client.get("/v1/events", headers=mine)).status_code == 401
            assert not going_on.done()
            going_on.cancel()


async def test_a_store_that_cannot_be_read_keeps_everybody_out_and_says_so(
    served: Served, administration: Administration
) -> None:
    """With 503: nobody is let in by mistake, and nobody is told that they are unknown."""
    served.accounts.close()
    (served.folder / "accounts.db").write_bytes(b"no database " * 1000)
    async with served.client(Role.AGENT) as client:
        answers = [
            await client.get("/v1/me"),
            await client.post("/v1/sign-in", json={"name": NAME, "password": PASSWORD}),
        ]
    assert [(a.status_code, json.loads(a.text)["error"]["code"]) for a in answers] == [(503, "accounts")] * 2
