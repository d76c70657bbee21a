"""What damage cost an index is told by everything that is asked of it, until it is made good."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from knowledge import Document, KnowledgeIndex, Skipped
from knowledge.index import losses
from knowledge.index import manifest as manifests
from tests.knowledge.fakes import WordEmbedder

NOTE = Document("note", "A note", "A parcel note for the team.")


@pytest.fixture
def index(tmp_path: Path, words: WordEmbedder, articles: list[Document]) -> KnowledgeIndex:
    """The help centre, and a note of another source."""
    index = KnowledgeIndex(tmp_path / "index", words)
    index.update(articles, source="s")
    index.update([NOTE], source="t")
    return index


def _alter(index: KnowledgeIndex, words: bytes, instead: bytes) -> None:
    """Alter a text in the file that holds it."""
    for file in index.folder.glob("generations/*/articles/*.db"):
        if words in (data := file.read_bytes()):
            file.unlink()  # the bytes may be shared with another generation
            file.write_bytes(data.replace(words, instead))


def _overwrite(index: KnowledgeIndex) -> None:
    """Overwrite the head of every articles file: no document of it can be read."""
    for file in index.folder.glob("generations/*/articles/*.db"):
        data = file.read_bytes()
        file.unlink()
        file.write_bytes(bytes(200) + data[200:])


def _told(index: KnowledgeIndex) -> tuple[Mapping[str, int], Mapping[str, int]]:
    """What a process that opens the index now is told, by its contents and with an answer."""
    fresh = KnowledgeIndex(index.folder, WordEmbedder())
    answer = fresh.search("parcel lost", k=1)
    assert answer.damage == ""
    return fresh.contents().lost, answer.lost


def test_what_was_lost_of_damaged_articles_is_told_until_it_is_there_again(
    index: KnowledgeIndex, articles: list[Document]
) -> None:
    """A text that was altered is shown to nobody; its source, indexed again, has it."""
    assert _told(index) == ({}, {})
    _alter(index, b"seven days", b"eight days")
    assert index.mend().lost == {"s": 1}
    assert index.document("lost.md") is None
    assert _told(index) == ({"s": 1}, {"s": 1})
    report = index.update(articles, source="s")
    assert (report.added, report.lost) == (1, {})
    assert _told(index) == ({}, {})
    index.verify()


def test_a_loss_outlives_whatever_else_is_done_to_the_index(index: KnowledgeIndex) -> None:
    """Mending, which finds nothing more to do, another source, a model that changes, and further damage."""
    _alter(index, b"seven days", b"eight days")
    index.mend()
    assert index.mend().lost == {"s": 1}
    assert index.update([NOTE], source="t").lost == {"s": 1}
    assert index.update([NOTE, Document("b", "B", "Another note.")], source="t").lost == {"s": 1}
    assert KnowledgeIndex(index.folder, WordEmbedder("other")).mend().lost == {"s": 1}
    _alter(index, b"nine to six", b"nine to ten")
    assert KnowledgeIndex(index.folder, WordEmbedder("other")).mend().lost == {"s": 2}


def test_a_source_of_which_everything_was_lost_is_named(index: KnowledgeIndex, articles: list[Document]) -> None:
    """Though the index holds nothing of it; each source is forgotten by itself."""
    _overwrite(index)
    assert index.mend().lost == {"s": 4, "t": 1}
    assert index.contents().documents == 0
    assert index.update([NOTE], source="t").lost == {"s": 4}
    assert index.update(articles, source="s").lost == {}


def test_a_source_that_no_longer_has_what_was_lost_is_whole(index: KnowledgeIndex, articles: list[Document]) -> None:
    """It is made good although not a document of the index changes."""
    _alter(index, b"seven days", b"eight days")
    index.mend()
    report = index.update(articles[1:], source="s")
    assert (report.unchanged, report.added, report.removed, report.lost) == (3, 0, 0, {})
    assert _told(index) == ({}, {})
    index.verify()


def test_nothing_is_lost_of_the_source_that_is_read_itself(index: KnowledgeIndex, articles: list[Document]) -> None:
    """Whatever was damaged of it, it is there."""
    _overwrite(index)
    report = index.update(articles, source="s")
    assert (report.added, report.lost) == (4, {"t": 1})


def test_a_source_that_cannot_be_looked_at_everywhere_is_not_taken_for_whole(
    index: KnowledgeIndex, articles: list[Document]
) -> None:
    """What was lost may lie in the folder that is closed."""
    _overwrite(index)
    index.mend()
    closed = Skipped("/s/private", "may not be read", stays="private/")
    assert index.update([closed], source="s").lost == {"s": 4, "t": 1}
    assert index.update([*articles[:3], closed], source="s").lost == {"s": 1, "t": 1}
    assert index.update([*articles, Skipped("/s/x.pdf", "is empty")], source="s").lost == {"t": 1}


def test_what_is_whole_of_a_folder_that_is_closed_is_kept(index: KnowledgeIndex, articles: list[Document]) -> None:
    """Also where the run that finds the damage is the one that cannot look."""
    _alter(index, b"seven days", b"eight days")
    report = index.update([*articles[2:], Skipped("/s", "may not be read", stays="/")], source="s")
    assert (report.documents, report.lost) == (4, {"s": 1})
    assert index.document("refunds.md") == articles[1]
    index.verify()


def test_a_run_that_fails_forgets_nothing(index: KnowledgeIndex, articles: list[Document]) -> None:
    """A source was indexed again once the run is at its end."""
    _alter(index, b"seven days", b"eight days")
    index.mend()

    def stop(_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        index.update(articles, source="s", progress=stop)
    assert _told(index) == ({"s": 1}, {"s": 1})


def test_an_index_made_before_losses_were_counted_is_read_as_it_is(
    index: KnowledgeIndex, articles: list[Document]
) -> None:
    """Its manifest, checksum and all, knows nothing of them."""
    for file in index.folder.glob("generations/*/manifest*.json"):
        facts = json.loads(file.read_text(encoding="utf-8"))
        del facts["lost"], facts["sha256"]
        file.write_text(json.dumps(facts | {"sha256": manifests._checksum(facts)}), encoding="utf-8")
    assert _told(index) == ({}, {})
    index.verify()
    report = index.update([*articles, Document("b", "B", "Another one.")], source="s")
    assert (report.rebuilt, report.added, report.lost) == ("", 1, {})


def test_losses_are_counted_by_source() -> None:
    """In the order of their names; none of a source is no loss."""
    assert list(losses.with_missed({"b": 1}, {"a": 2, "b": 3, "c": 0}).items()) == [("a", 2), ("b", 4)]
    assert losses.with_read({"a": 2, "b": 4}, "a", added=0, wholly=True) == {"b": 4}
    assert losses.with_read({"a": 2, "b": 4}, "b", added=3, wholly=False) == {"a": 2, "b": 1}
