"""Every route: what it returns, who may ask, and what is said of a bad request."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from console.conversation.people import Role
from console.desk.desk import Desk
from console.server.faults import BODY_LIMIT, BodyLimit
from tests.accounts.making import new_accounts
from tests.desks import Clock, arrive, suggest, suggestion
from tests.server.authorisation import CONVERSATION
from tests.server.conftest import PEOPLE, Served


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("messages", b"{broken", "body"),
        ("messages", b'{"key": "k"}', "body.text"),
        ("messages", b'{"text": 5, "key": "k"}', "body.text"),
        ("messages", b'{"text": "\\ud800", "key": "k"}', "body.text"),
        ("messages", b'{"text": "x", "key": "\\ud800"}', "body.key"),
        ("messages", b'{"text": "x", "key": "k", "passed": [{"flag": "\\udfff", "reason": ""}]}', "body.passed.0.flag"),
        ("notes", b'{"text": "x", "key": "\\ud800"}', "body.key"),
        ("approvals/a-1", b'{"approved": "yes"}', "body.approved"),
        ("close", b'{"disposition": "solved", "resolved": 1}', "body.resolved"),
        ("typing", b'{"active": "true"}', "body.active"),
        ("messages", b"\xff\xfe", "body"),
        ("messages", b"[]", "body"),
        ("messages", b'{"text": ' + b"[" * 900 + b"]" * 900 + b"}", "body"),
        ("messages", b"[" * 100_000, "body"),
        ("rate", b'{"suggestion": "s", "stars": "many"}', "body.stars"),
        ("typing", b"", "body"),
    ],
)
async def test_an_invalid_body_is_one_line_that_names_the_field(
    served: Served, path: str, body: bytes, field: str
) -> None:
    """Never a traceback, never a page."""
    await arrive(served.desk)
    async with served.client(Role.LEAD) as client:
        headers = {"Content-Type": "application/json"}
        answer = await client.post(f"/v1/conversations/c1/{path}", content=body, headers=headers)
    error = answer.json()["error"]
    assert answer.status_code in {400, 422}
    assert field in error["message"] or answer.status_code == 400
    assert "\n" not in error["message"]


async def test_a_draft_that_cannot_be_written_is_refused(served: Served) -> None:
    """It is kept as it is, so that it must be text."""
    await arrive(served.desk)
    async with served.client() as client:
        headers = {"Content-Type": "application/json"}
        answer = await client.put("/v1/conversations/c1/draft", content=b'{"text": "\\ud800"}', headers=headers)
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "invalid")
    assert "body.text" in answer.json()["error"]["message"]


@pytest.mark.parametrize("announced", [True, False])
async def test_a_body_over_the_limit_is_refused(served: Served, announced: bool) -> None:
    """Whether it says so beforehand or comes in pieces."""
    await arrive(served.desk)
    body = json.dumps({"text": "x" * (BODY_LIMIT + 1)}).encode()

    async def pieces() -> Any:  # noqa: ANN401 - an async iterator of bytes
        for start in range(0, len(body), 50_000):
            yield body[start : start + 50_000]

    async with served.client() as client:
        answer = await client.put(
            "/v1/conversations/c1/draft",
            content=body if announced else pieces(),
            headers={"Content-Type": "application/json"},
        )
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "too-large")


async def test_a_body_that_does_not_come_is_not_waited_for(served: Served) -> None:
    """It is read before it is known who asks."""

    async def drops() -> AsyncIterator[bytes]:
        yield b'{"text": '
        await asyncio.Event().wait()

    transport = httpx.ASGITransport(BodyLimit(served.app, seconds=0.05))
    async with httpx.AsyncClient(transport=transport, base_url="http://desk") as client, asyncio.timeout(10):
        answer = await client.put("/v1/conversations/c1/draft", content=drops())
    assert (answer.status_code, answer.json()["error"]["code"]) == (408, "slow")


async def test_hostile_text_comes_out_harmless(served: Served) -> None:
    """What an agent pastes is cleaned like what a customer writes; markup stays text."""
    await arrive(served.desk, "c1", "[@click=app.quit]x[/] <script>\x1b[2J\u202e")
    async with served.client() as client:
        await client.post("/v1/conversations/c1/claim")
        body = {"text": "hello\x1b[2J\u202e <b>", "key": "k1"}
        assert (await client.post("/v1/conversations/c1/messages", json=body)).json()["sent"]
        page = (await client.get("/v1/conversations/c1")).json()
        strange = await client.get("/v1/conversations/..%2f%00%1b[2J")
        found = await client.get("/v1/search", params={"q": "\u202e\x1b[2J' OR 1=1 --"})
    texts = [m["text"] for m in page["conversation"]["messages"]]
    assert texts == ["[@click=app.quit]x[/] <script>[2J", "hello[2J <b>"]
    assert strange.status_code == 404
    assert found.status_code == 200
    assert "\x1b" not in found.text


async def test_a_key_used_for_another_text_is_a_conflict(served: Served) -> None:
    """Said in one line; the console can tell it from a text that a policy stopped."""
    await arrive(served.desk)
    async with served.client() as client:
        await client.post("/v1/conversations/c1/claim")
        await client.post("/v1/conversations/c1/messages", json={"text": "one", "key": "k1"})
        answer = await client.post("/v1/conversations/c1/messages", json={"text": "two", "key": "k1"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "key-reused")


async def test_an_unknown_address_or_verb_is_said_in_one_line(served: Served) -> None:
    """In the same shape as any other fault."""
    async with served.client() as client:
        missing, verb = await client.get("/v1/nothing"), await client.delete("/v1/me")
        slash = await client.get("/v1/me/", headers={"Host": "evil.example"})
    assert (slash.status_code, "evil" in str(slash.headers)) == (404, False)
    assert (missing.status_code, missing.json()["error"]["code"]) == (404, "not-found")
    assert (verb.status_code, verb.json()["error"]["code"]) == (405, "method")


async def test_sources_are_shown_with_the_passage_marked(served: Served) -> None:
    """Articles and policies; what is gone is said so."""
    async with served.client() as client:
        passage = "counts as lost after seven days"
        article = (await client.get("/v1/sources/article", params={"id": "lost.md", "passage": passage})).json()
        policy = (await client.get("/v1/sources/policy", params={"id": "refund"})).json()
        shipped = (await client.get("/v1/sources/policy", params={"id": "bereavement"})).json()
        built_in = (await client.get("/v1/sources/policy", params={"id": "prompt-injection"})).json()
        gone = await client.get("/v1/sources/macro", params={"id": "none"})
        odd = await client.get("/v1/sources/rumour", params={"id": "x"})
    assert article["text"][article["start"] : article["end"]] == passage
    assert (policy["title"], policy["note"], policy["text"]) == ("Refunds", "§2", "Ask a lead first.")
    assert shipped["note"] == "Care: bereavement · comes with Second Chair"
    assert (built_in["title"], built_in["note"]) == ("Text that tries to give instructions to the software", "built in")
    assert (gone.status_code, odd.status_code) == (404, 422)


async def test_closed_conversations_are_listed_when_asked_for(served: Served) -> None:
    """Not otherwise; presences come along."""
    await arrive(served.desk, "c1")
    await arrive(served.desk, "c2")
    async with served.client() as client:
        await client.put("/v1/presence", json={"presence": "break"})
        await client.post("/v1/conversations/c1/claim")
        await client.post("/v1/conversations/c1/close", json={"disposition": "solved", "resolved": True})
        open_, all_ = (await client.get("/v1/inbox")).json(), (await client.get("/v1/inbox?closed=true")).json()
        me = (await client.get("/v1/me")).json()
    assert [row["id"] for row in open_["rows"]] == ["c2"]
    assert {row["id"] for row in all_["rows"]} == {"c1", "c2"}
    assert open_["presences"] == {"robin-ashdale": "break"}
    assert (me["presence"], me["desk"], me["agent"]["name"]) == ("break", "Test desk", PEOPLE[Role.AGENT])


async def test_a_minted_token_works_at_once(served: Served) -> None:
    """For the role it was made for."""
    async with served.client(Role.ADMIN) as client:
        minted = (await client.post("/v1/tokens", json={"role": "lead", "name": " Ola  Nordmann"})).json()
        blank = await client.post("/v1/tokens", json={"role": "lead", "name": "  "})
        hidden = await client.post("/v1/tokens", json={"role": "lead", "name": "Ola\u202e Nordmann"})
    assert minted["agent"] == {"id": "ola-nordmann", "name": "Ola Nordmann", "role": "lead"}
    assert (blank.status_code, hidden.status_code) == (400, 400)
    async with served.client(None) as client:
        client.headers["Authorization"] = f"Bearer {minted['token']}"
        assert (await client.get("/v1/report")).status_code == 200


async def test_before_the_engine_is_there_look_ups_say_why(desk: Any, tmp_path: Any) -> None:  # noqa: ANN401
    """With 503, in words for the agent."""
    from console.server.app import create_app

    bare = Desk(desk.live.log, desk.assistant)
    accounts = new_accounts(tmp_path)
    token, _ = accounts.mint(Role.AGENT, "Robin")
    headers = {"Authorization": f"Bearer {token}"}
    transport = httpx.ASGITransport(create_app(bare, accounts))
    async with httpx.AsyncClient(transport=transport, base_url="http://desk", headers=headers) as client:
        answer = await client.get("/v1/search", params={"q": "x"})
        assert (answer.status_code, answer.json()["error"]["code"]) == (503, "not-ready")
        ready = await client.get("/ready")
        assert (ready.status_code, ready.json()["ready"], ready.json()["knowledge"]) == (200, False, False)
        assert ready.json()["assist"] == bare.assistance.status


async def test_assistance_is_hidden_and_shown_over_http(served: Served) -> None:
    """By who has the conversation; meanwhile nothing is completed."""
    await arrive(served.desk)
    await suggest(served.desk, suggestion("I can reship it today."))
    async with served.client(Role.AGENT) as client:
        there = f"{CONVERSATION}".format(conversation="c1")
        await client.post(f"{there}/claim")
        assert (await client.get(f"{there}/completions")).json()["shortest"] == 3
        assert (await client.put(f"{there}/assistance", json={"hidden": True})).status_code == 204
        page = (await client.get(there)).json()["conversation"]
        assert (page["hidden"], page["suggestions"]) == (True, [])
        await client.put(f"{there}/assistance", json={"hidden": False})
        assert (await client.get(there)).json()["conversation"]["hidden"] is False


async def test_every_request_is_a_sign_of_its_agent_and_an_open_stream_is_none(served: Served, clock: Clock) -> None:
    """A console asks every few seconds; that of a machine that sleeps keeps its stream, and asks nothing."""
    agent = served.accounts.who(served.tokens[Role.AGENT])
    assert agent is not None
    async with served.client(Role.AGENT) as client:
        clock.forward(100)
        assert served.desk.signs.gone_for(agent.id) == 100
        await client.get("/v1/me")
        assert served.desk.signs.gone_for(agent.id) == 0
        clock.forward(100)
        await client.get("/health")
    async with served.client(Role.LEAD) as client:
        await client.get("/v1/me")
    assert served.desk.signs.gone_for(agent.id) == 100
