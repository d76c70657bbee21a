"""The write transaction at hand, as those who write in it see it."""

from dataclasses import dataclass

from sqlalchemy import Connection

from console.store.audit import Head


@dataclass(slots=True)
class Transaction:
    """The write transaction at hand; ``head`` is the end of the chain inside it, once looked up or moved."""

    connection: Connection
    head: Head | None = None
    moved: bool = False
