"""What is special about accounts in a file: who may read it, damage, and the file of earlier programs."""

import hashlib
import json
import sqlite3
from pathlib import Path

import pytest

from console.accounts import Accounts, AccountsError
from console.accounts.database import sqlite_engine
from console.accounts.errors import AccountsUnavailable
from console.conversation.people import Agent, Role


@pytest.fixture
def earlier(tmp_path: Path) -> Path:
    """Where an earlier program kept its accounts."""
    return tmp_path / "accounts.json"


def opened(folder: Path) -> Accounts:
    """Return the accounts of a workspace."""
    return Accounts(sqlite_engine(folder / "accounts.db"), earlier=folder / "accounts.json")


def row(token: str, id_: str, name: str, role: str) -> dict[str, str]:
    """Return a token as earlier programs kept it."""
    return {"digest": hashlib.sha256(token.encode()).hexdigest(), "id": id_, "name": name, "role": role}


def test_only_its_owner_may_read_the_file(tmp_path: Path) -> None:
    """Also one that others could; and it is no WAL database, since several processes write it."""
    file = tmp_path / "accounts.db"
    file.touch(0o644)
    file.chmod(0o644)
    opened(tmp_path).keep(Role.AGENT, "Robin")
    assert file.stat().st_mode & 0o777 == 0o600
    with sqlite3.connect(file) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert not [p for p in tmp_path.iterdir() if p.name.endswith(("-wal", "-shm"))]


def test_a_file_that_is_no_database_is_said_so(tmp_path: Path) -> None:
    """In one line, rather than letting nobody, or anybody, in."""
    (tmp_path / "accounts.db").write_text("not a database at all " * 100, encoding="utf-8")
    with pytest.raises(AccountsUnavailable, match="cannot be read or written right now"):
        opened(tmp_path)


def test_the_file_of_an_earlier_program_is_taken_over_once(tmp_path: Path, earlier: Path) -> None:
    """People with their ids, and tokens that go on; a token that ended since then does not come back with the file."""
    people = [{"id": "sam", "name": "Sam", "role": "agent"}]
    text = json.dumps({"accounts": [row("hers", "robin", "Robin", "agent")], "people": people})
    earlier.write_text(text, encoding="utf-8")
    assert opened(tmp_path).who("hers") == Agent("robin", "Robin")
    assert not earlier.exists()
    assert opened(tmp_path).mint(Role.AGENT, "Sam")[1].id == "sam"
    opened(tmp_path).keep(Role.AGENT, "Robin")
    earlier.write_text(text, encoding="utf-8")
    assert opened(tmp_path).who("hers") is None


def test_who_had_two_roles_under_one_id_has_one_account_with_both(tmp_path: Path, earlier: Path) -> None:
    """As programs before there were people gave them; a token whose id is another's is to be made again."""
    rows = [row(role, "robin", "Robin", role) for role in ("agent", "lead")] + [row("x", "robin", "ROBIN", "agent")]
    earlier.write_text(json.dumps({"accounts": rows}), encoding="utf-8")
    accounts = opened(tmp_path)
    assert accounts.who("agent") == Agent("robin", "Robin", Role.AGENT)
    assert accounts.who("lead") == Agent("robin", "Robin", Role.LEAD)
    assert accounts.who("x") is None


@pytest.mark.parametrize("text", ["", "{", "[]", '{"accounts": [{"digest": "x"}]}', '{"accounts": [5]}'])
def test_a_damaged_file_is_named_with_what_to_do(tmp_path: Path, earlier: Path, text: str) -> None:
    """And nothing of it is taken over."""
    earlier.write_text(text, encoding="utf-8")
    with pytest.raises(AccountsError, match=r"accounts\.json: cannot be read; remove it"):
        opened(tmp_path)
    earlier.unlink()
    assert opened(tmp_path).people() == []
