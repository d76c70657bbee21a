"""A whole index whose vectors lie in PostgreSQL: the same answers, and a way back from whatever was lost."""

import itertools
import re
from pathlib import Path

import pytest

from knowledge import Document, Embedder, KnowledgeIndex, StoreUnavailable
from knowledge.vectors.postgres import PostgresStore
from tests.knowledge.fakes import WordEmbedder
from tests.postgres import Server

_names = itertools.count()


@pytest.fixture
def store(postgres: Server) -> PostgresStore:
    """A store under a new name."""
    return PostgresStore(postgres.dsn, f"index {next(_names)}")


def test_answers_are_those_of_an_index_of_files(
    tmp_path: Path, minilm: Embedder, articles: list[Document], store: PostgresStore
) -> None:
    """Rounded vectors move a score by less than a hundredth."""
    files, database = KnowledgeIndex(tmp_path / "files", minilm), KnowledgeIndex(tmp_path / "database", minilm, store)
    for index in (files, database):
        index.update(articles, source="help")
    for question in ("my package still has not arrived", "who won the world cup", "opening hours"):
        expected, answer = files.search(question), database.search(question)
        assert [hit.document for hit in answer.hits] == [hit.document for hit in expected.hits]
        assert [hit.score for hit in answer.hits] == pytest.approx([hit.score for hit in expected.hits], abs=0.01)
        assert answer.answerable == expected.answerable


def test_only_changed_documents_are_embedded_again(
    tmp_path: Path, words: WordEmbedder, articles: list[Document], store: PostgresStore
) -> None:
    """The others keep their vectors; a server with a copy of the folder sees what it was copied with."""
    index = KnowledgeIndex(tmp_path, words, store)
    index.update(articles, source="help")
    other = KnowledgeIndex(tmp_path, words, store)
    assert len(other.search("parcel lost", k=10).hits) == 4
    words.embedded.clear()
    report = index.update(
        [*articles[1:], Document("new.md", "Gift cards", "They are good for two years.")], source="help"
    )
    assert (report.added, report.removed, report.passages_embedded) == (1, 1, 1)
    assert len(words.embedded) == 1
    assert {hit.document for hit in other.search("parcel lost", k=10).hits} == {each.id for each in articles}
    assert other.changed()
    other.reload()
    found = {hit.document for hit in other.search("gift cards parcel", k=10).hits}
    assert found == {"new.md", "refunds.md", "password.md", "hours.md"}


def test_an_update_that_changes_nothing_leaves_the_state(
    tmp_path: Path, words: WordEmbedder, articles: list[Document], store: PostgresStore, postgres: Server
) -> None:
    """And holds no lock."""
    index = KnowledgeIndex(tmp_path, words, store)
    index.update(articles, source="help")
    before = postgres.execute("select max(state) from knowledge.states")
    assert index.update(articles, source="help").unchanged == 4
    assert postgres.execute("select max(state) from knowledge.states") == before


def test_a_database_that_lost_the_vectors_gets_them_again(
    tmp_path: Path, words: WordEmbedder, articles: list[Document], store: PostgresStore, postgres: Server
) -> None:
    """From the texts that the folder keeps, those of other sources too."""
    index = KnowledgeIndex(tmp_path, words, store)
    index.update([Document("notes.txt", "Notes", "A parcel note for the team.")], source="notes")
    index.update(articles, source="help")
    postgres.execute("delete from knowledge.states")
    index.reload()
    assert re.search(r"does not hold state .* run the index command again", index.search("parcel").damage)
    report = index.update(articles, source="help")
    assert "does not hold state" in report.rebuilt
    assert len(index.search("parcel", k=10).hits) == 5


@pytest.mark.parametrize("first", ["files", "database"])
def test_an_index_can_move_to_another_store(
    tmp_path: Path, words: WordEmbedder, articles: list[Document], store: PostgresStore, first: str
) -> None:
    """Everything is embedded again from the texts that are kept; until then the message says so."""
    stores = (None, store) if first == "files" else (store, None)
    KnowledgeIndex(tmp_path, words, stores[0]).update(articles, source="help")
    KnowledgeIndex(tmp_path, words, stores[0]).update([Document("n.txt", "Notes", "A parcel note.")], source="notes")
    moved = KnowledgeIndex(tmp_path, words, stores[1])
    assert "run the index command again" in moved.search("parcel").damage
    assert moved.update(articles, source="help").rebuilt
    assert len(moved.search("parcel", k=10).hits) == 5


def test_a_database_that_is_down_is_no_reason_to_embed_anew(
    tmp_path: Path, words: WordEmbedder, articles: list[Document]
) -> None:
    """The run ends with what is wrong, and the index stays as it is; searches go on by words."""
    server = Server(fsync="off")
    server.start()
    index = KnowledgeIndex(tmp_path, words, PostgresStore(server.dsn))
    index.update(articles, source="help")
    current = (tmp_path / "CURRENT").read_text()
    server.stop()
    with pytest.raises(StoreUnavailable, match="cannot be used"):
        index.update(articles[1:], source="help")
    for opened in (index, KnowledgeIndex(tmp_path, words, PostgresStore(server.dsn))):
        answer = opened.search("parcel")
        assert answer.hits[0].document == "lost.md"
        assert "cannot be used" in answer.damage
    server.start()
    assert (tmp_path / "CURRENT").read_text() == current
    index.reload()
    assert len(index.search("parcel", k=10).hits) == 4
    server.remove()
