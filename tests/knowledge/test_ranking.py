"""Which documents are shown: for whom, in which order, and what a conversation is about."""

from pathlib import Path

import numpy as np
import pytest

from knowledge import Document, Embedder, KnowledgeIndex
from knowledge.confidence import confidence
from knowledge.query import of_conversation, of_text
from knowledge.ranking import retired_last
from tests.knowledge.fakes import WordEmbedder


def _said(*texts: str) -> list[dict[str, str]]:
    """Customer and bot in turns, the customer last."""
    roles = ["customer", "bot"]
    return [{"role": roles[at % 2], "text": text} for at, text in enumerate(reversed(texts))][::-1]


def test_what_was_named_earlier_steers_the_hit(tmp_path: Path, minilm: Embedder) -> None:
    """The same last question finds the article of the hotel that was talked about."""
    index = KnowledgeIndex(tmp_path, minilm)
    names = ["Ashley Hotel", "Bridge Lodge", "Carrow House", "Kirkwood Inn"]
    index.update(
        [Document(name, f"Parking at {name}", f"{name} has a car park behind it.") for name in names], source="s"
    )
    for name in names:
        talk = _said(f"Tell me about {name}.", "It is in the north.", "Fine. And is there a place for my car?")
        assert index.search_conversation(talk, k=1).hits[0].document == name


def test_k_counts_documents_each_with_its_best_passage(tmp_path: Path, words: WordEmbedder) -> None:
    """A document with many fitting passages takes one place."""
    index = KnowledgeIndex(tmp_path, words)
    long = "\n\n".join(f"## Part {n}\n\nparcel parcel parcel {n}" for n in range(400))
    index.update(
        [Document("long", "All", long, format="markdown"), *(Document(f"d{n}", "One", f"shop {n}") for n in range(9))],
        source="s",
    )
    hits = index.search("parcel", k=5).hits
    assert len(hits) == len({hit.document for hit in hits}) == 5
    assert hits[0].document == "long"


def test_internal_documents_are_left_out_for_the_public(tmp_path: Path, words: WordEmbedder) -> None:
    """And are marked where they are shown."""
    index = KnowledgeIndex(tmp_path, words)
    index.update(
        [Document("in", "Parcel notes", "parcel secret", audience="internal"), Document("out", "Parcels", "parcel")],
        source="s",
    )
    assert {hit.document: hit.audience for hit in index.search("parcel secret").hits} == {
        "in": "internal",
        "out": "public",
    }
    assert [hit.document for hit in index.search("parcel secret", audience="public").hits] == ["out"]


def test_a_retired_document_ranks_below_every_current_one(tmp_path: Path, words: WordEmbedder) -> None:
    """Even where it fits better; it is shown and says so, and answers nothing."""
    index = KnowledgeIndex(tmp_path, words)
    index.update(
        [Document("old", "Lost parcels", "lost parcels", status="retired"), Document("new", "Shop", "opening hours")],
        source="s",
    )
    answer = index.search("lost parcels")
    assert [(hit.document, hit.status) for hit in answer.hits] == [("new", "current"), ("old", "retired")]
    assert not answer.answerable


@pytest.mark.parametrize(
    ("retired", "k", "rows"),
    [
        ([True, False, False], 3, [1, 2, 0]),
        ([True, False, False], 1, [1]),
        ([True, True, True, True, False, False, False], 4, [4, 5, 0, 1]),
        ([True, True, True], 2, [0, 1]),
        ([False, False, True], 2, [0, 1]),
    ],
)
def test_retired_places_come_last_and_take_at_most_half(retired: list[bool], k: int, rows: list[int]) -> None:
    """Unless there are not enough current ones to fill the rest."""
    assert retired_last(np.asarray(retired), k).tolist() == rows


def test_the_customers_last_message_is_the_question() -> None:
    """What was said after it is not looked at; what was said before weighs half as much with every step."""
    talk = [
        {"role": "customer", "text": "I bought boots"},
        {"role": "bot", "text": "Which ones?"},
        {"role": "customer", "text": "Fellwalker. Can I return them?"},
        {"role": "agent", "text": "Let me see"},
    ]
    query = of_conversation(talk)
    assert query.texts == ("Fellwalker. Can I return them?", "Which ones?", "I bought boots")
    assert query.weights == (1.0, 0.4, 0.2)
    assert query.named["fellwalker"] == 1.0
    assert 0.8 < query.named["boot"] < 0.82


def test_the_last_full_sentence_of_a_question_is_looked_for_on_its_own() -> None:
    """A courtesy at the end asks nothing."""
    assert of_text("I have a Fellwalker boot. Can I return it?").texts[1:] == ("Can I return it?",)
    assert of_text("Can I return a boot? Please help!").texts == ("Can I return a boot? Please help!",)


def test_what_a_conversation_is_about_steers_the_search_and_is_not_the_question() -> None:
    """Its words count, but whether there is an answer is told by the customer's own."""
    query = of_conversation([{"role": "customer", "text": "are you sending another pair?"}], "Parcel lost")
    assert (query.texts[-1], query.questions) == ("Parcel lost", 1)
    assert {"parcel", "lost"} <= query.named.keys()
    assert "parcel" not in query.asked


def test_an_empty_conversation_is_an_empty_question() -> None:
    """Not an error."""
    assert of_conversation([]).texts == ("",)


@pytest.mark.parametrize("held", [None, 0.3])
def test_confidence_rises_with_nearness(held: float | None) -> None:
    """From 0 to 1."""
    far, between, near = (confidence(nearest, held) for nearest in (0.1, 0.44, 0.75))
    assert far < 0.02
    assert 0.2 < between < 0.7
    assert near > 0.95


def test_confidence_rises_with_the_words_that_are_held() -> None:
    """A word that only one article holds is answered by it, however little the vector says."""
    assert confidence(0.35, 0.0) < 0.2
    assert confidence(0.35, 0.95) > 0.9


@pytest.mark.parametrize("held", [None, 0.3])
def test_without_vectors_nothing_can_be_told(held: float | None) -> None:
    """Neither yes nor no: words alone are too little."""
    assert confidence(None, held) == 0.5


def test_a_word_that_one_article_holds_is_answered(tmp_path: Path, minilm: Embedder) -> None:
    """And one that none holds is not, though another word of the question is held."""
    index = KnowledgeIndex(tmp_path, minilm)
    shop = [Document(f"d{n}", f"Page {n}", f"Our tent number {n} has two doors and a groundsheet.") for n in range(30)]
    index.update([*shop, Document("tea", "Shelf", "There is zyxwort tea on the shelf at the back.")], source="s")
    assert index.search("zyxwort tea").answerable
    assert not index.search("who won the world cup of chess").answerable
    assert not index.search("qwertzu tea").answerable


@pytest.mark.parametrize("query", ["ERR4031", "err 4031", "4031", "ERR-4031"])
def test_a_code_is_answered_however_it_is_written(query: str, tmp_path: Path, minilm: Embedder) -> None:
    """Its vector says next to nothing."""
    index = KnowledgeIndex(tmp_path, minilm)
    others = [Document(f"d{n}", f"Page {n}", f"Our tent number {n} has two doors and a groundsheet.") for n in range(9)]
    pay = Document("pay", "Payment faults", "When ERR-4031 is shown, the bank declined the card. Try another one.")
    index.update([*others, pay], source="s")
    answer = index.search(query)
    assert (answer.hits[0].document, answer.answerable) == ("pay", True)
    assert not index.search("QX-77120").answerable
