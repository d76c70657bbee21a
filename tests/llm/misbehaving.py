"""A real HTTP server that answers as bad (and good) OpenAI-compatible servers do, in a thread of its own.

The first part of the path says how: ``http://127.0.0.1:PORT/hang`` is the base address of one that never answers.
"""

import asyncio
import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

Answers = Callable[["Misbehaving", asyncio.StreamWriter, dict[str, Any]], Any]


@dataclass
class Misbehaving:
    """``says`` is what the good ways answer; ``asked`` the bodies that came, ``headers`` their heads."""

    says: Callable[[dict[str, Any]], str] = lambda body: "Hello."
    asked: list[dict[str, Any]] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    port: int = 0
    _loop: asyncio.AbstractEventLoop | None = None
    _thread: threading.Thread | None = None
    _stop: asyncio.Event | None = None
    release: threading.Event = field(default_factory=threading.Event)
    """What ``held`` waits for after the first half."""

    def address(self, way: str) -> str:
        """Return the base address of one that behaves this way."""
        return f"http://127.0.0.1:{self.port}/{way}/v1"

    def __enter__(self) -> Self:
        """Listen."""
        ready = threading.Event()

        async def run() -> None:
            self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
            server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
            self.port = server.sockets[0].getsockname()[1]
            ready.set()
            await self._stop.wait()
            server.close()
            for task in asyncio.all_tasks() - {asyncio.current_task()}:
                task.cancel()

        self._thread = threading.Thread(target=lambda: asyncio.run(run()), daemon=True)
        self._thread.start()
        ready.wait(10)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Stop."""
        self.release.set()
        if self._loop and self._stop and self._thread:
            self._loop.call_soon_threadsafe(self._stop.set)
            self._thread.join(10)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode()
                length = next((line for line in head.splitlines() if line.lower().startswith("content-length:")), ":0")
                body = await reader.readexactly(int(length.partition(":")[2]))
                self.heads.append(head)
                way = head.split()[1].strip("/").split("/")[0]
                asked = json.loads(body) if body else {}
                self.asked.append(asked)
                await WAYS[way](self, writer, asked)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


def chunk(text: str, finish: str | None = None) -> bytes:
    """Return one piece of an answer as an event."""
    choice = {"index": 0, "delta": {"content": text}, "finish_reason": finish}
    return b"data: " + json.dumps({"object": "chat.completion.chunk", "choices": [choice]}).encode() + b"\n\n"


USAGE = b'data: {"choices": [], "usage": {"prompt_tokens": 120, "completion_tokens": 12}}\n\n'
DONE = b"data: [DONE]\n\n"
STREAM = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\nConnection: close\r\n\r\n"


def _words(text: str) -> Iterator[str]:
    for place, word in enumerate(text.split(" ")):
        yield f" {word}" if place else word


def _status(line: str, *headers: str, body: bytes = b'{"error": {"message": "no"}}') -> Answers:
    async def answer(server: Misbehaving, writer: asyncio.StreamWriter, _: dict[str, Any]) -> None:
        head = [f"HTTP/1.1 {line}", "Content-Type: application/json", f"Content-Length: {len(body)}", *headers, "", ""]
        writer.write("\r\n".join(head).encode() + body)

    return answer


async def _good(server: Misbehaving, writer: asyncio.StreamWriter, body: dict[str, Any]) -> None:
    writer.write(STREAM)
    for word in _words(server.says(body)):
        writer.write(chunk(word))
        await writer.drain()
    writer.write(chunk("", "stop") + USAGE + DONE)
    raise ConnectionError  # the end of the answer is the end of the connection


async def _held(server: Misbehaving, writer: asyncio.StreamWriter, body: dict[str, Any]) -> None:
    words = list(_words(server.says(body)))
    writer.write(STREAM + b"".join(map(chunk, words[: len(words) // 2])))
    await writer.drain()
    await asyncio.to_thread(server.release.wait, 30)
    writer.write(b"".join(map(chunk, words[len(words) // 2 :])) + chunk("", "stop") + USAGE + DONE)
    raise ConnectionError


async def _whole(server: Misbehaving, writer: asyncio.StreamWriter, body: dict[str, Any]) -> None:
    choice = {"message": {"role": "assistant", "content": server.says(body)}, "finish_reason": "stop"}
    usage = {"prompt_tokens": 120, "completion_tokens": 12}
    await _status("200 OK", body=json.dumps({"choices": [choice], "usage": usage}).encode())(server, writer, body)


async def _hang(server: Misbehaving, writer: asyncio.StreamWriter, _: dict[str, Any]) -> None:
    await asyncio.sleep(3600)


async def _hang_after(server: Misbehaving, writer: asyncio.StreamWriter, _: dict[str, Any]) -> None:
    writer.write(STREAM + chunk("I am so sorry"))
    await asyncio.sleep(3600)


async def _half(server: Misbehaving, writer: asyncio.StreamWriter, body: dict[str, Any]) -> None:
    text = server.says(body)
    writer.write(STREAM + chunk(text[: len(text) // 2]))
    raise ConnectionError


async def _length(server: Misbehaving, writer: asyncio.StreamWriter, body: dict[str, Any]) -> None:
    writer.write(STREAM + chunk(server.says(body)[:10], "length") + DONE)
    raise ConnectionError


async def _drip(server: Misbehaving, writer: asyncio.StreamWriter, body: dict[str, Any]) -> None:
    writer.write(STREAM)
    for byte in b"".join(map(chunk, _words(server.says(body) * 1000))):
        writer.write(bytes([byte]))
        await writer.drain()
        await asyncio.sleep(0.02)


async def _flood(server: Misbehaving, writer: asyncio.StreamWriter, _: dict[str, Any]) -> None:
    writer.write(STREAM)
    piece = chunk("flood " * 100)
    for _ in range(100_000_000 // len(piece)):
        writer.write(piece)
        await writer.drain()
    raise ConnectionError


async def _line(server: Misbehaving, writer: asyncio.StreamWriter, _: dict[str, Any]) -> None:
    writer.write(STREAM + b"data: ")
    for _ in range(100):
        writer.write(b"a" * 1_000_000)
        await writer.drain()
    raise ConnectionError


async def _garbage(server: Misbehaving, writer: asyncio.StreamWriter, _: dict[str, Any]) -> None:
    writer.write(STREAM + b'data: {"choices": [\xff\xfe{{{\n\ndata: <html>\n\n')
    raise ConnectionError


async def _no_http(server: Misbehaving, writer: asyncio.StreamWriter, _: dict[str, Any]) -> None:
    writer.write(b"SSH-2.0-OpenSSH_9.2\r\n\r\n")
    raise ConnectionError


async def _odd(server: Misbehaving, writer: asyncio.StreamWriter, _: dict[str, Any]) -> None:
    writer.write(STREAM + b'data: {"choices": [{"delta": {"content": ["a", 1]}}]}\n\n')
    raise ConnectionError


async def _inner_error(server: Misbehaving, writer: asyncio.StreamWriter, _: dict[str, Any]) -> None:
    writer.write(STREAM + chunk("I am") + b'data: {"error": {"message": "out of memory, key sk-secret"}}\n\n')
    raise ConnectionError


async def _page(server: Misbehaving, writer: asyncio.StreamWriter, _: dict[str, Any]) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n<html>Please log in</html>")
    raise ConnectionError


async def _models(server: Misbehaving, writer: asyncio.StreamWriter, _: dict[str, Any]) -> None:
    await _status("200 OK", body=b'{"data": [{"id": "small"}, {"id": "large"}]}')(server, writer, _)


FAULTS = {
    "hang": _hang,
    "hang-after": _hang_after,
    "busy": _status("429 Too Many Requests", "Retry-After: 30"),
    "failing": _status("500 Internal Server Error"),
    "refusing": _status("401 Unauthorized"),
    "redirect": _status("307 Temporary Redirect", "Location: /good/v1/chat/completions"),
    "garbage": _garbage,
    "no-http": _no_http,
    "odd": _odd,
    "half": _half,
    "length": _length,
    "drip": _drip,
    "flood": _flood,
    "line": _line,
    "inner-error": _inner_error,
    "page": _page,
    "empty": _status("200 OK", body=b'{"choices": [{"message": {"content": ""}, "finish_reason": "stop"}]}'),
    "huge-object": _status("200 OK", body=b"[" * 3_000_000),
}
"""Every way of going wrong, by name."""

WAYS: dict[str, Any] = {"good": _good, "whole": _whole, "held": _held, "models": _models, **FAULTS}


@contextmanager
def nobody_listens() -> Iterator[str]:
    """Yield a base address at which connections are refused."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))  # bound and not listening: nobody else can take it
        yield f"http://127.0.0.1:{held.getsockname()[1]}/v1"
