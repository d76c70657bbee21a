"""Passing signs to customers on other systems: that the agent types, and that what they wrote was read."""

import asyncio
from collections.abc import AsyncIterator
from typing import Final, Protocol

import structlog

from console.conversation.events import ConversationClosed, Event
from console.desk.channels.projection import shows_reading
from console.desk.channels.remote import RemoteFault
from console.desk.hub import PracticeNews, Signal, Writing
from console.desk.live import LiveLog

HOLDS: Final = 20.0
"""Seconds after which it is said again that the agent still types; other systems forget it after 30."""

_log = structlog.get_logger(__name__)


class Teller(Protocol):
    """A channel that has such signs. Both raise ``RemoteFault``, and a sign that is lost is lost."""

    async def tell_typing(self, address: str, active: bool) -> None:
        """Say that the agent types, or has stopped."""

    async def tell_read(self, conversation: str, address: str) -> None:
        """Say that what the customer wrote was read."""


async def watch(live: LiveLog, channel: str) -> AsyncIterator[Event | Signal]:
    """Yield what happens in the conversations of a channel, until the desk stops."""
    listening = True
    while listening:
        with live.hub.listen() as listener:
            async for thing in listener:
                if isinstance(thing, Writing | PracticeNews) or not thing.conversation:
                    continue
                row = live.rows.get(thing.conversation)
                ended = isinstance(thing, Event) and isinstance(thing.data, ConversationClosed)
                if (row and row.channel == channel) or (ended and await _is_of(live, thing.conversation, channel)):
                    yield thing
        listening = listener.dropped


async def tell_signs(live: LiveLog, channel: str, teller: Teller) -> None:
    """Pass signs on, until the desk stops. What an agent has taken or answered, they have read."""
    told: dict[str, tuple[bool, float]] = {}
    clock = asyncio.get_running_loop().time
    async for thing in watch(live, channel):
        try:
            match thing:
                case Signal(who=who, active=active) if who.startswith("agent:"):
                    address = (await live.state(thing.conversation)).address
                    before, since = told.get(address, (False, 0.0))
                    if active != before or (active and clock() - since > HOLDS):
                        told[address] = (active, clock())
                        await teller.tell_typing(address, active)
                case Event(data=data) if shows_reading(data):
                    address = (await live.state(thing.conversation)).address
                    await teller.tell_read(thing.conversation, address)
                case _:
                    pass
        except RemoteFault as fault:
            _log.info("sign not passed on", channel=channel, why=str(fault))


async def _is_of(live: LiveLog, conversation: str, channel: str) -> bool:
    return (await live.state(conversation)).channel == channel
