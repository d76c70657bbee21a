"""Articles that say the same with different figures."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge import Document, Embedder
from knowledge.contradictions import Contradiction, contradictions
from knowledge.figures import figures
from knowledge.statements import statements
from tests.knowledge.contradiction_pairs import (
    CONTRADICTING,
    NOT_CONTRADICTING,
    TITLED_CONTRADICTING,
    TITLED_NOT_CONTRADICTING,
)

ONE = Document("a.md", "Refunds", "Refunds are paid within 5 working days.")
OTHER = Document("b.md", "Returns", "Refunds are paid within 14 days.")


def found(embedder: Embedder, *documents: Document) -> list[Contradiction]:
    """What contradicts what."""
    return contradictions(documents, embedder.encode)


def test_the_same_with_another_figure_is_a_contradiction(embedder: Embedder) -> None:
    """Named with both sentences, the articles in order."""
    (pair,) = found(embedder, OTHER, ONE)
    assert (pair.first.document.id, pair.second.document.id, pair.dimension) == ("a.md", "b.md", "time")
    assert (pair.first.text, pair.second.text) == (ONE.text, OTHER.text)


def test_a_retired_article_contradicts_nobody(embedder: Embedder) -> None:
    """It says itself that it no longer holds."""
    assert found(embedder, ONE, replace(OTHER, status="retired")) == []


def test_one_article_does_not_contradict_itself(embedder: Embedder) -> None:
    """Two articles are meant."""
    assert found(embedder, replace(ONE, text=f"{ONE.text}\n\n{OTHER.text}")) == []


def test_a_row_of_a_table_is_read_with_its_names(embedder: Embedder) -> None:
    """A cell says nothing alone."""
    table = "| Item | Warranty |\n|---|---|\n| Stoves | {} |\n| Tents | 5 years |\n"
    documents = [Document(f"{n}.md", "Warranty", table.format(n), format="markdown") for n in ("2 years", "3 years")]
    (pair,) = found(embedder, *documents)
    assert pair.first.text == "Stoves – Warranty: 2 years"


def test_of_a_made_set_nearly_all_are_told_apart(embedder: Embedder) -> None:
    """Few false alarms count for more than finding all: of those named, nine in ten and more are right."""

    def named(pair: tuple[str, str]) -> bool:
        return bool(found(embedder, *(Document(f"{n}.md", "Help", text) for n, text in enumerate(pair))))

    right = sum(map(named, CONTRADICTING))
    wrong = sum(map(named, NOT_CONTRADICTING))
    assert right / (right + wrong) >= 0.9
    assert right / len(CONTRADICTING) >= 0.8


@pytest.mark.parametrize("pair", TITLED_CONTRADICTING, ids=lambda pair: f"{pair[0][0]} - {pair[1][0]}")
def test_titles_in_other_words_hide_no_contradiction(embedder: Embedder, pair: tuple[tuple[str, str], ...]) -> None:
    """As long as the statements themselves say what they are about."""
    assert found(embedder, *(Document(f"{n}.md", title, text) for n, (title, text) in enumerate(pair)))


@pytest.mark.parametrize("pair", TITLED_NOT_CONTRADICTING, ids=lambda pair: f"{pair[0][0]} - {pair[1][0]}")
def test_figures_of_different_subjects_do_not_contradict(embedder: Embedder, pair: tuple[tuple[str, str], ...]) -> None:
    """What a statement is about may stand in the title of its article alone."""
    assert not found(embedder, *(Document(f"{n}.md", title, text) for n, (title, text) in enumerate(pair)))


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("14 days", "two weeks", False),
        ("5 working days", "7 days", False),
        ("one month", "31 days", False),
        ("24 months", "2 years", False),
        ("3 to 5 days", "4 days", False),
        ("3–5 days", "6 days", True),
        ("£5", "£5.00", False),
        ("£1,200", "£1200", False),
        ("£5", "£6", True),
        ("£5", "5 days", False),
        ("5 %", "10 per cent", True),
        ("500 g", "0.5 kg", False),
        ("2 days longer", "2 days", False),
        ("12:00", "14:00", True),
        ("at least 30 days", "40 days", False),
        ("at least 30 days", "10 days", True),
        ("up to 8 kg", "7 kg", False),
        ("up to 8 kg", "10 kg", True),
        ("up to 8 kg", "up to 10 kg", True),
        ("less than 1 %", "1.8 %", True),
        ("more than £50", "under £100", False),
        ("more than £50", "less than £20", True),
        ("within 14 days", "over the last 5 days", False),
    ],
)
def test_figures_are_compared_by_what_they_measure(one: str, other: str, differ: bool) -> None:
    """Units of one kind are brought to one; half a unit of rounding is no difference."""
    (left,), (right,) = figures(one), figures(other)
    assert left.differs(right) is differ
    assert right.differs(left) is differ


@given(st.text(max_size=200))
def test_any_text_can_be_read_for_figures(text: str) -> None:
    """Each stands where it says."""
    for figure in figures(text):
        assert 0 <= figure.start < figure.end <= len(text)
        assert figure.low <= figure.high
    for statement in statements(Document("a", "A", text, format="markdown")):
        assert statement.figures
