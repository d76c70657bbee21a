"""The knowledge base as the engine asks it."""

import os
from pathlib import Path

import pytest

from console.conversation.message import Author, Message
from console.server.articles import Articles
from knowledge import Embedder, IndexDamaged, KnowledgeIndex
from knowledge.vectors.postgres import PostgresStore
from tests.postgres import Server

LOST = "# Lost parcels\n\nA parcel is lost when its tracking has not moved for 7 days. We send it again.\n"
TENT = "# Washing a tent\n\nPitch the tent, sponge it with lukewarm water, and let it dry for a day.\n"


@pytest.fixture
def articles(tmp_path: Path, embedder: Embedder) -> Articles:
    """Two articles."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "lost.md").write_text(LOST, encoding="utf-8")
    (folder / "tent.md").write_text(TENT, encoding="utf-8")
    index = KnowledgeIndex(tmp_path / "index", embedder)
    index.update_from(folder)
    return Articles(index)


def test_a_database_that_is_down_leaves_the_rest_of_the_assistance(tmp_path: Path, embedder: Embedder) -> None:
    """Articles are found by their words until it is back; nothing else changes."""
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "lost.md").write_text(LOST, encoding="utf-8")
    server = Server(fsync="off")
    server.start()
    index = KnowledgeIndex(tmp_path / "index", embedder, PostgresStore(server.dsn))
    index.update_from(tmp_path / "articles")
    articles = Articles(index)
    asked = (Message("m1", Author.CUSTOMER, "my parcel is lost, its tracking does not move"),)
    assert [hit.document for hit in articles.search(asked, 5)] == ["lost.md"]
    server.stop()
    assert [hit.document for hit in articles.search(asked, 5)] == ["lost.md"]
    index.reload()
    assert [hit.document for hit in articles.search(asked, 5)] == ["lost.md"]
    assert articles.version
    server.start()
    assert [hit.document for hit in articles.search(asked, 5)] == ["lost.md"]
    server.remove()


CROSS = (Message("m1", Author.CUSTOMER, "still nothing. this is ridiculous"),)


def test_words_of_anger_alone_find_nothing(articles: Articles) -> None:
    """Nothing in them says what they are about."""
    assert articles.search(CROSS, 5) == ()


def test_the_topic_is_asked_for_where_the_customers_words_find_nothing(articles: Articles) -> None:
    """The behaviour knows what the conversation is about; that is no answer to what was asked, and scores as little."""
    (by_topic, *_) = articles.search(CROSS, 5, "Parcel lost or late")
    (asked, *_) = articles.search((Message("m1", Author.CUSTOMER, "Parcel lost or late"),), 5)
    assert by_topic.document == asked.document == "lost.md"
    assert by_topic.score <= 0.6 * asked.score


def test_the_customers_own_question_goes_before_the_topic(articles: Articles) -> None:
    """A question that has an answer is answered, whatever the conversation was about before."""
    asked = (*CROSS, Message("m2", Author.CUSTOMER, "and how do I wash my tent?"))
    assert articles.search(asked, 5, "Parcel lost or late")[0].document == "tent.md"


def test_where_nothing_was_indexed_nothing_is_found(tmp_path: Path, embedder: Embedder) -> None:
    """The panel stays empty; it is no fault."""
    empty = Articles(KnowledgeIndex(tmp_path / "none", embedder))
    assert empty.search(CROSS, 5, "Parcel lost or late") == ()
    assert empty.version == ""


def harm(folder: Path, store: str) -> None:
    """Alter a byte of a store's largest file."""
    file = max((path for path in folder.rglob(f"*/{store}/*") if path.is_file()), key=lambda path: path.stat().st_size)
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 0xFF
    file.unlink()  # the bytes may be shared with another generation
    file.write_bytes(data)
    os.utime(file, ns=(1, 1))


