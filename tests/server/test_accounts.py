"""Who may use the desk: tokens of which only digests are kept."""

import json
from pathlib import Path

import pytest

from console.conversation.people import Agent, Role
from console.server.accounts import Accounts, AccountsError


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the accounts lie."""
    return tmp_path / "accounts.json"


def test_a_kept_token_is_known_and_only_its_digest_written(file: Path) -> None:
    """In a file that only its owner may read."""
    token, agent = Accounts(file).keep(Role.LEAD, "Marta Quill")
    assert Accounts(file).who(token) == agent == Agent("marta-quill", "Marta Quill", Role.LEAD)
    assert token not in file.read_text(encoding="utf-8")
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_new_token_ends_the_earlier_one_of_the_same_person(file: Path) -> None:
    """In a running server at once; other people's stay."""
    running = Accounts(file)
    first, _ = Accounts(file).keep(Role.AGENT, "Robin")
    other, _ = Accounts(file).keep(Role.AGENT, "Sam")
    assert running.who(first) is not None
    second, _ = Accounts(file).keep(Role.AGENT, "Robin")
    assert running.who(first) is None
    assert running.who(second) == Agent("robin", "Robin")
    assert running.who(other) is not None
    file.unlink()
    assert running.who(second) is None


def test_a_passing_token_ends_with_the_server(file: Path) -> None:
    """It is written nowhere."""
    accounts = Accounts(file)
    token, _ = accounts.mint(Role.AGENT, "Robin")
    accounts.admit("owner's", Agent("owner", "Owner", Role.ADMIN))
    assert accounts.who(token) == Agent("robin", "Robin")
    assert accounts.who("owner's") is not None
    assert accounts.who("") is None
    assert not file.exists()
    assert Accounts(file).who(token) is None


@pytest.mark.parametrize(
    ("name", "plain"), [("Zoë Åström", "zoe-astrom"), ("  Jo  O'Hare ", "jo-o-hare"), ("\u202eMal\x1b", "mal")]
)
def test_a_name_becomes_a_plain_id(file: Path, name: str, plain: str) -> None:
    """It stands in the log for ever."""
    assert Accounts(file).mint(Role.AGENT, name)[1].id == plain


def test_a_name_in_another_script_has_an_id_too() -> None:
    """And the same one each time."""
    accounts = Accounts(Path("/nowhere/accounts.json"))
    one, two = (accounts.mint(Role.AGENT, "美咲")[1] for _ in range(2))
    assert one == two
    assert one.id.startswith("p-")


@pytest.mark.parametrize("text", ["", "{", "[]", '{"accounts": [{"digest": "x"}]}', '{"accounts": [5]}'])
def test_a_damaged_file_is_named_with_what_to_do(file: Path, text: str) -> None:
    """Rather than letting nobody, or anybody, in."""
    file.write_text(text, encoding="utf-8")
    with pytest.raises(AccountsError, match=r"accounts\.json: cannot be read; remove it"):
        Accounts(file).who("token")


def test_a_token_needs_a_name(file: Path) -> None:
    """Blank is none."""
    with pytest.raises(AccountsError, match="name"):
        Accounts(file).keep(Role.AGENT, " \u200b")
    assert not file.exists() or json.loads(file.read_text(encoding="utf-8"))
