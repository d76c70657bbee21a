"""``secondchair migrate``: a desk's log and files in a team's database, whole, or not at all."""

import hashlib
import subprocess
from pathlib import Path

import pytest
import pytest_asyncio

from console.accounts import Accounts
from console.accounts.database import sqlite_engine
from console.accounts.errors import AccountsError
from console.commands import migrate as migrating
from console.conversation.message import Author
from console.conversation.people import Customer, Role
from console.desk.desk import Desk
from console.desk.intake import Incoming
from console.desk.log import LogUnwritable
from console.server.practice_store import open_practice
from console.server.reading_log import log_to_read
from console.server.stores import open_store
from console.settings import Settings, StoreSettings
from console.store import open_log
from console.store.files import FileFolder
from console.workspace import Workspace, config_folder
from tests.backup.making import PEOPLE, people, practised
from tests.channels.files import PICTURE
from tests.commands.running import secondchair
from tests.desks import Chair
from tests.store.desks import PostgresDesk


@pytest_asyncio.fixture
async def workspace(tmp_path: Path) -> Workspace:
    """A desk with two customers, one erased, one with a file, and an agent's draft."""
    workspace = Workspace(tmp_path / "desk")
    workspace.root.mkdir()
    log = open_log(workspace.root, config_folder())
    desk = Desk(log, Chair(), files=FileFolder(workspace.files))
    await desk.start({})
    for name in ("u1", "u2"):
        await desk.intake.open("web", Customer(name, "Dana Kovel"), conversation=name)
        await desk.intake.receive(name, Incoming(Author.CUSTOMER, "where are my boots?"))
    attachment = await desk.attachments.take("file", PICTURE)
    await desk.intake.receive("u1", Incoming(Author.CUSTOMER, "[file]", attachments=(attachment,)))
    log.save_draft("robin", "u1", "let me look")
    log.erase("u2")
    await desk.stop()
    accounts = Accounts(sqlite_engine(workspace.accounts))
    accounts.keep(Role.AGENT, "Robin Ashdale")
    accounts.close()
    return workspace


def test_a_moved_desk_has_every_event_draft_and_file(workspace: Workspace, place: PostgresDesk) -> None:
    """With the same numbers and the same chain; what was erased stays erased."""
    before = secondchair("export", "--workspace", workspace.root).out
    done = secondchair("migrate", "--to", place.address, "--workspace", workspace.root)
    assert done.code == 0, done.err
    assert done.out.startswith("Moved to the database app@")
    assert place.rows(PEOPLE) == people(workspace) != []
    store = open_store(workspace, Settings(store=StoreSettings(address=place.address)))
    try:
        verdict = store.log.verify()
        assert (verdict.whole, verdict.erased) == (True, 2)
        assert store.log.drafts("robin") == {"u1": "let me look"}
        assert [row.id for row in store.log.inbox()] == ["u1"]
        assert store.files.get(hashlib.sha256(PICTURE).hexdigest()) == PICTURE
    finally:
        store.log.close()
    (workspace.root / "config.toml").write_text(f'[store]\naddress = "{place.address}"\n', encoding="utf-8")
    assert secondchair("export", "--workspace", workspace.root).out == before


