"""Files of erased messages: gone with them, unless another conversation holds the same bytes."""

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.conversation.attachments import Attachment
from console.conversation.events import MessageAdded, NewEvent
from console.conversation.message import Author
from console.store.files import FileFolder
from tests.store.desks import SqliteDesk
from tests.store.making import IRIS, new, opened


def kept(folder: FileFolder, data: bytes) -> Attachment:
    """Keep bytes, and return how a message names them."""
    name = hashlib.sha256(data).hexdigest()
    folder.put(name, data)
    return Attachment(name, "photo.png", "image/png", len(data))


def _brought(conversation: str, customer: str, *files: Attachment) -> NewEvent:
    said = MessageAdded(Author.CUSTOMER, "[photo.png]", attachments=files)
    return new(said, conversation, f"customer:{customer}")


def test_only_files_that_no_message_names_any_more_are_deleted(tmp_path: Path) -> None:
    """The same bytes of another customer stay; what was half written, or never logged, goes."""
    folder = FileFolder(tmp_path / "files")
    shared, hers, never = kept(folder, b"shared"), kept(folder, b"hers"), kept(folder, b"never logged")
    half = tmp_path / "files" / shared.id[:2] / f"{shared.id}.0a1b2c3d"
    half.write_bytes(b"sha")
    log = SqliteDesk(tmp_path / "desk", tmp_path / "keys").open()
    log.append([opened("c1"), _brought("c1", "u1", shared), opened("c2", IRIS), _brought("c2", "u2", shared, hers)])
    assert log.attachments() == {shared.id, hers.id}
    assert folder.keep_only(log.attachments()) == 1
    assert (folder.get(never.id), half.exists()) == (None, False)
    log.erase("u2")
    assert folder.keep_only(log.attachments()) == 1
    assert (folder.get(shared.id), folder.get(hers.id)) == (b"shared", None)
    log.erase("u1")
    assert folder.keep_only(log.attachments()) == 1
    assert folder.get(shared.id) is None
    log.close()


def test_a_file_that_cannot_be_deleted_is_told_and_the_others_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another try does the rest."""
    folder = FileFolder(tmp_path / "files")
    names = [kept(folder, bytes([n])).id for n in range(8)]
    unlink = Path.unlink

    def stuck(path: Path, missing_ok: bool = False) -> None:
        if path.name == names[3]:
            raise PermissionError(13, "Permission denied", str(path))
        unlink(path, missing_ok)

    monkeypatch.setattr(Path, "unlink", stuck)
    with pytest.raises(PermissionError):
        folder.keep_only(())
    assert [name for name in names if folder.get(name) is not None] == [names[3]]
    monkeypatch.undo()
    assert folder.keep_only(()) == 1


@settings(max_examples=25)  # each makes a log on the disk
@given(
    st.lists(st.tuples(st.sampled_from(["u1", "u2", "u3"]), st.frozensets(st.integers(0, 4), max_size=3)), max_size=6),
    st.sampled_from(["u1", "u2", "u3"]),
)
def test_whatever_is_named_stays_and_nothing_else(
    tmp_path_factory: pytest.TempPathFactory, talks: list[tuple[str, frozenset[int]]], erased: str
) -> None:
    """Of any conversations, with any files in common."""
    place = tmp_path_factory.mktemp("erasing")
    folder = FileFolder(place / "files")
    files = [kept(folder, bytes([n])) for n in range(5)]
    log = SqliteDesk(place / "desk", place / "keys").open()
    for number, (customer, chosen) in enumerate(talks):
        who = replace(IRIS, id=customer)
        log.append([opened(f"c{number}", who), _brought(f"c{number}", customer, *(files[n] for n in sorted(chosen)))])
    log.erase(erased)
    folder.keep_only(log.attachments())
    left = {n for customer, chosen in talks if customer != erased for n in chosen}
    assert {n for n in range(5) if folder.get(files[n].id) is not None} == left
    assert log.verify().whole
    log.close()
