"""What comes in from customers: conversations and messages, cleaned here once."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from console.assist.summary.cards import without_cards
from console.conversation.attachments import Attachment
from console.conversation.events import (
    ConversationOpened,
    ConversationReopened,
    EventData,
    HandedOver,
    IdentityChanged,
    MessageAdded,
    MessageDelivered,
    NewEvent,
)
from console.conversation.message import Author, Status
from console.conversation.people import Customer, Identity
from console.conversation.state import Conversation
from console.desk.errors import NotFound
from console.desk.hub import Signal
from console.desk.live import LiveLog
from console.desk.log import Appended, Cursor, LogErased, LogMoved
from console.text import clean, clean_line


@dataclass(frozen=True, slots=True)
class Incoming:
    """A message from outside; ``external_id`` is the channel's own id for it."""

    role: Author
    text: str
    external_id: str = ""
    written_at: datetime | None = None
    author: str = ""
    """Whose it is, where it is not the customer's own."""
    attachments: tuple[Attachment, ...] = ()
    edits: str = ""
    """The id of the message that it puts right, see :class:`MessageAdded`."""


class Intake:
    """Takes in what channels bring."""

    def __init__(
        self, live: LiveLog, now: Callable[[], datetime], withheld: Callable[[str], str] = lambda text: text
    ) -> None:
        """``withheld`` takes out of a customer's text what must not be kept."""
        self._live = live
        self._now = now
        self._withheld = withheld

    async def open(
        self,
        channel: str,
        customer: Customer,
        *,
        conversation: str = "",
        address: str = "",
        subject: str = "",
        level: Identity = Identity.ANONYMOUS,
        before: Sequence[Incoming | EventData] = (),
        handover: str = "",
        tier: int = 1,
        cursor: Cursor | None = None,
        also: Sequence[tuple[str, EventData]] = (),
        then: Sequence[tuple[str, EventData]] = (),
    ) -> str:
        """Begin a conversation and return its id.

        ``before`` are messages that came earlier and that the customer knows, and what the desk noted of them; with a
        ``handover`` reason it goes to people at once. ``also`` is recorded of it by these actors, before anything is
        said, ``then`` after all of it, in the same transaction. Opening the same ``conversation`` twice changes
        nothing.
        """
        conversation = conversation or f"c-{secrets.token_hex(5)}"
        customer = replace(customer, name=clean_line(customer.name), first_name=clean_line(customer.first_name))
        actor = f"customer:{customer.id}"
        parts: list[tuple[str, EventData, str]] = [
            (actor, ConversationOpened(channel, customer, clean_line(subject), address), f"{conversation}:opened")
        ]
        parts += [(who, data, "") for who, data in also]
        if level is not Identity.ANONYMOUS:
            parts.append(("desk", IdentityChanged(level, customer), ""))
        number = 0
        for message in before:
            if not isinstance(message, Incoming):
                parts.append(("desk", message, ""))
                continue
            number += 1
            key = f"{conversation}:{message.external_id}" if message.external_id else ""
            parts.append((_actor(message.role, customer.id), self._added(message), key))
            if message.role in {Author.AGENT, Author.BOT}:  # the channel brought it: nothing is left to deliver
                parts.append(("desk", MessageDelivered(f"m{number}", message.external_id), ""))
        if handover:
            parts.append(("desk", HandedOver(clean_line(handover), tier), ""))
        parts += [(who, data, "") for who, data in then]
        await self._live.record(
            [NewEvent(conversation, actor, data, self._now(), channel, key) for actor, data, key in parts],
            cursor=cursor,
        )
        return conversation

    async def receive(
        self, conversation: str, message: Incoming, *, cursor: Cursor | None = None, beside: EventData | None = None
    ) -> Appended:
        """Take in a message of an open conversation; a closed one is opened again. A repeated one changes nothing.

        What somebody else answered on the channel itself counts as delivered. ``beside`` is recorded
        right after it, by the desk.
        """
        async with self._live.lock(conversation):
            while True:
                state = await self._live.state(conversation)
                events = self._events(state, message, beside)
                ours = message.role in {Author.AGENT, Author.BOT}
                try:  # which message it becomes matters only where it is named at once
                    return await self._live.record(events, cursor=cursor, expect=state.seq if ours else None)
                except LogMoved:
                    await self._live.catch_up()
                except LogErased as error:
                    raise NotFound(str(error)) from error

    def _events(self, state: Conversation, message: Incoming, beside: EventData | None) -> list[NewEvent]:
        key = f"{state.id}:{message.external_id}" if message.external_id else ""
        actor = _actor(message.role, state.customer.id)
        parts: list[tuple[str, EventData, str]] = [(actor, self._added(message), key)]
        if state.status is Status.CLOSED and message.role is Author.CUSTOMER:
            parts.insert(0, (actor, ConversationReopened("the customer wrote again"), ""))
        if message.role in {Author.AGENT, Author.BOT}:
            parts.append(("desk", MessageDelivered(f"m{len(state.messages) + 1}", message.external_id), ""))
        if beside is not None:
            parts.append(("desk", beside, ""))
        return [NewEvent(state.id, who, data, self._now(), state.channel, key) for who, data, key in parts]

    async def hand_over(self, conversation: str, reason: str, tier: int = 1) -> None:
        """Give a conversation to people."""
        await self._live.record([NewEvent(conversation, "desk", HandedOver(clean_line(reason), tier), self._now())])

    async def identify(self, conversation: str, level: Identity, customer: Customer) -> None:
        """Note who the customer is."""
        await self._live.record([NewEvent(conversation, "desk", IdentityChanged(level, customer), self._now())])

    def _added(self, message: Incoming) -> MessageAdded:
        """Return the event of a message; a card's number, and what stands beside it, never reach the log."""
        text = without_cards(clean(message.text)) or "…"
        return MessageAdded(
            message.role,
            self._withheld(text) if message.role is Author.CUSTOMER else text,
            clean_line(message.author),
            written_at=message.written_at,
            attachments=message.attachments,
            edits=message.edits,
        )

    def typing(self, conversation: str, active: bool) -> None:
        """Tell listeners that the customer types, or has stopped."""
        self._live.pass_on(Signal(conversation, "customer", active))


def _actor(role: Author, customer: str) -> str:
    return f"customer:{customer}" if role is Author.CUSTOMER else role.value
