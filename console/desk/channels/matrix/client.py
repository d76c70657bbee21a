"""The few calls of a Matrix homeserver that the channel needs (client-server interface, version 3)."""

import json
from typing import Any, Final
from urllib.parse import quote

import httpx

from console.desk.channels.matrix.reading import Sync, read_sync
from console.desk.channels.remote import DEADLINE, Remote, RemoteFault
from console.desk.channels.shapes import a_dict, a_text

TIMELINE: Final = 100
"""Events of a room that one answer brings; where there were more, the rest is paged."""

_V3: Final = "/_matrix/client/v3"


class MatrixClient:
    """The homeserver at ``address``, asked as the desk's user with an access token. All calls raise ``RemoteFault``."""

    def __init__(
        self,
        address: str,
        token: str,
        *,
        timeline: int = TIMELINE,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._filter = _filter(timeline)
        self._remote = Remote(address, {"Authorization": f"Bearer {token}"}, transport=transport)

    async def close(self) -> None:
        """Let go of the connections."""
        await self._remote.close()

    async def whoami(self) -> str:
        """Return the desk's user id."""
        return _text(await self._remote.ask("GET", f"{_V3}/account/whoami"), "user_id")

    async def name(self, user: str) -> str:
        """Return the name that a user goes by; empty where they have none."""
        answer = await self._remote.ask("GET", f"{_V3}/profile/{_quoted(user)}/displayname")
        return a_text(a_dict(answer).get("displayname"))

    async def sync(self, since: str, wait: float) -> Sync:
        """Return what happened after ``since``; waits up to ``wait`` seconds for something to happen."""
        params = {"filter": self._filter, "timeout": str(int(wait * 1000)), "set_presence": "offline"}
        if since:
            params["since"] = since
        return read_sync(await self._remote.ask("GET", f"{_V3}/sync", params=params, seconds=wait + 2 * DEADLINE))

    async def before(self, room: str, start: str, end: str) -> tuple[list[object], str]:
        """Return events before the point ``start``, newest first, none beyond ``end``, and where to go on.

        The second is empty where there is nothing more.
        """
        params = {"dir": "b", "from": start, "limit": str(TIMELINE), **({"to": end} if end else {})}
        page = await self._remote.ask("GET", f"{_room(room)}/messages", params=params)
        chunk = page.get("chunk") if isinstance(page, dict) else None
        if not isinstance(chunk, list):
            raise RemoteFault("the answer holds no events")
        on = page.get("end")
        return chunk, on if isinstance(on, str) and chunk else ""

    async def join(self, room: str) -> None:
        """Follow an invitation."""
        await self._remote.ask("POST", f"{_V3}/join/{_quoted(room)}", body={})

    async def send(self, room: str, transaction: str, content: dict[str, object]) -> str:
        """Send a message and return its event's id; the same ``transaction`` again sends nothing more."""
        path = f"{_room(room)}/send/m.room.message/{_quoted(transaction)}"
        return _text(await self._remote.ask("PUT", path, body=content), "event_id")

    async def typing(self, room: str, user: str, active: bool, seconds: float) -> None:
        """Say that the desk types, for so many seconds at most, or has stopped."""
        body = {"typing": active, "timeout": int(seconds * 1000)} if active else {"typing": False}
        await self._remote.ask("PUT", f"{_room(room)}/typing/{_quoted(user)}", body=body)

    async def read(self, room: str, event: str) -> None:
        """Say that everything up to an event was read."""
        await self._remote.ask("POST", f"{_room(room)}/receipt/m.read/{_quoted(event)}", body={})

    async def media(self, address: str, most_bytes: int) -> bytes:
        """Return what lies at ``mxc://server/id``."""
        server, _, name = address.removeprefix("mxc://").partition("/")
        if not address.startswith("mxc://") or not server or not name:
            raise RemoteFault("the file has no address", 404)
        path = f"/_matrix/client/v1/media/download/{_quoted(server)}/{_quoted(name)}"
        return await self._remote.download(path, most_bytes)

    async def upload(self, data: bytes, name: str, kind: str) -> str:
        """Bring a file to the homeserver and return its address."""
        answer = await self._remote.upload("/_matrix/media/v3/upload", data, kind, {"filename": name})
        return _text(answer, "content_uri")


def _filter(timeline: int) -> str:
    room = {
        "account_data": {"types": []},
        "timeline": {"limit": timeline, "lazy_load_members": True},
        "state": {"types": ["m.room.member"], "lazy_load_members": True},
        "ephemeral": {"types": ["m.typing", "m.receipt"]},
    }
    return json.dumps({"presence": {"types": []}, "account_data": {"types": []}, "room": room})


def _room(room: str) -> str:
    return f"{_V3}/rooms/{_quoted(room)}"


def _quoted(part: str) -> str:
    return quote(part, safe="")


def _text(answer: Any, key: str) -> str:  # noqa: ANN401 - JSON is any of its types
    value = answer.get(key) if isinstance(answer, dict) else None
    if not isinstance(value, str):
        raise RemoteFault(f"the answer holds no '{key}'")
    return value
