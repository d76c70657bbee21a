"""Web pages: the main content as Markdown, without navigation, banners and scripts."""

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, BinaryIO

from knowledge.document import Document, Skipped
from knowledge.loaders.fields import META, fields, refuse_stray
from knowledge.loaders.markdown import readable
from knowledge.loaders.page_shapes import bring_into_shape
from knowledge.text import clean, decode, decode_as, one_line

if TYPE_CHECKING:
    from configparser import ConfigParser

    from lxml.html import HtmlElement

MAX_BYTES = 5 * 1024**2
"""A page is larger only where pictures are written into it."""

_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_HEAD_BYTES = 2048
_CHANGED = ("article:modified_time", "og:updated_time", "last-modified", "datemodified", "dcterms.modified")
_CHANGED_LD = re.compile(r'"dateModified"\s*:\s*"(\d{4}-\d\d-\d\d)')
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_NO_CONTENT = ("script", "style", "noscript", "template", "nav")
_SELDOM_CONTENT = ("header", "footer", "aside", "form", "button", "svg")


def parse(file: BinaryIO, name: str) -> Iterator[Document | Skipped]:
    """One document; title, date, address, audience and status are taken from the page's head where it names them.

    Raises ValueError where nothing of it can be read.
    """
    # trafilatura takes 0.5 s to import; a folder without web pages should not wait for it.
    import trafilatura

    source = decoded(file.read())
    if not source.strip():
        raise ValueError("is empty")
    tree = tree_of(source)
    said = _meta(tree)
    about = trafilatura.extract_metadata(tree, extensive=False)
    text = clean(_content(tree)).strip()
    if not text:
        raise ValueError("holds no readable main content")
    title = one_line((about.title if about else "") or "") or readable(name)
    refuse_stray(text, said, META)
    updated = _changed(said, source) or (about.date if about else None)
    given = fields(said | {"url": about.url if about else None, "updated": updated})
    yield Document(id=name, title=title, text=text, format="markdown", **given)


def tree_of(source: str) -> "HtmlElement":
    """The elements of a page or of a piece of one. Raises ValueError where there are none."""
    from lxml import html
    from lxml.etree import LxmlError

    # As bytes, since an XML declaration in a page may name an encoding that a text no longer has.
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        return html.document_fromstring(source.encode(), parser=parser)
    except (LxmlError, ValueError) as error:
        raise ValueError("holds nothing that a browser would show") from error


def _content(tree: "HtmlElement") -> str:
    """The main content as Markdown; where none can be told from the rest, all text but navigation and the like."""
    import trafilatura

    _remove(tree, _NO_CONTENT)
    bring_into_shape(tree)
    text = trafilatura.extract(
        tree,
        output_format="markdown",
        include_tables=True,
        include_comments=False,
        favor_recall=True,
        config=_short_pages_too(),
    )
    if text and clean(text).strip():
        return str(text)
    _remove(tree, _SELDOM_CONTENT)
    body = tree.find("body")
    lines = (" ".join(line.split()) for line in (body if body is not None else tree).itertext())
    return "\n".join(line for line in lines if line)


def _remove(tree: "HtmlElement", tags: tuple[str, ...]) -> None:
    """Take elements out of a page, and leave what follows them."""
    for element in list(tree.iter(*tags)):
        if element.getparent() is not None:
            element.drop_tree()


@cache
def _short_pages_too() -> "ConfigParser":
    """Settings of trafilatura for help articles, where ten words may be all; it would call that no content."""
    from trafilatura.settings import use_config

    config: ConfigParser = use_config()
    for size in ("MIN_EXTRACTED_SIZE", "MIN_OUTPUT_SIZE"):
        config.set("DEFAULT", size, "1")
    return config


def _meta(tree: "HtmlElement") -> dict[str, str]:
    """What the `<meta>` elements say, by their name in small letters; the first of a name counts."""
    said: dict[str, str] = {}
    for element in tree.iter("meta"):
        for attribute in ("name", "property", "itemprop", "http-equiv"):
            if name := element.get(attribute):
                said.setdefault(str(name).strip().lower(), str(element.get("content") or "").strip())
    return said


def _changed(said: dict[str, str], source: str) -> str:
    """The day of the last change as the page says it, or nothing."""
    found = next((day[0] for name in _CHANGED if (day := _DAY.match(said.get(name, "")))), "")
    if not found and (day := _CHANGED_LD.search(source)):
        found = day[1]
    return found


def decoded(data: bytes) -> str:
    """The page as text, in the encoding of its mark, or that it declares in its head, or UTF-8."""
    declared = None if data.startswith(_MARKS) else _CHARSET.search(data[:_HEAD_BYTES])
    if declared:
        try:
            text = decode_as(data, declared[1].decode("ascii"))
        except (LookupError, UnicodeError):
            return decode(data)
        return decode(text.encode("utf-8", "surrogatepass"))
    return decode(data)
