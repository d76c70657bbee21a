"""Customers at the other end of each channel, for the contract."""

import asyncio
import contextlib
from contextlib import AsyncExitStack

from console.conversation.message import Author
from console.conversation.people import Customer
from console.desk.channels.channel import Channel
from console.desk.channels.chatwoot import Cable, ChatwootChannel, ChatwootClient
from console.desk.channels.matrix import MatrixChannel, MatrixClient
from console.desk.channels.projection import Notice, Said, Speaker
from console.desk.channels.webchat import WebChat, anonymous
from console.desk.desk import Desk
from console.replay.channel import Place, ReplayChannel
from console.replay.matching import Encode
from console.replay.script import linear_script
from console.store import SqlEventLog
from tests.channels.chatwoot_double import ACCOUNT, TOKEN, Chatwoot
from tests.channels.contract import FIRST, THEN
from tests.channels.synapse import Synapse
from tests.desks import until


class MatrixLine:
    """A customer on a real homeserver; out of reach means that it was killed."""

    def __init__(self, synapse: Synapse) -> None:
        self._synapse = synapse
        self._user, self._dana = synapse.member("desk"), synapse.member("dana")
        self._room, self._unsent, self._here = "", (), True

    def channel(self, desk: Desk) -> Channel:
        """Return the channel for a desk that starts."""
        return MatrixChannel(desk, MatrixClient(self._synapse.address, self._user.token, timeline=2))

    async def begin(self) -> None:
        """Invite the desk and write."""
        self._room = await asyncio.to_thread(self._dana.invite, self._user)
        await self._write(FIRST)

    async def go_on(self) -> None:
        """Write, now or later."""
        if self._here:
            await self._write(THEN)
        else:
            self._unsent = THEN

    async def seen(self) -> list[str]:
        """Return the desk's messages in the room."""
        if not self._here:
            return []
        return await self._from_desk("m.text")

    async def notices(self) -> list[str]:
        """Return the desk's notices in the room."""
        return await self._from_desk("m.notice")

    async def _from_desk(self, kind: str) -> list[str]:
        said = await asyncio.to_thread(self._dana.seen, self._room, kind)
        return [text for sender, text in said if sender == self._user.user]

    async def go(self) -> None:
        """Kill the homeserver."""
        self._here = False
        await asyncio.to_thread(self._synapse.kill)

    async def come_back(self) -> None:
        """Start it again; the customer writes at once."""
        await asyncio.to_thread(self._synapse.start)
        self._here = True
        await self._write(self._unsent)

    async def _write(self, texts: tuple[str, ...]) -> None:
        for text in texts:
            await asyncio.to_thread(self._dana.write, self._room, text)


class ChatwootLine:
    """A contact of the double; out of reach means that it serves nobody."""

    def __init__(self, chatwoot: Chatwoot, status: str = "open") -> None:
        self._chatwoot, self._number, self._status = chatwoot, 0, status
        self._serving = AsyncExitStack()

    async def start(self) -> None:
        """Serve."""
        await self._serving.enter_async_context(self._chatwoot.serving())

    def channel(self, desk: Desk) -> Channel:
        """Return the channel for a desk that starts."""
        client = ChatwootClient(self._chatwoot.address, ACCOUNT, TOKEN)
        return ChatwootChannel(desk, client, Cable(self._chatwoot.address, ACCOUNT))

    async def begin(self) -> None:
        """Begin a conversation once the desk has seen what there is."""
        await until(lambda: self._chatwoot.followed)
        self._number = self._chatwoot.contact_opens(FIRST[0], self._status)
        for text in FIRST[1:]:
            self._chatwoot.contact_writes(self._number, text)

    async def go_on(self) -> None:
        """Write; Chatwoot has it, whoever can reach it."""
        for text in THEN:
            self._chatwoot.contact_writes(self._number, text)

    async def seen(self) -> list[str]:
        """Return what the desk wrote."""
        return self._chatwoot.sent(self._number)

    async def notices(self) -> list[str]:
        """Return nothing: Chatwoot shows its own."""
        return []

    async def go(self) -> None:
        """Serve nobody."""
        await self._serving.aclose()

    async def come_back(self) -> None:
        """Serve again."""
        await self.start()


