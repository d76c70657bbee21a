"""What happened to accounts, on its way into the event log.

A note is written in the transaction of what it tells, by whichever process that is: a server, or the command line while
another process writes the log. A server carries the notes over, each once (:mod:`console.server.audit`).
"""

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, cast

from sqlalchemy import Connection, delete, insert, select

from console.accounts.schema import notes
from console.conversation.codec import decode, encode
from console.conversation.events import KINDS, kind_of
from console.conversation.sign_in_events import SignInEvent

PAGE: Final = 200
"""Notes that are carried over at a time."""


@dataclass(frozen=True, slots=True)
class Note:
    """One event to log; ``uid`` is the same however often it is carried over."""

    number: int
    uid: str
    at: int
    data: SignInEvent


def note(connection: Connection, at: int, data: SignInEvent) -> None:
    """Write down what happens in this transaction."""
    text = json.dumps({"kind": kind_of(data), "data": encode(data)}, ensure_ascii=False)
    connection.execute(insert(notes).values(uid=secrets.token_hex(16), at=at, data=text))


def waiting(connection: Connection) -> list[Note]:
    """Return the oldest notes that are not in the log yet."""
    rows = connection.execute(select(notes).order_by(notes.c.number).limit(PAGE))
    return [Note(row.number, row.uid, row.at, _read(row.data)) for row in rows]


def forget(connection: Connection, carried: Sequence[Note]) -> None:
    """Forget notes that are in the log now."""
    connection.execute(delete(notes).where(notes.c.number.in_([one.number for one in carried])))


def _read(text: str) -> SignInEvent:
    row = json.loads(text)
    return cast("SignInEvent", decode(KINDS[row["kind"]], row["data"]))  # only such are written
