"""Opens a PDF and takes from it what a document has: text, title, date."""

import re
from collections.abc import Iterator
from contextlib import suppress
from itertools import chain
from typing import TYPE_CHECKING, BinaryIO

from knowledge.document import Document, Skipped
from knowledge.loaders.fields import PROPERTIES, fields, keywords, refuse_stray
from knowledge.loaders.markdown import readable
from knowledge.loaders.pdf.furniture import without_furniture
from knowledge.loaders.pdf.headings import body_size, key
from knowledge.loaders.pdf.layout import markdown
from knowledge.loaders.pdf.lines import Line, PageLines
from knowledge.text import clean, one_line

if TYPE_CHECKING:
    from pypdf import DocumentInformation, PdfReader

MAX_PAGES = 2000
MAX_CHARACTERS = 10_000_000
"""Longest text of one file; the largest handbooks have a tenth of it."""

_MAX_BOOKMARKS = 5000
_HEAD_BYTES = 1024
_UNREADABLE = 0.2
"""Share of characters that could not be told from which a text is of no use."""

_NO_TITLE = re.compile(
    r"\A(?:untitled|document\d*|title|.*\.(?:docx?|odt|rtf|indd|tex|pdf|pptx?|xlsx?))?\Z", re.IGNORECASE
)
_MADE_BY = re.compile(r"^Microsoft (?:Word|PowerPoint) - ", re.IGNORECASE)


def parse(file: BinaryIO, name: str) -> Iterator[Document | Skipped]:
    """One document, its text as Markdown. Raises ValueError where it is locked, damaged, too large, or a scan."""
    # pypdf takes 0.2 s to import; a folder without PDFs should not wait for it.
    from pypdf.errors import LimitReachedError

    if b"%PDF-" not in file.read(_HEAD_BYTES):
        raise ValueError("is not a PDF, whatever its name says")
    try:
        reader = _opened(file)
        pages = _pages(reader)
        bookmarks = _bookmarks(reader)
        about = reader.metadata
    except LimitReachedError as error:
        raise ValueError("inflates to far more than a document holds; left alone") from error
    except (ValueError, MemoryError):
        raise
    except Exception as error:  # what a damaged file has pypdf raise is not only what it names as its own
        raise ValueError(f"is damaged or cut short ({type(error).__name__}); save or download it again") from error
    body = body_size(chain.from_iterable(pages))
    text = clean(markdown(without_furniture(pages, body), bookmarks)).strip()
    _check(text, len(pages))
    said = keywords(_said(about, "keywords"))
    refuse_stray(text, said, PROPERTIES)
    given = fields({"updated": _date(about)} | said)
    yield Document(id=name, title=_title(about, text) or readable(name), text=text, format="markdown", **given)


def _opened(file: BinaryIO) -> "PdfReader":
    from pypdf import PasswordType, PdfReader

    reader = PdfReader(file)
    # Many files are encrypted only so that they cannot be altered; those open without a password.
    if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
        raise ValueError("is protected by a password; save it without one")
    if len(reader.pages) > MAX_PAGES:
        raise ValueError(f"has {len(reader.pages)} pages; save it in parts of at most {MAX_PAGES}")
    return reader


def _pages(reader: "PdfReader") -> list[list[Line]]:
    pages: list[list[Line]] = []
    size = 0
    for number, page in enumerate(reader.pages):
        lines = PageLines(number)
        page.extract_text(visitor_text=lines.draw)
        lines.end_line()
        pages.append(lines.lines)
        size += sum(len(line.text) for line in lines.lines)
        if size > MAX_CHARACTERS:
            raise ValueError(f"holds more than {MAX_CHARACTERS // 10**6} million characters; save it in parts")
    return pages


def _bookmarks(reader: "PdfReader") -> dict[str, int]:
    """Levels of headings by their keys; none where the bookmarks are damaged, which harms nothing."""
    found: dict[str, int] = {}
    waiting: list[tuple[object, int]] = []
    with suppress(Exception):
        waiting = [(entry, 1) for entry in reader.outline]
    while waiting and len(found) < _MAX_BOOKMARKS:
        entry, level = waiting.pop()
        if isinstance(entry, list):
            waiting += [(inner, level + 1) for inner in entry]
        elif title := key(str(getattr(entry, "title", None) or "")):
            found[title] = min(level, found.get(title, level), 6)
    return found


def _check(text: str, pages: int) -> None:
    letters = sum(map(str.isalpha, text))
    if not letters:
        raise ValueError(
            f"holds no text on its {pages} pages, only pictures; a scan has to be read by a text recogniser first"
            if pages
            else "has no pages"
        )
    if text.count("\ufffd") > _UNREADABLE * letters:
        raise ValueError("does not say which letters its fonts show; print it to a new PDF from its source")


def _title(about: "DocumentInformation | None", text: str) -> str:
    """The title in the file's properties unless a program put it there, else the first heading of the top level."""
    title = _MADE_BY.sub("", one_line(_said(about, "title")))
    if not _NO_TITLE.fullmatch(title):
        return title
    marked = re.findall(r"^(#{1,6}) (.+)$", text[:5000], re.MULTILINE)
    return one_line(min(marked, key=lambda heading: len(heading[0]))[1]) if marked else ""


def _said(about: "DocumentInformation | None", what: str) -> str:
    with suppress(Exception):  # whatever is wrong with a property, the text is worth having
        return str(getattr(about, what, None) or "")
    return ""


def _date(about: "DocumentInformation | None") -> str:
    """The day of the last change, else of its making, as YYYY-MM-DD."""
    for what in ("modification_date", "creation_date"):
        with suppress(Exception):
            if date := getattr(about, what, None):
                return str(date.date().isoformat())
    return ""
