"""Approved behaviours as files of the content, as a person would have written them; none is ever overwritten."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from console.desk.library import Unpublishable
from console.desk.log import LogError
from console.server.article_shelf import digest_of
from console.store.postgres.content import PublishedContent


class BehaviourFolderShelf:
    """The folder ``content/behaviours`` of a workspace; see :class:`console.desk.behaviour_drafts.BehaviourShelf`."""

    def __init__(self, folder: Path, what: str = "behaviour") -> None:
        self._folder, self._what = folder, what

    def put(self, intent: str, text: str) -> tuple[str, str]:
        """Write the file whole or not at all."""
        name, data = f"{intent}.toml", text.encode()
        self._folder.mkdir(parents=True, exist_ok=True)
        handle, written = tempfile.mkstemp(prefix=".new-", dir=self._folder)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.link(written, self._folder / name)
        except FileExistsError as error:
            raise Unpublishable(f"there is a {self._what} '{intent}' by now") from error
        finally:
            Path(written).unlink(missing_ok=True)
        return name, digest_of(data)

    def take_back(self, file: str, digest: str) -> None:
        """Remove a behaviour that is as it was put here."""
        if Path(file).name != file:
            raise Unpublishable(f"'{file}' is no file of this folder")
        with suppress(FileNotFoundError):
            if digest_of((self._folder / file).read_bytes()) != digest:
                raise Unpublishable(f"{file} has been changed since; change or remove it in the content")
            (self._folder / file).unlink()


class SharedBehaviours:
    """A team's published content; see :class:`console.desk.behaviour_drafts.BehaviourShelf`."""

    def __init__(self, content: PublishedContent, folder: str = "behaviours", what: str = "behaviour") -> None:
        self._content, self._folder, self._what = content, folder, what

    def put(self, intent: str, text: str) -> tuple[str, str]:
        """Publish the file."""
        name, data = f"{intent}.toml", text.encode()
        try:
            if not self._content.put(f"{self._folder}/{name}", data):
                raise Unpublishable(f"there is a {self._what} '{intent}' by now")
        except LogError as error:
            raise OSError(str(error)) from error
        return name, digest_of(data)

    def take_back(self, file: str, digest: str) -> None:
        """Remove a behaviour that is as it was put here."""
        try:
            if not self._content.take_back(f"{self._folder}/{file}", digest):
                raise Unpublishable(f"{file} has been changed since; change or remove it in the content")
        except LogError as error:
            raise OSError(str(error)) from error
