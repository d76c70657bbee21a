"""The Matrix channel: invitations are followed, rooms are conversations, every message arrives once and in order.

The homeserver is asked what happened after a point (``/sync``); that point is kept in the log, and moves on with the
messages that came with it. Whatever is asked twice, after a crash or a lost answer, changes nothing: each event has an
id, and so has each message that is sent.
"""

import asyncio
from collections.abc import AsyncIterator
from functools import partial
from typing import Final

import structlog

from console.conversation.attachments import Attachment
from console.conversation.message import Author, Message
from console.conversation.people import Customer, Identity
from console.desk.channels.channel import UndeliverableError
from console.desk.channels.conversations import Conversations
from console.desk.channels.files import Files
from console.desk.channels.matrix.client import MatrixClient
from console.desk.channels.matrix.gaps import fill
from console.desk.channels.matrix.names import Names
from console.desk.channels.matrix.notices import RoomNotices
from console.desk.channels.matrix.reading import (
    Came,
    Deleted,
    RoomEvent,
    RoomNews,
    Sync,
    Unreadable,
    Written,
)
from console.desk.channels.matrix.signs import RoomSigns
from console.desk.channels.matrix.writing import texts, transaction
from console.desk.channels.remote import RemoteFault
from console.desk.channels.signs import tell_signs
from console.desk.desk import Desk
from console.desk.intake import Incoming
from console.desk.log import Cursor, LogError

NAME: Final = "matrix"

HANDOVER: Final = "wrote on Matrix"
"""Why people take over at once, where no bot answers first."""

WAIT: Final = 30.0
"""Seconds the homeserver may wait for something to happen before it answers that nothing did."""

TYPING: Final = 30.0
"""Seconds after which a homeserver forgets that the desk types."""

PAUSE: Final = 1.0
"""Seconds after a fault before the homeserver is asked again; twice as long each time."""

PAUSE_AT_MOST: Final = 30.0

_log = structlog.get_logger(__name__)


