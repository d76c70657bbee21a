"""Back-ups of a team's desk: of one moment, into the same archive, and back into a database or a workspace."""

import hashlib
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from console.conversation.events import NewEvent, NoteAdded
from console.desk.desk import utc_now
from console.server.practice_store import open_practice
from console.server.stores import open_store
from console.settings import Settings, StoreSettings
from console.store import open_log, snapshot
from console.workspace import Workspace, config_folder
from tests.backup.making import PEOPLE, people, practised, used
from tests.channels.files import PICTURE
from tests.commands.running import Done, secondchair
from tests.postgres import Server
from tests.store.desks import PostgresDesk

pytestmark = pytest.mark.slow

PRACTISED = "The log of practice is whole: 1 events."
OTHER = "# Returns\nWithin 30 days.\n"


@pytest_asyncio.fixture
async def workspace(place: PostgresDesk, tmp_path: Path) -> Workspace:
    """A team's desk that was used, with published content."""
    made = Workspace(tmp_path / "desk")
    (made.authored / "articles").mkdir(parents=True)
    (made.authored / "articles/returns.md").write_text(OTHER, encoding="utf-8")
    made.config.write_text(f'[store]\naddress = "{place.address}"\n', encoding="utf-8")
    store = open_store(made, Settings(store=StoreSettings(address=place.address)))
    store.servers.close()
    (made.authored / "articles/returns.md").unlink()
    (made.authored / "articles").rmdir()
    practice, servers = open_practice(made, Settings(store=StoreSettings(address=place.address)), store.log.key)
    servers.close()
    practised(practice)
    await used(made, store.log, store.files, place.address)
    return made


@pytest.fixture
def archive(workspace: Workspace, tmp_path: Path) -> Path:
    """A back-up of it."""
    file = tmp_path / "backup.tar.gz"
    done = secondchair("backup", file, "--workspace", workspace.root)
    assert done.code == 0, done.err
    return file


@pytest.fixture
def empty(postgres: Server, tmp_path: Path) -> PostgresDesk:
    """Another database, with nothing in it."""
    return PostgresDesk(postgres, tmp_path / "other", tmp_path / "config")


def restored(archive: Path, root: Path, address: str = "") -> Done:
    """Restore into a workspace whose settings name a database, or none."""
    root.mkdir()
    (root / "config.toml").write_text(f'[store]\naddress = "{address}"\n', encoding="utf-8")
    return secondchair("restore", archive, "--workspace", root)


def test_a_teams_desk_goes_back_into_an_empty_database(
    workspace: Workspace, archive: Path, place: PostgresDesk, empty: PostgresDesk, tmp_path: Path
) -> None:
    """Events, files of customers and published content; every server reads the same again."""
    root = tmp_path / "elsewhere"
    done = restored(archive, root, empty.address)
    assert done.code == 0, done.err
    assert done.out.startswith("Restored to the database app@")
    exported = [secondchair("export", "--workspace", place).out for place in (workspace.root, root)]
    assert exported[0] == exported[1]
    checked = secondchair("verify", "--workspace", root)
    assert (checked.code, checked.out.splitlines()[-1]) == (0, PRACTISED)
    assert empty.rows(PEOPLE) == sorted(place.rows(PEOPLE)) != []
    store = open_store(Workspace(root), Settings(store=StoreSettings(address=empty.address)))
    try:
        assert store.files.get(hashlib.sha256(PICTURE).hexdigest()) == PICTURE
        assert (store.workspace.content / "articles/returns.md").read_text(encoding="utf-8") == OTHER
    finally:
        store.close()
    assert not (root / "files").exists()
    assert not (root / "accounts.db").exists()


def test_it_goes_back_into_a_workspace_too(workspace: Workspace, archive: Path, tmp_path: Path) -> None:
    """For a look at what was, with no database at hand; the desk judges by what was published."""
    root = tmp_path / "elsewhere"
    done = restored(archive, root)
    assert done.code == 0, done.err
    exported = [secondchair("export", "--workspace", place).out for place in (workspace.root, root)]
    assert exported[0] == exported[1]
    log = open_log(root, config_folder())
    assert (log.verify().whole, [row.id for row in log.inbox()]) == (True, ["u1"])
    log.close()
    assert [name for name, _ in people(Workspace(root))] == ["Robin Ashdale"]
    assert (root / "content/articles/returns.md").read_text(encoding="utf-8") == OTHER
    assert secondchair("verify", "--workspace", root).out.splitlines()[-1] == PRACTISED


def test_a_database_that_holds_a_log_is_left_alone(workspace: Workspace, archive: Path, tmp_path: Path) -> None:
    """And nothing stays in the workspace."""
    address = workspace.config.read_text(encoding="utf-8").split('"')[1]
    root = tmp_path / "elsewhere"
    done = restored(archive, root, address)
    assert (done.code, "holds a log already" in done.complaint) == (2, True)
    assert sorted(file.name for file in root.iterdir() if not file.name.startswith(".")) == ["config.toml"]


def test_a_back_up_is_of_one_moment(
    workspace: Workspace, place: PostgresDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What another server writes between two tables is not in it, nor half of it."""
    log = open_log(workspace.root, config_folder(), address=place.address)
    copied, written = snapshot.copy_rows, []

    def copy(*given: Any) -> None:  # noqa: ANN401 - whatever it is given
        log.append([NewEvent("u1", "desk", NoteAdded("meanwhile", "Robin"), utc_now())])
        written.append(1)
        copied(*given)

    file = tmp_path / "backup.tar.gz"
    with monkeypatch.context() as busy:
        busy.setattr(snapshot, "copy_rows", copy)
        done = secondchair("backup", file, "--workspace", workspace.root)
    assert done.code == 0, done.err
    log.close()
    assert len(written) > 5
    root = tmp_path / "elsewhere"
    root.mkdir()
    (root / "config.toml").write_text("", encoding="utf-8")
    done = secondchair("restore", file, "--workspace", root, "--older")
    assert done.code == 0, done.err
    assert secondchair("export", "--workspace", root).out.count("meanwhile") == 1
