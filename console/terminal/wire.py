"""The desk's paths, and its answers as what they stand for."""

from typing import TypeVar
from urllib.parse import quote

import httpx

from console.conversation.codec import decode_json
from console.terminal.errors import Garbled

_T = TypeVar("_T")


def conversation_path(conversation: str, *rest: str) -> str:
    """Return the path of a conversation, or of a part of it; ids are quoted."""
    return "/".join(("/v1/conversations", quote(conversation, safe=""), *(quote(part, safe="") for part in rest)))


def read_as(kind: type[_T], response: httpx.Response) -> _T:
    """Return an answer as ``kind``; raises :class:`Garbled` where it does not have that shape."""
    try:
        return decode_json(kind, response.content)
    except ValueError as error:
        message = f"The desk's answer to {response.request.url.path} is not understood; update console and server."
        raise Garbled(message) from error
