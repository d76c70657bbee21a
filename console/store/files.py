"""Files that came with messages, in a folder of the workspace, each under the SHA-256 of its bytes."""

import hashlib
import os
import re
import secrets
import shutil
from collections.abc import Collection
from pathlib import Path
from typing import Final

LEFT_FREE: Final = 1024**3
"""Bytes that files leave free on the disk: a gigabyte is room for about a million messages in the log beside them."""

_NAME: Final = re.compile(r"[0-9a-f]{64}")


class FileFolder:
    """A :class:`console.desk.attachments.FileStore` on disk; only the owner of the desk may read it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, name: str, data: bytes) -> None:
        """Keep bytes for good: they are on the disk, or it raises ``OSError``."""
        place = self._place(name)
        if place.exists():
            return
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = place.with_name(f"{name}.{secrets.token_hex(4)}")
        try:
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(place)
        finally:
            draft.unlink(missing_ok=True)

    def get(self, name: str) -> bytes | None:
        """Return the bytes; nothing where they are missing or damaged."""
        try:
            data = self._place(name).read_bytes()
        except FileNotFoundError:
            return None
        return data if hashlib.sha256(data).hexdigest() == name else None

    def keep_only(self, names: Collection[str]) -> int:
        """Delete for good every file but these, and what was left half written; returns how many files that were.

        To be called while nobody puts files: at the start, or while no desk runs. Raises ``OSError`` for one that
        cannot be deleted, once all others are; calling again does the rest.
        """
        gone, trouble = 0, None
        for file in self._folder.glob("[0-9a-f][0-9a-f]/*"):
            if file.name in names:
                continue
            try:
                file.unlink()
            except OSError as error:
                trouble = error
            else:
                gone += _NAME.fullmatch(file.name) is not None
        if trouble is not None:
            raise trouble
        return gone

    def remove(self, names: Collection[str]) -> int:
        """Delete these files for good; returns how many were there. Raises ``OSError``, once all others are gone."""
        gone, trouble = 0, None
        for name in names:
            try:
                self._place(name).unlink()
                gone += 1
            except FileNotFoundError:
                continue
            except OSError as error:
                trouble = error
        if trouble is not None:
            raise trouble
        return gone

    def room(self) -> int:
        """Return how many bytes more may be kept: the log must never be the one that finds the disk full."""
        place = next(folder for folder in (self._folder, *self._folder.parents) if folder.exists())
        return shutil.disk_usage(place).free - LEFT_FREE

    def _place(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise ValueError("a file is named by its SHA-256")
        return self._folder / name[:2] / name
