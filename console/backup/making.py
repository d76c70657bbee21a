"""Makes a back-up while the desk runs."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Protocol

from console import __version__
from console.backup.archive import Writer, packing, writing
from console.backup.manifest import LOG, NAME, PRACTICE, Manifest
from console.store import keeping, reading
from console.store.audit import AuditKey
from console.store.database import Database
from console.store.snapshot import snapshot
from console.store.sqlite import SqliteDatabase
from console.workspace import Workspace

MEGABYTE: Final = 1024 * 1024

TRIES: Final = 5
"""How often what is renewed meanwhile is copied again."""


class Show(Protocol):
    """Takes in how far it is."""

    def __call__(self, done: int, total: int, unit: str) -> None:
        """``done`` of ``total`` units."""


SaveAccounts = Callable[[Path], None]
"""Writes the accounts of the desk to a file, where there are some."""


class Files(Protocol):
    """Where the files of customers lie."""

    def get(self, name: str) -> bytes | None:
        """Return one; nothing where it is missing or damaged."""


@dataclass(frozen=True, slots=True)
class Logs:
    """Where the logs of a desk lie."""

    desk: Database
    practice: Database | None = None
    """``None`` where nobody has practised yet."""


@dataclass(frozen=True, slots=True)
class Made:
    """What a back-up holds."""

    manifest: Manifest
    size: int
    lost: int
    """Files that messages name and that were missing or damaged already."""


def make(
    workspace: Workspace, logs: Logs, files: Files, key: AuditKey, target: Path, show: Show, save: SaveAccounts
) -> Made:
    """Write a back-up to ``target``, which is not there yet; raises :class:`LogError` and ``OSError``."""
    with writing(target) as (place, unfinished):
        unit = "pages" if isinstance(logs.desk, SqliteDatabase) else "events"
        snapshot(logs.desk, place / LOG, lambda done, total: show(done, total, unit))
        if logs.practice is not None:
            (place / PRACTICE).parent.mkdir(mode=0o700)
            snapshot(logs.practice, place / PRACTICE, lambda done, total: show(done, total, unit))
        past = _past(workspace, place)
        save(place / workspace.accounts.name)
        described, named = _described(place / LOG, key)
        others = list(_others(workspace, place, past))
        total = sum(file.stat().st_size for _, file in others) + (place / LOG).stat().st_size
        over = 0

        def moved(size: int) -> None:
            nonlocal over
            over += size
            show(over // MEGABYTE, max(over, total) // MEGABYTE, "MB")

        with packing(unfinished, moved) as archive:
            archive.add_file(LOG, place / LOG)
            for name, file in others:
                if name.startswith("past/") or name == PRACTICE:
                    archive.add_file(name, file)
                else:
                    archive.add(name, file.read_bytes())  # people may change it meanwhile
            lost = _add_files(archive, files, named)
            whole = replace(described, parts=dict(archive.parts))
            archive.add(NAME, whole.written(key))
        size = unfinished.stat().st_size
    return Made(whole, size, lost)


def _described(log: Path, key: AuditKey) -> tuple[Manifest, frozenset[str]]:
    """Return the manifest of a log without its parts, and the files that its messages name."""
    database = SqliteDatabase(log, read_only=True)
    try:
        with database.reader.connect() as connection:
            workspace = reading.fact(connection, "workspace")
            head = reading.head(connection, workspace)
            named = keeping.attachments(connection)
    finally:
        database.close()
    made = datetime.now(UTC).isoformat(timespec="seconds")
    return Manifest(made, __version__, workspace, key.fingerprint, head.seq, head.mac.hex()), named


def _others(workspace: Workspace, place: Path, past: Path | None) -> Iterator[tuple[str, Path]]:
    """Yield what a desk needs besides its log, with its name in the archive; hidden files are nobody's."""
    beside = ((PRACTICE, place / PRACTICE), *((f.name, f) for f in (place / workspace.accounts.name, workspace.config)))
    yield from ((name, file) for name, file in beside if file.is_file())
    for name, folder in (("content", workspace.authored), ("past", past)):
        for file in sorted(folder.rglob("*")) if folder is not None else ():
            inner = file.relative_to(folder or file)
            if file.is_file() and not any(part.startswith(".") for part in inner.parts):
                yield f"{name}/{inner.as_posix()}", file


def _past(workspace: Workspace, place: Path) -> Path | None:
    """Copy the index of past conversations, which a running desk may renew meanwhile."""
    for _ in range(TRIES):
        copy = place / "past"
        shutil.rmtree(copy, ignore_errors=True)
        if not workspace.past.is_dir():
            return None
        try:
            shutil.copytree(workspace.past, copy, ignore=shutil.ignore_patterns(".*"))
        except (shutil.Error, FileNotFoundError):
            continue
        return copy
    return None


def _add_files(archive: Writer, files: Files, named: frozenset[str]) -> int:
    lost = 0
    for name in sorted(named):
        data = files.get(name)
        if data is None:
            lost += 1
        else:
            archive.add(f"files/{name[:2]}/{name}", data)
    return lost
