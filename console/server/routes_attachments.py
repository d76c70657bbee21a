"""Routes of the files that came with messages: a link for staff, and what lies behind it for their browser."""

from typing import Annotated, Final
from urllib.parse import quote

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from console.conversation.attachment_commands import AttachmentLink
from console.conversation.attachments import Attachment
from console.desk.errors import NotFound
from console.desk.file_types import PICTURES
from console.server.access import DeskHere, Staff, seen_here
from console.server.answers import answer
from console.server.attachment_links import Links

router = APIRouter(tags=["attachments"])

Name = Annotated[str, Path(pattern=r"^[0-9a-f]{64}$")]

_HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "private, no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""Whatever a customer sent, a browser draws it at most; it runs nothing and tells nobody."""


@router.post(
    "/v1/conversations/{conversation}/attachments/{attachment}/link",
    response_model=AttachmentLink,
    dependencies=[Depends(seen_here)],
)
async def link(conversation: str, attachment: Name, _: Staff, desk: DeskHere, request: Request) -> Response:
    """Return a link that opens a file in a browser for some minutes."""
    await desk.attachments.read(conversation, attachment)
    links = _links(request)
    return answer(AttachmentLink(links.path(conversation, attachment), links.seconds))


@router.get("/attachments/{conversation}/{attachment}", response_class=Response)
async def open_file(
    conversation: str,
    attachment: Name,
    until: Annotated[int, Query(ge=0, lt=2**53)],
    signature: Annotated[str, Query(pattern=r"^[0-9a-f]{64}$")],
    desk: DeskHere,
    request: Request,
) -> Response:
    """Return a file to a browser that has a link which holds."""
    if not _links(request).holds(conversation, attachment, until, signature):
        raise NotFound("this link does not hold (any more); open the file from the console again")
    found, data = await desk.attachments.read(conversation, attachment)
    return file_answer(found, data)


def file_answer(attachment: Attachment, data: bytes) -> Response:
    """Return a file as an answer: pictures are shown, everything else is saved."""
    how = "inline" if attachment.type in PICTURES else "attachment"
    disposition = f"{how}; filename*=UTF-8''{quote(attachment.name, safe='')}"
    return Response(data, media_type=attachment.type, headers={**_HEADERS, "Content-Disposition": disposition})


def _links(request: Request) -> Links:
    links: Links = request.app.state.links
    return links
