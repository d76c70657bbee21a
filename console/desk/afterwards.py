"""What a channel tells of messages after they were written: edited, deleted, read. The log itself is never changed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from console.conversation.channel_events import UNKNOWN, MessagesRead, MessageWithdrawn, place
from console.conversation.events import EventData, MessageAdded, NewEvent
from console.conversation.message import Author
from console.desk.intake import Incoming, Intake
from console.desk.live import LiveLog
from console.desk.log import Appended, Cursor


class Afterwards:
    """Takes in what channels tell of earlier messages; a repeated telling changes nothing."""

    def __init__(self, live: LiveLog, intake: Intake, now: Callable[[], datetime]) -> None:
        self._live = live
        self._intake = intake
        self._now = now

    async def edited(
        self, conversation: str, original: str, message: Incoming, cursor: Cursor | None = None
    ) -> Appended:
        """Take in the new wording of the customer's message ``original`` (the channel's id) as a message that says so.

        Who answered the first wording has to see that it changed, so that nothing is replaced.
        """
        edits = await self._message(conversation, original) or UNKNOWN
        return await self._intake.receive(conversation, replace(message, edits=edits), cursor=cursor)

    async def deleted(self, conversation: str, original: str, external_id: str) -> None:
        """Note that the customer deleted a message of theirs; one that the desk never had is passed over."""
        message = await self._message(conversation, original)
        if message:
            await self._note(conversation, MessageWithdrawn(message), external_id)

    async def read(self, conversation: str, message: str) -> None:
        """Note that the customer has read everything up to a message of ours; what is known already is not logged."""
        state = await self._live.state(conversation)
        if place(message) > place(state.contact.read):
            await self._note(conversation, MessagesRead(message), f"read:{message}")

    async def _note(self, conversation: str, data: EventData, external_id: str) -> None:
        state = await self._live.state(conversation)
        actor, key = f"customer:{state.customer.id}", f"{conversation}:{external_id}"
        await self._live.record([NewEvent(conversation, actor, data, self._now(), state.channel, key)])

    async def _message(self, conversation: str, external_id: str) -> str:
        """Return the customer's message that the channel knows by this id; empty where there is none."""
        key = f"{conversation}:{external_id}"
        history = await self._live.history(conversation)
        said = (event for event in history if isinstance(event.data, MessageAdded))
        places = ((number, event) for number, event in enumerate(said, 1) if event.external_id == key)
        return next((f"m{n}" for n, event in places if _by_customer(event.data)), "")


def _by_customer(data: EventData) -> bool:
    return isinstance(data, MessageAdded) and data.role is Author.CUSTOMER
