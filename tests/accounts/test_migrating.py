"""Accounts of an earlier version are brought up to date with all that is in them; on SQLite and PostgreSQL."""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Engine, inspect, text

from console.accounts import Accounts
from console.accounts.copying import save_accounts
from console.accounts.database import sqlite_engine
from console.accounts.migrate import version
from console.accounts.schema import VERSION, metadata
from console.accounts.vouching import Vouching
from console.conversation.people import Agent, Role
from tests.accounts.conftest import Open
from tests.accounts.test_vouching import BEGUN, PLACE


def made_earlier(accounts: Accounts) -> str:
    """Make of these accounts what the first version would have kept; return a token in them."""
    token, _ = accounts.keep(Role.AGENT, "Robin")
    with accounts.database.changing() as connection:
        connection.execute(text("drop table accounts_starts"))
        connection.execute(text("delete from accounts_facts where name = 'endings'"))
        connection.execute(text("update accounts_facts set value = '1' where name = 'version'"))
    accounts.close()
    return token


def test_what_the_first_version_kept_is_there_and_the_new_tables_are(opened: Open) -> None:
    """Once, whichever server comes first; a second one finds it done."""
    token = made_earlier(opened())
    for accounts in (opened(), opened()):
        assert accounts.who(token) == Agent("robin", "Robin")
        Vouching(accounts).begin(f"state of {id(accounts)}", BEGUN, PLACE)
        with accounts.database.reading() as connection:
            assert version(connection) == VERSION == 2


def test_the_tables_are_those_of_the_schema(opened: Open, engine: Callable[[], Engine]) -> None:
    """Also where the steps were gone one after the other."""
    made_earlier(opened())
    opened()
    looking = engine()
    found = inspect(looking)
    for table in metadata.tables.values():
        assert {column["name"] for column in found.get_columns(table.name)} == set(table.c.keys())
    looking.dispose()


def test_an_earlier_file_that_nobody_has_opened_since_is_saved_as_it_is(tmp_path: Path) -> None:
    """A back-up is taken before an upgrade."""
    file, copy = tmp_path / "accounts.db", tmp_path / "copy.db"
    token = made_earlier(Accounts(sqlite_engine(file)))
    save_accounts(file, "", copy)
    saved = Accounts(sqlite_engine(copy))
    assert saved.who(token) == Agent("robin", "Robin")
    saved.close()