class WebChatLine:
    """A visitor with a page open; out of reach means that it is closed. What they write then, the page sends later."""

    def __init__(self) -> None:
        self._visitor = anonymous("d" * 64)
        self._webchat: WebChat | None = None
        self._page: asyncio.Task[None] | None = None
        self._items: dict[int, Said | Notice] = {}
        self._number = 0
        self._unsent: tuple[str, ...] = ()

    def channel(self, desk: Desk) -> Channel:
        """Return the channel for a desk that starts; the page follows it."""
        self._webchat = WebChat(desk)
        self._open()
        return self._webchat

    async def begin(self) -> None:
        """Write."""
        await self._write(FIRST)

    async def go_on(self) -> None:
        """Write, now or later."""
        if self._page is None:
            self._unsent = THEN
        else:
            await self._write(THEN)

    async def seen(self) -> list[str]:
        """Return what the page shows of agents and of the bot."""
        shown = [item for _, item in sorted(self._items.items()) if isinstance(item, Said)]
        return [item.text for item in shown if item.speaker is not Speaker.YOU]

    async def notices(self) -> list[str]:
        """Return the lines about the conversation."""
        return [item.text for _, item in sorted(self._items.items()) if isinstance(item, Notice)]

    async def go(self) -> None:
        """Close the page."""
        if self._page is not None:
            self._page.cancel()
            await asyncio.gather(self._page, return_exceptions=True)
            self._page = None

    async def come_back(self) -> None:
        """Open it again; it goes on after the last item it saw."""
        self._open()
        await self._write(self._unsent)

    async def _write(self, texts: tuple[str, ...]) -> None:
        assert self._webchat is not None
        for text in texts:
            for _ in range(2):  # a page that got no answer sends again
                await self._webchat.write(self._visitor, text, f"key-{text}")

    def _open(self) -> None:
        if self._page is not None:
            self._page.cancel()
        self._page = asyncio.create_task(self._follow())

    async def _follow(self) -> None:
        while True:
            assert self._webchat is not None
            with contextlib.suppress(RuntimeError):
                async for shown in self._webchat.follow(self._visitor, self._number):
                    number = getattr(shown, "number", 0)
                    self._number = max(self._number, number)
                    if isinstance(shown, Said | Notice):
                        assert number not in self._items, "an item was shown twice"
                        self._items[number] = shown
            await asyncio.sleep(0.01)


class ReplayLine:
    """A played customer, who is never out of reach: they live on the desk."""

    def __init__(self, log: SqlEventLog) -> None:
        self._log = log
        spoken = [*[(Author.CUSTOMER, text) for text in FIRST], (Author.AGENT, "…")]
        spoken += [(Author.CUSTOMER, text) for text in THEN]
        before = [(Author.CUSTOMER, "Hello"), (Author.AGENT, "…")]
        script = linear_script("dana", Customer(id="dana"), [*before[1:], *spoken])
        self._script = script

    def channel(self, desk: Desk) -> Channel:
        """Return the channel for a desk that starts."""

        async def encode() -> Encode:
            raise RuntimeError("no model: the customer goes on whatever is said")

        return ReplayChannel(desk, [self._script], encode, speed=1000.0, at_once=1)

    async def begin(self) -> None:
        """Nothing: they write by themselves."""

    async def go_on(self) -> None:
        """Nothing: they write by themselves."""

    async def seen(self) -> list[str]:
        """Return what of agents they have taken in and answered."""
        stored = self._log.cursor("replay:dana-1")
        heard = Place.decode(stored).heard if stored else 0
        said = [event for event in self._log.read(conversation="dana-1") if event.seq <= heard]
        return [event.data.text for event in said if getattr(event.data, "role", None) is Author.AGENT]  # type: ignore[union-attr]

    async def go(self) -> None:
        """Nothing."""

    async def come_back(self) -> None:
        """Nothing."""
