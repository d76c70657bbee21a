"""The chat page's files, read once and served by name."""

import hashlib
from dataclasses import dataclass
from importlib.resources import files
from typing import Final

from fastapi import Request, Response

_TYPES: Final = {
    "chat.html": "text/html; charset=utf-8",
    "chat.css": "text/css; charset=utf-8",
    "files.js": "text/javascript; charset=utf-8",
    "rating.js": "text/javascript; charset=utf-8",
    "chat.js": "text/javascript; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class PageFile:
    """One file with its media type and a tag that changes with its content."""

    content: bytes
    media_type: str
    tag: str

    def answer(self, request: Request) -> Response:
        """Return the file, or 304 when the browser has this very version."""
        headers = {"ETag": self.tag, "Cache-Control": "no-cache"}
        if request.headers.get("if-none-match") == self.tag:
            return Response(status_code=304, headers=headers)
        return Response(self.content, media_type=self.media_type, headers=headers)


def page_files() -> dict[str, PageFile]:
    """Return every file of the page by its name."""
    folder = files("console.server.chat") / "static"
    found = {}
    for name, media_type in _TYPES.items():
        content = (folder / name).read_bytes()
        found[name] = PageFile(content, media_type, f'"{hashlib.sha256(content).hexdigest()[:16]}"')
    return found
