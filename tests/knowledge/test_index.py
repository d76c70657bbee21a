"""An index through its life: built, searched, updated, shared, and changed only where documents changed."""

from dataclasses import replace
from pathlib import Path

import pytest

from knowledge import Document, Embedder, IndexMissing, KnowledgeIndex, Progress, Skipped
from tests.knowledge.fakes import WordEmbedder


def test_a_question_finds_its_article_and_the_passage_in_it(
    tmp_path: Path, minilm: Embedder, articles: list[Document]
) -> None:
    """The whole path with the real model; offsets point into the document that is shown."""
    index = KnowledgeIndex(tmp_path, minilm)
    index.update(articles, source="help")
    answer = index.search("my package still has not arrived", k=2)
    assert answer.hits[0].document == "lost.md"
    assert len(answer.hits) == 2
    best = answer.hits[0]
    shown = index.document("lost.md")
    assert shown == articles[0]
    assert shown.text[best.start : best.end] == best.passage


def test_what_is_left_out_of_a_search_is_as_if_it_were_not_there(
    tmp_path: Path, minilm: Embedder, articles: list[Document]
) -> None:
    """Neither found nor taken for an answer; the next search has it again."""
    index, asked = KnowledgeIndex(tmp_path, minilm), "I forgot my password, how do I sign in?"
    index.update(articles, source="help")
    best = index.search(asked, k=1)
    answer = index.search(asked, without={best.hits[0].document, "unknown.md"})
    assert best.answerable
    assert not answer.answerable
    assert best.hits[0].document not in [hit.document for hit in answer.hits]
    assert index.search(asked, k=1) == best


def test_what_the_articles_do_not_hold_is_not_answerable(
    tmp_path: Path, minilm: Embedder, articles: list[Document]
) -> None:
    """In one's own field the answer is there, far from it it is not."""
    index = KnowledgeIndex(tmp_path, minilm)
    index.update(articles, source="help")
    assert index.search("I forgot my password, how do I sign in?").answerable
    assert not index.search("who won the world cup in 1998?").answerable


def test_only_changed_documents_are_embedded_again(
    tmp_path: Path, words: WordEmbedder, articles: list[Document]
) -> None:
    """Unchanged ones keep their vectors, also where only the status of one changed."""
    index = KnowledgeIndex(tmp_path, words)
    index.update(articles, source="help")
    words.embedded.clear()
    changed = [replace(articles[0], text="Seven days is lost."), replace(articles[1], status="retired"), *articles[2:]]
    report = index.update(changed, source="help")
    assert [text.splitlines()[-1] for text in words.embedded] == ["Seven days is lost."]
    assert (report.added, report.updated, report.unchanged, report.removed) == (0, 2, 2, 0)
    assert report.passages_embedded == 1
    assert {hit.document: hit.status for hit in index.search("returned money").hits}["refunds.md"] == "retired"


def test_the_real_model_embeds_nothing_for_unchanged_documents(
    tmp_path: Path, minilm: Embedder, articles: list[Document]
) -> None:
    """The second run finds nothing to do, and makes no new generation."""
    index = KnowledgeIndex(tmp_path, minilm)
    assert index.update(articles, source="help").passages_embedded == len(articles)
    before = (tmp_path / "CURRENT").read_text()
    report = index.update(articles, source="help")
    assert (report.passages_embedded, report.unchanged) == (0, len(articles))
    assert (tmp_path / "CURRENT").read_text() == before


def test_removed_documents_are_gone(tmp_path: Path, words: WordEmbedder, articles: list[Document]) -> None:
    """They are neither found nor shown, and documents of another source stay."""
    index = KnowledgeIndex(tmp_path, words)
    index.update(articles, source="help")
    index.update([Document("notes.txt", "Notes", "A parcel note for the team.")], source="notes")
    report = index.update(articles[1:], source="help")
    assert report.removed == 1
    assert index.document("lost.md") is None
    found = {hit.document for hit in index.search("parcel tracking lost", k=10).hits}
    assert found == {"refunds.md", "password.md", "hours.md", "notes.txt"}


def test_an_index_survives_many_changes(tmp_path: Path, words: WordEmbedder) -> None:
    """Rows are freed, used again and moved together without a document losing its vector."""
    index = KnowledgeIndex(tmp_path, words)
    topics = ["parcel", "refund", "password", "invoice", "voucher", "repair", "warranty", "store", "size", "colour"]
    for turn in range(6):
        there = [topic for at, topic in enumerate(topics) if (at + turn) % 3 or turn == 5]
        index.update([Document(topic, topic.title(), f"{topic} text {turn % 2}") for topic in there], source="s")
        assert index.contents().passages == len(there)
        for topic in there:
            assert index.search(f"{topic} text", k=1).hits[0].document == topic


def test_an_id_belongs_to_the_source_that_named_it_last(tmp_path: Path, words: WordEmbedder) -> None:
    """The report names it, and nothing is embedded again for the move."""
    index = KnowledgeIndex(tmp_path, words)
    document = Document("a", "A", "Text of the article.")
    index.update([document], source="one")
    report = index.update([document], source="two")
    assert report.taken_over == ("a",)
    assert report.passages_embedded == 0
    assert dict(index.contents().sources) == {"two": 1}


