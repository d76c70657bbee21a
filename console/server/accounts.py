"""Who may use the desk: bearer tokens, of which only digests are kept, and the ids of the people who have or had one.

An id stands in the log for ever, so it is one person's in one role: whoever comes under another name or in another role
gets an id of their own, and the same name and role always lead to the same id.
"""

import hashlib
import hmac
import json
import re
import secrets
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain, count
from pathlib import Path
from typing import Any, Final

from filelock import FileLock, Timeout

from console.conversation.people import Agent, Role
from console.text import clean_line
from console.workspace import write_private

OWNER: Final = Agent("owner", "Owner", Role.ADMIN)
"""Who a server belongs to: the user it runs as."""

LONGEST_NAME: Final = 60

PATIENCE: Final = 5.0
"""Seconds to wait while another process makes a token."""


class AccountsError(Exception):
    """The accounts file cannot be used; one line that says what to do."""


class Accounts:
    """Tokens kept in a file, and tokens that live as long as the server.

    The file is read again when it changes, so a token made or removed while the server runs holds at once.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._read_at: tuple[int, int] | None = None
        self._kept: dict[str, Agent] = {}
        self._people: tuple[Agent, ...] = ()
        self._passing: dict[str, Agent] = {}

    def who(self, token: str) -> Agent | None:
        """Return whose token this is; ``None`` for a token nobody has."""
        self._refresh()
        digest = _digest(token)
        found = None
        for known, agent in (*self._passing.items(), *self._kept.items()):
            if hmac.compare_digest(known, digest):
                found = agent
        return found

    def mint(self, role: Role, name: str) -> tuple[str, Agent]:
        """Return a new token that lives until the server stops."""
        token = secrets.token_urlsafe(32)
        with self._changing():
            agent = self._person(role, name)
            if agent not in self._people:
                self._write(self._kept, (*self._people, agent))
        self._passing[_digest(token)] = agent
        return token, agent

    def admit(self, token: str, agent: Agent) -> None:
        """Accept a token made elsewhere until the server stops."""
        self._passing[_digest(token)] = agent

    def keep(self, role: Role, name: str) -> tuple[str, Agent]:
        """Return a new token that is kept in the file; an earlier one of the same person and role ends."""
        token = secrets.token_urlsafe(32)
        with self._changing():
            agent = self._person(role, name)
            kept = {
                digest: known
                for digest, known in self._kept.items()
                if (known.name, known.role) != (agent.name, agent.role)
            }
            kept[_digest(token)] = agent
            self._write(kept, tuple(dict.fromkeys((*self._people, agent))))
        return token, agent

    def _person(self, role: Role, name: str) -> Agent:
        """Return who comes under this name in this role: somebody known, or a new person with an id of their own."""
        name = _name(name)
        owners: dict[str, Agent] = {OWNER.id: OWNER}
        for known in chain(self._people, self._kept.values(), self._passing.values()):
            owners.setdefault(known.id, known)
        for known in owners.values():
            if (known.name, known.role) == (name, role):
                return known
        plain = _plain(name)
        free = next(made for n in count(1) if (made := plain if n == 1 else f"{plain}-{n}") not in owners)
        return Agent(free, name, role)

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """Have the file to oneself, read as it stands; raises :class:`AccountsError` where others do not let go."""
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with FileLock(self._file.with_name(f".{self._file.name}.held"), timeout=PATIENCE):
                self._refresh()
                yield
        except Timeout as error:
            raise AccountsError(f"{self._file}: another process holds it; try again") from error

    def _write(self, kept: dict[str, Agent], people: tuple[Agent, ...]) -> None:
        rows = [{"digest": digest, **_row(agent)} for digest, agent in kept.items()]
        write_private(self._file, json.dumps({"accounts": rows, "people": [_row(agent) for agent in people]}, indent=1))
        self._kept, self._people, self._read_at = kept, people, None

    def _refresh(self) -> None:
        try:
            stat = self._file.stat()
        except FileNotFoundError:
            self._kept, self._people, self._read_at = {}, (), None
            return
        if self._read_at == (stat.st_mtime_ns, stat.st_size):
            return
        try:
            read = json.loads(self._file.read_text(encoding="utf-8"))
            self._kept = {row["digest"]: _agent(row) for row in read["accounts"]}
            self._people = tuple(_agent(row) for row in read.get("people", ()))
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise AccountsError(f"{self._file}: cannot be read; remove it and make the tokens again") from error
        self._read_at = (stat.st_mtime_ns, stat.st_size)


def _name(name: str) -> str:
    """Return a name on one line; raises :class:`AccountsError` where it could not be kept as it was written."""
    written = " ".join(unicodedata.normalize("NFC", name).split())
    kept = clean_line(name, LONGEST_NAME)
    if not written:
        raise AccountsError("a token needs the name of a person")
    if kept != written:
        raise AccountsError(
            f"this name is longer than {LONGEST_NAME} characters or has some that are not shown; "
            "write it with ordinary letters"
        )
    return kept


def _plain(name: str) -> str:
    """Return a name in small plain letters, for an id."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return slug or "p-" + hashlib.sha256(name.encode()).hexdigest()[:8]


def _agent(row: dict[str, Any]) -> Agent:
    return Agent(row["id"], row["name"], Role(row["role"]))


def _row(agent: Agent) -> dict[str, str]:
    return {"id": agent.id, "name": agent.name, "role": agent.role.value}


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
