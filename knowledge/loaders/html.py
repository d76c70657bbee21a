"""Web pages: the main content as Markdown, without navigation, banners and scripts."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from knowledge.document import Document, Skipped
from knowledge.loaders.fields import fields
from knowledge.loaders.markdown import readable
from knowledge.text import clean, decode, one_line

_CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_HEAD_BYTES = 2048


def parse(file: BinaryIO, name: str) -> Iterator[Document | Skipped]:
    """One document; title, date and canonical address are taken from the page's head where it names them."""
    # trafilatura takes 0.2 s to import; a folder without web pages should not wait for it.
    import trafilatura

    source = _decode(file.read())
    if not source.strip():
        raise ValueError("is empty")
    try:
        text = trafilatura.extract(
            source, output_format="markdown", include_tables=True, include_comments=False, favor_recall=True
        )
        about = trafilatura.extract_metadata(source)
    except Exception as error:  # a hostile page can make a parser fail in any way; the rest must still be read
        raise ValueError(f"cannot be parsed as a web page ({type(error).__name__})") from error
    if not text or not clean(text).strip():
        raise ValueError("holds no readable main content")
    title = one_line((about.title if about else "") or "") or readable(name)
    given = fields({"url": about.url if about else None, "updated": about.date if about else None})
    yield Document(id=name, title=title, text=clean(text).strip(), format="markdown", **given)


def _decode(data: bytes) -> str:
    """The page as text, in the encoding it declares in its head, or UTF-8."""
    declared = _CHARSET.search(data[:_HEAD_BYTES])
    if declared:
        try:
            text = data.decode(declared[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            return decode(data)
        return decode(text.encode("utf-8", "surrogatepass"))
    return decode(data)
