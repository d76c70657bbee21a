"""Schemas beside that of the desk, in the same database."""

import psycopg
from psycopg import sql

from console.store.postgres.address import conninfo, shown
from console.store.postgres.faults import explain


def make_schema(address: str, name: str) -> None:
    """Make the schema where it is missing; raises what :func:`console.store.open_log` raises."""
    try:
        with psycopg.connect(conninfo(address), autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(sql.Identifier(name)))
    except psycopg.Error as error:
        raise explain(error, shown(address)) from error
