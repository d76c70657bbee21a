"""The Chatwoot channel: conversations of one account, what people and bots there write included.

The live stream says where something happened; what happened is asked for, after the last message known, so that
nothing is missed or taken twice. Besides, the whole list is looked through at the start, whenever the stream stands
again, and from time to time.
"""

import asyncio
import contextlib
from typing import Final

import structlog

from console.conversation.events import ConversationClosed, Event, HandedOver
from console.conversation.message import Message
from console.desk.channels.channel import UndeliverableError
from console.desk.channels.chatwoot.cable import Cable, News
from console.desk.channels.chatwoot.client import ChatwootClient, Profile
from console.desk.channels.chatwoot.reading import read_message
from console.desk.channels.chatwoot.sent import already_sent
from console.desk.channels.chatwoot.standing import Follows, follows
from console.desk.channels.chatwoot.taking import Taking
from console.desk.channels.remote import RemoteFault
from console.desk.channels.shapes import a_dict, a_number
from console.desk.channels.signs import tell_signs, watch
from console.desk.desk import Desk
from console.desk.log import Cursor

NAME: Final = "chatwoot"

LOOKS_EVERY: Final = 60.0
"""Seconds between two looks through the list; the live stream makes most of them find nothing."""

OVERLAP: Final = 120
"""Seconds before the newest moment known from which the list is looked through: what is said there can overtake."""

PAUSE: Final = 1.0
"""Seconds after a fault before the next try; twice as long each time."""

PAUSE_AT_MOST: Final = 30.0

PAGES: Final = 400
"""Pages of the list that are looked through: 10,000 conversations."""

_log = structlog.get_logger(__name__)


