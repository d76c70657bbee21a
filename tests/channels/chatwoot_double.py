"""A contract double of Chatwoot: no Chatwoot, which cannot run here, but a real server of its published shapes.

Made from Chatwoot's API documentation and the JSON views of its source: paths, fields, pages, orders and limits are
theirs; the live stream speaks ActionCable's protocol. What it cannot show is how a real one behaves under load.
"""

import asyncio
import itertools
import json
import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from fastapi import FastAPI, Request, Response, WebSocket, WebSocketDisconnect
from fastapi.responses import JSONResponse

from tests.serving_apps import serving

TOKEN = "the desk's access token"
PUBSUB = "the desk's pubsub token"
DESK = 7
"""The desk's user."""
ACCOUNT = 1
PAGE = 25
"""Conversations of a page of the list."""

INCOMING, OUTGOING, ACTIVITY = 0, 1, 2

Json = dict[str, Any]


@dataclass
class Conversation:
    """A conversation with a contact."""

    id: int
    status: str
    inbox: int
    contact: Json
    messages: list[Json] = field(default_factory=list)
    active_at: int = 0

    def shown(self) -> Json:
        """Return it as the list shows it."""
        return {
            "id": self.id,
            "account_id": ACCOUNT,
            "inbox_id": self.inbox,
            "status": self.status,
            "messages": self.messages[-1:],
            "last_activity_at": self.active_at,
            "timestamp": self.active_at,
            "meta": {"sender": self.contact, "channel": "Channel::WebWidget", "hmac_verified": False},
        }


