"""``secondchair backup`` and ``restore`` on one machine: all of a desk, whole, or nothing."""

import hashlib
import os
import shutil
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
import pytest_asyncio

from console.backup.archive import UNFINISHED, Writer
from console.conversation.events import NewEvent, NoteAdded
from console.desk.desk import utc_now
from console.store import open_log
from console.store.files import FileFolder
from console.store.keys import key_path
from console.workspace import Workspace, config_folder
from tests.backup.making import people, practised, rewritten, used
from tests.channels.files import PICTURE
from tests.commands.running import Done, secondchair

Change = Callable[[str, bytes], tuple[str, bytes] | None]

PICTURES = hashlib.sha256(PICTURE).hexdigest()


@pytest_asyncio.fixture
async def workspace(tmp_path: Path) -> Workspace:
    """A desk that was used."""
    made = Workspace(tmp_path / "desk")
    log = open_log(made.root, config_folder())
    made.practice.root.mkdir()
    practised(open_log(made.practice.root, config_folder(), shared_key=log.key))
    await used(made, log, FileFolder(made.files))
    return made


@pytest.fixture
def archive(workspace: Workspace, tmp_path: Path) -> Path:
    """A back-up of it."""
    file = tmp_path / "backup.tar.gz"
    done = secondchair("backup", file, "--workspace", workspace.root)
    assert done.code == 0, done.err
    return file


def on(part: str, change: Callable[[bytes], bytes]) -> Change:
    """Change one part of an archive."""
    return lambda name, data: (name, change(data) if name == part else data)


def called(name: str) -> Change:
    """Call the accounts otherwise."""
    return lambda old, data: (name if old == "accounts.db" else old, data)


def restored(archive: Path, root: Path, *options: str) -> Done:
    """Restore into a workspace."""
    return secondchair("restore", archive, "--workspace", root, *options)


def write_on(workspace: Workspace) -> None:
    """Let something happen after the back-up."""
    log = open_log(workspace.root, config_folder())
    log.append([NewEvent("u1", "desk", NoteAdded("later", "Robin"), utc_now())])
    log.close()


def test_a_restored_desk_has_all_that_it_had(workspace: Workspace, archive: Path, tmp_path: Path) -> None:
    """Every event with its number and MAC; files, drafts, content, accounts, settings; what was erased stays so."""
    elsewhere = Workspace(tmp_path / "elsewhere")
    done = restored(archive, elsewhere.root)
    assert done.code == 0, done.err
    assert "the chain is whole" in done.out
    exported = [secondchair("export", "--workspace", w.root).out for w in (workspace, elsewhere)]
    assert exported[0] == exported[1]
    assert '"erased": true' in exported[1]
    log = open_log(elsewhere.root, config_folder())
    assert (log.verify().whole, log.drafts("robin")) == (True, {"u1": "let me look"})
    log.close()
    assert FileFolder(elsewhere.files).get(PICTURES) == PICTURE
    assert people(elsewhere) == people(workspace)
    for name in ("config.toml", "content/articles/lost.md"):
        assert (elsewhere.root / name).read_bytes() == (workspace.root / name).read_bytes()
    assert not list(elsewhere.root.glob(".restoring"))


def test_what_was_practised_comes_back_with_the_desk(archive: Path, tmp_path: Path) -> None:
    """In its own log, by the same audit key; it goes on from there."""
    elsewhere = Workspace(tmp_path / "elsewhere")
    restored(archive, elsewhere.root)
    log = open_log(elsewhere.root, config_folder())
    practice = open_log(elsewhere.practice.root, config_folder(), shared_key=log.key)
    assert (practice.verify().whole, [event.conversation for event in practice.read()]) == (True, ["p-1"])
    practice.close()
    log.close()
    assert secondchair("verify", "--workspace", elsewhere.root).out.splitlines() == [
        "The log is whole: 6 events (2 erased).",
        "The log of practice is whole: 1 events.",
    ]


def test_a_desk_whose_practice_has_a_lost_key_comes_back_without_it(workspace: Workspace, tmp_path: Path) -> None:
    """And says so: customers go before practice."""
    for file in (workspace.practice.database, *config_folder().glob("*.anchor")):
        file.unlink()
    practised(open_log(workspace.practice.root, config_folder()))
    archive = tmp_path / "second.tar.gz"
    assert secondchair("backup", archive, "--workspace", workspace.root).code == 0
    log = open_log(workspace.root, config_folder())
    key_path(config_folder(), log.workspace).rename(tmp_path / "kept")
    log.close()
    for key in config_folder().glob("*.key"):
        key.unlink()
    (tmp_path / "kept").rename(key_path(config_folder(), log.workspace))
    done = restored(archive, tmp_path / "elsewhere")
    assert (done.code, "The log of practice was left out: The audit key" in done.err) == (0, True), done.err
    assert not (tmp_path / "elsewhere" / "practice").exists()


