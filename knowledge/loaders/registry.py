"""Which loader reads which suffix; a new format is one function and one line here."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from knowledge.document import Document, Skipped
from knowledge.loaders import html, jsonl, markdown, plain

Parse = Callable[[BinaryIO, str], Iterator[Document | Skipped]]
"""An open file and its name (the id of a one-document file) to what it holds; raises ValueError with a reason."""


@dataclass(frozen=True, slots=True)
class Loader:
    """How files of one format are read."""

    parse: Parse
    max_bytes: int | None = None
    """Larger files are skipped; None means the walk's own limit."""


_LOADERS: dict[str, Loader] = {
    ".md": Loader(markdown.parse),
    ".markdown": Loader(markdown.parse),
    ".txt": Loader(plain.parse),
    ".html": Loader(html.parse),
    ".htm": Loader(html.parse),
    ".jsonl": Loader(jsonl.parse, max_bytes=jsonl.MAX_BYTES),
}


def loader_for(suffix: str) -> Loader | None:
    """The loader of a suffix such as ".md" in any case, or None."""
    return _LOADERS.get(suffix.lower())


def register(suffix: str, loader: Loader) -> None:
    """Add or replace the loader of a suffix."""
    _LOADERS[suffix.lower()] = loader


def suffixes() -> tuple[str, ...]:
    """Every suffix that can be read, sorted."""
    return tuple(sorted(_LOADERS))
