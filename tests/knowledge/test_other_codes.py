"""A passage on another code than the one that was asked for answers nothing."""

from pathlib import Path

import pytest

from knowledge import Document, Embedder, KnowledgeIndex
from knowledge.other_codes import on_another_code
from knowledge.words import terms


@pytest.mark.parametrize("question", ["what does ERR-4032 mean?", "err 4032 again", "It says Err4032"])
@pytest.mark.parametrize(
    "passage", ["When ERR-4031 is shown, wait.", "Err4031 and ERR/4033 mean: restart.", "ERR-4001 to ERR-4031"]
)
def test_a_passage_on_another_code_of_the_kind_is_told(question: str, passage: str) -> None:
    """However either writes it."""
    assert on_another_code(terms(question), passage)


def test_two_codes_of_different_kinds_are_no_range() -> None:
    """What lies between them is neither's."""
    assert on_another_code(terms("what does ERR-4032 mean?"), "Doors: ERR-4001 to XK-9000.")


@pytest.mark.parametrize(
    ("question", "passage"),
    [
        ("what does ERR-4032 mean?", "ERR-4031 and ERR-4032 mean: restart."),
        ("my order FT-20388 has not come", "A parcel that is late is looked for."),
        ("can I get back more than 150 pounds?", "Refunds of more than 100 pounds need a lead."),
        ("are you open in 2026?", "We were open in 2025, 7 days of the week."),
        ("XK-200 B", "The filter of the XK200B"),
        ("what does ERR-4032 mean?", "The XK-4031 hums."),
        ("my card SF-4471-2209", "Your code looks like SF-4471-2209; SF-4471-2210 is another."),
        ("ab" + "1" * 5000, "ab" + "2" * 5000 + " to ab" + "3" * 5000),
        ("is EB2-0455 recalled?", "Recalled are the batches EB2-0400 to EB2-0460."),
    ],
)
def test_a_passage_that_names_it_or_no_code_of_the_kind_is_none(question: str, passage: str) -> None:
    """Neither are amounts and years codes."""
    assert not on_another_code(terms(question), passage)


def test_a_code_that_no_article_names_is_not_answered_by_its_neighbour(tmp_path: Path, minilm: Embedder) -> None:
    """Also where it was named before the question; the neighbour is still shown."""
    index = KnowledgeIndex(tmp_path, minilm)
    index.update([Document("pay", "Payment faults", "When ERR-4031 is shown, the bank declined the card.")], source="s")
    assert index.search("what does ERR-4031 mean when I pay by card?").answerable
    answer = index.search("what does ERR-4032 mean when I pay by card?")
    assert (answer.answerable, [hit.document for hit in answer.hits]) == (False, ["pay"])
    talk = [("customer", "ERR-4032!"), ("agent", "When is it shown?"), ("customer", "when the bank declined the card")]
    assert not index.search_conversation([{"role": role, "text": text} for role, text in talk]).answerable
