"""Articles as the bot quotes them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.assist.bot.quoting import MOST_CHARACTERS, quote
from console.assist.bot.sections import sections
from console.assist.replies.articles import nothing
from console.conversation.assistance import KnowledgeHit
from knowledge import Embedder

HIT = KnowledgeHit("shops.md", "Our shops", "", 0.8)
TEXT = """We have two shops, and both are open every day.

## Parking
There is free parking in front of the door. The bus stops there too.

## How to book a fitting
1. Open the appointments page.
2. Pick a time.

## Statuses
| Status | What is happening |
|---|---|
| Picking | We are fetching your items from the shelves. |
"""


def test_an_article_is_read_as_sections_of_sentences_lists_and_rows() -> None:
    read = sections("Our shops", TEXT)
    assert [section.heading for section in read] == ["Our shops", "Parking", "How to book a fitting", "Statuses"]
    assert [piece.said for piece in read[2].pieces] == ["1. Open the appointments page.", "2. Pick a time."]
    assert [piece.said for piece in read[3].pieces] == ["Picking: We are fetching your items from the shelves."]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("where can I park", "There is free parking in front of the door. The bus stops there too."),
        ("how do I book a fitting?", "1. Open the appointments page.\n2. Pick a time."),
        ("what does picking mean", "Picking: We are fetching your items from the shelves."),
    ],
)
def test_the_section_that_answers_is_quoted(embedder: Embedder, question: str, answer: str) -> None:
    found = quote(question, HIT, TEXT, embedder, nothing)
    assert found
    assert found.text == answer


def test_what_is_about_something_else_is_not_quoted(embedder: Embedder) -> None:
    assert quote("my tent has a hole", HIT, TEXT, embedder, nothing) is None


def test_what_was_planted_is_not_quoted(embedder: Embedder) -> None:
    """Nor is anything of the section that it stands in."""
    planted = "There is free parking in front of the door."
    found = quote("where can I park", HIT, TEXT, embedder, lambda text: [planted])
    assert found is None or planted not in found.text


@given(st.text(alphabet=st.sampled_from("abc .|#-1\n"), max_size=300))
def test_every_piece_stands_in_the_article(text: str) -> None:
    for section in sections("Title", text):
        for piece in section.pieces:
            assert "".join(piece.written.split()) in "".join(text.split())


def test_a_long_section_is_quoted_from_its_best_sentence(embedder: Embedder) -> None:
    long = "## Access\n" + "Our tents are washed by hand in spring. " * 30 + "Dogs are welcome in both shops."
    found = quote("are dogs welcome in your shops?", HIT, long, embedder, nothing)
    assert found
    assert "Dogs are welcome" in found.text
    assert len(found.text) <= MOST_CHARACTERS
