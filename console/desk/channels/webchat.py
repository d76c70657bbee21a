"""The web chat as a channel: what visitors write goes in, the customer's view of the log goes out.

Nothing is pushed twice: a page follows the log through :meth:`WebChat.follow`, so a message is delivered when the
customer's page is connected, and a page that comes back resumes after the last number it saw.
"""

import asyncio
import hashlib
from collections import defaultdict
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from console.conversation.attachments import Attachment
from console.conversation.erasure_events import ConversationsErased
from console.conversation.events import Event, MessageAdded
from console.conversation.message import Author, Message
from console.conversation.people import Customer, Identity
from console.desk.channels.channel import UndeliverableError
from console.desk.channels.projection import AgentTyping, Item, Projection, Seen
from console.desk.channels.seen import closing_of, message_of_ours
from console.desk.desk import Desk
from console.desk.errors import DeskError, NotFound
from console.desk.hub import PracticeNews, Signal, Writing
from console.desk.intake import Incoming
from console.desk.satisfaction import NotAsked
from console.desk.uploads import UploadLimits, require_room

NAME: Final = "webchat"

PAGE_BACKLOG: Final = 500
"""Items a page may lag behind before its stream is ended; it comes back with the last number it saw."""

HANDOVER: Final = "wrote on the web chat"


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who writes on the page, and which conversation is theirs."""

    conversation: str
    customer: Customer
    level: Identity

    @property
    def known(self) -> bool:
        """Whether the host page vouches for them."""
        return self.level is Identity.VERIFIED


class Erased(DeskError):
    """What was said in the conversation was erased; it cannot go on, the visitor needs a new one."""

    code = "erased"


@dataclass(frozen=True, slots=True)
class CaughtUp:
    """Everything up to item ``number`` has been shown; what follows is live."""

    number: int


@dataclass(frozen=True, slots=True)
class StartOver:
    """The page knows of items that are no more: it must forget what it shows."""


Shown = Item | AgentTyping | Seen | CaughtUp | StartOver
"""What a page receives."""


def anonymous(digest: str) -> Visitor:
    """Return the visitor of an unknown browser; ``digest`` is the SHA-256 (hex) of the secret it keeps."""
    return Visitor(_conversation("anonymous", digest), Customer(id=digest[:32]), Identity.ANONYMOUS)


def verified(customer: Customer, chat: str = "") -> Visitor:
    """Return the visitor that the host page vouches for.

    They have one conversation from wherever they write; ``chat`` tells apart a further one, after an erasure.
    """
    return Visitor(_conversation("verified", f"{customer.id}\x00{chat}"), customer, Identity.VERIFIED)


class WebChat:
    """The channel behind the chat page."""

    name = NAME
    everywhere = True

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._pages: defaultdict[str, set[_Page]] = defaultdict(set)

    def pages(self, conversation: str) -> int:
        """Return how many pages follow a conversation right now."""
        return len(self._pages[conversation]) if conversation in self._pages else 0

    async def write(self, visitor: Visitor, text: str, key: str, attachments: tuple[Attachment, ...] = ()) -> None:
        """Take in a visitor's message; a first one opens the conversation, the same ``key`` again changes nothing.

        Raises :class:`Erased` when the conversation was, and what the log raises.
        """
        message = Incoming(Author.CUSTOMER, text, key, attachments=attachments)
        try:
            state = await self._desk.live.state(visitor.conversation)
        except NotFound:
            await self._desk.intake.open(
                NAME,
                visitor.customer,
                conversation=visitor.conversation,
                level=visitor.level,
                before=[message],
                handover="" if self._desk.bot.opens else HANDOVER,
            )
        else:
            if visitor.known and state.customer != visitor.customer:
                await self._desk.intake.identify(visitor.conversation, visitor.level, visitor.customer)
        # also after opening: when two first messages race, one of them opens and the other is still to be taken in
        try:
            await self._desk.intake.receive(visitor.conversation, message)
        except NotFound as error:
            raise Erased("this conversation was erased") from error

    async def send_file(self, visitor: Visitor, name: str, data: bytes, key: str, limits: UploadLimits) -> None:
        """Take in a visitor's file as a message of its own; the same ``key`` again changes nothing, and counts once.

        Raises :class:`NotTaken` with the reason in words for the customer, and what :meth:`write` raises.
        """
        try:
            state = await self._desk.live.state(visitor.conversation)
            history = await self._desk.live.history(visitor.conversation)
        except NotFound:
            state, history = None, []
        sent = f"{visitor.conversation}:{key}"
        if any(event.external_id == sent for event in history if isinstance(event.data, MessageAdded)):
            return
        require_room(state, len(data), self._desk.now(), limits)
        attachment = await self._desk.attachments.take(name, data)
        await self.write(visitor, f"[{attachment.name}]", key, (attachment,))

    def typing(self, visitor: Visitor, active: bool) -> None:
        """Tell the desk that the visitor types, or has stopped; before their first message nobody needs to know."""
        if visitor.conversation in self._desk.live.rows:
            self._desk.intake.typing(visitor.conversation, active)

    async def read(self, visitor: Visitor, number: int) -> None:
        """Tell the desk that the visitor has read up to item ``number`` of their view.

        One that shows no message of ours, or that was told before, changes nothing.
        """
        try:
            history = await self._desk.live.history(visitor.conversation)
            message = message_of_ours(history, visitor.conversation, NAME, number)
            if message:
                await self._desk.afterwards.read(visitor.conversation, message)
        except NotFound:
            return  # nothing written yet, or erased

    async def rate(self, visitor: Visitor, number: int, score: int) -> None:
        """Note how satisfied the visitor is with the conversation whose end item ``number`` of their view shows.

        A second rating of the same end changes nothing. Raises :class:`~console.desk.satisfaction.NotAsked`.
        """
        try:
            history = await self._desk.live.history(visitor.conversation)
            closing = closing_of(history, visitor.conversation, NAME, number)
            await self._desk.satisfaction.rate(visitor.conversation, closing, score)
        except NotFound as error:
            raise NotAsked("there is nothing to rate") from error

    async def follow(self, visitor: Visitor, after: int) -> AsyncGenerator[Shown, None]:
        """Yield the visitor's items with a number above ``after``, then live ones; ends when the page lags too far."""
        with self._page(visitor.conversation) as page:
            self._desk.reached(NAME)
            projection = Projection(visitor.conversation, NAME)
            history = await self._desk.live.history(visitor.conversation)
            items = [item for event in history if (item := projection.take(event))]
            seen = history[-1].seq if history else 0
            if after > projection.number:
                yield StartOver()
                after = 0
            for item in items:
                if item.number > after:
                    yield item
            read = projection.read
            if read:
                yield Seen(read)
            yield CaughtUp(projection.number)
            async for thing in page:
                if isinstance(thing, Signal):
                    shown: Shown | None = projection.signal(thing)
                elif thing.seq > seen:
                    seen, shown = thing.seq, projection.take(thing)
                else:
                    continue
                if shown:
                    yield shown
                if projection.read > read:
                    read = projection.read
                    yield Seen(read)

    async def deliver(self, conversation: str, message: Message) -> str:
        """Return the message's id once a page of the customer is connected: it follows the log and shows it once."""
        if not self.pages(conversation):
            raise UndeliverableError("the customer's page is not open")
        return message.id

    async def run(self) -> None:
        """Pass on what happens to the pages of its conversation, until the desk stops.

        One listener serves all pages: what a conversation's event costs does not grow with the customers connected.
        """
        listening = True
        while listening:
            with self._desk.live.hub.listen() as listener:
                try:
                    async for thing in listener:
                        if isinstance(thing, Writing | PracticeNews):
                            continue  # the second chair's, never a customer's
                        if isinstance(thing, Event) and isinstance(thing.data, ConversationsErased):
                            for name in thing.data.conversations:
                                self.end_pages(name)  # it comes back, and is told to start over
                        for page in self._pages.get(thing.conversation, ()):
                            page.put(thing)
                finally:
                    self.end_pages()  # what was missed here, each page reads from the log when it comes back
            listening = listener.dropped

    @contextmanager
    def _page(self, conversation: str) -> Iterator["_Page"]:
        page = _Page()
        self._pages[conversation].add(page)
        try:
            yield page
        finally:
            self._pages[conversation].discard(page)
            if not self._pages[conversation]:
                del self._pages[conversation]

    def end_pages(self, conversation: str = "") -> None:
        """End the stream of every page, or of one conversation's; who may comes back with the last number seen."""
        for name, pages in self._pages.items():
            if conversation in {"", name}:
                for page in pages:
                    page.end()


class _Page:
    """One connected page: a bounded queue."""

    def __init__(self) -> None:
        self._queue: asyncio.Queue[Event | Signal | None] = asyncio.Queue()
        self._ended = False

    def put(self, thing: Event | Signal) -> None:
        if self._queue.qsize() >= PAGE_BACKLOG:
            self.end()
        if not self._ended:
            self._queue.put_nowait(thing)

    def end(self) -> None:
        if not self._ended:
            self._ended = True
            self._queue.put_nowait(None)

    async def __aiter__(self) -> AsyncIterator[Event | Signal]:
        while (thing := await self._queue.get()) is not None:
            yield thing


def _conversation(kind: str, identity: str) -> str:
    return "w-" + hashlib.sha256(f"{kind}\x00{identity}".encode()).hexdigest()[:24]
