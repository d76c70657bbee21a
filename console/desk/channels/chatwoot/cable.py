"""Chatwoot's live stream: Rails' ActionCable over a websocket.

What comes is taken as a hint of where to look, never as the message itself: order and completeness are the business of
the calls that can be made again.
"""

import asyncio
import json
import logging
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException
from websockets.typing import Origin, Subprotocol

from console.desk.channels.chatwoot.client import Profile
from console.desk.channels.remote import CONNECT, RemoteFault
from console.desk.channels.shapes import a_dict, a_text

PROTOCOL: Final = Subprotocol("actioncable-v1-json")

SILENCE: Final = 15.0
"""Seconds without a sign of life after which the stream counts as lost; the server sends one every three."""

PRESENCE: Final = 20.0
"""Seconds after which the desk says again that it is there; Chatwoot forgets after a minute."""

MOST_BYTES: Final = 2 * 1024 * 1024
"""Bytes of one event; a longer one ends the stream, and what it was about is found by asking."""

_quiet = logging.getLogger("secondchair.cable")
_quiet.disabled = True  # the frames hold the token that opens the stream


@dataclass(frozen=True, slots=True)
class News:
    """Something happened: ``event`` is Chatwoot's name for it (``message.created``), ``data`` what it says of it."""

    event: str
    data: dict[str, object]


class Cable:
    """The live stream of an account at ``address``."""

    def __init__(self, address: str, account: int, *, silence: float = SILENCE) -> None:
        parts = urlsplit(address)
        scheme = "wss" if parts.scheme == "https" else "ws"
        self._url = f"{scheme}://{parts.netloc}{parts.path.rstrip('/')}/cable"
        self._origin = Origin(f"{parts.scheme}://{parts.netloc}")
        self._account, self._silence = account, silence

    async def follow(self, profile: Profile) -> AsyncGenerator[News, None]:
        """Yield what happens, first an empty sign that the stream stands; raises ``RemoteFault`` when it is lost."""
        try:
            async with connect(
                self._url,
                origin=self._origin,
                subprotocols=[PROTOCOL],
                open_timeout=CONNECT,
                ping_interval=None,  # the server's own signs of life tell more
                max_size=MOST_BYTES,
                proxy=None,
                logger=_quiet,
            ) as connection:
                identifier = self._identifier(profile)
                await connection.send(json.dumps({"command": "subscribe", "identifier": identifier}))
                presence = asyncio.create_task(_say_present(connection, identifier))
                try:
                    while True:
                        async with asyncio.timeout(self._silence):
                            raw = await connection.recv()
                        news = read_frame(raw)
                        if news is not None:
                            yield news
                finally:
                    presence.cancel()
        except (WebSocketException, OSError, TimeoutError) as error:
            raise RemoteFault(f"the live stream was lost: {type(error).__name__}") from error

    def _identifier(self, profile: Profile) -> str:
        return json.dumps(
            {
                "channel": "RoomChannel",
                "pubsub_token": profile.pubsub_token,
                "account_id": self._account,
                "user_id": profile.id,
            }
        )


async def _say_present(connection: ClientConnection, identifier: str) -> None:
    data = json.dumps({"action": "update_presence"})
    while True:
        await asyncio.sleep(PRESENCE)
        await connection.send(json.dumps({"command": "message", "identifier": identifier, "data": data}))


def read_frame(raw: str | bytes) -> News | None:
    """Return what one frame says; ``None`` for a sign of life. Raises ``RemoteFault`` where the server ends it."""
    try:
        frame = a_dict(json.loads(raw))
    except (ValueError, RecursionError):
        return None
    match frame.get("type"):
        case "confirm_subscription":
            return News("", {})
        case "reject_subscription":
            raise RemoteFault("the live stream was refused; is the token that of a user of this account?", 403)
        case "disconnect":
            raise RemoteFault(f"the live stream was ended: {a_text(frame.get('reason'))[:80]}")
        case None:
            message = a_dict(frame.get("message"))
            event = a_text(message.get("event"))
            return News(event, a_dict(message.get("data"))) if event else None
    return None
