"""Takes over the accounts file (JSON) of earlier programs: its people and their tokens, once."""

import hashlib
import json
from pathlib import Path
from typing import Any

import structlog
from sqlalchemy import Connection, insert, select

from console.accounts import people, tokens
from console.accounts.errors import AccountsError
from console.accounts.people import Person
from console.accounts.schema import facts
from console.conversation.people import Role

_log = structlog.get_logger(__name__)


def take_over(connection: Connection, file: Path, now: int) -> None:
    """Take over what stands in ``file``, unless that was done before; see :func:`put_away` for what follows.

    Raises :class:`AccountsError` for a file that cannot be read.
    """
    try:
        text = file.read_bytes()
        read = json.loads(text)
        kept = [(row["digest"], row["id"], row["name"], Role(row["role"])) for row in read["accounts"]]
        known = [(row["id"], row["name"], Role(row["role"])) for row in read.get("people", ())]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise AccountsError(f"{file}: cannot be read; remove it and make the tokens again") from error
    mark = f"taken over: {hashlib.sha256(text).hexdigest()}"
    if connection.execute(select(facts.c.value).where(facts.c.name == mark)).scalar() is not None:
        return
    for id_, name, role in (*known, *(row[1:] for row in kept)):
        _person(connection, id_, name, role)
    for digest, id_, name, role in kept:
        person = people.by_id(connection, id_)
        if person is None or person.name != name:
            _log.warning("a token was not taken over: its id is another person's; make it again", name=name)
        elif tokens.found(connection, digest, now) is None:
            tokens.keep(connection, person, role, digest, now)
    connection.execute(insert(facts).values(name=mark, value=file.name))


def put_away(file: Path) -> None:
    """Rename a file that was taken over, so that nobody takes it for the accounts."""
    try:
        file.replace(file.with_name(f"{file.name}.taken-over"))
    except OSError as error:
        _log.warning("the accounts file was taken over and can be removed", file=str(file), why=error.strerror)


def _person(connection: Connection, id_: str, name: str, role: Role) -> None:
    """Have a person known. Who had two roles under one id has one account with both."""
    known: Any = people.by_id(connection, id_)
    if id_ == people.OWNER.id:
        return
    if known is None:
        people.add(connection, name, (role,), id_=id_)
    elif known.name == name and role not in known.roles:
        roles = (*known.roles, role)
        people.change(connection, Person(known.id, known.name, roles, known.teams, known.active, known.issuer))
