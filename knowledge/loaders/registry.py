"""Which loader reads which suffix; a new format is one function and one line here."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import BinaryIO

from knowledge.document import Document, Skipped, Unchanged
from knowledge.loaders import docx, html, jsonl, markdown, pdf, plain
from knowledge.loaders.origin import Origins

Parse = Callable[[BinaryIO, str], Iterator[Document | Skipped]]
"""An open file and its name (the id of a one-document file) to what it holds; raises ValueError with a reason."""

ParseMany = Callable[[BinaryIO, str, Origins], Iterator[Document | Skipped | Unchanged]]
"""The same for a file of many documents with ids of their own; those that are known are not read again."""

MAX_PACKED_BYTES = 100 * 1024**2
"""Largest .pdf or .docx; most of a large one is pictures, which are not read."""


@dataclass(frozen=True, slots=True)
class Loader:
    """How files of one format are read that hold one document each."""

    parse: Parse
    max_bytes: int | None = None
    """Larger files are skipped; None means the walk's own limit."""
    isolated: bool = False
    """Whether to parse in a process of its own, within limits; `parse` is a module's function then."""


@dataclass(frozen=True, slots=True)
class ManyLoader:
    """How files of one format are read that hold many documents each."""

    parse: ParseMany
    max_bytes: int | None = None


AnyLoader = Loader | ManyLoader

_LOADERS: dict[str, AnyLoader] = {
    ".md": Loader(markdown.parse),
    ".markdown": Loader(markdown.parse),
    ".txt": Loader(plain.parse),
    ".html": Loader(html.parse, isolated=True),
    ".htm": Loader(html.parse, isolated=True),
    ".pdf": Loader(pdf.parse, MAX_PACKED_BYTES, isolated=True),
    ".docx": Loader(docx.parse, MAX_PACKED_BYTES, isolated=True),
    ".jsonl": ManyLoader(jsonl.parse, jsonl.MAX_BYTES),
    ".jsonl.gz": ManyLoader(jsonl.parse_packed, jsonl.MAX_BYTES),
}


def loader_for(suffix: str) -> AnyLoader | None:
    """The loader of a suffix such as ".md" in any case, or None."""
    return _LOADERS.get(suffix.lower())


def loader_of(name: str) -> AnyLoader | None:
    """The loader of a file's name, or None; of two suffixes that fit, such as .gz and .jsonl.gz, the longer counts."""
    suffixes = PurePath(name).suffixes[-2:]
    return loader_for("".join(suffixes)) or loader_for(suffixes[-1] if suffixes else "")


def register(suffix: str, loader: AnyLoader) -> None:
    """Add or replace the loader of a suffix."""
    _LOADERS[suffix.lower()] = loader


def suffixes() -> tuple[str, ...]:
    """Every suffix that can be read, sorted."""
    return tuple(sorted(_LOADERS))
