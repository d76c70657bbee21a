"""The files of the behaviours that a desk judges by, read and put in force from the review: on disk, or published."""

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from console.content.loader import load_library
from console.content.thresholds import Untunable, file_of
from console.desk.log import LogError
from console.server.article_shelf import digest_of


class Publishes(Protocol):
    """What publishes one file of a team's content."""

    def replace(self, path: str, digest: str, data: bytes) -> bool:
        """Put another file in place of one that is as it was; returns false where it was changed since."""


class BehaviourFolder:
    """See :class:`console.desk.thresholds.BehaviourFiles`.

    ``follow`` brings the folder up to date where it comes from elsewhere; ``published`` is where a team's lies.
    """

    def __init__(
        self, content: Path, follow: Callable[[], None] = lambda: None, published: Publishes | None = None
    ) -> None:
        self._content, self._follow, self._published = content, follow, published

    def read(self, behaviour: str) -> tuple[str, str, str]:
        """Return a behaviour's file: its path within the content, its text, its SHA-256."""
        self._followed()
        file = file_of(self._content, behaviour)
        data = file.read_bytes()
        return file.relative_to(self._content).as_posix(), _text(data), digest_of(data)

    def replace(self, file: str, digest: str, text: str) -> str:
        """Put another text in place of one that is as it was; return the new SHA-256."""
        self._followed()
        place = file_of(self._content, Path(file).stem)
        if place.relative_to(self._content).as_posix() != file or digest_of(place.read_bytes()) != digest:
            raise Untunable("the behaviour was changed meanwhile, or by hand since")
        data = text.encode()
        self._require_usable(place, data)
        if self._published is None:
            _write(place, data)
        elif not self._published.replace(file, digest, data):
            raise Untunable("the behaviour was changed meanwhile on another server")
        else:
            self._followed()
        return digest_of(data)

    def _followed(self) -> None:
        try:
            self._follow()
        except LogError as error:
            raise OSError(str(error)) from error

    def _require_usable(self, place: Path, data: bytes) -> None:
        """Raise what broken content raises, unless the content can be judged by with this file in it."""
        folder = self._content / "behaviours"
        with tempfile.TemporaryDirectory() as temporary:
            copy = Path(temporary) / "behaviours"
            shutil.copytree(folder, copy)
            (copy / place.relative_to(folder)).write_bytes(data)
            load_library(self._content, copy)


def _text(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise Untunable("the behaviour's file is not UTF-8 text") from error


def _write(place: Path, data: bytes) -> None:
    """Write a file whole or not at all, with the rights that it has."""
    handle, new = tempfile.mkstemp(prefix=".new-", dir=place.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        shutil.copymode(place, new)
        Path(new).replace(place)
    finally:
        Path(new).unlink(missing_ok=True)