class Chatwoot:
    """One account, on a port of this machine; what it holds outlives its server."""

    def __init__(self) -> None:
        self.conversations: dict[int, Conversation] = {}
        self.typing: list[tuple[int, str]] = []
        self.seen: list[int] = []
        self.stored: dict[str, bytes] = {}
        """Files that it keeps, by name."""
        self.lose_answers = 0
        """How many of the next messages are taken and kept, but not answered for."""
        self.deaf = False
        """Whether the live stream says nothing more, though it stands."""
        self._numbers = itertools.count(1)
        self._streams: set[WebSocket] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        with socket.create_server(("127.0.0.1", 0)) as listener:
            self.port = listener.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self.app = self._app()

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[None]:
        """Serve until the block ends; then everybody is cut off."""
        config = uvicorn.Config(
            self.app, port=self.port, log_level="error", timeout_graceful_shutdown=1, ws="websockets-sansio"
        )
        try:
            async with serving(config):
                yield
        finally:
            self._streams.clear()

    def attachment(self, name: str) -> Json:
        """Return how Chatwoot tells of a file that it keeps."""
        address = f"{self.address}/rails/active_storage/blobs/redirect/{name}"
        return {"id": next(self._numbers), "file_type": "image", "data_url": address, "thumb_url": address}

    def contact_opens(
        self, text: str, status: str = "open", name: str = "Dana Kovel", inbox: int = 3, **more: object
    ) -> int:
        """Let a contact begin a conversation."""
        contact = {"id": next(self._numbers), "name": name, "email": None, "phone_number": "+447700900123"}
        conversation = Conversation(next(self._numbers), status, inbox, contact)
        self.conversations[conversation.id] = conversation
        self.contact_writes(conversation.id, text, **more)
        return conversation.id

    def contact_writes(self, number: int, text: str, **more: object) -> int:
        """Let the contact write; what was resolved is open again, as Chatwoot has it."""
        conversation = self.conversations[number]
        if conversation.status == "resolved":
            conversation.status = "open"
        sender = {**conversation.contact, "type": "contact"}
        return int(self._add(number, {"message_type": INCOMING, "content": text, "sender": sender, **more})["id"])

    def colleague_writes(self, number: int, text: str, kind: str = "user", *, private: bool = False) -> int:
        """Let somebody on Chatwoot's own screens write, or a bot of its."""
        sender = {"id": 99, "name": "Jo Brand", "type": kind}
        message = {"message_type": OUTGOING, "content": text, "sender": sender, "private": private}
        return int(self._add(number, message)["id"])

    def notes_activity(self, number: int, text: str) -> None:
        """Add a line about what Chatwoot itself did."""
        self._add(number, {"message_type": ACTIVITY, "content": text, "sender": None})

    def update(self, number: int, message: int, **changes: object) -> None:
        """Change a message."""
        found = next(m for m in self.conversations[number].messages if m["id"] == message)
        found.update(changes)
        self._tell("message.updated", found)

    def set_status(self, number: int, status: str) -> None:
        """Set where a conversation stands, as somebody does on Chatwoot's own screens."""
        self.conversations[number].status = status
        self._tell("conversation.status_changed", self.conversations[number].shown())

    def contact_types(self, number: int, *, active: bool = True) -> None:
        """Let the contact type."""
        data = {
            "conversation": self.conversations[number].shown(),
            "user": {**self.conversations[number].contact, "type": "contact"},
        }
        self._tell(f"conversation.typing_{'on' if active else 'off'}", data)

    def sent(self, number: int) -> list[str]:
        """Return what the desk wrote, oldest first."""
        messages = self.conversations[number].messages
        return [m["content"] for m in messages if m["message_type"] == OUTGOING and m["sender"]["id"] == DESK]

    @property
    def followed(self) -> bool:
        """Whether somebody follows the live stream."""
        return bool(self._streams)

    def _add(self, number: int, message: Json) -> Json:
        conversation = self.conversations[number]
        now = int(time.time())
        whole = {
            "id": next(self._numbers),
            "conversation_id": number,
            "account_id": ACCOUNT,
            "inbox_id": conversation.inbox,
            "created_at": now,
            "private": False,
            "status": "sent",
            "content_type": "text",
            "content_attributes": {},
            **message,
        }
        conversation.messages.append(whole)
        conversation.active_at = now
        self._tell("message.created", whole)
        return whole

    def _tell(self, event: str, data: Json) -> None:
        if self.deaf:
            return
        frame = json.dumps({"identifier": "…", "message": {"event": event, "data": {**data, "account_id": ACCOUNT}}})
        for stream in self._streams:
            task = asyncio.get_running_loop().create_task(_send(stream, frame))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    def _app(self) -> FastAPI:
        app = FastAPI()
        base = f"/api/v1/accounts/{ACCOUNT}/conversations"

        @app.middleware("http")
        async def known(request: Request, go_on: Any) -> Response:  # noqa: ANN401 - Starlette's own
            if request.url.path.startswith("/rails/"):
                assert "api_access_token" not in request.headers
            elif request.headers.get("api_access_token") != TOKEN:
                return JSONResponse({"error": "Invalid Access Token"}, 401)
            answer: Response = await go_on(request)
            return answer

        @app.get("/api/v1/profile")
        async def profile() -> Json:
            return {"id": DESK, "name": "Desk", "pubsub_token": PUBSUB, "accounts": [{"id": ACCOUNT}]}

        @app.get(base)
        async def listed(page: int = 1, status: str = "open", inbox_id: int = 0) -> Json:
            found = [c for c in self.conversations.values() if status in {"all", c.status}]
            found = sorted((c for c in found if inbox_id in {0, c.inbox}), key=lambda c: -c.active_at)
            shown = [c.shown() for c in found[(page - 1) * PAGE : page * PAGE]]
            return {"data": {"meta": {"all_count": len(found)}, "payload": shown}}

        @app.get(base + "/{number}")
        async def one(number: int) -> Json:
            return self.conversations[number].shown()

        @app.get(base + "/{number}/messages")
        async def messages(number: int, after: int | None = None, before: int | None = None) -> Json:
            found = self.conversations[number].messages
            if after is not None:
                found = [m for m in found if m["id"] > after][:100]
            elif before is not None:
                found = [m for m in found if m["id"] < before][-20:]
            else:
                found = found[-20:]
            return {"meta": {}, "payload": found}

        @app.post(base + "/{number}/messages")
        async def write(number: int, request: Request) -> Response:
            body = await request.json()
            assert body["message_type"] == "outgoing"
            sender = {"id": DESK, "name": "Desk", "type": "user"}
            message = self._add(number, {"message_type": OUTGOING, "content": body["content"], "sender": sender})
            if self.lose_answers:
                self.lose_answers -= 1
                return JSONResponse({"error": "Bad gateway"}, 502)
            return JSONResponse({**message, "echo_id": body.get("echo_id")})

        @app.post(base + "/{number}/toggle_status")
        async def toggle(number: int, request: Request) -> Json:
            self.set_status(number, (await request.json())["status"])
            return {"payload": {"success": True, "current_status": self.conversations[number].status}}

        @app.post(base + "/{number}/toggle_typing_status")
        async def type_(number: int, request: Request) -> Response:
            self.typing.append((number, (await request.json())["typing_status"]))
            return Response()

        @app.post(base + "/{number}/update_last_seen")
        async def see(number: int) -> Json:
            self.seen.append(number)
            return self.conversations[number].shown()

        @app.get("/rails/active_storage/blobs/redirect/{name}")
        async def redirect(name: str) -> Response:
            return Response(status_code=302, headers={"Location": f"/rails/active_storage/disk/{name}"})

        @app.get("/rails/active_storage/disk/{name}")
        async def disk(name: str) -> Response:
            return Response(self.stored[name]) if name in self.stored else Response(status_code=404)

        @app.websocket("/cable")
        async def cable(stream: WebSocket) -> None:
            await self._cable(stream)

        return app

    async def _cable(self, stream: WebSocket) -> None:
        await stream.accept(subprotocol="actioncable-v1-json")
        await stream.send_json({"type": "welcome"})
        beat = asyncio.create_task(_beat(stream))
        try:
            while True:
                command = await stream.receive_json()
                wanted = json.loads(command["identifier"])
                if command["command"] == "subscribe" and wanted["pubsub_token"] == PUBSUB:
                    assert (wanted["channel"], wanted["account_id"], wanted["user_id"]) == (
                        "RoomChannel",
                        ACCOUNT,
                        DESK,
                    )
                    await stream.send_json({"identifier": command["identifier"], "type": "confirm_subscription"})
                    self._streams.add(stream)
                elif command["command"] == "subscribe":
                    await stream.send_json({"identifier": command["identifier"], "type": "reject_subscription"})
        except WebSocketDisconnect:
            pass
        finally:
            self._streams.discard(stream)
            beat.cancel()


async def _send(stream: WebSocket, frame: str) -> None:
    try:
        await stream.send_text(frame)
    except (RuntimeError, WebSocketDisconnect):
        return


async def _beat(stream: WebSocket) -> None:
    while True:
        await _send(stream, json.dumps({"type": "ping", "message": int(time.time())}))
        await asyncio.sleep(3)
