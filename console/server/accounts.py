"""Who may use the desk: bearer tokens, of which only digests are kept."""

import hashlib
import hmac
import json
import re
import secrets
import unicodedata
from pathlib import Path

from console.conversation.people import Agent, Role
from console.text import clean_line
from console.workspace import write_private


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
        token, agent = secrets.token_urlsafe(32), _agent(role, name)
        self._passing[_digest(token)] = agent
        return token, agent

    def admit(self, token: str, agent: Agent) -> None:
        """Accept a token made elsewhere until the server stops."""
        self._passing[_digest(token)] = agent

    def keep(self, role: Role, name: str) -> tuple[str, Agent]:
        """Return a new token that is kept in the file; an earlier one of the same person and role ends."""
        token, agent = secrets.token_urlsafe(32), _agent(role, name)
        self._refresh()
        kept = {digest: known for digest, known in self._kept.items() if known != agent}
        kept[_digest(token)] = agent
        rows = [{"digest": d, "id": a.id, "name": a.name, "role": a.role.value} for d, a in kept.items()]
        write_private(self._file, json.dumps({"accounts": rows}, indent=1))
        return token, agent

    def _refresh(self) -> None:
        try:
            stat = self._file.stat()
        except FileNotFoundError:
            self._kept, self._read_at = {}, None
            return
        if self._read_at == (stat.st_mtime_ns, stat.st_size):
            return
        try:
            rows = json.loads(self._file.read_text(encoding="utf-8"))["accounts"]
            self._kept = {row["digest"]: Agent(row["id"], row["name"], Role(row["role"])) for row in rows}
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise AccountsError(f"{self._file}: cannot be read; remove it and make the tokens again") from error
        self._read_at = (stat.st_mtime_ns, stat.st_size)


def _agent(role: Role, name: str) -> Agent:
    name = clean_line(name, 60)
    if not name:
        raise AccountsError("a token needs the name of a person")
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return Agent(slug or "p-" + hashlib.sha256(name.encode()).hexdigest()[:8], name, role)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
