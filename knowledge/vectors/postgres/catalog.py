"""The tables: which states there are, and which rows belong to one.

    knowledge.states      a row for each state that may still be read
    knowledge.vectors_N   number and vector; a row is written once and never changed
    knowledge.removed_N   the numbers that a state took out

A state holds the numbers up to its `last` which neither it nor a state before it has removed. New numbers are above
`last`, so that a reader never sees what came after. Removals stand apart because changing a row of vectors would
write it, and its place in the index, a second time. N is the series: it changes when everything is embedded anew.
"""

from dataclasses import dataclass

import psycopg
from psycopg import sql

from knowledge.errors import StoreUnavailable
from knowledge.vectors.postgres.connections import Connection

_OLDEST_PGVECTOR = (0, 8)
"""Half-precision vectors came with 0.7, searches that go on until enough is found with 0.8."""

_SETTING_UP = 0x5EC0
_WRITING = 0x5EC1
"""First halves of advisory locks."""


@dataclass(frozen=True, slots=True)
class State:
    """One state of an index."""

    number: int
    series: int
    dimensions: int
    last: int
    count: int
    indexed: bool
    """Whether there are so many vectors that they are searched by an index."""

    def table(self, kind: str) -> sql.Identifier:
        """The series' table of vectors, or of removed ones."""
        return table(kind, self.series)


def table(kind: str, series: int) -> sql.Identifier:
    """A series' table: "vectors" or "removed"."""
    return sql.Identifier("knowledge", f"{kind}_{series}")


def pgvector(connection: Connection, place: str) -> tuple[str, bool]:
    """Its version and whether it is enabled. Raises StoreUnavailable where it is not there, or too old."""
    query = (
        "select coalesce(installed_version, default_version), installed_version is not null"
        " from pg_available_extensions where name = 'vector'"
    )
    version, enabled = connection.execute(query).fetchone() or ("", False)
    if not version:
        raise StoreUnavailable(f"the server of {place} has no pgvector; install it there (0.8 or newer)")
    if tuple(int(part) for part in version.split(".")[:2]) < _OLDEST_PGVECTOR:
        raise StoreUnavailable(
            f"the server of {place} has pgvector {version}, and 0.8 is needed; install a newer one there, and run in "
            "the database: alter extension vector update"
        )
    return version, enabled


def set_up(connection: Connection, place: str) -> None:
    """Make the schema where it is not there yet. Raises StoreUnavailable where pgvector cannot be used."""
    _, enabled = pgvector(connection, place)
    if not enabled:
        try:
            connection.execute("create extension if not exists vector")
        except psycopg.errors.InsufficientPrivilege as error:
            raise StoreUnavailable(
                f"pgvector is not enabled in {place}; let its administrator run there: create extension vector"
            ) from error
    if is_set_up(connection):
        return
    with connection.transaction():
        connection.execute("select pg_advisory_xact_lock(%s, 0)", [_SETTING_UP])
        connection.execute("create schema if not exists knowledge")
        connection.execute("create sequence if not exists knowledge.numbers")
        connection.execute(
            "create table if not exists knowledge.states (index text, state bigint, series bigint not null,"
            " dimensions integer not null, last bigint not null, count bigint not null, indexed boolean not null,"
            " made timestamptz not null default now(), primary key (index, state))"
        )


def is_set_up(connection: Connection) -> bool:
    """Whether the schema is there."""
    return connection.execute("select to_regclass('knowledge.states')").fetchone() != (None,)


def state(connection: Connection, index: str, number: int) -> State | None:
    """A state that is still there, or None."""
    if not is_set_up(connection):
        return None
    query = (
        "select state, series, dimensions, last, count, indexed from knowledge.states where index = %s and state = %s"
    )
    found = connection.execute(query, [index, number]).fetchone()
    return State(*found) if found else None


def next_number(connection: Connection) -> int:
    """For a state or a series; never given twice, also where a run ends early."""
    (number,) = connection.execute("select nextval('knowledge.numbers')").fetchone() or (0,)
    return int(number)


def locked(connection: Connection, index: str) -> bool:
    """Take the right to write an index until the transaction ends; False where another has it."""
    query = "select pg_try_advisory_xact_lock(%s, hashtext(%s))"
    return connection.execute(query, [_WRITING, index]).fetchone() == (True,)


def newer(connection: Connection, index: str, number: int) -> bool:
    """Whether there is a state after one."""
    query = "select 1 from knowledge.states where index = %s and state > %s"
    return connection.execute(query, [index, number]).fetchone() is not None


def clear(connection: Connection, index: str, used: State) -> None:
    """Delete what neither the state in use nor the one before it needs, and what a run that ended early has left.

    To be called inside a transaction that has the lock.
    """
    before = "(select max(state) from knowledge.states where index = %s and state < %s)"
    gone = connection.execute(
        f"delete from knowledge.states where index = %s and (state > %s or state < {before}) returning series",  # noqa: S608
        [index, used.number, index, used.number],
    ).fetchall()
    kept = connection.execute(
        "select series, min(state), max(state) from knowledge.states where index = %s group by series", [index]
    ).fetchall()
    for series in {series for (series,) in gone} - {series for series, *_ in kept}:
        for kind in ("vectors", "removed"):
            connection.execute(sql.SQL("drop table if exists {}").format(table(kind, series)))
    if gone:
        oldest = next(oldest for series, oldest, _ in kept if series == used.series)
        tables = {"vectors": used.table("vectors"), "removed": used.table("removed")}
        for statement, values in (
            ("delete from {vectors} where number > %s", [used.last]),
            ("delete from {removed} where state > %s", [used.number]),
            ("delete from {vectors} v using {removed} r where r.number = v.number and r.state <= %s", [oldest]),
            ("delete from {removed} where state <= %s", [oldest]),
        ):
            connection.execute(sql.SQL(statement).format(**tables), values)
