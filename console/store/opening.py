"""Opens the event log of a workspace: creates what is missing, and refuses what cannot be trusted."""

import logging
import secrets
from pathlib import Path

from sqlalchemy import Connection, inspect
from sqlalchemy.exc import DBAPIError

from console.desk.log import LogDamaged, LogUnwritable
from console.store import keeping, reading, writing
from console.store.anchor import Anchor, AnchorDamaged, anchored_at
from console.store.audit import AuditKey, Head
from console.store.database import Database
from console.store.errors import KeyMissing
from console.store.keys import key_path, load_key, make_key
from console.store.log import SqlEventLog
from console.store.migrate import migrate, require_present
from console.store.models import fold_name
from console.store.moving import refuse_moved
from console.store.schema import meta
from console.store.sqlite import SqliteDatabase

_warn = logging.getLogger(__name__).warning


def open_log(
    workspace: Path, keys: Path, *, address: str = "", read_only: bool = False, shared_key: AuditKey | None = None
) -> SqlEventLog:
    """Open the event log of the workspace folder; ``keys`` is the folder for audit keys and anchors, outside it.

    With an ``address`` (postgresql://…) the log lies in that database, and other servers may write to it too; without
    one it is the file ``desk.db``, and no other process may write until it is closed. For writing, the log is created
    or brought to the present schema. With ``read_only`` nothing is created or changed, and others may write meanwhile.
    ``shared_key`` is that of the log beside which this one lies: it is begun with the same one.

    Raises :class:`~console.desk.log.LogUnwritable` when it cannot be written (the message says why),
    :class:`~console.desk.log.LogDamaged` when the file is damaged or its end is missing, and other
    :class:`~console.desk.log.LogError` when there is no log to read or its key is missing.
    """
    few = shared_key is not None  # few read what lies beside the desk's own log
    database = _team(address, few=few) if address else _own(workspace.resolve() / "desk.db", keys, read_only=read_only)
    try:
        if read_only:
            return _open_reading(database, keys, shared_key)
        return open_writing(database, keys, shared=bool(address), shared_key=shared_key)
    except DBAPIError as error:
        database.close()
        raise database.explain(error) from error
    except UnicodeDecodeError as error:  # of a name or a text in the file itself
        database.close()
        raise LogDamaged(f"{database.name} is damaged. Put a back-up of it in its place.") from error
    except BaseException:
        database.close()
        raise


def _own(path: Path, keys: Path, *, read_only: bool) -> Database:
    """Return the database in a file. One that was emptied is refused; one that is gone was taken away on purpose."""
    if not read_only and path.is_file() and path.stat().st_size == 0:
        _refuse_emptied(str(path), keys, "delete it to begin anew")
    return SqliteDatabase(path, read_only=read_only)


def _team(address: str, *, few: bool) -> Database:
    """Return the database of a team, with a quarter of the connections where only a ``few`` read it."""
    from console.store.postgres import PostgresDatabase  # here: most desks never need the driver
    from console.store.postgres.database import READERS

    try:
        return PostgresDatabase(address, readers=READERS // 4 if few else READERS)
    except ValueError as error:
        raise LogUnwritable(str(error)) from error


def open_writing(
    database: Database, keys: Path, *, shared: bool = False, shared_key: AuditKey | None = None
) -> SqlEventLog:
    """Bring the database to the present schema and return its log; see :func:`open_log` for the errors.

    A ``shared`` one is never begun anew where its log was anchored: nobody empties a team's database by the way.
    """
    with database.writer.begin() as connection:
        database.lock(connection)
        migrate(connection, database.name)
        workspace = reading.fact(connection, "workspace")
        if workspace:
            refuse_moved(connection, database.name)
            key = _matching_key(connection, database.name, keys, workspace, shared_key)
        else:
            if reading.head(connection, workspace).seq:
                raise LogDamaged(
                    f"{database.name} has lost its workspace's id. Put a back-up of the file in its place."
                )
            if shared:
                _refuse_emptied(database.name, keys, f"move the anchor away from {keys}")
            workspace = secrets.token_hex(8)
            key = shared_key or make_key(keys, workspace)
            writing.set_fact(connection, "workspace", workspace)
            writing.set_fact(connection, "key", key.fingerprint)
            writing.set_fact(connection, "fold", fold_name())
        if reading.fact(connection, "fold") != fold_name():
            keeping.rebuild(connection)
        head = reading.head(connection, workspace)
        anchor = Anchor(keys, workspace, key, database.name)
        _check_anchor(connection, database.name, anchor, head)
    _renew_anchor(anchor, head)
    return SqlEventLog(database, workspace=workspace, key=key, anchor=anchor)


def _open_reading(database: Database, keys: Path, shared_key: AuditKey | None) -> SqlEventLog:
    with database.reader.connect() as connection:
        if not inspect(connection).has_table(meta.name):
            raise LogDamaged(f"{database.name} holds no event log. Put a back-up of the file in its place.")
        require_present(connection, database.name)
        workspace = reading.fact(connection, "workspace")
        if not workspace:
            raise LogDamaged(f"{database.name} has lost its workspace's id. Put a back-up of the file in its place.")
        key = _matching_key(connection, database.name, keys, workspace, shared_key)
    return SqlEventLog(
        database, workspace=workspace, key=key, anchor=Anchor(keys, workspace, key, database.name), read_only=True
    )


def _matching_key(
    connection: Connection, name: str, keys: Path, workspace: str, shared_key: AuditKey | None
) -> AuditKey:
    begun_with = reading.fact(connection, "key")
    if shared_key is not None and begun_with == shared_key.fingerprint:
        return shared_key
    key = load_key(keys, workspace)
    if begun_with != key.fingerprint:
        raise KeyMissing(
            f"The audit key in use is not the one that {name} was begun with. "
            f"Put the right one at {key_path(keys, workspace)}, or in SECONDCHAIR_AUDIT_KEY."
        )
    return key


def _check_anchor(connection: Connection, name: str, anchor: Anchor, head: Head) -> None:
    """Refuse a log that ends before its anchor: writing on would bury the evidence."""
    try:
        anchored = anchor.read()
    except AnchorDamaged:
        anchored = None
    except ValueError as error:
        raise LogDamaged(f"{name}: {error}. Run secondchair verify; to go on, move the anchor away.") from error
    if anchored is None:
        if head.seq:
            _warn("there was no sound anchor at %s; the log is anchored as it stands", anchor.path)
        return
    if reading.mac_of(connection, anchored.seq, anchor.workspace) != anchored.mac:
        raise LogDamaged(
            f"{name} does not hold event {anchored.seq} as it was anchored: its end was cut off, or an older copy lies "
            f"here. Put the newest copy back; to go on with this one as it is, move {anchor.path} away."
        )


def _refuse_emptied(name: str, keys: Path, anew: str) -> None:
    """Refuse to begin a new log where one was anchored."""
    if lost := anchored_at(keys, name):
        raise LogDamaged(
            f"{name} is empty, but {lost} events were anchored there. Put a back-up in its place, or {anew}."
        )


def _renew_anchor(anchor: Anchor, head: Head) -> None:
    try:
        anchor.prepare()
        anchor.write(head)
    except OSError as error:
        raise LogUnwritable(
            f"The head of the log cannot be anchored at {anchor.path} ({error.strerror}). Make that folder writable."
        ) from error
