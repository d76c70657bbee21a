"""Brings a back-up into an empty workspace, and its log into a file there or into an empty database of a team.

Everything is laid out and checked first, beside its place. The log comes last, so that what is half done is no desk.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from sqlalchemy import select

from console.backup.archive import unpack
from console.backup.making import MEGABYTE, Show
from console.backup.manifest import LOG, PRACTICE, Manifest, NotABackup, require_signed
from console.store import reading, verify
from console.store.anchor import Anchor, AnchorDamaged
from console.store.audit import AuditKey, Head
from console.store.database import Database
from console.store.errors import KeyMissing
from console.store.keys import key_path, load_key
from console.store.schema import content_files
from console.store.sqlite import SqliteDatabase
from console.workspace import Workspace

PLACES: Final = ("accounts.db", "past", "content", "files", "practice")
"""What is put into a workspace before its log, in this order; its settings stay where there are some."""

LAYING: Final = ".restoring"
MOVING: Final = "moving"
"""Beside what was laid out, once all of it is checked: from here on parts of it may lie in the workspace."""

Put = Callable[[SqliteDatabase, AuditKey], None]
"""Puts a checked log where it is to be."""

PutBeside = Callable[[SqliteDatabase, AuditKey], AbstractContextManager[object]]
"""Puts that of practice where it is to be, and takes it back where the block fails."""


class NotRestored(Exception):
    """It cannot be restored here; one line that says why and what to do."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a log is to be: ``place`` is what its anchor calls it; ``put`` puts it there, where it is not a file."""

    place: str
    put: Put | None = None
    practice: str = ""
    """What the anchor of the log of practice calls its place."""
    put_practice: PutBeside | None = None


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored."""

    manifest: Manifest
    without: str = ""
    """Why the log of practice was not; empty where it was, or there is none."""


@dataclass(frozen=True, slots=True)
class _Laid:
    """A log that is laid out: its file, the end of its chain, and its anchor where it is to be."""

    log: SqliteDatabase
    head: Head
    key: AuditKey
    anchor: Anchor
    replaced: bool
    """Whether the anchor is of a later state, or of another one."""

    def anchored(self) -> None:
        """Anchor it where it is now."""
        if self.replaced:
            stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
            self.anchor.path.replace(self.anchor.path.with_name(f"{self.anchor.path.name}.before-{stamp}"))
        self.anchor.prepare()
        self.anchor.write(self.head)


def restore(file: Path, workspace: Workspace, keys: Path, target: Target, show: Show, *, older: bool) -> Restored:
    """Restore a back-up.

    Raises :class:`NotABackup`, :class:`NotRestored` and :class:`LogError`; then nothing has changed.
    ``older`` allows a state that is older than the one that was anchored last, or another one.
    """
    root = workspace.root
    root.mkdir(parents=True, exist_ok=True, mode=0o700)
    _require_empty(workspace)
    with _laying(root) as laid:
        done, total = 0, 0

        def moved(size: int) -> None:
            nonlocal done
            done += size
            show(done // MEGABYTE, total, "MB")

        manifest, fields = unpack(file, laid, moved)
        key = _key(manifest, keys)
        require_signed(fields, key)
        anchor = Anchor(keys, manifest.workspace, key, target.place)
        log = SqliteDatabase(laid / LOG, read_only=True)
        try:
            _check(log, manifest, key, show)
            replaced = _check_anchor(log, anchor, manifest.workspace, manifest.head, older=older)
            practised, without = _practised(laid, keys, key, target, older=older)
            if target.put is None:
                _lay_published(log, laid)
            with _practice_placed(practised, target, laid), _placed(root, laid):
                if target.put is None:
                    (laid / LOG).replace(workspace.database)
                else:
                    target.put(log, key)
        finally:
            log.close()
        _Laid(log, manifest.head, key, anchor, replaced).anchored()
        if practised is not None:
            practised.anchored()
    return Restored(manifest, without)


def _practised(
    laid: Path, keys: Path, shared_key: AuditKey, target: Target, *, older: bool
) -> tuple[_Laid | None, str]:
    """Return the log of practice that was laid out, or none and why: the desk is worth having without it, too."""
    if not (laid / PRACTICE).is_file():
        return None, ""
    log = SqliteDatabase(laid / PRACTICE, read_only=True)
    try:
        with log.reader.connect() as connection:
            workspace = reading.fact(connection, "workspace")
            head = reading.head(connection, workspace)
            shared = reading.fact(connection, "key") == shared_key.fingerprint
            key = shared_key if shared else load_key(keys, workspace)
            verdict = verify.verify(connection, key, workspace, head)
        if not verdict.whole:
            raise NotABackup(f"its log of practice is not whole: {verdict.reason}")
        anchor = Anchor(keys, workspace, key, target.practice)
        replaced = _check_anchor(log, anchor, workspace, head, older=older)
    except KeyMissing as error:
        shutil.rmtree(laid / Path(PRACTICE).parent)
        return None, str(error)
    finally:
        log.close()
    return _Laid(log, head, key, anchor, replaced), ""


@contextmanager
def _practice_placed(practised: _Laid | None, target: Target, laid: Path) -> Iterator[None]:
    """Put the log of practice where it is to be, where that is no file, and take it back where the block fails."""
    if practised is None or target.put_practice is None:
        yield
        return
    with target.put_practice(practised.log, practised.key):
        practised.log.close()
        shutil.rmtree(laid / Path(PRACTICE).parent)
        yield


def _require_empty(workspace: Workspace) -> None:
    """Refuse a workspace that holds anything; what a restoring that was cut short left is cleared away."""
    root, laid = workspace.root, workspace.root / LAYING
    if (laid / MOVING).exists() and not workspace.database.exists():
        for name in PLACES:
            _remove(root / name)
    shutil.rmtree(laid, ignore_errors=True)
    held = sorted(file.name for file in root.iterdir() if not file.name.startswith(".") and file != workspace.config)
    if held:
        raise NotRestored(f"{root} is not empty (it holds {held[0]}); name an empty workspace")


@contextmanager
def _laying(root: Path) -> Iterator[Path]:
    laid = root / LAYING
    laid.mkdir(mode=0o700)
    try:
        yield laid
    finally:
        shutil.rmtree(laid, ignore_errors=True)


@contextmanager
def _placed(root: Path, laid: Path) -> Iterator[None]:
    """Put everything but the log into the workspace, and take it out again where the block fails."""
    (laid / MOVING).touch()
    put: list[Path] = []
    try:
        for name in ("config.toml", *PLACES):
            if (laid / name).exists() and not (root / name).exists():
                (laid / name).replace(root / name)
                put.append(root / name)
        yield
    except BaseException:
        for place in put:
            _remove(place)
        raise


def _key(manifest: Manifest, keys: Path) -> AuditKey:
    key = load_key(keys, manifest.workspace)
    if key.fingerprint != manifest.key:
        raise KeyMissing(
            "The audit key in use is not the one of this back-up. "
            f"Put the right one at {key_path(keys, manifest.workspace)}, or in SECONDCHAIR_AUDIT_KEY."
        )
    return key


def _check(log: SqliteDatabase, manifest: Manifest, key: AuditKey, show: Show) -> None:
    """Refuse a log that its key does not prove whole, up to the end that the manifest names."""
    with log.reader.connect() as connection:
        verdict = verify.verify(
            connection, key, manifest.workspace, manifest.head, lambda done, total: show(done, total, "events")
        )
        head = reading.head(connection, manifest.workspace)
    if not verdict.whole or head != manifest.head:
        where = f"event {verdict.broken}: " if verdict.broken is not None else ""
        raise NotABackup(f"its log is not whole: {where}{verdict.reason or 'it ends elsewhere'}")


def _check_anchor(log: SqliteDatabase, anchor: Anchor, workspace: str, head: Head, *, older: bool) -> bool:
    """Refuse a state that goes back behind the one anchored last; return whether that is what is wanted."""
    try:
        anchored = anchor.read()
    except AnchorDamaged:
        anchored = None
    except ValueError as error:
        raise NotRestored(f"{error}; move it away if this is the key you trust") from error
    if anchored is None:
        return False
    with log.reader.connect() as connection:
        follows = reading.mac_of(connection, anchored.seq, workspace) == anchored.mac
    if follows:
        return False
    if not older:
        raise NotRestored(
            f"this back-up ends at event {head.seq}, and event {anchored.seq} was anchored since: what came "
            "between would be lost. Look for a newer one, or give --older to go back"
        )
    return True


def _lay_published(log: Database, laid: Path) -> None:
    """Let the content that a team had published be the content of the workspace."""
    with log.reader.connect() as connection:
        rows = connection.execute(select(content_files.c.path, content_files.c.data)).all()
    if not rows:
        return
    shutil.rmtree(laid / "content", ignore_errors=True)
    for path, data in rows:
        place = (laid / "content" / path).resolve()
        if not place.is_relative_to((laid / "content").resolve()):
            raise NotABackup(f"it holds what no back-up holds: {path!r}")
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        place.write_bytes(data)


def _remove(place: Path) -> None:
    if place.is_dir():
        shutil.rmtree(place)
    else:
        place.unlink(missing_ok=True)
