"""Who may use the desk: tokens of which only digests are kept."""

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from console.conversation.people import Agent, Role
from console.server.accounts import OWNER, Accounts, AccountsError


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
    """It is written nowhere; whose it was is, so that nobody else gets their id."""
    accounts = Accounts(file)
    token, _ = accounts.mint(Role.AGENT, "Robin")
    accounts.admit("owner's", Agent("owner", "Owner", Role.ADMIN))
    assert accounts.who(token) == Agent("robin", "Robin")
    assert accounts.who("owner's") is not None
    assert accounts.who("") is None
    assert hashlib.sha256(token.encode()).hexdigest() not in file.read_text(encoding="utf-8")
    assert Accounts(file).who(token) is None


@pytest.mark.parametrize(("name", "plain"), [("Zoë Åström", "zoe-astrom"), ("  Jo  O'Hare ", "jo-o-hare")])
def test_a_name_becomes_a_plain_id(file: Path, name: str, plain: str) -> None:
    """It stands in the log for ever."""
    assert Accounts(file).mint(Role.AGENT, name)[1].id == plain


@pytest.mark.parametrize("kept", [True, False])
def test_two_people_never_share_an_id(file: Path, kept: bool) -> None:
    """However alike their names are written; each keeps theirs, also after a restart and in another order."""
    names = ["Robin", "ROBIN", "Ròbin", "robin", "Robin!"]
    make = Accounts.keep if kept else Accounts.mint
    first = {name: make(Accounts(file), Role.AGENT, name)[1] for name in names}
    assert len({agent.id for agent in first.values()}) == len(names)
    assert first["Robin"].id == "robin"
    again = {name: make(Accounts(file), Role.AGENT, name)[1] for name in reversed(names)}
    assert again == first


def test_a_name_has_an_id_for_each_role(file: Path) -> None:
    """A lead does not decide on what they asked for as an agent, and the owner is nobody else."""
    accounts = Accounts(file)
    people = [accounts.mint(role, "Robin")[1] for role in Role] + [accounts.mint(Role.AGENT, "Owner")[1]]
    assert len({agent.id for agent in people} | {OWNER.id}) == len(people) + 1
    assert accounts.mint(OWNER.role, OWNER.name)[1] == OWNER


@pytest.mark.parametrize("name", ["Rob\u200bin", "\u202eMal\x1b", "Rob\u00adin", "R" * 61, "Rob\ud800in"])
def test_a_name_that_would_not_be_kept_as_it_is_is_refused(file: Path, name: str) -> None:
    """It would pass for somebody else's."""
    with pytest.raises(AccountsError, match="write it with ordinary letters"):
        Accounts(file).mint(Role.AGENT, name)


def test_accounts_kept_before_people_were_are_read(file: Path) -> None:
    """The id is its first owner's; whoever shared it gets one of their own with their next token."""
    rows = [
        {"digest": hashlib.sha256(role.encode()).hexdigest(), "id": "robin", "name": "Robin", "role": role}
        for role in ("agent", "lead")
    ]
    file.write_text(json.dumps({"accounts": rows}), encoding="utf-8")
    assert Accounts(file).who("lead") == Agent("robin", "Robin", Role.LEAD)
    token, agent = Accounts(file).keep(Role.LEAD, "Robin")
    assert agent.id != "robin"
    assert (Accounts(file).who("lead"), Accounts(file).who(token)) == (None, agent)
    assert Accounts(file).keep(Role.AGENT, "Robin")[1].id == "robin"


def test_two_who_make_tokens_at_once_lose_nothing(file: Path) -> None:
    """As the command line may while the server does."""
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda n: Accounts(file).keep(Role.AGENT, f"Robin{'!' * n}"), range(16)))
    assert len({agent.id for _, agent in made}) == 16
    assert all(Accounts(file).who(token) == agent for token, agent in made)


def test_a_name_in_another_script_has_an_id_too(file: Path) -> None:
    """And the same one each time."""
    accounts = Accounts(file)
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