class MatrixChannel:
    """The channel behind one user of a homeserver, whom customers (or a bridge) invite into rooms."""

    name = NAME
    everywhere = False

    def __init__(self, desk: Desk, client: MatrixClient) -> None:
        self._desk, self._client = desk, client
        self._rooms = Conversations(desk.live, desk.intake, NAME)
        self._signs = RoomSigns(desk, self._rooms)
        self._user = ""
        self._files = Files(desk.attachments)
        self._names = Names(client)

    async def deliver(self, conversation: str, message: Message) -> str:
        """Send a message into its room; raises :class:`UndeliverableError` where the homeserver does not take it."""
        room = await self._rooms.address(conversation)
        sent = transaction(conversation, message)
        event = ""
        try:
            for number, text in enumerate(texts(message.text)):
                content: dict[str, object] = {"msgtype": "m.text", "body": text}
                event = await self._client.send(room, f"{sent}.{number}", content)
        except RemoteFault as error:
            raise UndeliverableError(str(error)) from error
        return event

    async def run(self) -> None:
        """Take in what happens in the rooms, and pass signs on, until cancelled."""
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._keep_following())
                tasks.create_task(tell_signs(self._desk.live, NAME, self))
                tasks.create_task(RoomNotices(self._desk, self._client, NAME).run())
        finally:
            await self._client.close()

    async def tell_typing(self, address: str, active: bool) -> None:
        """Say that the agent types, or has stopped."""
        if self._user:
            await self._client.typing(address, self._user, active, TYPING)

    async def tell_read(self, conversation: str, address: str) -> None:
        """Say that the customer's newest message, and all before it, was read."""
        event = await self._signs.newest(conversation)
        if event:
            await self._client.read(address, event)

    async def _keep_following(self) -> None:
        pause = PAUSE
        while True:
            try:
                async for _ in self._follow():
                    pause = PAUSE
            except RemoteFault as error:
                _log.warning("matrix", why=str(error), again_in=max(pause, error.again_after))
                await asyncio.sleep(max(pause, error.again_after))
            except Exception:  # whatever it is: what came is asked for again, and the desk goes on
                _log.exception("matrix")
                await asyncio.sleep(pause)
            pause = min(2 * pause, PAUSE_AT_MOST)

    async def _follow(self) -> AsyncIterator[Sync]:
        """Ask for what is new, again and again, and take it in; ends with a fault."""
        self._user = self._user or await self._client.whoami()
        since = await self._desk.live.call(lambda log: log.cursor(NAME))
        wait = 0.0  # the first answer comes at once: it tells that the homeserver is there again
        while True:
            news = await self._client.sync(since, wait)
            if not wait:
                self._desk.reached(NAME)
            if since:
                await self._take(news, since)
            else:  # what was said before the desk was there is not for it
                await self._follow_invitations(news)
                await self._desk.live.record([], cursor=Cursor(NAME, news.next))
            since, wait = news.next, WAIT
            yield news

    async def _take(self, news: Sync, since: str) -> None:
        await self._follow_invitations(news)
        events: list[tuple[RoomNews, RoomEvent]] = []
        for room in news.rooms:
            known = await self._rooms.known(room.room)
            found = await fill(self._client, self._desk.live, room, known, since, self._user)
            self._names.learn(room, found)
            events += [(room, event) for event in found if self._matters(event)]
        cursor, moved = Cursor(NAME, news.next), False
        for number, (room, event) in enumerate(events, 1):
            try:
                moved = await self._take_event(room, event, cursor if number == len(events) else None)
            except (LogError, RemoteFault):
                raise  # all of it is asked for again
            except Exception:  # one event that cannot be taken must not keep away those behind it, for ever
                _log.exception("matrix: an event is left out", room=room.room, event_id=event.id)
                moved = False
        if (events or news.invitations) and not moved:
            await self._desk.live.record([], cursor=cursor)
        for room in news.rooms:
            await self._signs.take(room, self._user)

    async def _follow_invitations(self, news: Sync) -> None:
        for room in news.invitations:
            try:
                await self._client.join(room)
            except RemoteFault as error:
                if not error.final:
                    raise
                _log.warning("matrix: invitation not followed", room=room, why=str(error))

    def _matters(self, event: RoomEvent) -> bool:
        """Return whether an event is anything to the desk: not its own, and nobody's coming."""
        if isinstance(event, Came):
            return not event.here and event.user != self._user
        return event.sender != self._user

    async def _take_event(self, room: RoomNews, event: RoomEvent, cursor: Cursor | None) -> bool:
        """Take in an event; returns whether the cursor moved with it."""
        match event:
            case Written():
                return await self._written(room, event, cursor)
            case Unreadable(sender=sender, why=why):
                return await self._notice(room, event.id, sender, why, cursor)
            case Came(user=user):
                return await self._notice(room, event.id, user, "has left the room", cursor)
            case Deleted(target=target):
                conversation = await self._rooms.known(room.room)
                if conversation:
                    await self._desk.afterwards.deleted(conversation, target, event.id)
        return False

    async def _written(self, room: RoomNews, event: Written, cursor: Cursor | None) -> bool:
        at = min(event.at, self._desk.now()) if event.at else None  # clocks of others may be wrong, or set so
        name = await self._names.name(event.sender)
        known = await self._rooms.known(room.room)
        first = not known or (await self._desk.live.state(known)).customer.id == event.sender
        attachments, text = await self._with_file(event)
        incoming = Incoming(Author.CUSTOMER, text, event.id, at, "" if first else name, attachments)
        customer = Customer(id=event.sender, name=name)
        handover = "" if self._desk.bot.opens else HANDOVER
        conversation = await self._rooms.take_in(room.room, customer, [incoming], Identity.CLAIMED, handover, cursor)
        if event.edits:
            done = await self._desk.afterwards.edited(conversation, event.edits, incoming, cursor)
        else:
            done = await self._desk.intake.receive(conversation, incoming, cursor=cursor)
        return not done.repeated and cursor is not None

    async def _notice(self, room: RoomNews, key: str, user: str, what: str, cursor: Cursor | None) -> bool:
        """Tell the agent, not the customer."""
        conversation = await self._rooms.known(room.room)
        if not conversation:
            return False
        customer = (await self._desk.live.state(conversation)).customer
        name = customer.shown if customer.id == user else await self._names.name(user)
        text = f"{name} {what}."
        done = await self._desk.intake.receive(conversation, Incoming(Author.SYSTEM, text, key), cursor=cursor)
        return not done.repeated and cursor is not None

    async def _with_file(self, event: Written) -> tuple[tuple[Attachment, ...], str]:
        """Return the file that a message brings, and its text with what stands for the file."""
        file = event.file
        if file is None:
            return (), event.text
        found, words = await self._files.take(file.address, file.name, partial(self._client.media, file.address))
        return found, f"{event.text}\n{words}" if event.text else words