def test_the_log_of_practice_moves_along(
    workspace: Workspace, place: PostgresDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Into a schema beside the desk's, with the same chain; ``verify`` looks at both, there as here."""
    log = open_log(workspace.root, config_folder())
    key = log.key
    log.close()
    workspace.practice.root.mkdir()
    practised(open_log(workspace.practice.root, config_folder(), shared_key=key))
    checked = secondchair("verify", "--workspace", workspace.root)
    assert (checked.code, checked.out.splitlines()[-1]) == (0, "The log of practice is whole: 1 events.")
    done = secondchair("migrate", "--to", place.address, "--workspace", workspace.root)
    assert (done.code, "events of practice: 1" in done.out) == (0, True), done.err
    with pytest.raises(LogUnwritable, match="was moved to"):
        open_log(workspace.practice.root, config_folder(), shared_key=key)
    monkeypatch.setenv("SECONDCHAIR_STORE__ADDRESS", place.address)
    assert secondchair("verify", "--workspace", workspace.root).out == checked.out
    practice, servers = open_practice(workspace, Settings(store=StoreSettings(address=place.address)), key)
    assert [event.conversation for event in practice.read()] == ["p-1"]
    servers.close()
    practice.close()


def test_a_desk_that_cannot_be_moved_leaves_no_practice_behind(
    workspace: Workspace, place: PostgresDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that it can be tried again."""
    log = open_log(workspace.root, config_folder())
    workspace.practice.root.mkdir()
    practised(open_log(workspace.practice.root, config_folder(), shared_key=log.key))
    log.close()
    with monkeypatch.context() as failing:
        failing.setattr(migrating, "bring_accounts", _fails)
        assert secondchair("migrate", "--to", place.address, "--workspace", workspace.root).code == 2
    assert place.rows("SELECT count(*) FROM pg_namespace WHERE nspname = 'practice'") == [(0,)]
    assert secondchair("migrate", "--to", place.address, "--workspace", workspace.root).code == 0


def _fails(*_: object) -> int:
    raise AccountsError("the accounts cannot be read")


def test_the_line_that_a_server_needs_gives_the_key_to_a_shell_and_does_not_show_it(
    workspace: Workspace, place: PostgresDesk
) -> None:
    """It is copied as it stands."""
    key = next(config_folder().glob("*.key")).read_text(encoding="ascii").strip()
    done = secondchair("migrate", "--to", place.address, "--workspace", workspace.root)
    line = done.out.splitlines()[-1]
    asked = ["sh", "-c", f'{line}\nprintf %s "$SECONDCHAIR_AUDIT_KEY"']
    told = subprocess.run(asked, check=True, capture_output=True, text=True)
    assert (told.stdout, key in done.out) == (key, False)


def test_accounts_that_cannot_be_read_keep_the_desk_where_it_is(workspace: Workspace, place: PostgresDesk) -> None:
    """One line, nothing half done: the log goes on here, and the database may be tried again."""
    whole = workspace.accounts.read_bytes()
    workspace.accounts.write_bytes(b"no database " * 1000)
    done = secondchair("migrate", "--to", place.address, "--workspace", workspace.root)
    assert (done.code, "the accounts in" in done.err) == (2, True), done.err
    open_log(workspace.root, config_folder()).close()
    workspace.accounts.write_bytes(whole)
    assert secondchair("migrate", "--to", place.address, "--workspace", workspace.root).code == 0


def test_nobody_goes_on_in_the_file_that_was_moved(workspace: Workspace, place: PostgresDesk) -> None:
    """It says where the log lies now; it can still be read."""
    secondchair("migrate", "--to", place.address, "--workspace", workspace.root)
    with pytest.raises(LogUnwritable, match=r"was moved to the database app@.*\[store\] address"):
        open_log(workspace.root, config_folder())
    log = log_to_read(workspace, Settings())
    assert log is not None
    assert log.verify().whole
    log.close()


def test_a_database_that_holds_a_log_is_left_alone(workspace: Workspace, place: PostgresDesk) -> None:
    """Two logs are never mixed, and the one here goes on."""
    place.open()
    done = secondchair("migrate", "--to", place.address, "--workspace", workspace.root)
    assert (done.code, "holds a log already" in done.err) == (2, True)
    open_log(workspace.root, config_folder()).close()


def test_a_database_that_is_set_already_is_named_as_what_is_in_the_way(
    workspace: Workspace, place: PostgresDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who exports the address first reads what to take back."""
    monkeypatch.setenv("SECONDCHAIR_STORE__ADDRESS", place.address)
    done = secondchair("migrate", "--to", place.address, "--workspace", workspace.root)
    assert (done.code, "take SECONDCHAIR_STORE__ADDRESS out of the environment" in done.err) == (2, True)
    open_log(workspace.root, config_folder()).close()


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("mysql://a:hunter2@b/c", "should read postgresql://"),
        ("postgresql://app:hunter2@127.0.0.1:1/desk", "app@127.0.0.1:1/desk cannot be reached"),
    ],
)
def test_an_address_that_does_not_do_is_named_without_its_password(
    workspace: Workspace, address: str, said: str
) -> None:
    """One line, and nothing has moved."""
    done = secondchair("migrate", "--to", address, "--workspace", workspace.root)
    assert (done.code, said in done.err, "hunter2" in done.err) == (2, True, False), done.err
    open_log(workspace.root, config_folder()).close()
