"""What ranking is told of passages, by the columns beside the articles."""

from pathlib import Path

import numpy as np
import pytest

from knowledge.document import Audience, Document, Passage, Status
from knowledge.errors import IndexDamaged
from knowledge.index.articles import Articles
from knowledge.index.articles_writer import ArticlesWriter
from knowledge.index.columns import SUFFIX
from knowledge.words import key

PASSAGES = np.arange(6)


def _written(folder: Path, *documents: tuple[str, Status, Audience], earlier: Path | None = None) -> Articles:
    """Documents of two passages each, by title."""
    writer = ArticlesWriter(folder, earlier, *((100, 200) if earlier else (0, 0)))
    for title, status, audience in documents:
        text = f"{title} {len(title)}."
        document = Document(title, title, text, status=status, audience=audience)
        writer.put(document, [Passage(title, at, (), 0, len(text), text) for at in range(2)], "source")
    writer.finish()
    return Articles(folder)


@pytest.fixture
def three(tmp_path: Path) -> Articles:
    """One of each kind."""
    return _written(
        tmp_path / "first",
        ("Lost parcels", "current", "public"),
        ("Old parcels", "retired", "public"),
        ("Parcels, notes", "current", "internal"),
    )


def test_each_passage_is_told_by_its_document(three: Articles) -> None:
    """Two passages each, and what the titles hold."""
    found = three.found(PASSAGES, None)
    assert found.passages.tolist() == [0, 1, 2, 3, 4, 5]
    assert found.documents.tolist() == [0, 0, 1, 1, 2, 2]
    assert found.retired.tolist() == [False, False, True, True, False, False]
    named = found.titles.sums(np.where(found.titles.keys == key("old"), 1.0, 0.0))
    assert named.tolist() == [0, 0, 1, 1, 0, 0]


def test_the_public_is_told_of_no_internal_document(three: Articles) -> None:
    """Not even that it is there."""
    assert three.found(PASSAGES, "public").passages.tolist() == [0, 1, 2, 3]


def test_passages_that_are_not_there_are_left_out(three: Articles) -> None:
    """Above, and between."""
    assert three.found(np.asarray([3, 6, 7_000]), None).passages.tolist() == [3]


def test_the_words_of_titles_are_counted_over_all_parts(three: Articles, tmp_path: Path) -> None:
    """Each title once, however often it says a word."""
    both = _written(
        tmp_path / "second",
        ("Parcels, parcels", "current", "public"),
        *((f"Note {n}", "current", "public") for n in range(2)),  # type: ignore[arg-type]
        earlier=three.files[0].parent,
    )
    keys = np.asarray([key(word) for word in ("parcel", "note", "zebra")], np.uint64)
    assert both.title_counts(keys).tolist() == [4, 3, 0]


def test_removed_documents_are_not_told_of_before_and_after_a_merge(three: Articles, tmp_path: Path) -> None:
    """Their columns stay until the part is written anew."""
    earlier = three.files[0].parent
    for number in range(2):
        folder = tmp_path / f"state{number}"
        writer = ArticlesWriter(folder, earlier, 100 + number, 200 + 2 * number)
        writer.remove(number)
        text = "New."
        writer.put(Document(f"n{number}", "New", text), [Passage(f"n{number}", 0, (), 0, len(text), text)], "source")
        writer.finish()
        earlier = folder
    found = Articles(earlier).found(np.arange(300), None)
    assert found.documents.tolist() == [2, 2, 100, 101]


@pytest.mark.parametrize("keep", [0, 7, 100, 400, -1])
def test_columns_that_are_cut_are_said_to_be_damaged(three: Articles, keep: int) -> None:
    """Wherever they end."""
    file = three.files[0].with_suffix(SUFFIX)
    data = file.read_bytes()[:keep]
    file.unlink()  # shared with no other state here, but never written in place
    file.write_bytes(data)
    with pytest.raises(IndexDamaged, match="run the index command again"):
        Articles(file.parent)


def test_columns_of_another_kind_are_said_to_be_damaged(three: Articles) -> None:
    """As another version would write them."""
    file = three.files[0].with_suffix(SUFFIX)
    file.unlink()
    with file.open("wb") as opened:
        np.lib.format.write_array(opened, np.zeros(3, np.float32), version=(1, 0))
    with pytest.raises(IndexDamaged, match="float32 instead of"):
        Articles(file.parent)
