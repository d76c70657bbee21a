"""The port through which the servers of one desk know of each other: who works what, who decides, and what passes.

Work that must be done once (assistance for a conversation, the bot, a channel's reading) is cut into parts by name, and
each part is one server's at a time. Where a server ends, the others take its parts over.
"""

import zlib
from collections.abc import Callable
from typing import Final, Protocol

PARTS: Final = 64
"""Into how many parts the work is cut: enough to be shared evenly among a dozen servers."""

Release = Callable[[], None]
"""Gives a lock back; blocks, and never raises: a lock whose connection is gone is free already."""

Gained = Callable[[frozenset[int]], None]
"""Takes the parts that have come."""


Busy = Callable[[], frozenset[int]]
"""Tells in which parts work goes on that is better seen through here."""


def part_of(name: str) -> int:
    """Return the part, 0 to ``PARTS`` - 1, that a conversation's id or a duty's name lies in; the same everywhere."""
    return zlib.crc32(name.encode()) % PARTS


class Servers(Protocol):
    """The servers that share a log, seen from one of them."""

    shared: bool
    """Whether there can be others at all."""

    def start(self, news: Callable[[], None], told: Callable[[str], None], gained: Gained) -> None:
        """Begin to take part. The callbacks come from threads and must not block.

        ``news``: events may have been written by others; ``told``: what another server tells; ``gained``: the parts
        of the work that are this server's from now on, besides those that were.
        """

    def mine(self, name: str) -> bool:
        """Return whether this server does the work of this name; cheap, from any thread."""

    def parts(self) -> int:
        """Return how many of the ``PARTS`` of the work are this server's; cheap, from any thread."""

    def take(self, name: str) -> Release:
        """Wait until nobody else decides on ``name``; blocks. Raises :class:`~console.desk.log.LogError`."""

    def tell(self, text: str) -> None:
        """Tell the other servers something that may be lost; blocks. Raises :class:`~console.desk.log.LogError`."""

    def leave(self, busy: Busy) -> None:
        """Begin nothing more: nothing is this server's from now on, and each part is let go once it is not ``busy``.

        :meth:`parts` says how many are still held. ``busy`` is called from a thread.
        """

    def close(self) -> None:
        """Leave at once; the others take over."""


class Alone:
    """The one server of a desk."""

    shared = False

    def start(self, news: Callable[[], None], told: Callable[[str], None], gained: Gained) -> None:
        """Nobody else writes or tells anything."""

    def mine(self, name: str) -> bool:
        """Return that it does all of the work."""
        return True

    def parts(self) -> int:
        """Return that it has all of them."""
        return PARTS

    def take(self, name: str) -> Release:
        """Nobody else decides."""
        return lambda: None

    def tell(self, text: str) -> None:
        """Nobody listens."""

    def leave(self, busy: Busy) -> None:
        """Nobody takes over."""

    def close(self) -> None:
        """Nobody takes over."""
