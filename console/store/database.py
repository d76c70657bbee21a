"""What the event log needs of a database, beyond SQL: who may write, how to read, and what its errors mean."""

from typing import Protocol

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from console.desk.log import LogError


class Database(Protocol):
    """A database behind the event log."""

    name: str
    """How messages call it: the file, or the address without a password."""
    reader: Engine
    """A pool of connections that only read; each transaction sees one state of the log."""
    single: Engine
    """The same for a single statement, which sees one state by itself: no transaction begins and ends around it."""
    writer: Engine
    """Where transactions write; :meth:`lock` is called first in each."""

    def lock(self, connection: Connection) -> None:
        """Wait until this transaction is the only one that writes, and stay so until it ends.

        Numbers are given out under this lock, so the order of numbers is the order of commits, and a reader that has
        seen a number has seen all below it.
        """

    def announce(self, connection: Connection) -> None:
        """Let whoever else follows the log hear of this transaction, which adds events, once it is committed."""

    def explain(self, error: DBAPIError) -> LogError:
        """Return what went wrong and what to do, in one line."""

    def faults(self, connection: Connection) -> str:
        """Return what is wrong with the database's own structure (pages, indexes), in words; empty when nothing is."""

    def vacuum(self) -> None:
        """Let no erased text stay behind in the database's own files, as far as it can be done while others read."""

    def close(self) -> None:
        """Let go of every connection and lock."""
