"""A real desk over a real log, with the chat's routes, in process and on a port."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import jwt
import pytest_asyncio
import uvicorn
from fastapi import FastAPI

from console.conversation.commands import SendMessage
from console.conversation.message import Author
from console.conversation.people import Agent
from console.conversation.state import Conversation
from console.desk.attachments import MEGABYTE
from console.desk.channels.webchat import WebChat
from console.desk.desk import Desk
from console.server.chat.keeping import EndedVisits
from console.server.chat.routes import chat_router
from console.server.chat.visits import Visits
from console.settings import WebChatSettings
from console.store import open_log
from console.store.files import FileFolder
from tests.desks import ROBIN, Chair

SECRET = "a secret that only the host page and the desk know"
KEY = b"the server's own key, of 32 bytes"
HOST = "chat.test"
ORIGIN = f"http://{HOST}"
HELLO = {"text": "Hello", "key": "key-0001"}


@dataclass
class Chat:
    """A running desk with its web chat, on a workspace."""

    folder: Path
    desk: Desk
    webchat: WebChat
    app: FastAPI

    async def only(self) -> Conversation:
        """Return the one conversation on the desk."""
        (row,) = self.desk.live.rows.values()
        return await self.desk.live.state(row.id)

    async def until(self, holds: Callable[[Conversation], bool]) -> Conversation:
        """Return the one conversation on the desk once ``holds`` is true of it."""
        with self.desk.live.hub.listen() as listener:
            if self.desk.live.rows and holds(await self.only()):
                return await self.only()
            async with asyncio.timeout(10):
                async for _ in listener:
                    if self.desk.live.rows and holds(await self.only()):
                        break
        return await self.only()

    async def answer(self, text: str, key: str = "answer-1", agent: Agent = ROBIN) -> None:
        """Take the one conversation as an agent and send an answer."""
        conversation = (await self.only()).id
        await self.desk.casework.claim(agent, conversation)
        result = await self.desk.sending.send(agent, conversation, SendMessage(text, key))
        assert result.sent

    async def customers_texts(self) -> list[str]:
        """Return what the customer of the one conversation has written."""
        return [m.text for m in (await self.only()).messages if m.role is Author.CUSTOMER]


def new_chat(folder: Path, settings: WebChatSettings, **more: Any) -> Chat:  # noqa: ANN401 - the router's own options
    """Return a chat on a workspace; whoever asks starts and stops its desk."""
    folder.mkdir(exist_ok=True)
    files = FileFolder(folder / "files")
    desk = Desk(open_log(folder, folder / "keys"), Chair(), name="Kestrel Outfitters", files=files, most_bytes=MEGABYTE)
    return _serving(folder, desk, WebChat(desk), settings, **more)


def again(chat: Chat, **more: Any) -> Chat:  # noqa: ANN401 - the router's own options
    """Return the same desk served once more, with other options."""
    return _serving(chat.folder, chat.desk, chat.webchat, WebChatSettings(), **more)


def _serving(folder: Path, desk: Desk, webchat: WebChat, settings: WebChatSettings, **more: Any) -> Chat:  # noqa: ANN401
    app = FastAPI()
    records = more.pop("records", lambda _: None)
    visits = Visits(more.pop("secret", SECRET), records, KEY, EndedVisits(folder / "ended"))
    app.include_router(chat_router(desk, webchat, settings, visits, **more))
    return Chat(folder, desk, webchat, app)


@asynccontextmanager
async def running(folder: Path, settings: WebChatSettings | None = None, **more: Any) -> AsyncIterator[Chat]:  # noqa: ANN401
    """Run a chat on a workspace."""
    chat = new_chat(folder, settings or WebChatSettings(), **more)
    await chat.desk.start({chat.webchat.name: chat.webchat})
    chat.desk.assistance.ready(Chair())
    try:
        yield chat
    finally:
        await chat.desk.stop()


@asynccontextmanager
async def listening(chat: Chat, port: int = 0) -> AsyncIterator[str]:
    """Serve a chat on a port of this machine, and yield its address."""
    listener = socket.create_server(("127.0.0.1", port))
    server = uvicorn.Server(uvicorn.Config(chat.app, log_level="error", timeout_graceful_shutdown=1))
    task = asyncio.create_task(server.serve([listener]))
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        chat.webchat.end_pages()
        await task
        listener.close()


def browser(chat: Chat, base: str = ORIGIN) -> httpx.AsyncClient:
    """Return a client that behaves like a browser on the chat page."""
    return httpx.AsyncClient(transport=httpx.ASGITransport(chat.app), base_url=base, headers={"Origin": base})


def token(secret: str = SECRET, **changes: object) -> str:
    """Return a token as a host page signs it."""
    claims: dict[str, object] = {
        "sub": "u-1",
        "name": "Dana Kovel",
        "email": "dana@example.org",
        "aud": "secondchair-chat",
        "exp": datetime.now(UTC) + timedelta(minutes=5),
        **changes,
    }
    return jwt.encode({k: v for k, v in claims.items() if v is not None}, secret, algorithm="HS256")


def line(answer: httpx.Response) -> str:
    """Return the code of a fault, after making sure that it has a line for a person."""
    fault = answer.json()["error"]
    assert fault["message"].endswith((".", "…"))
    assert isinstance(fault["code"], str)
    return str(fault["code"])


@pytest_asyncio.fixture
async def chat(tmp_path: Path) -> AsyncIterator[Chat]:
    """A running chat."""
    async with running(tmp_path / "desk") as chat:
        yield chat


@pytest_asyncio.fixture
async def page(chat: Chat) -> AsyncIterator[httpx.AsyncClient]:
    """A browser whose visit has begun."""
    async with browser(chat) as client:
        (await client.post("/chat/session", json={})).raise_for_status()
        yield client
