"""What a site sent to documents, by the media type that it sent it under."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime
from io import BytesIO
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from knowledge.document import Document, Skipped
from knowledge.loaders import html
from knowledge.loaders.isolation import Isolation
from knowledge.loaders.registry import Loader, loader_for
from knowledge.loaders.site import page
from knowledge.loaders.site.fetching import Fetched
from knowledge.text import decode_as

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    "application/x-pdf": ".pdf",
    _WORD: ".docx",
    "text/markdown": ".md",
    "text/x-markdown": ".md",
}
_BY_NAME = {"text/plain": (".md", ".markdown", ".txt"), "application/octet-stream": (".pdf", ".docx", ".md")}
"""Media types that say little; the end of the address says more."""

_TEXTS = (".html", ".md", ".txt")


@dataclass(frozen=True, slots=True)
class Read:
    """What an address held."""

    head: page.Head | None
    """Of a web page."""
    items: Sequence[Document | Skipped]


def read(fetched: Fetched, name: str, isolation: Isolation) -> Read:
    """Parse what was fetched; raises ValueError or Stopped with the reason where that cannot be done."""
    if not fetched.data:
        raise ValueError("is empty")
    suffix = _suffix(fetched)
    data = _in_utf8(fetched) if suffix in _TEXTS else fetched.data
    if suffix == ".html":
        if len(data) > html.MAX_BYTES:
            raise ValueError(f"is a web page of more than {html.MAX_BYTES // 1024**2} MB")
        found = isolation.parse(page.read, data, name, (page.Head, Document, Skipped))
        head = next((item for item in found if isinstance(item, page.Head)), None)
        return Read(head, [item for item in found if not isinstance(item, page.Head)])
    loader = loader_for(suffix)
    if not isinstance(loader, Loader):
        raise ValueError(f"is {fetched.kind or 'of no known kind'}, which cannot be read")
    if loader.isolated:
        return Read(None, isolation.parse(loader.parse, data, name, (Document, Skipped)))
    return Read(None, list(loader.parse(BytesIO(data), name)))


def placed(document: Document, name: str, address: str, day: str, fetched: Fetched) -> Document:
    """A document with its id and address; its date is the page's own, else the sitemap's, else the server's."""
    return replace(document, id=name, url=address, updated=document.updated or day or _day(fetched.modified))


def _suffix(fetched: Fetched) -> str:
    named = PurePosixPath(urlsplit(fetched.address).path).suffix.lower()
    if fetched.kind in _BY_NAME:
        return named if named in _BY_NAME[fetched.kind] else ".txt" if fetched.kind == "text/plain" else ""
    return _SUFFIXES.get(fetched.kind, "")


def _in_utf8(fetched: Fetched) -> bytes:
    """The text in UTF-8 with its mark, if the server says in which encoding it is; else as it came."""
    if not fetched.charset:
        return fetched.data
    try:
        return b"\xef\xbb\xbf" + decode_as(fetched.data, fetched.charset).encode().removeprefix(b"\xef\xbb\xbf")
    except (LookupError, UnicodeError):
        return fetched.data  # what the server says is wrong; the page may say it better


def _day(modified: str) -> str:
    try:
        return parsedate_to_datetime(modified).date().isoformat()
    except (ValueError, TypeError, OverflowError):
        return ""
