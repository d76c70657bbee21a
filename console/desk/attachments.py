"""Files that come with messages: taken within limits, kept outside the log, given out with their conversation."""

import asyncio
import hashlib
import re
from collections.abc import Collection
from typing import Final, Protocol

from console.conversation.attachments import Attachment, size_words
from console.desk.errors import NotFound, Refused
from console.desk.file_types import file_type
from console.desk.live import LiveLog
from console.text import clean_line, shorten

MEGABYTE: Final = 1024 * 1024

NAME: Final = 80
"""Characters of a file's name that are kept."""


class FileStore(Protocol):
    """Where the bytes lie, by their SHA-256. Calls block."""

    def put(self, name: str, data: bytes) -> None:
        """Keep bytes for good; what is kept already stays."""

    def get(self, name: str) -> bytes | None:
        """Return the bytes; nothing where they are not, or are no longer what they were."""

    def remove(self, names: Collection[str]) -> int:
        """Delete these for good; returns how many were there. Raises ``OSError``."""

    def room(self) -> int:
        """Return how many bytes more may be kept before whatever else lies there comes to want for room."""


class NotTaken(Refused):
    """A file that is not kept; the words say why, for the agent and the customer alike."""


class Attachments:
    """Takes files in and gives them out; ``most_bytes`` is the limit of one."""

    def __init__(self, live: LiveLog, store: FileStore | None, most_bytes: int) -> None:
        self._live, self._store, self.most_bytes = live, store, most_bytes

    @property
    def kept(self) -> bool:
        """Whether this desk takes files at all."""
        return self._store is not None

    async def take(self, name: str, data: bytes) -> Attachment:
        """Keep a file and return how the log knows it; raises :class:`NotTaken`."""
        if self._store is None:
            raise NotTaken("this desk keeps no files")
        if not data:
            raise NotTaken("the file is empty")
        if len(data) > self.most_bytes:
            raise NotTaken(f"the file is larger than {size_words(self.most_bytes)}")
        kind = file_type(data)
        if not kind:
            raise NotTaken("files of this type are not taken: pictures, PDF, text, sound and video are")
        if len(data) > await asyncio.to_thread(self._store.room):
            raise NotTaken("there is no room for files on this desk right now")
        digest = await asyncio.to_thread(lambda: hashlib.sha256(data).hexdigest())
        await asyncio.to_thread(self._store.put, digest, data)
        return Attachment(digest, file_name(name), kind, len(data))

    async def read(self, conversation: str, attachment: str) -> tuple[Attachment, bytes]:
        """Return a file of a conversation; raises :class:`NotFound`."""
        state = await self._live.state(conversation)
        found = next((a for m in state.messages for a in m.attachments if a.id == attachment), None)
        data = await asyncio.to_thread(self._store.get, attachment) if found and self._store else None
        if found is None or data is None:
            raise NotFound("there is no such file in this conversation")
        return found, data


def file_name(name: str) -> str:
    """Return a name from outside without folders and without what a file system or a heading would trip over."""
    last = clean_line(re.split(r"[/\\]", name)[-1])
    return shorten(re.sub(r'[<>:"|?*%;]', "_", last).strip(". "), NAME) or "file"
