"""The requests of the chat page: what is refused, and in what words."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack
from pathlib import Path

import httpx
import pytest

from console.desk.log import LogUnwritable
from console.server.chat.door import BODY_LIMIT
from console.server.chat.pages import page_files
from console.settings import WebChatSettings
from tests.chat.conftest import HELLO, HOST, Chat, again, browser, line, running, token


async def test_a_message_reaches_the_desk(chat: Chat, page: httpx.AsyncClient) -> None:
    """And is answered with nothing but the acknowledgement."""
    answer = await page.post("/chat/messages", json=HELLO)
    assert (answer.status_code, answer.content) == (204, b"")
    assert await chat.customers_texts() == ["Hello"]


FOREIGN: list[Mapping[str, str]] = [
    {"Origin": "http://evil.example"},
    {"Origin": "null"},
    {"Origin": ""},
    {"Origin": f"http://{HOST}.evil.example"},
    {"Origin": f"http://{HOST}:81"},
    {"Origin": f"http://evil.example/{HOST}"},
    {"Origin": f"http://{HOST}@evil.example"},
    {"Origin": f"file://{HOST}"},
    {"Origin": "http://[::"},
]


@pytest.mark.parametrize("headers", FOREIGN)
@pytest.mark.parametrize("path", ["/chat/session", "/chat/messages", "/chat/typing", "/chat/read"])
async def test_what_another_site_sends_is_refused(
    chat: Chat, page: httpx.AsyncClient, path: str, headers: Mapping[str, str]
) -> None:
    """Although the browser sends the visitor's cookie along."""
    answer = await page.post(path, json=HELLO, headers=headers)
    assert (answer.status_code, line(answer)) == (403, "origin")
    assert not chat.desk.live.rows


async def test_a_request_without_an_origin_is_refused(chat: Chat, page: httpx.AsyncClient) -> None:
    """Every browser sends one with a POST or a DELETE."""
    del page.headers["Origin"]
    assert (await page.post("/chat/messages", json=HELLO)).status_code == 403
    assert (await page.delete("/chat/session")).status_code == 403


async def test_the_http_page_of_the_same_host_may_not_write_over_https(chat: Chat) -> None:
    """Whoever can change a page on its way could otherwise write as the customer."""
    async with browser(chat, f"https://{HOST}") as client:
        answer = await client.post("/chat/session", headers={"Origin": f"http://{HOST}"})
    assert (answer.status_code, line(answer)) == (403, "origin")


@pytest.mark.parametrize("host", ["evil.example", f"{HOST}.evil.example", "", "[::", f"{HOST}@evil.example"])
async def test_a_foreign_host_name_is_refused_on_every_request(chat: Chat, page: httpx.AsyncClient, host: str) -> None:
    """A name that was pointed at this machine (DNS rebinding) reaches neither the page nor the stream."""
    for path in ("/chat", "/chat/events", "/chat/static/chat.js"):
        answer = await page.get(path, headers={"Host": host})
        assert (answer.status_code, line(answer)) == (421, "host")
    assert (await page.post("/chat/messages", json=HELLO, headers={"Host": host})).status_code == 421


@pytest.mark.parametrize("path", ["/chat/", "/chat/nothing", "/chat/session/", "/chat/static/../chat.js/"])
async def test_a_foreign_host_name_is_not_repeated(page: httpx.AsyncClient, path: str) -> None:
    """Not in a redirect either."""
    answer = await page.get(path, headers={"Host": "evil.example"})
    assert (answer.status_code, line(answer)) == (421, "host")


async def test_what_there_is_not_is_said_behind_the_same_door(page: httpx.AsyncClient) -> None:
    """With the headers that keep the page to itself."""
    slash = await page.get("/chat/")
    missing, verb, head = await page.get("/chat/nothing"), await page.put("/chat/session"), await page.head("/chat")
    assert (slash.status_code, slash.headers["Location"]) == (308, "/chat")
    assert (missing.status_code, line(missing)) == (404, "not-found")
    assert (verb.status_code, line(verb), head.status_code) == (405, "method", 405)
    for answer in (slash, missing, verb, head):
        assert "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


