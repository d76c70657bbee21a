"""Conversations of somebody else: what a colleague may do in them, and that a customer may nothing."""

from pathlib import Path
from typing import Final

from console.conversation.people import Role
from tests.chat.conftest import HELLO, browser, running
from tests.desks import SAM, arrive
from tests.server.authorisation import CONVERSATION, MAY, filled
from tests.server.conftest import Served

HELPING: Final = frozenset(
    {
        ("POST", f"{CONVERSATION}/check"),  # says what a text would raise, and keeps nothing
        ("POST", f"{CONVERSATION}/notes"),  # a word to the colleague; the customer never sees it
        ("POST", f"{CONVERSATION}/typing"),  # customers are shown who has joined, and nobody else
        ("PUT", f"{CONVERSATION}/draft"),  # their own, seen by nobody else
    }
)
"""What agents do in conversations that a colleague has, by design."""

WRITING: Final = [
    (verb, path, body)
    for (verb, path), (allowed, body) in MAY.items()
    if path.startswith(CONVERSATION) and verb != "GET" and Role.AGENT in allowed
]


async def test_an_agent_changes_nothing_in_a_colleagues_conversation(served: Served) -> None:
    """On every route that writes; the log of it stays as it is."""
    await arrive(served.desk)
    await served.desk.casework.claim(SAM, "c1")
    before = await served.desk.live.history("c1")
    async with served.client(Role.AGENT) as client:
        for verb, path, body in WRITING:
            if (verb, path) in HELPING:
                continue
            answer = await client.request(verb, filled(path), json=body)
            assert answer.status_code in {400, 403, 404, 409, 503}, f"{verb} {path}: {answer.text}"
    assert await served.desk.live.history("c1") == before


async def test_a_draft_to_a_colleagues_customer_is_seen_by_its_author_alone(served: Served) -> None:
    """Neither the colleague nor a lead reads it."""
    await arrive(served.desk)
    async with served.client(Role.AGENT) as robin, served.client(Role.LEAD) as marta:
        await robin.put("/v1/conversations/c1/draft", json={"text": "my own words"})
        assert "my own words" in (await robin.get("/v1/conversations/c1")).text
        assert "my own words" not in (await marta.get("/v1/conversations/c1")).text


NAMES: Final = (
    "c2", "c1%2F..%2Fc2", "../c1", "..%2f..%2fv1%2finbox", "c1%00", "C1", " c1", "c1.", "' OR 1=1 --", "*", "%25", "_",
)  # fmt: skip


async def test_a_conversation_is_named_exactly_or_not_at_all(served: Served) -> None:
    """No pattern, no other spelling and no path leads to it."""
    await arrive(served.desk)
    async with served.client(Role.LEAD) as client:
        for name in NAMES:
            answer = await client.get(f"/v1/conversations/{name}")
            assert answer.status_code in {404, 405, 422}, f"{name}: {answer.text}"
            assert "My boots are late" not in answer.text


async def test_what_a_customers_browser_sends_reaches_no_other_conversation(tmp_path: Path) -> None:
    """Names of a conversation in headers, cookies, queries and bodies are passed over: the visit alone says whose."""
    async with running(tmp_path / "chat") as chat, browser(chat) as dana, browser(chat) as eve:
        await dana.post("/chat/session", json={})
        await dana.post("/chat/messages", json=HELLO)
        theirs = next(iter(chat.desk.live.rows))
        await eve.post("/chat/session", json={})
        named = {"conversation": theirs, "chat": theirs, "visitor": theirs}
        headers = {"X-Conversation": theirs, "X-Visitor": theirs}
        refused = await eve.post("/chat/messages", json={**HELLO, "key": "key-0002", **named}, headers=headers)
        assert refused.status_code == 422
        await eve.post("/chat/messages", json={"text": "mine", "key": "key-0003"}, params=named, headers=headers)
        assert len(chat.desk.live.rows) == 2
        assert [m.text for m in (await chat.desk.live.state(theirs)).messages] == [HELLO["text"]]
