"""Plain text; the title is the file's name in words."""

from collections.abc import Iterator
from typing import BinaryIO

from knowledge.document import Document, Skipped
from knowledge.loaders.fields import refuse_stray
from knowledge.loaders.markdown import readable
from knowledge.text import clean, decode


def parse(file: BinaryIO, name: str) -> Iterator[Document | Skipped]:
    """One document."""
    text = clean(decode(file.read())).strip()
    if not text:
        raise ValueError("is empty")
    refuse_stray(text)
    yield Document(id=name, title=readable(name), text=text)
