"""The published content of a team: files in its database, of which every server keeps a copy.

What changes is published in one transaction, so that no server ever sees half of it.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.exc import DBAPIError

from console.store import reading, writing
from console.store.postgres.database import PostgresDatabase
from console.store.schema import content_files

T = TypeVar("T")

VERSION: Final = "content"
"""The fact that names the published set: the SHA-256 of its files' names and digests."""


@dataclass(frozen=True, slots=True)
class Published:
    """What a publication changed, by path."""

    version: str
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]


class PublishedContent:
    """The content in the database; calls block, and raise :class:`LogError` where it cannot be reached."""

    def __init__(self, database: PostgresDatabase) -> None:
        self._database = database

    def version(self) -> str:
        """Return which set is published; empty where none ever was."""
        return self._reading(lambda connection: reading.fact(connection, VERSION))

    def publish(self, files: Mapping[str, bytes], *, only_first: bool = False) -> Published | None:
        """Let these files be the content from now on, with the articles that were approved on the desk.

        With ``only_first`` nothing is done, and ``None`` returned, where something was published before.
        """

        def work(connection: Connection) -> Published | None:
            if only_first and reading.fact(connection, VERSION):
                return None
            return _replace(connection, files)

        return self._writing(work)

    def put(self, path: str, data: bytes) -> bool:
        """Publish one more file; returns false where one of that name is there, whatever it holds."""

        def work(connection: Connection) -> bool:
            there = _digests(connection)
            if path in there:
                return False
            connection.execute(insert(content_files), _row(path, data, "desk"))
            writing.set_fact(connection, VERSION, _version({**there, path: digest_of(data)}))
            return True

        return self._writing(work)

    def replace(self, path: str, digest: str, data: bytes) -> bool:
        """Publish another file in place of one that is as it was; returns false where it was changed since."""

        def work(connection: Connection) -> bool:
            there = _digests(connection)
            if there.get(path) != digest:
                return False
            values = {"digest": digest_of(data), "data": data}
            connection.execute(update(content_files).where(content_files.c.path == path).values(**values))
            writing.set_fact(connection, VERSION, _version({**there, path: digest_of(data)}))
            return True

        return self._writing(work)

    def take_back(self, path: str, digest: str) -> bool:
        """Remove a file that is as it was; returns false where it was changed since. One that is gone is gone."""

        def work(connection: Connection) -> bool:
            there = _digests(connection)
            if there.get(path, digest) != digest:
                return False
            connection.execute(delete(content_files).where(content_files.c.path == path))
            there.pop(path, None)
            writing.set_fact(connection, VERSION, _version(there))
            return True

        return self._writing(work)

    def digests(self) -> dict[str, str]:
        """Return the SHA-256 of each file, by path."""
        return self._reading(_digests)

    def data(self, path: str) -> bytes | None:
        """Return a file; nothing where it has just been taken away."""
        return self._reading(lambda connection: _data(connection, path))

    def _reading(self, work: Callable[[Connection], T]) -> T:
        try:
            with self._database.side.connect() as connection:
                return work(connection)
        except DBAPIError as error:
            raise self._database.explain(error) from error

    def _writing(self, work: Callable[[Connection], T]) -> T:
        try:
            with self._database.side.begin() as connection:
                return work(connection)
        except DBAPIError as error:
            raise self._database.explain(error) from error


def _replace(connection: Connection, files: Mapping[str, bytes]) -> Published:
    there, wanted = _digests(connection), {path: digest_of(data) for path, data in files.items()}
    approved = set(connection.execute(select(content_files.c.path).where(content_files.c.origin == "desk")).scalars())
    gone = tuple(sorted(there.keys() - wanted.keys() - approved))
    changed = tuple(sorted(path for path in there.keys() & wanted.keys() if there[path] != wanted[path]))
    added = tuple(sorted(wanted.keys() - there.keys()))
    for path in (*gone, *changed):
        connection.execute(delete(content_files).where(content_files.c.path == path))
    for path in (*added, *changed):
        connection.execute(insert(content_files), _row(path, files[path], "folder"))
    version = _version(_digests(connection))
    writing.set_fact(connection, VERSION, version)
    return Published(version, added, changed, gone)


def _row(path: str, data: bytes, origin: str) -> dict[str, object]:
    return {"path": path, "digest": digest_of(data), "origin": origin, "data": data}


def digest_of(data: bytes) -> str:
    """Return the SHA-256 by which files are told apart."""
    return hashlib.sha256(data).hexdigest()


def _digests(connection: Connection) -> dict[str, str]:
    return {row.path: row.digest for row in connection.execute(select(content_files.c.path, content_files.c.digest))}


def _data(connection: Connection, path: str) -> bytes | None:
    return connection.execute(select(content_files.c.data).where(content_files.c.path == path)).scalar()


def _version(digests: Mapping[str, str]) -> str:
    lines = "".join(f"{path}\x00{digest}\n" for path, digest in sorted(digests.items()))
    return digest_of(lines.encode())
