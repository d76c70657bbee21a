"""What passes in a room without being said: who types, and who has read how far."""

from console.conversation.events import MessageAdded
from console.conversation.message import Author
from console.desk.channels.conversations import Conversations
from console.desk.channels.matrix.reading import RoomNews
from console.desk.desk import Desk


class RoomSigns:
    """Brings such signs to the desk."""

    def __init__(self, desk: Desk, rooms: Conversations) -> None:
        self._desk, self._rooms = desk, rooms
        self._typing: set[str] = set()
        """Rooms in which somebody other than the desk types."""

    async def take(self, news: RoomNews, user: str) -> None:
        """Take in the signs of a room; those of the desk's own ``user`` are none."""
        read = [event for reader, event in news.read if reader != user]
        if news.typing is None and not read:
            return
        conversation = await self._rooms.known(news.room)
        if not conversation:
            return
        if news.typing is not None:
            self._type(news.room, conversation, bool(news.typing - {user}))
        state = await self._desk.live.state(conversation)
        for message in [message for message, reference in state.delivered.items() if reference in read]:
            await self._desk.afterwards.read(conversation, message)

    async def newest(self, conversation: str) -> str:
        """Return the event of the customer's newest message; empty where there is none."""
        prefix = f"{conversation}:"
        return next(
            (
                event.external_id.removeprefix(prefix)
                for event in reversed(await self._desk.live.history(conversation))
                if isinstance(event.data, MessageAdded) and event.data.role is Author.CUSTOMER
            ),
            "",
        )

    def _type(self, room: str, conversation: str, active: bool) -> None:
        if active == (room in self._typing):
            return
        self._desk.intake.typing(conversation, active)
        if active:
            self._typing.add(room)
        else:
            self._typing.discard(room)
