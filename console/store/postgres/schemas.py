"""Schemas beside that of the desk, in the same database."""

from typing import Final

import psycopg
from psycopg import sql
from psycopg.errors import DuplicateSchema, InsufficientPrivilege, UniqueViolation

from console.desk.log import LogUnwritable
from console.store.postgres.address import conninfo, in_schema, schema_of, shown
from console.store.postgres.faults import explain

_THERE: Final = "SELECT 1 FROM pg_tables WHERE schemaname = %s AND tablename = 'meta'"
_KNOWN: Final = "SELECT 1 FROM pg_namespace WHERE nspname = %s"


def make_schema(address: str, name: str) -> str:
    """Make the schema of this name beside the one of ``address`` where it is missing; return its address.

    Raises what :func:`console.store.open_log` raises.
    """
    beside = in_schema(address, name)
    schema = schema_of(beside)
    try:
        with psycopg.connect(conninfo(address), autocommit=True) as connection:
            if connection.execute(_KNOWN, [schema]).fetchone() is None:
                _make(connection, schema)
    except InsufficientPrivilege as error:
        raise LogUnwritable(
            f"{shown(beside)} is not there and cannot be made ({error}). Let whoever keeps the database run: "
            f"CREATE SCHEMA {schema} AUTHORIZATION …, with the desk's own user"
        ) from error
    except psycopg.Error as error:
        raise explain(error, shown(address)) from error
    return beside


def holds_log(address: str) -> bool:
    """Return whether the schema that an address names holds a log; raises as :func:`make_schema`."""
    try:
        with psycopg.connect(conninfo(address), autocommit=True) as connection:
            return connection.execute(_THERE, [schema_of(address)]).fetchone() is not None
    except psycopg.Error as error:
        raise explain(error, shown(address)) from error


def drop_schema(address: str) -> None:
    """Drop the schema that an address names, with all that it holds; raises as :func:`make_schema`."""
    try:
        with psycopg.connect(conninfo(address), autocommit=True) as connection:
            connection.execute(sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(sql.Identifier(schema_of(address))))
    except psycopg.Error as error:
        raise explain(error, shown(address)) from error


def _make(connection: psycopg.Connection, schema: str) -> None:
    try:
        connection.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(schema)))
    except (DuplicateSchema, UniqueViolation):
        return  # another server was faster