async def test_a_further_host_name_is_let_in_when_it_is_set(tmp_path: Path) -> None:
    """As behind a proxy."""
    async with running(tmp_path / "desk", hosts=("Help.Example",)) as chat, browser(chat) as client:
        headers = {"Host": "help.example", "Origin": "http://help.example"}
        assert (await client.post("/chat/session", headers=headers)).status_code == 200


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
async def test_only_json_is_read(page: httpx.AsyncClient, kind: str) -> None:
    """A form of another site can send the others without asking."""
    answer = await page.post("/chat/messages", content=json.dumps(HELLO), headers={"Content-Type": kind})
    assert (answer.status_code, line(answer)) == (415, "type")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"[" * 60_000,
        b'{"text": "Hello"}',
        b'{"text": 7, "key": "key-0001"}',
        b'{"text": "Hello", "key": "short"}',
        b'{"text": "Hello", "key": "key 0001 with spaces"}',
        b'{"text": "Hello", "key": "key-0001", "role": "agent"}',
        b'{"text": "\\ud83d", "key": "key-0001"}',
        b'\xff\xfe{"text": "Hello", "key": "key-0001"}',
    ],
)
async def test_a_body_that_does_not_fit_is_refused_in_one_line(
    chat: Chat, page: httpx.AsyncClient, body: bytes
) -> None:
    """Never a fault of the server."""
    answer = await page.post("/chat/messages", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code in {400, 422}
    line(answer)
    assert not chat.desk.live.rows


async def test_a_message_with_nothing_to_read_in_it_is_refused(chat: Chat, page: httpx.AsyncClient) -> None:
    """Blanks and characters that are never kept are no message."""
    answer = await page.post("/chat/messages", json={"text": " \u200b\x07\n ", "key": "key-0001"})
    assert (answer.status_code, line(answer)) == (422, "empty")
    assert not chat.desk.live.rows


async def test_a_message_that_is_too_long_is_refused_not_cut(chat: Chat, page: httpx.AsyncClient) -> None:
    """The longest one that is allowed is kept whole."""
    longest = "é" * 20_000
    answer = await page.post("/chat/messages", json={"text": longest + "é", "key": "key-0001"})
    assert (answer.status_code, line(answer)) == (413, "too-large")
    (await page.post("/chat/messages", json={"text": longest, "key": "key-0001"})).raise_for_status()
    assert await chat.customers_texts() == [longest]


async def test_a_large_body_is_refused_announced_or_not(page: httpx.AsyncClient) -> None:
    """It is not read to its end."""
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while True:
            sent += 8192
            yield b"x" * 8192

    headers = {"Content-Type": "application/json"}
    announced = await page.post("/chat/messages", content=b"x" * (BODY_LIMIT + 1), headers=headers)
    streamed = await page.post("/chat/messages", content=endless(), headers=headers)
    assert [(a.status_code, line(a)) for a in (announced, streamed)] == [(413, "too-large")] * 2
    assert sent < BODY_LIMIT + 3 * 8192


async def test_a_slow_body_is_cut_off(chat: Chat, page: httpx.AsyncClient) -> None:
    """A sender who never ends does not hold a connection for ever."""

    async def dripping() -> AsyncIterator[bytes]:
        yield b"{"
        await asyncio.Event().wait()

    async with browser(again(chat, body_seconds=0.05)) as client:
        client.cookies = page.cookies
        headers = {"Content-Type": "application/json"}
        answer = await client.post("/chat/messages", content=dripping(), headers=headers)
    assert (answer.status_code, line(answer)) == (408, "slow")


async def test_writing_too_fast_is_slowed_down_for_that_visitor_alone(tmp_path: Path) -> None:
    """With a line, and the time after which it can go on."""
    slow = WebChatSettings(messages_per_minute=2)
    async with running(tmp_path / "desk", slow) as chat, browser(chat) as client, browser(chat) as other:
        for each in (client, other):
            await each.post("/chat/session", json={})
        answers = [await client.post("/chat/messages", json={"text": "Hi", "key": f"key-000{n}"}) for n in range(3)]
        assert [a.status_code for a in answers] == [204, 204, 429]
        assert line(answers[2]) == "too-fast"
        assert 1 <= int(answers[2].headers["Retry-After"]) <= 61
        assert (await other.post("/chat/messages", json=HELLO)).status_code == 204


async def test_a_log_that_cannot_be_written_keeps_its_reasons_inside(
    chat: Chat, page: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The customer learns that it is tried again, not where the desk keeps its files."""

    def full(*_: object, **__: object) -> None:
        raise LogUnwritable("/var/lib/desk/desk.db: the disk is full")

    monkeypatch.setattr(chat.desk.live.log, "append_all", full)
    answer = await page.post("/chat/messages", json=HELLO)
    assert (answer.status_code, line(answer)) == (503, "not-kept")
    assert "disk" not in answer.text
    assert "Retry-After" in answer.headers


async def test_a_fault_nobody_thought_of_is_one_line_too(
    chat: Chat, page: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No traceback, no internals."""

    async def broken(*_: object) -> None:
        raise RuntimeError("password=hunter2")

    monkeypatch.setattr(chat.webchat, "write", broken)
    answer = await page.post("/chat/messages", json=HELLO)
    assert (answer.status_code, line(answer)) == (500, "unexpected")
    assert "hunter2" not in answer.text


async def test_every_answer_keeps_the_page_to_itself(page: httpx.AsyncClient) -> None:
    """Scripts, styles and connections of this origin alone; no frame around it but its own origin's."""
    answers = [
        await page.get("/chat"),
        await page.get("/chat/static/chat.js"),
        await page.post("/chat/session", json={}),
        await page.post("/chat/messages", json={}),
    ]
    for answer in answers:
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self';" in policy
        assert policy.endswith("frame-ancestors 'self'")
        assert "unsafe" not in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "same-origin"


async def test_a_named_page_may_show_the_chat_in_a_frame(tmp_path: Path) -> None:
    """Only where it is set."""
    async with running(tmp_path / "desk", embed_on=("https://shop.example",)) as chat, browser(chat) as client:
        policy = (await client.get("/chat")).headers["Content-Security-Policy"]
    assert policy.endswith("frame-ancestors 'self' https://shop.example")


async def test_a_file_of_the_page_is_sent_once_per_version(page: httpx.AsyncClient) -> None:
    """The browser asks, and is told that it has it."""
    first = await page.get("/chat/static/chat.css")
    again = await page.get("/chat/static/chat.css", headers={"If-None-Match": first.headers["ETag"]})
    assert first.headers["Content-Type"] == "text/css; charset=utf-8"
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("name", ["other.js", "..%2froutes.py", "%2e%2e/routes.py", "chat.js%00.css", "CHAT.JS"])
async def test_no_other_file_is_served(page: httpx.AsyncClient, name: str) -> None:
    """Files are served by name from a fixed list."""
    assert (await page.get(f"/chat/static/{name}")).status_code == 404


async def test_the_whole_page_stays_small(page: httpx.AsyncClient) -> None:
    """It loads at once on a phone."""
    parts = [await page.get(f"/chat/static/{name}") for name in page_files()]
    assert sum(len(part.content) for part in parts) < 40_000


async def test_new_visits_come_at_a_limited_pace_and_those_that_are_there_go_on(tmp_path: Path) -> None:
    """Known customers too: the host page vouches for them."""
    settings = WebChatSettings(visits_per_minute=2)
    async with running(tmp_path / "desk", settings) as chat, AsyncExitStack() as stack:
        clients = [await stack.enter_async_context(browser(chat)) for _ in range(4)]
        answers = [await client.post("/chat/session", json={}) for client in clients[:3]]
        assert [a.status_code for a in answers] == [200, 200, 429]
        assert (line(answers[2]), int(answers[2].headers["Retry-After"]) > 0) == ("crowded", True)
        assert (await clients[0].post("/chat/session", json={})).status_code == 200
        assert (await clients[3].post("/chat/session", json={"token": token()})).status_code == 200
