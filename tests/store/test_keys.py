"""The audit key: where it lies, who may read it, and that it never shows."""

import shutil
from pathlib import Path

import pytest

from console.desk.log import LogUnwritable
from console.store import KeyMissing
from console.store.audit import AuditKey
from console.store.keys import VARIABLE
from tests.store.desks import Desk, SqliteDesk
from tests.store.making import opened

SECRET = "5e" * 32


def test_the_key_file_is_its_owners_alone(desk: Desk) -> None:
    """32 random bytes, mode 0600, in a folder with mode 0700."""
    desk.open()
    path = _key(desk)
    assert path.stat().st_mode & 0o777 == 0o600
    assert desk.keys.stat().st_mode & 0o777 == 0o700
    assert len(bytes.fromhex(path.read_text())) == 32


def test_each_workspace_has_its_own_key(desk: Desk, tmp_path: Path) -> None:
    """Two workspaces share the folder, not the key."""
    other = SqliteDesk(tmp_path / "other", desk.keys)
    desk.open()
    other.open()
    other.close()
    one, two = desk.keys.glob("*.key")
    assert one.read_text() != two.read_text()


def test_a_key_in_the_environment_needs_no_file(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The log is begun and verified with it, and without it there is none."""
    monkeypatch.setenv(VARIABLE, SECRET)
    log = desk.open()
    log.append([opened()])
    assert log.verify().whole
    assert list(desk.keys.glob("*.key")) == []
    desk.close()
    monkeypatch.delenv(VARIABLE)
    with pytest.raises(KeyMissing, match=VARIABLE):
        desk.open()


def test_another_key_is_told_from_the_right_one(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is ever written with it."""
    desk.open().append([opened()])
    desk.close()
    monkeypatch.setenv(VARIABLE, SECRET)
    for read_only in (False, True):
        with pytest.raises(KeyMissing, match="not the one"):
            desk.open(read_only=read_only)


@pytest.mark.parametrize("text", ["", "secret-but-no-key", SECRET[:-2], SECRET + "00"])
def test_what_is_no_key_is_named_by_its_place_and_not_quoted(desk: Desk, text: str) -> None:
    """The message helps without giving anything away."""
    desk.open()
    desk.close()
    _key(desk).write_text(text)
    with pytest.raises(KeyMissing, match="64 hexadecimal digits") as caught:
        desk.open()
    assert str(_key(desk)) in str(caught.value)
    assert not text or text not in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_missing_key_says_where_it_should_be(desk: Desk) -> None:
    """A new one would break the chain, so none is made."""
    desk.open().append([opened()])
    desk.close()
    path = _key(desk)
    path.unlink()
    with pytest.raises(KeyMissing, match=str(path)):
        desk.open()
    assert not path.exists()


def test_a_key_that_others_may_read_is_refused(desk: Desk) -> None:
    """The message holds the command that mends it."""
    desk.open()
    desk.close()
    _key(desk).chmod(0o644)
    with pytest.raises(KeyMissing, match=f"chmod 600 {_key(desk)}"):
        desk.open()


def test_a_folder_that_takes_no_key_is_named(desk: Desk) -> None:
    """No log is begun without a key."""
    desk.keys.write_text("a file where the folder should be")
    with pytest.raises(LogUnwritable, match=str(desk.keys)):
        desk.open()


def test_a_key_does_not_show_itself() -> None:
    """Neither printed nor in the repr of what holds it."""
    key = AuditKey(bytes.fromhex(SECRET))
    assert SECRET not in f"{key!r} {key} {[key]} {key.fingerprint}"


def test_a_moved_workspace_keeps_its_key_and_its_anchor(desk: Desk, tmp_path: Path) -> None:
    """Both go by the log's own id, not by its folder."""
    desk.open().append([opened()])
    desk.close()
    shutil.move(desk.workspace, tmp_path / "moved")
    moved = SqliteDesk(tmp_path / "moved", desk.keys)
    assert moved.open().verify().whole
    moved.close()


def _key(desk: Desk) -> Path:
    (path,) = desk.keys.glob("*.key")
    return path
