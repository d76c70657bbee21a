"""Words on tantivy: shared files, damage, and the contract."""

import hashlib
import itertools
import shutil
import threading
from pathlib import Path

import pytest

from knowledge.errors import IndexDamaged
from knowledge.lexical import TantivyLexical, TantivyWriter
from tests.knowledge.contract_lexical import LexicalContract, Place, entry, found, write


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A new folder for every state, as the index makes them."""
    numbers = itertools.count()
    folders: list[Path] = []

    def writer(on_earlier: bool) -> TantivyWriter:
        folders.append(tmp_path / f"{next(numbers)}")
        return TantivyWriter(folders[-1], folders[-2] if on_earlier else None)

    return Place(writer, lambda: TantivyLexical(folders[-1]))


class TestTantivyWords(LexicalContract):
    """The contract."""


def _digests(folder: Path) -> dict[str, str]:
    files = (file for file in sorted(folder.iterdir()) if not file.name.endswith(".lock"))
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def test_the_state_before_stays_as_it_is_and_can_still_be_searched(place: Place, tmp_path: Path) -> None:
    """Also by a reader that was opened before the update, and after many updates."""
    write(place, *(entry(n, f"boots {n}") for n in range(50)))
    before, reader = _digests(tmp_path / "0"), place.reader()
    for n in range(12):
        write(place, entry(100 + n, "boots"), remove=(n,), earlier=True)
    assert _digests(tmp_path / "0") == before
    for old in (reader, TantivyLexical(tmp_path / "0")):
        assert old.count == 50
        assert {number for number, _ in old.search({"boot": 1.0}, 100)} == set(range(50))


def test_an_update_shares_the_files_of_the_state_before(place: Place, tmp_path: Path) -> None:
    """So that a small one costs little."""
    write(place, *(entry(n, f"boots {n}") for n in range(50)))
    write(place, entry(50, "laces"), earlier=True)
    shared = {file.stat().st_ino for file in (tmp_path / "0").iterdir()}
    words = list((tmp_path / "0").glob("*.idx"))
    assert words
    assert all((tmp_path / "1" / file.name).stat().st_ino in shared for file in words)


def test_an_update_works_where_files_cannot_be_linked(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are copied."""
    write(place, entry(1, "boots"))

    def refuse(target: Path, source: Path) -> None:
        raise OSError(f"{target} cannot be linked to {source}")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    write(place, entry(2, "boots"), earlier=True)
    assert sorted(found(place, "boots")) == [1, 2]


def test_an_unfinished_folder_is_refused(tmp_path: Path) -> None:
    """As a run leaves it that was killed."""
    writer = TantivyWriter(tmp_path / "words")
    writer.put([entry(1, "boots")])
    writer.discard()
    with pytest.raises(IndexDamaged, match="run the index command again"):
        TantivyLexical(tmp_path / "words")
    with pytest.raises(IndexDamaged):
        TantivyWriter(tmp_path / "next", tmp_path / "words")


def test_a_closed_or_discarded_writer_takes_nothing_more(tmp_path: Path) -> None:
    """It would be lost."""
    writer = TantivyWriter(tmp_path / "words")
    writer.close()
    with pytest.raises(ValueError, match="closed"):
        writer.put([entry(1, "boots")])


@pytest.mark.parametrize("ending", [".idx", ".term", ".fast", ".fieldnorm", ".store", "meta.json", "sealed.json"])
@pytest.mark.parametrize("damage", ["cut", "empty", "gone"])
def test_files_that_are_not_whole_are_noticed_on_opening(
    place: Place, tmp_path: Path, ending: str, damage: str
) -> None:
    """Whichever it is."""
    write(place, *(entry(n, f"boots {n}") for n in range(50)))
    (file,) = (tmp_path / "0").glob(f"*{ending}")
    content = file.read_bytes()
    file.unlink()
    if damage != "gone":
        file.write_bytes(content[: len(content) // 2] if damage == "cut" else b"")
    with pytest.raises(IndexDamaged, match="run the index command again"):
        TantivyLexical(tmp_path / "0")


def test_flipped_bytes_never_crash_a_search(place: Place, tmp_path: Path) -> None:
    """It finds something else, or says that the index is damaged; checksums are the manifest's business."""
    write(place, *(entry(n, f"boots {n} laces") for n in range(300)))
    (file,) = (tmp_path / "0").glob("*.idx")
    content = file.read_bytes()
    noticed = 0
    for at in range(0, len(content) - 1, max(len(content) // 60, 1)):
        # A copy each time: a file that is mapped must not be written to.
        copy = Path(shutil.copytree(tmp_path / "0", tmp_path / f"flipped-{at}"))
        (copy / file.name).write_bytes(content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :])
        try:
            TantivyLexical(copy).search({"boot": 1.0, "17": 1.0}, 20)
        except IndexDamaged:
            noticed += 1
    assert noticed


def test_searches_from_many_threads_agree(place: Place) -> None:
    """While others search."""
    write(place, *(entry(n, f"boots {n}") for n in range(200)))
    reader, answers = place.reader(), []

    def search() -> None:
        answers.extend([reader.search({"boot": 1.0, "42": 1.0}, 5)[0][0] for _ in range(50)])

    threads = [threading.Thread(target=search) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [42] * 200


def test_pasted_data_is_not_kept_as_a_word(place: Place) -> None:
    """However long it is; the words around it are."""
    write(place, entry(1, f"boots {'a' * 100_000} laces {'b' * 70_000}"))
    assert found(place, "laces") == [1]
    assert place.reader().frequencies(["a" * 100_000]) == {"a" * 100_000: 0}
