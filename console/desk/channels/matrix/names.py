"""What members of rooms are called: a homeserver tells it when they come, and is asked where that was missed."""

from typing import Final

from console.desk.channels.matrix.client import MatrixClient
from console.desk.channels.matrix.reading import Came, RoomEvent, RoomNews
from console.desk.channels.remote import RemoteFault

MOST: Final = 10_000
"""Names that are remembered."""


class Names:
    """Remembers names of members."""

    def __init__(self, client: MatrixClient) -> None:
        self._client = client
        self._names: dict[str, str] = {}

    def learn(self, news: RoomNews, events: list[RoomEvent]) -> None:
        """Take in what a room and its events say of names."""
        came = {event.user: event.name for event in events if isinstance(event, Came) and event.name}
        self._names |= {**news.names, **came}
        while len(self._names) > MOST:
            self._names.pop(next(iter(self._names)))

    async def name(self, user: str) -> str:
        """Return what a member is called; the first part of their id where nobody knows. Never empty."""
        if user not in self._names:
            try:
                self._names[user] = await self._client.name(user)
            except RemoteFault as fault:
                if not fault.final:
                    raise
                self._names[user] = ""
        return self._names[user] or user.removeprefix("@").partition(":")[0] or "somebody"
