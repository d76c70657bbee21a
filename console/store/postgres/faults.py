"""What an error of PostgreSQL means for the log, and what to do about it."""

from typing import Final

import psycopg
from psycopg import errors

from console.desk.log import LogDamaged, LogError, LogUnwritable
from console.store.errors import LogLocked

_KINDS: Final[tuple[tuple[tuple[type[psycopg.Error], ...], type[LogError], str], ...]] = (
    (
        (errors.DiskFull,),
        LogUnwritable,
        "The disk of {name} is full: it takes nothing more. Free some space; nothing is lost.",
    ),
    (
        (errors.TooManyConnections, errors.OutOfMemory, errors.ConfigurationLimitExceeded),
        LogUnwritable,
        "{name} has no connection to spare ({error}). Raise its max_connections, or run fewer servers.",
    ),
    (
        (errors.ReadOnlySqlTransaction, errors.CannotConnectNow, errors.AdminShutdown, errors.CrashShutdown),
        LogUnwritable,
        "{name} takes nothing right now ({error}). Wait until it is up again; nothing is lost.",
    ),
    (
        (errors.InsufficientPrivilege, errors.InvalidPassword, errors.InvalidAuthorizationSpecification),
        LogUnwritable,
        "{name} refuses this user ({error}). Let the user of the address own the database.",
    ),
    ((errors.InvalidCatalogName,), LogUnwritable, "{name} is not there ({error}). Create the database first."),
    (
        (errors.LockNotAvailable, errors.QueryCanceled),
        LogLocked,
        "Another program holds {name} locked ({error}). Close it and try again.",
    ),
    (
        (errors.UndefinedTable, errors.UndefinedColumn, errors.DataCorrupted, errors.IndexCorrupted),
        LogDamaged,
        "{name} is not an event log as it should be ({error}). Put a back-up of it in its place.",
    ),
    (
        (errors.OperationalError, errors.InterfaceError),
        LogUnwritable,
        "{name} cannot be reached ({error}). Start it, or check the address; what was acknowledged is safe.",
    ),
)


_REFUSED: Final[tuple[tuple[str, type[psycopg.Error]], ...]] = (
    ("too many clients", errors.TooManyConnections),
    ("remaining connection slots", errors.TooManyConnections),
    ("too many connections", errors.TooManyConnections),
    ("the database system is", errors.CannotConnectNow),
)
"""A connection that is refused comes without a code: what it says, and what it would be."""


def explain(error: BaseException | None, name: str) -> LogError:
    """Return what an error of the driver means for the database called ``name``, in one line."""
    if type(error) is errors.OperationalError:
        said = str(error)
        error = next((kind(said) for words, kind in _REFUSED if words in said), error)
    for kinds, kind, meaning in _KINDS:
        if isinstance(error, kinds):
            return kind(meaning.format(name=name, error=first_line(error)))
    return LogError(f"{name}: {first_line(error)}")


def first_line(error: BaseException | None) -> str:
    """Return the first line of what the driver says, without the address: that may hold a password."""
    said = str(error).strip().splitlines()
    line = next((part for part in said if part.strip()), "no reason given")
    _, found, reason = line.partition(" failed: ")
    return (reason if found else line).strip()
