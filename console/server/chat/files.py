"""The requests of the chat page about files: a visitor sends one, and sees those of their own chat."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Annotated, Final
from urllib.parse import unquote

from fastapi import APIRouter, Header, Path, Request, Response
from pydantic import BaseModel

from console.addresses import neighbourhood
from console.conversation.attachments import size_words
from console.desk.channels.webchat import Erased, Visitor, WebChat
from console.desk.desk import Desk
from console.desk.errors import NotFound
from console.desk.file_types import ACCEPTED
from console.desk.uploads import TAKEN_WORDS, UploadLimits
from console.server.chat.door import UPLOAD_SECONDS, ChatFault, guarded
from console.server.chat.limits import RateLimit
from console.server.routes_attachments import file_answer

AT_ONCE: Final = 8
"""Files that are being sent at the same moment, of all visitors together: each lies in memory until it is whole."""

TRIES_PER_MINUTE: Final = 30
"""Files that one network address may begin to send in a minute, whatever becomes of them."""


class FileTerms(BaseModel):
    """What the page says of files before one is chosen."""

    most: int
    """Bytes of the largest that is taken."""
    accept: str
    """Types that the browser's own dialogue offers first."""
    line: str


def file_terms(desk: Desk, limits: UploadLimits) -> FileTerms | None:
    """Return the terms on which visitors may send files; nothing where they may not."""
    if not desk.attachments.kept or not limits.per_hour:
        return None
    most = desk.attachments.most_bytes
    line = f"Files: {TAKEN_WORDS}, up to {size_words(most)} each."
    return FileTerms(most=most, accept=",".join(ACCEPTED), line=line)


class Uploading:
    """Counts files on their way: one of a visitor at a time, and few of all together."""

    def __init__(self, visitor_of: Callable[[Request], Visitor], limits: UploadLimits) -> None:
        self._visitor_of, self._limits = visitor_of, limits
        self._under_way: Counter[str] = Counter()
        self._tries = RateLimit(TRIES_PER_MINUTE)

    @contextmanager
    def admit(self, request: Request) -> Iterator[None]:
        """Let a file in before it is read; raises :class:`ChatFault`."""
        who = self._visitor_of(request).conversation
        if not self._limits.per_hour:
            raise ChatFault(422, "not-taken", "Files are not taken here.")
        if self._under_way[who]:
            raise ChatFault(429, "one-at-a-time", "Another file of yours is on its way; this one goes out after it.", 1)
        if self._under_way.total() >= AT_ONCE:
            raise ChatFault(429, "crowded", "Many files are being sent right now; yours goes out in a moment.", 3)
        if wait := self._tries.wait(neighbourhood(request.client.host if request.client else "")):
            raise ChatFault(429, "too-fast", "Those were many files at once; yours goes out in a moment.", wait)
        self._under_way[who] += 1
        try:
            yield
        finally:
            del self._under_way[who]


def files_router(
    desk: Desk,
    webchat: WebChat,
    limits: UploadLimits,
    visitor_of: Callable[[Request], Visitor],
    renew: Callable[[Request, Visitor, Response], None],
    *,
    hosts: Sequence[str],
    embed_on: Sequence[str],
    seconds: float = UPLOAD_SECONDS,
) -> APIRouter:
    """Return the routes of files, for :func:`console.server.chat.routes.chat_router`.

    ``renew`` lets a browser remember a new visit in place of one whose chat was erased.
    """
    uploading = Uploading(visitor_of, limits)
    door = guarded(hosts, embed_on, seconds, most=desk.attachments.most_bytes, admit=uploading.admit)
    router = APIRouter(route_class=door)

    @router.post("/files", status_code=204, response_class=Response)
    async def send(
        request: Request,
        x_file_key: Annotated[str, Header(pattern=r"^[A-Za-z0-9_-]{8,64}$")],
        x_file_name: Annotated[str, Header(max_length=2_000)] = "",
    ) -> Response:
        """Take in a file of the customer, whose bytes are the body; what is answered with 204 is kept."""
        visitor = visitor_of(request)
        try:
            await webchat.send_file(visitor, unquote(x_file_name), await request.body(), x_file_key, limits)
        except Erased:
            fault = ChatFault(401, "session", "This chat was erased; the page begins a new one.").answer()
            renew(request, visitor, fault)
            return fault
        return Response(status_code=204)

    @router.get("/files/{attachment}", response_class=Response)
    async def read(attachment: Annotated[str, Path(pattern=r"^[0-9a-f]{64}$")], request: Request) -> Response:
        """Return a file of the visitor's own chat."""
        try:
            found, data = await desk.attachments.read(visitor_of(request).conversation, attachment)
        except NotFound as error:
            raise ChatFault(404, "not-found", "This file is not there (any more).") from error
        return file_answer(found, data)

    return router
