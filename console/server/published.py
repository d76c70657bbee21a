"""A server's copy of a team's published content, and what publishes it."""

import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from threading import Lock
from typing import Final

from console.content.errors import ContentError
from console.desk.library import NewArticle, Unpublishable
from console.desk.log import LogError
from console.server.article_shelf import markdown_of, name_of, names_of, require_readable
from console.store.postgres.content import Published, PublishedContent, digest_of

LARGEST: Final = 32 * 1024 * 1024
"""Bytes of the largest file that is published."""


class PublishedFolder:
    """Keeps ``folder`` as the published content is."""

    def __init__(self, content: PublishedContent, folder: Path) -> None:
        self._content, self._folder = content, folder
        self._version = ""
        self._turn = Lock()

    def follow(self) -> None:
        """Bring the folder up to date; nothing is read where it is.

        Raises what the log raises, and ``OSError`` where the folder cannot be written.
        """
        with self._turn:
            self._follow()

    def _follow(self) -> None:
        version = self._content.version()
        if version and version == self._version:
            return
        there = self._content.digests()
        here = {path: digest_of(file.read_bytes()) for path, file in _files(self._folder)}
        for path, digest in there.items():
            if here.get(path) != digest and (data := self._content.data(path)) is not None:
                _write(_inside(self._folder, path), data)
        for path in here.keys() - there.keys():
            (self._folder / path).unlink(missing_ok=True)
        self._version = version


class SharedShelf:
    """Where a team's approved articles go: into the published content; see :class:`console.desk.library.Shelf`."""

    def __init__(self, content: PublishedContent) -> None:
        self._content = content

    def put(self, article: NewArticle) -> tuple[str, str]:
        """Publish an article under the first name that is free."""
        data = markdown_of(article).encode()
        require_readable(article, data.decode())
        try:
            name = next(n for n in names_of(name_of(article.title)) if self._content.put(f"articles/{n}", data))
        except LogError as error:
            raise OSError(str(error)) from error
        return name, digest_of(data)

    def take_back(self, file: str, digest: str) -> None:
        """Remove an article that is as it was put here."""
        try:
            if not self._content.take_back(f"articles/{file}", digest):
                raise Unpublishable(f"{file} has been changed since; set 'status: retired' in it instead")
        except LogError as error:
            raise OSError(str(error)) from error


def publish(content: PublishedContent, authored: Path, *, only_first: bool = False) -> Published | None:
    """Publish a folder that people write in; ``None`` where ``only_first`` and something is published already.

    Whoever calls has checked that it can be judged by. Raises :class:`ContentError` for a file that is too large.
    """
    files: dict[str, bytes] = {}
    for path, file in _files(authored):
        if file.stat().st_size > LARGEST:
            raise ContentError(file, f"is larger than {LARGEST // 1024**2} MB, and cannot be published")
        files[path] = file.read_bytes()
    return content.publish(files, only_first=only_first)


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield the files below a folder with their paths in it; hidden ones are nobody's content."""
    for file in sorted(folder.rglob("*")):
        path = file.relative_to(folder)
        if file.is_file() and not any(part.startswith(".") for part in path.parts):
            yield path.as_posix(), file


def _inside(folder: Path, path: str) -> Path:
    """Return where a published file lies; a path that leads out of the folder is refused."""
    parts = PurePosixPath(path).parts
    if not parts or parts[0] == "/" or ".." in parts or "\\" in path or "\x00" in path:
        raise ContentError(folder, f"a published file has no name that a file may have: {path!r}")
    return folder.joinpath(*parts)


def _write(place: Path, data: bytes) -> None:
    """Write a file whole or not at all, for its owner alone."""
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    new = place.with_name(f".{place.name}.{os.getpid()}")
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
    new.replace(place)