@pytest.mark.parametrize(("store", "by"), [("vectors", "words"), ("lexical", "meaning")])
def test_what_cannot_be_used_is_said_while_it_lasts(
    store: str, by: str, tmp_path: Path, articles: Articles, embedder: Embedder
) -> None:
    """In a line; gone with the next look once it is mended."""
    assert articles.damage == ""
    harm(tmp_path / "index", store)
    harmed = Articles(KnowledgeIndex(tmp_path / "index", embedder))
    harmed.look()
    assert harmed.damage == f"Searching by {by} only; 'secondchair doctor' says why"
    answer = harmed.look_up("a parcel that is lost", 1)
    assert answer is not None
    assert (harmed.told(answer), answer.hits[0].document) == (harmed.damage, "lost.md")
    KnowledgeIndex(tmp_path / "index", embedder).mend()
    harmed.look()
    assert harmed.damage == ""


def test_an_index_whose_state_is_known_is_not_asked_again(articles: Articles) -> None:
    """A look costs nothing while all is well and nothing has changed."""
    articles.look()
    asked: list[str] = []
    articles.look_up = lambda query, k: asked.append(query)  # type: ignore[method-assign, assignment, return-value]
    articles.look()
    assert asked == []


def test_articles_that_cannot_be_read_at_all_are_named_too(
    tmp_path: Path, articles: Articles, embedder: Embedder
) -> None:
    """The console has to say so: nothing is found by any means."""
    harm(tmp_path / "index", "articles")
    harmed = Articles(KnowledgeIndex(tmp_path / "index", embedder))
    harmed.look()
    assert harmed.damage.startswith("The knowledge base cannot be searched: ")
    assert articles.damage == ""


def test_the_topic_steers_what_the_customers_words_find(tmp_path: Path, embedder: Embedder) -> None:
    """Boots may be what was bought, and not the matter."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "lost.md").write_text(LOST, encoding="utf-8")
    boots = "# Breaking in new boots\n\nWear new boots at home first, then on short walks.\n"
    (folder / "boots.md").write_text(boots, encoding="utf-8")
    index = KnowledgeIndex(tmp_path / "index", embedder)
    index.update_from(folder)
    said = ("I wanted to break them in, my new boots", "will you send the boots again?")
    asked = tuple(Message(f"m{n}", Author.CUSTOMER, text) for n, text in enumerate(said))
    first = [Articles(index).search(asked, 5, topic)[0].document for topic in ("", "Breaking in boots", "Lost parcels")]
    assert first == ["boots.md", "boots.md", "lost.md"]


def test_articles_that_were_lost_are_told_with_every_answer_until_they_are_there_again(
    tmp_path: Path, articles: Articles, embedder: Embedder
) -> None:
    """All that there is was searched, so that what is found stays worth keeping."""
    assert articles.look_up("a parcel that is lost", 1)
    (file,) = (tmp_path / "index").rglob("*.db")
    data = file.read_bytes()
    file.unlink()
    file.write_bytes(data.replace(b"dry for a day", b"dry for a bay"))
    assert KnowledgeIndex(tmp_path / "index", embedder).mend().lost == {str(tmp_path / "articles"): 1}
    answer = articles.look_up("a parcel that is lost", 1)
    assert answer is not None
    assert articles.told(answer) == articles.damage == "Articles were lost; 'secondchair doctor' says which"
    assert (articles.sound, answer.damage) == (True, "")
    harm(tmp_path / "index", "vectors")
    harmed = Articles(KnowledgeIndex(tmp_path / "index", embedder))
    harmed.look()
    assert harmed.damage == "Searching by words only; articles were lost; 'secondchair doctor' says why"
    assert not harmed.sound
    KnowledgeIndex(tmp_path / "index", embedder).update_from(tmp_path / "articles")
    articles.look()
    assert (articles.damage, articles.sound) == ("", True)


def test_a_search_that_fails_is_told_of_until_one_does_not(
    tmp_path: Path, articles: Articles, embedder: Embedder
) -> None:
    """Whoever asked; the next look asks for itself."""
    harm(tmp_path / "index", "articles")
    harmed = Articles(KnowledgeIndex(tmp_path / "index", embedder))
    with pytest.raises(IndexDamaged):
        harmed.look_up("a parcel that is lost", 1)
    assert harmed.damage.startswith("The knowledge base cannot be searched: ")
    assert not harmed.sound
    KnowledgeIndex(tmp_path / "index", embedder).update_from(tmp_path / "articles")
    harmed.look()
    assert (harmed.damage, harmed.sound) == ("", True)
