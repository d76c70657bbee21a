"""People in the store; functions on a connection, in the caller's transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, insert, or_, select, update

from console.accounts import endings, names
from console.accounts.errors import AccountsError, NoSuchPerson
from console.accounts.schema import people
from console.conversation.people import Agent, Role

OWNER: Final = Agent("owner", "Owner", Role.ADMIN)
"""Who a server belongs to: the user it runs as."""


@dataclass(frozen=True, slots=True)
class Person:
    """A member of staff. The first of the roles is the one they come in where they name none.

    Whoever has no role any more, as an identity provider says, may not come in.
    """

    id: str
    name: str
    roles: tuple[Role, ...]
    teams: tuple[str, ...] = ()
    active: bool = True
    issuer: str = ""
    """The identity provider they come from; empty for one who was made here."""

    def may(self, role: Role) -> bool:
        """Return whether they may come in a role right now."""
        return self.active and role in self.roles

    def within(self, role: Role) -> Agent:
        """Return them as the desk knows them, in one of their roles."""
        return Agent(self.id, self.name, role)


def by_id(connection: Connection, person: str) -> Person | None:
    """Return the person with an id."""
    return next(iter(_where(connection, people.c.id == person)), None)


def called(connection: Connection, name: str) -> list[Person]:
    """Return everybody made here who comes under a name, however it is written."""
    return _where(connection, people.c.compared == names.compared(name), people.c.issuer == "")


def named(connection: Connection, name: str) -> Person:
    """Return the one person with this id or name. Raises :class:`NoSuchPerson`."""
    found = _where(connection, or_(people.c.id == name, people.c.compared == names.compared(name)))
    exact = [person for person in found if person.id == name] or found
    if not exact:
        raise NoSuchPerson(f"nobody is called '{name}'; 'secondchair account list' shows who there is")
    if len(exact) > 1:
        raise NoSuchPerson(f"several are called '{name}'; use an id: {', '.join(person.id for person in exact)}")
    return exact[0]


def of_subject(connection: Connection, issuer: str, subject: str) -> Person | None:
    """Return whom an identity provider means."""
    return next(iter(_where(connection, people.c.issuer == issuer, people.c.subject == subject)), None)


def everybody(connection: Connection) -> list[Person]:
    """Return all people, by id."""
    return _where(connection)


def in_role(connection: Connection, role: Role, name: str) -> Person:
    """Return who comes under this very name in this role: somebody known, or a new person with an id of their own."""
    name = names.written(name)
    if (name, role) == (OWNER.name, OWNER.role):
        return Person(OWNER.id, OWNER.name, (OWNER.role,))
    for known in called(connection, name):
        if known.name == name and role in known.roles:
            return known
    return add(connection, name, (role,))


def add(
    connection: Connection,
    name: str,
    roles: Sequence[Role],
    teams: Sequence[str] = (),
    *,
    subject: tuple[str, str] = ("", ""),
    id_: str = "",
) -> Person:
    """Add a person; ``subject`` is (issuer, subject) of an identity provider, ``id_`` an id that they have already."""
    name = names.written(name)
    if not roles:
        raise AccountsError(f"{name} needs a role")
    taken = {OWNER.id, *connection.execute(select(people.c.id)).scalars()}
    person = Person(
        id_ or names.free_id(name, taken), name, tuple(dict.fromkeys(roles)), tuple(teams), True, subject[0]
    )
    row = {**_row(person), "subject": subject[1]}
    connection.execute(insert(people).values(row))
    return person


def change(connection: Connection, person: Person) -> None:
    """Write down what is so of a person now."""
    connection.execute(update(people).where(people.c.id == person.id).values(_row(person)))
    endings.one_more(connection)  # it may be less than before


def _where(connection: Connection, *conditions: ColumnElement[bool]) -> list[Person]:
    rows = connection.execute(select(people).where(*conditions).order_by(people.c.id))
    return [_person(row) for row in rows]


def _person(row: Any) -> Person:  # noqa: ANN401 - a row of the table
    roles = tuple(Role(role) for role in row.roles.split("\n") if role)
    teams = tuple(team for team in row.teams.split("\n") if team)
    return Person(row.id, row.name, roles, teams, bool(row.active), row.issuer)


def _row(person: Person) -> dict[str, Any]:
    return {
        "id": person.id,
        "name": person.name,
        "compared": names.compared(person.name),
        "roles": "\n".join(person.roles),
        "teams": "\n".join(person.teams),
        "active": person.active,
        "issuer": person.issuer,
    }
