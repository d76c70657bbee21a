"""Which conversation of the desk stands for an address of a channel."""

import hashlib
import itertools
from collections.abc import Sequence
from typing import Final

from console.conversation.people import Customer, Identity
from console.desk.errors import NotFound
from console.desk.intake import Incoming, Intake
from console.desk.live import LiveLog
from console.desk.log import Cursor

ERASURES: Final = 8
"""Conversations of one address that are looked through, each the successor of one that was erased."""


class Conversations:
    """Finds the conversations of one channel by their addresses; their ids say nothing of the address."""

    def __init__(self, live: LiveLog, intake: Intake, channel: str) -> None:
        self._live, self._intake, self._channel = live, intake, channel
        self._known: dict[str, str] = {}

    async def known(self, address: str) -> str:
        """Return the conversation of an address; empty where there is none (yet, or any more)."""
        for name in self._names(address):
            if await self._is_there(name):
                self._known[address] = name
                return name
        return ""

    async def take_in(
        self,
        address: str,
        customer: Customer,
        before: Sequence[Incoming],
        level: Identity,
        handover: str,
        cursor: Cursor | None = None,
    ) -> str:
        """Return the conversation of an address, opened with the messages ``before`` where there was none.

        With a ``handover`` reason a new one goes to people at once, without one to the bot. Where what was said before
        is erased, a new one begins.
        """
        conversation = await self.known(address)
        for name in () if conversation else self._names(address):
            await self._intake.open(
                self._channel,
                customer,
                conversation=name,
                address=address,
                level=level,
                before=before,
                handover=handover,
                cursor=cursor,
            )
            if await self._is_there(name):  # else it was erased, and nothing was written
                self._known[address] = name
                return name
        return conversation

    async def address(self, conversation: str) -> str:
        """Return the address of a conversation; raises :class:`NotFound`."""
        return (await self._live.state(conversation)).address

    async def _is_there(self, name: str) -> bool:
        try:
            await self._live.state(name)
        except NotFound:
            return False
        return True

    def _names(self, address: str) -> list[str]:
        """Return the ids that stand for an address, the one in use first."""
        names = [_name(self._channel, address, time) for time in itertools.islice(itertools.count(1), ERASURES)]
        known = self._known.get(address)
        return [known, *names] if known else names


def _name(channel: str, address: str, time: int) -> str:
    digest = hashlib.sha256(f"{channel}\x00{address}\x00{time}".encode()).hexdigest()
    return f"{channel[:2]}-{digest[:24]}"
