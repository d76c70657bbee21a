"""Accounts and sessions from the command line, beside a running server and without one."""

import io
import os
import pty
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from console.accounts.accounts import Accounts
from console.accounts.database import sqlite_engine
from console.server.lock import served
from console.workspace import Workspace
from tests.accounts.making import PASSWORD
from tests.commands.running import Done, secondchair, started, wait_until


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A password on standard input."""
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{PASSWORD}\n"))


def account(folder: Path, *arguments: object) -> Done:
    """Run ``secondchair account``."""
    return secondchair("account", *arguments, "--workspace", folder)


@pytest.mark.usefixtures("typed")
def test_an_account_is_added_listed_changed_and_disabled(tmp_path: Path) -> None:
    """One line each; only the digest of the password is kept, in a file for its owner alone."""
    added = account(tmp_path, "add", "Robin Ashdale", "--role", "agent", "--team", "north", "--password-stdin")
    said = "Robin Ashdale may sign in as agent in north, under this name; commands know robin-ashdale too.\n"
    assert (added.code, added.out) == (0, said), added.err
    file = tmp_path / "accounts.db"
    assert file.stat().st_mode & 0o777 == 0o600
    assert PASSWORD.encode() not in file.read_bytes()
    assert account(tmp_path, "roles", "robin-ashdale", "lead", "agent").code == 0
    assert account(tmp_path, "disable", "ROBIN ashdale").code == 0
    assert account(tmp_path, "list", "--json").rows == [
        {
            "id": "robin-ashdale",
            "name": "Robin Ashdale",
            "roles": ["lead", "agent"],
            "teams": ["north"],
            "active": False,
            "password": True,
            "issuer": "",
        }
    ]
    assert account(tmp_path, "enable", "robin-ashdale").code == 0
    assert "disabled" not in account(tmp_path, "list").out


def test_what_cannot_be_done_is_said_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And exit code 2; a short password is not repeated."""
    monkeypatch.setattr(sys, "stdin", io.StringIO("short"))
    poor = account(tmp_path, "add", "Robin", "--role", "agent", "--password-stdin")
    assert (poor.code, "at least 12" in poor.complaint, "short" in poor.complaint) == (2, True, False)
    unasked = account(tmp_path, "add", "Robin", "--role", "agent")
    assert (unasked.code, "--password-stdin" in unasked.complaint) == (2, True)
    assert account(tmp_path, "disable", "Nobody").complaint.startswith("secondchair: nobody is called 'Nobody'")
    both = secondchair("session", "revoke", "--workspace", tmp_path)
    assert (both.code, "--account" in both.complaint) == (2, True)
    assert account(tmp_path, "add", "Robin", "--role", "king").code == 2


def asked_on_a_terminal(workspace: Path, *answers: tuple[str, str]) -> tuple[int, str]:
    """Add an account on a terminal that gives an answer behind each prompt; return the exit code and the screen."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "console", "account", "add", "Robin", "--role", "agent", "--workspace", workspace]
    child = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True)
    os.close(theirs)
    screen = ""
    for prompt, answer in answers:
        while not screen.endswith(prompt):
            screen += os.read(ours, 1024).decode()
        os.write(ours, f"{answer}\n".encode())
    code = child.wait(30)
    screen += os.read(ours, 4096).decode()
    os.close(ours)
    return code, screen


def test_a_password_is_asked_for_on_the_terminal_without_showing_it(tmp_path: Path) -> None:
    """Twice, and it must be the same; what it must be like is said before."""
    prompts = ("Password for Robin (at least 12 characters): ", "Once more: ")
    code, screen = asked_on_a_terminal(tmp_path, *((prompt, PASSWORD) for prompt in prompts))
    assert code == 0
    assert "may sign in as agent" in screen
    assert PASSWORD not in screen


def test_a_password_that_will_not_do_is_not_asked_for_again(tmp_path: Path) -> None:
    """Why is said at once."""
    code, screen = asked_on_a_terminal(tmp_path, ("characters): ", "robinpass"))
    assert (code, "Once more" in screen) == (2, False)
    assert "at least 12 characters; a few words" in screen


def test_tokens_have_labels_and_days(tmp_path: Path) -> None:
    """One of each label is kept."""
    first = secondchair("token", "agent", "Robin", "--label", "nightly", "--days", "2", "--workspace", tmp_path)
    second = secondchair("token", "agent", "Robin", "--workspace", tmp_path)
    assert (first.code, second.code) == (0, 0)
    assert "It ends in 2 days." in first.err
    accounts = Accounts(sqlite_engine(tmp_path / "accounts.db"))
    assert accounts.who(first.out.strip()) == accounts.who(second.out.strip()) is not None
    accounts.close()


def test_a_running_server_lets_in_whom_the_command_line_added_and_out_whom_it_revoked(tmp_path: Path) -> None:
    """Within seconds, and the log says it all."""
    (tmp_path / "config.toml").write_text("[model]\nthreads = 1\n", encoding="utf-8")
    where = ("--workspace", tmp_path)
    with started("serve", "--port", 0, *where) as server:
        wait_until(lambda: served(Workspace(tmp_path)) is not None)
        desk = served(Workspace(tmp_path))
        assert desk is not None
        command = [sys.executable, "-m", "console", "account", "add", "Robin", "--role", "agent", "--password-stdin"]
        subprocess.run([*command, *map(str, where)], input=f"{PASSWORD}\n", text=True, check=True, timeout=60)
        body = {"name": "robin", "password": PASSWORD}
        begun = httpx.post(f"{desk.url}/v1/sign-in", json=body, timeout=20).json()
        mine = {"Authorization": f"Bearer {begun['token']}"}
        assert httpx.get(f"{desk.url}/v1/me", headers=mine).json()["agent"]["name"] == "Robin"
        (row,) = secondchair("session", "list", "--json", *where).rows
        assert (row["person"], row["how"], row["address"]) == ("robin", "password", "127.0.0.1")
        assert secondchair("session", "revoke", row["id"], *where).code == 0
        wait_until(lambda: httpx.get(f"{desk.url}/v1/me", headers=mine).status_code == 401, within=10)
        server.terminate()
        server.wait(20)
    kinds = [one["kind"] for one in secondchair("export", *where).rows]
    expected = ["account-changed", "signed-in", "sessions-revoked", "requests-refused"]
    assert sorted(kind for kind in kinds if kind in expected) == sorted(expected)  # the last two at about one moment
    assert secondchair("verify", *where).code == 0