def test_a_session_does_not_come_back_with_a_back_up(workspace: Workspace, tmp_path: Path) -> None:
    """It may have been revoked since; who it was signs in anew, with the password they had."""
    file, archive = workspace.accounts, tmp_path / "signed-in.tar.gz"
    with closing(sqlite3.connect(file)) as accounts:
        row = (b"d", "s1", "robin", "agent", "password", "", 1, 1, 2**40, 2**40, 0)
        accounts.execute("INSERT INTO accounts_sessions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        accounts.commit()
    secondchair("backup", archive, "--workspace", workspace.root)
    restored(archive, tmp_path / "elsewhere")
    with closing(sqlite3.connect(tmp_path / "elsewhere" / "accounts.db")) as accounts:
        assert accounts.execute("SELECT count(*) FROM accounts_sessions").fetchone() == (0,)
        assert accounts.execute("SELECT count(*) FROM accounts_people").fetchone() == (1,)


def test_accounts_that_cannot_be_read_are_one_clear_line(workspace: Workspace, tmp_path: Path) -> None:
    """And no archive is left that holds less than a desk."""
    workspace.accounts.write_bytes(b"no database " * 1000)
    done = secondchair("backup", tmp_path / "second.tar.gz", "--workspace", workspace.root)
    assert (done.code, "cannot be read right now" in done.err) == (2, True), done.err
    assert [file.name for file in tmp_path.iterdir() if "second" in file.name] == []


def test_a_back_up_is_for_its_owner_alone_and_holds_no_audit_key(workspace: Workspace, archive: Path) -> None:
    """And says where the key lies."""
    said = secondchair("backup", archive.with_name("second.tar.gz"), "--workspace", workspace.root).err
    (key,) = config_folder().glob("*.key")
    assert str(key) in said
    assert archive.stat().st_mode & 0o077 == 0
    secret = key.read_bytes().strip()
    held: list[bytes] = []
    rewritten(archive, lambda name, data: held.append(data) or (name, data))  # type: ignore[func-returns-value]
    assert not any(secret in data or bytes.fromhex(secret.decode()) in data for data in held)


def test_a_desk_is_backed_up_while_it_is_written_to(workspace: Workspace, tmp_path: Path) -> None:
    """The copy is of one moment, and its chain holds; nothing that is written waits for it."""
    log, stop, written = open_log(workspace.root, config_folder()), threading.Event(), 0

    def write() -> None:
        nonlocal written
        while not stop.is_set():
            log.append([NewEvent("u1", "desk", NoteAdded("x" * 2000, "Robin"), utc_now())])
            written += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(3):
            file = tmp_path / f"{number}.tar.gz"
            done = secondchair("backup", file, "--workspace", workspace.root)
            assert done.code == 0, done.err
    finally:
        stop.set()
        writer.join()
        log.close()
    assert written > 3
    done = restored(tmp_path / "2.tar.gz", tmp_path / "elsewhere", "--older")
    assert done.code == 0, done.err


def test_what_ends_half_way_is_no_back_up(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing lies under its name, and nothing is left behind; an earlier one is never written over."""

    def full(_: Writer, __: str, ___: bytes) -> None:
        raise OSError(28, "No space left on device")

    target = tmp_path / "out" / "backup.tar.gz"
    target.parent.mkdir()
    with monkeypatch.context() as broken:
        broken.setattr(Writer, "add", full)
        done = secondchair("backup", target, "--workspace", workspace.root)
    assert (done.code, "No space left" in done.err) == (2, True)
    assert list(target.parent.iterdir()) == []
    assert secondchair("backup", target, "--workspace", workspace.root).code == 0
    before = target.read_bytes()
    assert secondchair("backup", target, "--workspace", workspace.root).code == 2
    assert target.read_bytes() == before


def test_what_killed_back_ups_left_is_cleared_away_in_time(workspace: Workspace, tmp_path: Path) -> None:
    """Another's that is under way is not."""
    old, new = tmp_path / f"{UNFINISHED}old", tmp_path / f"{UNFINISHED}new"
    for left in (old, new):
        left.mkdir()
    os.utime(old, (1, 1))
    secondchair("backup", tmp_path / "b.tar.gz", "--workspace", workspace.root)
    assert (old.exists(), new.exists()) == (False, True)


def test_back_ups_expire(workspace: Workspace, tmp_path: Path) -> None:
    """The oldest go; what has another name stays."""
    folder = tmp_path / "kept"
    folder.mkdir()
    for day in (1, 2, 3):
        (folder / f"secondchair-2026010{day}T030000.tar.gz").touch()
    (folder / "mine.tar.gz").touch()
    done = secondchair("backup", folder, "--keep", 2, "--workspace", workspace.root)
    assert done.code == 0, done.err
    names = sorted(file.name for file in folder.iterdir())
    assert names[:2] == ["mine.tar.gz", "secondchair-20260103T030000.tar.gz"]
    assert len(names) == 3


def test_a_workspace_that_holds_something_is_left_alone(workspace: Workspace, archive: Path) -> None:
    """Also one that is served."""
    before = secondchair("export", "--workspace", workspace.root).out
    done = restored(archive, workspace.root)
    assert (done.code, "is not empty" in done.complaint) == (2, True)
    assert secondchair("export", "--workspace", workspace.root).out == before


def test_settings_that_are_there_stay(archive: Path, tmp_path: Path) -> None:
    """They may name another database, or another port."""
    root = tmp_path / "elsewhere"
    root.mkdir()
    (root / "config.toml").write_text("[server]\nport = 9000\n", encoding="utf-8")
    assert restored(archive, root).code == 0
    assert "9000" in (root / "config.toml").read_text(encoding="utf-8")


def test_an_older_state_needs_to_be_asked_for(workspace: Workspace, archive: Path, tmp_path: Path) -> None:
    """What was written since is lost; the anchor of it is kept beside."""
    write_on(workspace)
    shutil.rmtree(workspace.root)
    done = restored(archive, workspace.root)
    assert (done.code, "--older" in done.complaint) == (2, True)
    assert not workspace.database.exists()
    done = restored(archive, workspace.root, "--older")
    assert done.code == 0, done.err
    assert len(list(config_folder().glob("*.anchor.before-*"))) == 1
    write_on(workspace)
    assert secondchair("verify", "--workspace", workspace.root).code == 0


def test_without_its_key_nothing_is_restored(workspace: Workspace, archive: Path, tmp_path: Path) -> None:
    """Nor with another's; it is said where the key should be."""
    (key,) = config_folder().glob("*.key")
    away = key.rename(tmp_path / "key")
    done = restored(archive, tmp_path / "elsewhere")
    assert (done.code, str(key) in done.complaint) == (2, True)
    key.write_text("ab" * 32, encoding="ascii")
    key.chmod(0o600)
    done = restored(archive, tmp_path / "elsewhere")
    assert (done.code, "is not the one of this back-up" in done.complaint) == (2, True)
    shutil.copy(away, key)
    assert key == key_path(config_folder(), key.stem)
    assert restored(archive, tmp_path / "elsewhere").code == 0


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (on("accounts.db", lambda data: data + b" "), "accounts.db is damaged"),
        (lambda name, data: None if name.startswith("files/") else (name, data), "is damaged or missing"),
        (lambda name, data: None if name == "manifest.json" else (name, data), "its manifest is missing"),
        (
            on("manifest.json", lambda data: data.replace(b'"events": ', b'"events": 1')),
            "was changed after it was made",
        ),
        (called("../evil"), "what no back-up holds"),
        (called("content/../../evil"), "what no back-up holds"),
        (called("/tmp/evil"), "what no back-up holds"),  # noqa: S108 - it must not come to be
        (called("evil.sh"), "what no back-up holds"),
    ],
)
def test_what_is_not_as_it_was_made_is_refused(archive: Path, tmp_path: Path, change: Change, said: str) -> None:
    """In one line, and nothing is in the workspace, or beside it."""
    root = tmp_path / "elsewhere"
    done = restored(rewritten(archive, change), root)
    assert (done.code, said in done.complaint) == (2, True), done.err
    assert [file.name for file in root.iterdir() if file.name != ".desk.held"] == []
    assert not (tmp_path / "evil").exists()


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9])
def test_an_archive_that_was_cut_short_is_none(archive: Path, tmp_path: Path, share: float) -> None:
    """Wherever it was cut."""
    data = archive.read_bytes()
    archive.write_bytes(data[: int(len(data) * share)])
    done = restored(archive, tmp_path / "elsewhere")
    assert done.code == 2
    assert "cut short" in done.complaint or "no back-up" in done.complaint, done.err


def test_a_restoring_that_was_cut_short_is_begun_anew(archive: Path, tmp_path: Path) -> None:
    """What it had put into the workspace is no desk, and does not stand in the way."""
    root = tmp_path / "elsewhere"
    (root / ".restoring").mkdir(parents=True)
    (root / ".restoring/moving").touch()
    (root / "accounts.db").write_text("{}", encoding="utf-8")
    done = restored(archive, root)
    assert done.code == 0, done.err
    assert b"Robin" in (root / "accounts.db").read_bytes()
