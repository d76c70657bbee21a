"""Opening accounts where the settings say they lie."""

import secrets
from pathlib import Path

import pytest

from console.accounts.errors import AccountsUnavailable
from console.accounts.opening import open_accounts
from console.conversation.people import Role
from console.sign_in_settings import SignInSettings
from console.workspace import Workspace
from tests.postgres import Server


def test_they_lie_in_the_workspace_or_in_the_database_of_a_team(tmp_path: Path, postgres: Server) -> None:
    """And what an earlier program kept is taken over into either."""
    name = f"accounts_{secrets.token_hex(6)}"
    postgres.execute(f"create database {name}")
    for place, address in (("own", ""), ("team", postgres.dsn.replace("/postgres?", f"/{name}?"))):
        workspace = Workspace(tmp_path / place)
        workspace.root.mkdir()
        people = '{"accounts": [], "people": [{"id": "robin-7", "name": "Robin", "role": "agent"}]}'
        workspace.earlier_accounts.write_text(people, encoding="utf-8")
        accounts = open_accounts(workspace, SignInSettings(hours=2, idle_minutes=10), address)
        assert accounts.mint(Role.AGENT, "Robin")[1].id == "robin-7"
        assert (accounts.terms.longest, accounts.terms.idle) == (7_200, 600)
        assert workspace.accounts.exists() is not bool(address)
        accounts.close()


@pytest.mark.parametrize(
    "address", ["postgresql://app:hush-hush@127.0.0.1:1/none", "postgresql://app:hush hush@[", "hush"]
)
def test_a_database_that_is_not_there_is_said_so_without_the_password(tmp_path: Path, address: str) -> None:
    """In one line."""
    with pytest.raises(AccountsUnavailable) as error:
        open_accounts(Workspace(tmp_path), SignInSettings(), address)
    assert "hush" not in str(error.value)
    assert "\n" not in str(error.value)
