"""Tokens, of which only digests are kept; the contract of the store, on SQLite and PostgreSQL."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest
from sqlalchemy import select, text

from console.accounts import OWNER, Accounts, AccountsError
from console.accounts.errors import AccountsUnavailable
from console.accounts.schema import metadata
from console.conversation.people import Agent, Role
from tests.accounts.conftest import Open
from tests.accounts.making import Seconds


def all_that_is_kept(accounts: Accounts) -> str:
    """Return every cell of every table."""
    with accounts.database.reading() as connection:
        return " ".join(str(list(connection.execute(select(table)))) for table in metadata.tables.values())


def test_a_kept_token_is_known_everywhere_and_only_its_digest_kept(accounts: Accounts, opened: Open) -> None:
    """Also to a server that ran already."""
    running = opened()
    token, agent = accounts.keep(Role.LEAD, "Marta Quill")
    assert running.who(token) == opened().who(token) == agent == Agent("marta-quill", "Marta Quill", Role.LEAD)
    assert token not in all_that_is_kept(accounts)
    assert hashlib.sha256(token.encode()).hexdigest() in all_that_is_kept(accounts)


def test_a_new_token_ends_the_earlier_one_of_the_same_person_role_and_label(accounts: Accounts, opened: Open) -> None:
    """In a running server at once; other people's stay, and those with another label."""
    running = opened()
    first, _ = accounts.keep(Role.AGENT, "Robin")
    other, _ = accounts.keep(Role.AGENT, "Sam")
    labelled, _ = accounts.keep(Role.AGENT, "Robin", label="night script")
    assert running.who(first) is not None
    second, _ = accounts.keep(Role.AGENT, "Robin")
    assert running.who(first) is None
    assert running.who(second) == running.who(labelled) == Agent("robin", "Robin")
    assert running.who(other) is not None


def test_a_token_may_expire(accounts: Accounts, seconds: Seconds) -> None:
    """To the second."""
    token, _ = accounts.keep(Role.AGENT, "Robin", days=2)
    seconds.forward(2 * 24 * 3600 - 1)
    assert accounts.who(token) is not None
    seconds.forward(1)
    assert accounts.who(token) is None


def test_when_a_token_was_last_used_is_noted_once_a_minute(accounts: Accounts, seconds: Seconds) -> None:
    """And not by what a console asks by itself."""
    token, agent = accounts.keep(Role.AGENT, "Robin")
    accounts.look(token, there=False)
    used = []
    for forward in (0, 59, 1):
        seconds.forward(forward)
        accounts.look(token)
        with accounts.database.reading() as connection:
            used.append(connection.execute(text("select used from accounts_tokens")).scalar_one())
    assert [later - earlier for earlier, later in pairwise(used)] == [0, 60]
    assert agent.id == "robin"


def test_a_passing_token_ends_with_the_server(accounts: Accounts, opened: Open) -> None:
    """It is written nowhere; whose it was is, so that nobody else gets their id."""
    token, _ = accounts.mint(Role.AGENT, "Robin")
    accounts.admit("owner's", OWNER)
    assert accounts.who(token) == Agent("robin", "Robin")
    assert accounts.who("owner's") == OWNER
    assert accounts.who("") is None
    assert hashlib.sha256(token.encode()).hexdigest() not in all_that_is_kept(accounts)
    assert opened().who(token) is None


@pytest.mark.parametrize(("name", "plain"), [("Zoë Åström", "zoe-astrom"), ("  Jo  O'Hare ", "jo-o-hare")])
def test_a_name_becomes_a_plain_id(accounts: Accounts, name: str, plain: str) -> None:
    """It stands in the log for ever."""
    assert accounts.mint(Role.AGENT, name)[1].id == plain


@pytest.mark.parametrize("kept", [True, False])
def test_two_people_never_share_an_id(opened: Open, kept: bool) -> None:
    """However alike their names are written; each keeps theirs, also after a restart and in another order."""
    names = ["Robin", "ROBIN", "Ròbin", "robin", "Robin!"]
    make = Accounts.keep if kept else Accounts.mint
    first = {name: make(opened(), Role.AGENT, name)[1] for name in names}
    assert len({agent.id for agent in first.values()}) == len(names)
    assert first["Robin"].id == "robin"
    again = {name: make(opened(), Role.AGENT, name)[1] for name in reversed(names)}
    assert again == first


def test_a_name_has_an_id_for_each_role(accounts: Accounts) -> None:
    """Where nobody gave them an account with several; and the owner is nobody else."""
    people = [accounts.mint(role, "Robin")[1] for role in Role] + [accounts.mint(Role.AGENT, "Owner")[1]]
    assert len({agent.id for agent in people} | {OWNER.id}) == len(people) + 1
    assert accounts.mint(OWNER.role, OWNER.name)[1] == OWNER
    token, _ = accounts.keep(OWNER.role, OWNER.name)
    assert accounts.who(token) == OWNER


@pytest.mark.parametrize("name", ["Rob\u200bin", "\u202eMal\x1b", "Rob\u00adin", "R" * 61, "Rob\ud800in"])
def test_a_name_that_would_not_be_kept_as_it_is_is_refused(accounts: Accounts, name: str) -> None:
    """It would pass for somebody else's."""
    with pytest.raises(AccountsError, match="write it with ordinary letters"):
        accounts.mint(Role.AGENT, name)


def test_two_who_make_tokens_at_once_lose_nothing(opened: Open) -> None:
    """As the command line may while the server does."""
    several = [opened() for _ in range(4)]
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda n: several[n % 4].keep(Role.AGENT, f"Robin{'!' * n}"), range(16)))
    assert len({agent.id for _, agent in made}) == 16
    assert all(opened().who(token) == agent for token, agent in made)


def test_a_name_in_another_script_has_an_id_too(accounts: Accounts) -> None:
    """And the same one each time."""
    one, two = (accounts.mint(Role.AGENT, "美咲")[1] for _ in range(2))
    assert one == two
    assert one.id.startswith("p-")


@pytest.mark.parametrize("token", ["\ud800", "x" * 100_000, "' or 1=1 --", "\x00"])
def test_what_is_no_token_lets_nobody_in(accounts: Accounts, token: str) -> None:
    """Whatever it holds."""
    assert accounts.who(token) is None


def test_a_token_needs_a_name(accounts: Accounts) -> None:
    """Blank is none."""
    with pytest.raises(AccountsError, match="name"):
        accounts.keep(Role.AGENT, " \u200b")
    assert accounts.people() == []


def test_tables_of_a_newer_program_are_left_alone(accounts: Accounts, opened: Open) -> None:
    """Whoever opens them is told which version wrote them."""
    with accounts.database.changing() as connection:
        connection.execute(text("update accounts_facts set value = '99' where name = 'version'"))
    with pytest.raises(AccountsUnavailable, match="newer Second Chair"):
        opened()
