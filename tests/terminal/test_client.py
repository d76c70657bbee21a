"""The HTTP client against a real socket."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from console.conversation import commands as c
from console.conversation.assistance import SourceType, SummaryKind
from console.conversation.codec import encode
from console.conversation.events import Event, event_to_json
from console.terminal import client as client_module
from console.terminal.client import HttpDesk
from console.terminal.errors import Conflict, DeskError, Garbled, NotAllowed, NotFound, Refused, Unreachable
from console.terminal.port import Delivery, Heartbeat, PracticeSeen, TypingSeen
from tests.terminal.scenes import full_desk
from tests.web.tls import certificate

Answer = tuple[int, object]


@dataclass
class Request:
    """What arrived."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Server:
    """A small HTTP server on loopback whose answers the test lays out."""

    answer: Callable[[Request], Answer | list[bytes]] = lambda request: (204, None)
    requests: list[Request] = field(default_factory=list)
    hold: asyncio.Event | None = None
    """While set and not released, event streams stay open."""

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection."""
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                line, *rest = head.decode().split("\r\n")
                method, target, _ = line.split(" ")
                headers = {k.lower(): v.strip() for k, _, v in (h.partition(":") for h in rest if h)}
                body = await reader.readexactly(int(headers.get("content-length", "0")))
                request = Request(method, target, headers, body)
                self.requests.append(request)
                answer = self.answer(request)
                if isinstance(answer, list):
                    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n")
                    for part in answer:
                        writer.write(part)
                        await writer.drain()
                    if self.hold is not None:
                        await self.hold.wait()
                    return
                status, data = answer
                content = b"" if data is None else json.dumps(data).encode()
                head_out = f"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: {len(content)}"
                writer.write(f"{head_out}\r\n\r\n".encode() + content)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            return
        finally:
            writer.close()


@asynccontextmanager
async def served(server: Server) -> AsyncIterator[HttpDesk]:
    """A client of this server."""
    listening = await asyncio.start_server(server.handle, "127.0.0.1", 0)
    port = listening.sockets[0].getsockname()[1]
    desk = HttpDesk(f"http://127.0.0.1:{port}", "secret-token")
    try:
        yield desk
    finally:
        await desk.close()
        listening.close()


async def taken(stream: AsyncIterator[Delivery]) -> list[Delivery]:
    """Everything until the stream ends or breaks."""
    result: list[Delivery] = []
    with contextlib.suppress(Unreachable):
        async for delivery in stream:
            result += [delivery]
    return result


async def test_every_call_says_from_where_the_agent_at_a_browser_comes() -> None:
    """And nothing where they sit here."""
    fake = full_desk()
    server = Server(lambda request: (200, encode(c.Me(fake.agent, "Larkfell", "1"))))
    listening = await asyncio.start_server(server.handle, "127.0.0.1", 0)
    for address in ("203.0.113.7", ""):
        desk = HttpDesk(f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}", "t", address=address)
        await desk.me()
        await desk.close()
    listening.close()
    assert [request.headers.get("x-forwarded-for") for request in server.requests] == ["203.0.113.7", None]


async def test_a_desk_whose_certificate_the_company_signed_is_trusted_where_it_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By SSL_CERT_FILE; and by nobody else."""
    fake = full_desk()
    server = Server(lambda request: (200, encode(c.Me(fake.agent, "Larkfell", "1"))))
    listening = await asyncio.start_server(server.handle, "127.0.0.1", 0, ssl=certificate(tmp_path, "localhost"))
    url = f"https://localhost:{listening.sockets[0].getsockname()[1]}"
    stranger = HttpDesk(url, "t")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "server.pem"))
    known = HttpDesk(url, "t")
    with pytest.raises(Unreachable):
        await stranger.me()
    assert (await known.me()).agent == fake.agent
    await stranger.close()
    await known.close()
    listening.close()


async def test_every_call_carries_the_token_and_never_in_the_address() -> None:
    """A token in a URL ends up in logs."""
    fake = full_desk()
    server = Server(lambda request: (200, encode(c.Me(fake.agent, "Larkfell", "1"))))
    async with served(server) as desk:
        assert (await desk.me()).agent == fake.agent
    (request,) = server.requests
    assert request.headers["authorization"] == "Bearer secret-token"
    assert "secret-token" not in request.target


async def test_bodies_and_answers_are_the_commands_as_json() -> None:
    """What goes out and comes back is what the interface says."""
    server = Server(lambda request: (200, encode(c.SendResult(sent=True, message="m7"))))
    async with served(server) as desk:
        result = await desk.send("c/1", c.SendMessage("hello", "k", "s-1"))
    assert result == c.SendResult(sent=True, message="m7")
    (request,) = server.requests
    assert (request.method, request.target) == ("POST", "/v1/conversations/c%2F1/messages")
    assert json.loads(request.body)["suggestion"] == "s-1"


async def test_a_correction_names_its_line_by_what_was_said() -> None:
    """Kind, sources and the second chair's words, beside what holds instead."""
    server = Server()
    async with served(server) as desk:
        await desk.correct_summary("c 1", c.CorrectSummary(SummaryKind.ISSUE, ("m1",), "late", "lost"))
    (request,) = server.requests
    assert (request.method, request.target) == ("POST", "/v1/conversations/c%201/summary")
    assert json.loads(request.body) == {"line": "issue", "sources": ["m1"], "before": "late", "text": "lost"}