class ChatwootChannel:
    """The channel behind one user of a Chatwoot account; with ``inbox`` only that one's conversations.

    ``looks_every`` are the seconds between two looks through the list.
    """

    name = NAME
    everywhere = False

    def __init__(
        self,
        desk: Desk,
        client: ChatwootClient,
        cable: Cable,
        *,
        inbox: int = 0,
        looks_every: float = LOOKS_EVERY,
    ) -> None:
        self._desk, self._client, self._cable = desk, client, cable
        self._inbox, self._looks_every = inbox, looks_every
        self._taking = Taking(desk, client, NAME, inbox)
        self._me: Profile | None = None
        self._hints: set[int] = set()
        self._ended: set[int] = set()
        self._look = True
        self._wake = asyncio.Event()

    async def deliver(self, conversation: str, message: Message) -> str:
        """Write to the contact, unless an earlier try has; raises :class:`UndeliverableError`."""
        state = await self._desk.live.state(conversation)
        number = int(state.address)
        try:
            me = await self._profile()
            sent = await already_sent(self._client, me.id, number, state, message)
            return str(sent or await self._client.send(number, message.text, f"{conversation}.{message.id}"))
        except RemoteFault as error:
            raise UndeliverableError(str(error)) from error

    async def run(self) -> None:
        """Take in what happens on Chatwoot, and say there what happens here, until cancelled."""
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._work())
                tasks.create_task(self._listen())
                tasks.create_task(self._watch())
                tasks.create_task(tell_signs(self._desk.live, NAME, self))
        finally:
            await self._client.close()

    async def tell_typing(self, address: str, active: bool) -> None:
        """Say that the agent types, or has stopped."""
        await self._client.typing(int(address), active)

    async def tell_read(self, conversation: str, address: str) -> None:
        """Say that what the contact wrote was read."""
        del conversation
        await self._client.read(int(address))

    async def _profile(self) -> Profile:
        self._me = self._me or await self._client.profile()
        return self._me

    async def _listen(self) -> None:
        """Follow the live stream, again and again; whenever it stands, the list is looked through."""
        pause = PAUSE
        while True:
            try:
                async with contextlib.aclosing(self._cable.follow(await self._profile())) as stream:
                    async for news in stream:
                        pause = PAUSE
                        await self._hear(news)
            except RemoteFault as error:
                _log.warning("chatwoot: no live stream", why=str(error), again_in=pause)
            except Exception:
                _log.exception("chatwoot: live stream")
            await asyncio.sleep(pause)
            pause = min(2 * pause, PAUSE_AT_MOST)

    async def _hear(self, news: News) -> None:
        match news.event:
            case "":
                self._look = True
                self._wake.set()
            case "conversation.typing_on" | "conversation.typing_off":
                if a_dict(news.data.get("user")).get("type") == "contact":
                    number = a_number(a_dict(news.data.get("conversation")).get("id"))
                    await self._taking.typing(number, active=news.event.endswith("_on"))
            case "message.updated":
                said = read_message(news.data)
                if said is not None:
                    await self._taking.updated(said)
            case "message.created":
                self._hint(a_number(news.data.get("conversation_id")))
            case event if event.startswith("conversation."):
                self._hint(a_number(news.data.get("id")))

    def _hint(self, number: int) -> None:
        if number:
            self._hints.add(number)
            self._wake.set()

    async def _watch(self) -> None:
        """Notice what Chatwoot has to know: that people take over, that it has ended."""
        async for thing in watch(self._desk.live, NAME):
            if isinstance(thing, Event) and isinstance(thing.data, HandedOver | ConversationClosed):
                number = int((await self._desk.live.state(thing.conversation)).address)
                if isinstance(thing.data, ConversationClosed):
                    self._ended.add(number)
                self._hint(number)

    async def _work(self) -> None:
        """Take in what is new, one conversation after the other; after a fault, everything is looked for again."""
        pause = PAUSE
        while True:
            try:
                await self._take_in()
                pause = PAUSE
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(self._looks_every):
                        await self._wake.wait()
                    continue
            except RemoteFault as error:
                _log.warning("chatwoot", why=str(error), again_in=max(pause, error.again_after))
                await asyncio.sleep(max(pause, error.again_after))
            except Exception:  # whatever it is: what came is asked for again, and the desk goes on
                _log.exception("chatwoot")
                await asyncio.sleep(pause)
            pause = min(2 * pause, PAUSE_AT_MOST)
            self._look = True

    async def _take_in(self) -> None:
        self._wake.clear()
        me = await self._profile()
        if self._look:
            self._look = False
            await self._look_through(me)
            self._desk.reached(NAME)
        while self._hints:
            number = self._hints.pop()
            listed = await self._client.conversation(number)
            status = await self._taking.take(me, listed)
            await self._agree(number, status, listed.status)

    async def _look_through(self, me: Profile) -> None:
        """Take in every conversation in which something was said since the last look."""
        stored = await self._desk.live.call(lambda log: log.cursor(NAME))
        found = []
        since = int(stored) - OVERLAP if stored else 0
        for page in range(1, PAGES + 1):
            listed = await self._client.conversations(page, self._inbox)
            found += [one for one in listed if one.active_at >= since]
            if not listed or not stored or min(one.active_at for one in listed) < since:
                break
        newest = max((one.active_at for one in found), default=int(stored or 1))
        for one in reversed(found) if stored else ():  # what was said before the desk was there is not for it
            status = await self._taking.take(me, one)
            await self._agree(one.id, status, one.status)
        if str(newest) != stored:
            await self._desk.live.record([], cursor=Cursor(NAME, str(newest)))

    async def _agree(self, number: int, conversation: str, status: str) -> None:
        """Let both sides say the same of where the conversation stands."""
        if not conversation:
            return
        state = await self._desk.live.state(conversation)
        match follows(state.status, status, closed_now=number in self._ended):
            case Follows.HAND_OVER:
                await self._desk.intake.hand_over(conversation, "opened for people on Chatwoot")
            case Follows.OPEN | Follows.RESOLVE as wanted:
                await self._client.set_status(number, wanted.value)
            case Follows.NOTHING:
                pass
        self._ended.discard(number)
