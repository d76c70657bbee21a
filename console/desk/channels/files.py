"""Files of other systems, brought to the desk with the messages they came with."""

from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Final

from console.conversation.attachments import Attachment, size_words
from console.desk.attachments import Attachments, NotTaken, file_name
from console.desk.channels.remote import RemoteFault

TRIES: Final = 3
"""Times that a file is asked for while its server has trouble; then its message comes without it."""

TOO_LARGE: Final = 413

Fetch = Callable[[int], Awaitable[bytes]]
"""Returns a file of at most so many bytes; raises ``RemoteFault``, with status 413 where it is larger."""


class Files:
    """Takes files in; what is not taken is told of in the message's text, with the reason."""

    def __init__(self, attachments: Attachments) -> None:
        self._attachments = attachments
        self._tries: Counter[str] = Counter()

    async def take(self, key: str, name: str, fetch: Fetch) -> tuple[tuple[Attachment, ...], str]:
        """Return the file, or none, and the words that stand for it.

        Raises ``RemoteFault`` where it should be asked for again: ``key`` tells what is asked for.
        """
        called = file_name(name)
        try:
            data = await fetch(self._attachments.most_bytes)
            found = await self._attachments.take(name, data)
        except NotTaken as refused:
            return (), f"[{called}: {refused}]"
        except RemoteFault as fault:
            self._tries[key] += 1
            if not fault.final and self._tries[key] < TRIES:
                raise
            self._tries.pop(key)
            large = f"the file is larger than {size_words(self._attachments.most_bytes)}"
            return (), f"[{called}: {large if fault.status == TOO_LARGE else 'the file could not be fetched'}]"
        self._tries.pop(key, None)
        return (found,), f"[{found.name}]"
