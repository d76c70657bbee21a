"""Hashes of passwords in the store; functions on a connection."""

from sqlalchemy import Connection, delete, insert, select

from console.accounts import names
from console.accounts.people import Person, by_id
from console.accounts.schema import passwords, people


def keep(connection: Connection, person: str, hash_: str, now: int) -> None:
    """Keep the hash of somebody's password in place of an earlier one."""
    connection.execute(delete(passwords).where(passwords.c.person == person))
    connection.execute(insert(passwords).values(person=person, hash=hash_, changed=now))


def everybody(connection: Connection) -> frozenset[str]:
    """Return the ids of all who have a password."""
    return frozenset(connection.execute(select(passwords.c.person)).scalars())


def of_name(connection: Connection, name: str) -> tuple[Person, str] | None:
    """Return who signs in with a password under this name, and its hash; also one who may not come in."""
    both = select(people.c.id, passwords.c.hash).join(passwords, passwords.c.person == people.c.id)
    row = connection.execute(both.where(people.c.compared == names.compared(name), people.c.issuer == "")).first()
    person = by_id(connection, row.id if row else "")  # asked in either case: both take as long
    return (person, row.hash) if row and person else None
