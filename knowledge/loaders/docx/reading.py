"""Opens a Word document and takes from it what a document has: text, title, date. Headers and footers are left out."""

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, BinaryIO

from knowledge.document import Document, Skipped
from knowledge.loaders.docx.packing import check
from knowledge.loaders.fields import PROPERTIES, fields, keywords, refuse_stray
from knowledge.loaders.markdown import readable
from knowledge.text import clean, one_line

if TYPE_CHECKING:
    from docx.opc.coreprops import CoreProperties

_NO_TITLE = re.compile(r"\A(?:untitled|(?:word |microsoft word )?document\d*|title|.*\.docx?)?\Z", re.IGNORECASE)


def parse(file: BinaryIO, name: str) -> Iterator[Document | Skipped]:
    """One document, its text as Markdown. Raises ValueError where it is locked, damaged, too large, or without text."""
    check(file)
    file.seek(0)
    # python-docx takes 0.2 s to import; a folder without Word documents should not wait for it.
    import docx
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    from knowledge.loaders.docx.body import markdown
    from knowledge.loaders.docx.styles import Styles

    try:
        word = docx.Document(file)
        # lxml is asked by python-docx not to replace entities, so that they cannot swell or fetch anything.
        text = clean(markdown(word.element.body, Styles.of(word))).strip()
        about = word.core_properties
    except (LxmlError, OpcError, KeyError, ValueError, AttributeError, TypeError) as error:
        raise ValueError(f"is damaged, or not a Word document ({type(error).__name__}); save it again") from error
    if not text:
        raise ValueError("holds no text")
    said = keywords(_said(about, "keywords"))
    refuse_stray(text, said, PROPERTIES)
    given = fields({"updated": _date(about)} | said)
    yield Document(id=name, title=_title(about, text) or readable(name), text=text, format="markdown", **given)


def _title(about: "CoreProperties", text: str) -> str:
    """The title in the file's properties unless a program put it there, else the first heading."""
    title = one_line(_said(about, "title"))
    if not _NO_TITLE.fullmatch(title):
        return title
    heading = re.search(r"^#{1,2} (.+)$", text, re.MULTILINE)
    return one_line(heading[1]) if heading else ""


def _said(about: "CoreProperties", what: str) -> str:
    with suppress(Exception):  # whatever is wrong with a property, the text is worth having
        return str(getattr(about, what) or "")
    return ""


def _date(about: "CoreProperties") -> str:
    """The day of the last change, else of its making, as YYYY-MM-DD."""
    for what in ("modified", "created"):
        with suppress(Exception):
            if date := getattr(about, what):
                return str(date.date().isoformat())
    return ""