def test_a_second_document_of_the_same_id_is_skipped(tmp_path: Path, words: WordEmbedder) -> None:
    """The first stays, and the report names the other."""
    index = KnowledgeIndex(tmp_path, words)
    report = index.update(
        [Document("a", "A", "first"), Skipped("b.md", "is empty"), Document("a", "A", "second")], source="s"
    )
    assert [item.where for item in report.skipped] == ["b.md", "a"]
    assert index.document("a") == Document("a", "A", "first")


def test_another_model_embeds_everything_again(tmp_path: Path, articles: list[Document]) -> None:
    """Documents of other sources too; until then a search is by words and says what to do."""
    KnowledgeIndex(tmp_path, WordEmbedder("one")).update(articles, source="help")
    KnowledgeIndex(tmp_path, WordEmbedder("one")).update([Document("n", "Notes", "Team notes.")], source="notes")
    other = WordEmbedder("two")
    index = KnowledgeIndex(tmp_path, other)
    assert "run the index command again" in index.search("parcel").damage
    other.embedded.clear()
    report = index.update(articles, source="help")
    assert "model changed" in report.rebuilt
    assert report.passages_embedded == len(articles) + 1
    assert index.search("team notes", k=1).hits[0].document == "n"


def test_what_cannot_be_looked_at_stays_where_everything_is_embedded_again(tmp_path: Path) -> None:
    """A folder that is closed while the model changes costs nothing."""
    secret, note = Document("private/a", "A", "text of a"), Document("b", "B", "text of b")
    KnowledgeIndex(tmp_path, WordEmbedder("one")).update([secret, note], source="s")
    index = KnowledgeIndex(tmp_path, WordEmbedder("two"))
    closed = Skipped("/s/private", "may not be read", stays="private/")
    assert index.update([closed, note], source="s").documents == 2
    assert index.document("private/a") == secret
    index.verify()


def test_a_folder_without_an_index_says_what_to_do(tmp_path: Path, words: WordEmbedder) -> None:
    """Opening is fine; searching is not."""
    index = KnowledgeIndex(tmp_path / "new", words)
    assert index.changed()
    with pytest.raises(IndexMissing, match="run the index command"):
        index.search("anything")


def test_a_running_reader_notices_a_new_generation(
    tmp_path: Path, words: WordEmbedder, articles: list[Document]
) -> None:
    """It goes on with the old one, whose files are removed meanwhile, until it reloads."""
    writer, reader = KnowledgeIndex(tmp_path, words), KnowledgeIndex(tmp_path, words)
    writer.update(articles, source="help")
    assert reader.search("parcel", k=1).hits[0].document == "lost.md"
    assert not reader.changed()
    writer.update(articles[1:], source="help")
    assert reader.changed()
    assert reader.search("parcel", k=1).hits[0].document == "lost.md"
    reader.reload()
    assert reader.search("parcel", k=1).hits[0].document != "lost.md"


def test_a_folder_is_indexed_and_its_bad_files_are_named(tmp_path: Path, words: WordEmbedder) -> None:
    """`update_from` loads, and reports what it left out."""
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "good.md").write_text("# Lost parcels\n\nSeven days.")
    (articles / "bad.md").write_bytes(b"\xff\xfe\xff")
    index = KnowledgeIndex(tmp_path / "index", words)
    report = index.update_from(articles)
    assert (report.added, [item.where for item in report.skipped]) == (1, [str(articles / "bad.md")])


def test_progress_ends_where_it_says(tmp_path: Path, words: WordEmbedder) -> None:
    """Passages done rise to the total, with the seconds that are left."""
    seen: list[Progress] = []
    documents = [Document(str(n), f"Title {n}", f"Text number {n}") for n in range(1100)]
    KnowledgeIndex(tmp_path, words).update(documents, source="s", progress=seen.append)
    embedding = [step for step in seen if step.stage == "embedding"]
    assert [step.done for step in embedding] == [0, 512, 1024, 1100]
    assert {step.total for step in embedding} == {1100}
    assert embedding[1].seconds_left is not None
    assert embedding[-1].seconds_left == 0
    assert seen[-1].stage == "saving"


def test_a_path_that_is_not_there_changes_nothing(
    tmp_path: Path, words: WordEmbedder, articles: list[Document]
) -> None:
    """A mistyped folder does not empty the index."""
    index = KnowledgeIndex(tmp_path / "index", words)
    index.update(articles, source=str(tmp_path / "articles"))
    with pytest.raises(FileNotFoundError, match="no such file"):
        index.update_from(tmp_path / "articles")
    assert index.contents().documents == len(articles)


def test_an_emptied_index_finds_nothing(tmp_path: Path, words: WordEmbedder, articles: list[Document]) -> None:
    """And says that it cannot answer."""
    index = KnowledgeIndex(tmp_path, words)
    index.update(articles, source="help")
    index.update([], source="help")
    answer = index.search("parcel")
    assert (answer.hits, answer.answerable) == ((), False)


def test_what_could_not_be_looked_at_stays_in_the_index(
    tmp_path: Path, words: WordEmbedder, articles: list[Document]
) -> None:
    """A closed file or folder is no removal; what is really gone is removed."""
    index = KnowledgeIndex(tmp_path, words)
    inside = [replace(article, id=f"sub/{article.id}") for article in articles]
    index.update([*articles, *inside], source="help")
    closed = [Skipped("/x/sub", "cannot be read", "sub/"), Skipped("/x/a", "cannot be read", articles[0].id)]
    report = index.update([*articles[2:], *closed], source="help")
    assert {d.id for d in index.documents()} == {d.id for d in [articles[0], *articles[2:], *inside]}
    assert (report.removed, len(report.skipped)) == (1, 2)
