"""Approved articles as files of the content: Markdown with front matter, as a person would have written them."""

import hashlib
import os
import re
import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Final

import yaml

from console.desk.library import NewArticle, Unpublishable
from knowledge import Document, Skipped, load

LONGEST_NAME: Final = 60


class ArticleShelf:
    """The folder ``content/articles`` of a workspace; see :class:`console.desk.library.Shelf`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, article: NewArticle) -> tuple[str, str]:
        """Write the article whole or not at all; one of the same name is never overwritten."""
        text = markdown_of(article)
        require_readable(article, text)
        self._folder.mkdir(parents=True, exist_ok=True)
        handle, written = tempfile.mkstemp(prefix=".new-", dir=self._folder)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            name = self._link(Path(written), name_of(article.title))
        finally:
            Path(written).unlink(missing_ok=True)
        return name, digest_of(text.encode())

    def take_back(self, file: str, digest: str) -> None:
        """Remove an article that is as it was put here."""
        if Path(file).name != file:
            raise Unpublishable(f"'{file}' is no file of this folder")
        try:
            if digest_of((self._folder / file).read_bytes()) != digest:
                raise Unpublishable(f"{file} has been changed since; set 'status: retired' in it instead")
            (self._folder / file).unlink()
        except FileNotFoundError:
            pass

    def _link(self, written: Path, name: str) -> str:
        """Give the file the first name that is free; returns it."""
        for free in names_of(name):
            with suppress(FileExistsError):
                os.link(written, self._folder / free)
                return free
        raise AssertionError("names never run out")


def markdown_of(article: NewArticle) -> str:
    """Return the file's text."""
    front = {
        "title": article.title,
        "updated": article.updated,
        "status": "current",
        "audience": article.audience,
        "drafted_from": article.source,
    }
    head = yaml.safe_dump(front, sort_keys=False, allow_unicode=True, width=10_000)
    return f"---\n{head}---\n{article.text.strip()}\n"


def names_of(name: str) -> Iterator[str]:
    """Yield the names a file may get, the plainest first."""
    yield f"{name}.md"
    yield from (f"{name}-{number}.md" for number in count(2))


def name_of(title: str) -> str:
    """Return a file's name for a title, without its ending: ``Gift wrapping?`` is ``gift-wrapping``."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "-", re.sub(r"['’]", "", plain)).strip("-")
    return name[:LONGEST_NAME].rstrip("-") or "article"


def require_readable(article: NewArticle, text: str) -> None:
    """Raise :class:`Unpublishable` where the knowledge base would leave the article out, or read it otherwise."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "article.md"
        file.write_text(text, encoding="utf-8")
        (read,) = load(file)
    if isinstance(read, Skipped):
        raise Unpublishable(f"the knowledge base could not read it: it {read.reason}")
    if not isinstance(read, Document) or (read.audience, read.status) != (article.audience, "current"):
        raise Unpublishable("the knowledge base would not read its audience as it was chosen")


def digest_of(data: bytes) -> str:
    """Return the SHA-256 by which an article is known again."""
    return hashlib.sha256(data).hexdigest()