async def test_pages_come_back_whole() -> None:
    """Inbox, conversation, search and source survive the journey."""
    fake = full_desk()
    pages = {
        "/v1/inbox?closed=false": await fake.inbox(),
        "/v1/conversations/c-dana": await fake.conversation("c-dana"),
        "/v1/search?q=lost&k=10": fake.found,
        "/v1/sources/article?id=lost-parcels.md&passage=x": fake.sources["lost-parcels.md"],
    }
    server = Server(lambda request: (200, encode(pages[request.target])))
    async with served(server) as desk:
        assert await desk.inbox() == pages["/v1/inbox?closed=false"]
        assert await desk.conversation("c-dana") == pages["/v1/conversations/c-dana"]
        assert await desk.search("lost") == fake.found
        assert await desk.source(SourceType.ARTICLE, "lost-parcels.md", "x") == fake.sources["lost-parcels.md"]


@pytest.mark.parametrize(
    ("status", "kind"),
    [(401, NotAllowed), (403, NotAllowed), (404, NotFound), (409, Conflict), (422, Refused), (503, Refused)],
)
async def test_an_error_carries_the_desks_own_words(status: int, kind: type[DeskError]) -> None:
    """Each status has its kind."""
    error = {"error": {"code": "taken", "message": "Priya Marlow has this conversation."}}
    async with served(Server(lambda request: (status, error))) as desk:
        with pytest.raises(kind, match="Priya Marlow has this conversation"):
            await desk.claim("c-1")


async def test_an_answer_of_another_shape_is_named_as_such() -> None:
    """Versions differ: say so instead of crashing."""
    async with served(Server(lambda request: (200, {"something": "else"}))) as desk:
        with pytest.raises(Garbled, match="update"):
            await desk.me()
        with pytest.raises(Garbled, match="update"):
            await desk.check("c-1", c.CheckDraft("x"))


async def test_an_error_page_of_a_stranger_is_survived() -> None:
    """A proxy answers in its own way."""
    async with served(Server(lambda request: (502, "bad gateway"))) as desk:
        with pytest.raises(Refused, match="502"):
            await desk.me()


async def test_nobody_there_is_unreachable() -> None:
    """A closed port raises the kind that is tried again."""
    desk = HttpDesk("http://127.0.0.1:9", "t")
    with pytest.raises(Unreachable):
        await desk.me()
    await desk.close()


async def test_a_slow_drip_meets_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that answers a byte at a time cannot hold a call for ever."""
    monkeypatch.setattr(client_module, "DEADLINE", 0.1)
    server = Server(lambda request: [b"{"])
    server.hold = asyncio.Event()
    async with served(server) as desk:
        with pytest.raises(Unreachable, match="in time"):
            await desk.me()
        server.hold.set()


def _sse(event: Event) -> bytes:
    data = json.dumps(event_to_json(event))
    return f"id: {event.seq}\nevent: {event.kind}\ndata: {data}\n\n".encode()


async def test_events_follow_the_number_given_and_come_as_events() -> None:
    """Comments are passed over, typing comes between, unknown kinds are left out."""
    log = full_desk().log
    typing = b'event: typing\ndata: {"conversation": "c-1", "who": "customer", "active": true}\n\n'
    practice = b"event: practice\ndata: {}\n\n"
    unknown = b'id: 99\nevent: from-the-future\ndata: {"seq": 99, "kind": "from-the-future", "data": {}}\n\n'
    broken = b"event: message-added\ndata: {not json\n\n"
    server = Server(lambda request: [b": ping\n\n", _sse(log[0]), typing, practice, unknown, broken, _sse(log[1])])
    async with served(server) as desk, desk.events(41) as stream:
        got = await taken(stream)
    assert got == [Heartbeat(), log[0], TypingSeen("c-1", "customer", active=True), PracticeSeen(), log[1]]
    assert server.requests[0].headers["last-event-id"] == "41"


async def test_a_silent_stream_counts_as_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server pings; without a byte for long the connection is dead."""
    monkeypatch.setattr(client_module, "SILENCE", 0.1)
    server = Server(lambda request: [b": hello\n\n"])
    server.hold = asyncio.Event()
    async with served(server) as desk, desk.events(0) as stream:
        with pytest.raises(Unreachable):
            async for _ in stream:
                pass
        server.hold.set()


async def test_a_refused_stream_says_why() -> None:
    """A wrong token is no broken line."""
    error = {"error": {"code": "token", "message": "This token is not known."}}
    async with served(Server(lambda request: (401, error))) as desk:
        with pytest.raises(NotAllowed, match="not known"):
            async with desk.events(0):
                pass


def test_the_console_paints_without_the_http_client() -> None:
    """Importing the app imports neither httpx nor pydantic: they would delay the first paint."""
    import subprocess
    import sys

    code = "import sys, console.terminal.app; print([m for m in ('httpx', 'pydantic', 'numpy') if m in sys.modules])"
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root)
    assert done.stdout.strip() == "[]"
