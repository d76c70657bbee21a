"""Questions put together by meaning, ranked, and gone once an article answers them."""

import gzip
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.assist.ports import Nearest
from console.conversation.assistance import KnowledgeHit
from console.conversation.upkeep import Aside
from console.review.clusters import clusters
from console.review.gaps import EXAMPLES, gaps_of
from console.review.questions import Question
from knowledge import Embedder
from tests.knowledge.fakes import WordEmbedder

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
WRAP = ("Do you offer gift wrapping?", "Is gift wrapping possible?", "Can you do gift wrapping for my order?")
DRONE = ("Do you repair drone batteries?", "Can a drone battery be repaired?")


def asked(text: str, who: str, days: float = 1, **rest: object) -> Question:
    """A customer's question, some days ago."""
    return Question(text, NOW - timedelta(days=days), f"c-{who}", "m1", who=who, **rest)  # type: ignore[arg-type]


def unanswered(text: str) -> Nearest:
    """No article answers anything."""
    return Nearest(answerable=False, hit=KnowledgeHit("near.md", "Near", "…", 0.3))


def test_questions_of_one_meaning_are_one_gap(embedder: Embedder) -> None:
    """With the nearest article there is, and where each was asked."""
    asks = [asked(text, f"u{n}") for n, text in enumerate((*WRAP, *DRONE))]
    first, second = gaps_of(asks, embedder, unanswered, NOW).gaps
    assert (first.customers, second.customers) == (3, 2)
    assert first.question in WRAP
    assert (first.nearest, first.title) == ("near.md", "Near")
    assert {(x.conversation, x.message) for x in first.examples} == {("c-u0", "m1"), ("c-u1", "m1"), ("c-u2", "m1")}


def test_a_question_that_an_article_answers_now_is_a_gap_no_more(embedder: Embedder) -> None:
    """The others of its kind stay; it is counted."""
    asks = [asked(text, f"u{n}") for n, text in enumerate((*WRAP, *DRONE))]
    found = gaps_of(asks, embedder, lambda text: Nearest("wrapping" in text), NOW)
    assert [gap.question in DRONE for gap in found.gaps] == [True]
    assert (found.asked, found.answered) == (5, 3)


def test_one_customer_counts_once_however_often_they_ask(embedder: Embedder) -> None:
    """Two customers go before one who asks three times."""
    asks = [asked(text, "loud") for text in WRAP] + [asked(text, f"u{n}") for n, text in enumerate(DRONE)]
    first, second = gaps_of(asks, embedder, unanswered, NOW).gaps
    assert (first.customers, second.customers, second.questions) == (2, 1, 3)
    assert len(second.examples) == 1


@pytest.mark.parametrize(
    "effort", [{"own_words": True}, {"minutes": 40.0}, {"mood": -0.9}], ids=["own words", "long", "angry"]
)
def test_what_took_effort_goes_before_what_took_none(embedder: Embedder, effort: dict[str, object]) -> None:
    """With as many customers, as long ago."""
    asks = [asked(WRAP[0], "u1"), asked(DRONE[0], "u2", **effort)]
    assert [gap.question for gap in gaps_of(asks, embedder, unanswered, NOW).gaps] == [DRONE[0], WRAP[0]]


def test_what_was_asked_lately_goes_before_what_was_asked_long_ago(embedder: Embedder) -> None:
    """And what was asked a season ago is not looked at."""
    asks = [asked(WRAP[0], "u1", 30), asked(DRONE[0], "u2", 2), asked("Are tents sold in Peru?", "u3", 120)]
    found = gaps_of(asks, embedder, unanswered, NOW)
    assert [gap.question for gap in found.gaps] == [DRONE[0], WRAP[0]]
    assert found.asked == 2


def test_somebodys_life_does_not_speak_for_a_gap(embedder: Embedder) -> None:
    """Where another customer asked the same."""
    asks = [asked("My husband died, do you offer gift wrapping for the funeral?", "u1"), asked(WRAP[0], "u2")]
    assert gaps_of(asks, embedder, unanswered, NOW).gaps[0].question == WRAP[0]


def test_nothing_asked_is_no_gap() -> None:
    """And no call of the model."""
    words = WordEmbedder()
    assert gaps_of([], words, unanswered, NOW).gaps == ()
    assert words.embedded == []


def test_a_gap_names_a_few_examples_the_newest(embedder: Embedder) -> None:
    """Not hundreds."""
    asks = [asked(WRAP[0], f"u{n}", days=n + 1) for n in range(40)]
    (gap,) = gaps_of(asks, embedder, unanswered, NOW).gaps
    assert [x.conversation for x in gap.examples] == [f"c-u{n}" for n in range(EXAMPLES)]


@given(st.lists(st.integers(0, 7), max_size=60))
def test_every_row_is_in_one_group_and_equal_rows_are_together(picks: Sequence[int]) -> None:
    """Whatever the order; the same rows give the same groups."""
    rows = np.eye(8, dtype=np.float32)[list(picks)].reshape(-1, 8)
    groups = clusters(rows)
    assert sorted(place for group in groups for place in group) == list(range(len(picks)))
    assert {frozenset(picks[place] for place in group) for group in groups} == {frozenset({p}) for p in picks}
    assert groups == clusters(rows)


def test_intents_of_a_bank_are_told_apart(embedder: Embedder) -> None:
    """Of questions about six matters of one field, nearly all stand with their own kind."""
    file = Path(__file__).parent / "bank_questions.jsonl.gz"
    rows = [json.loads(line) for line in gzip.decompress(file.read_bytes()).splitlines()]
    groups = clusters(embedder.encode([row["text"] for row in rows]))
    main = sum(Counter(rows[place]["intent"] for place in group).most_common(1)[0][1] for group in groups)
    assert main / len(rows) >= 0.85
    assert len(groups) <= len(rows) / 3


def put(text: str, days: float = 0.5) -> dict[str, Aside]:
    """A lead put this aside, having seen what was asked up to then."""
    return {text: Aside("Marta Quill", NOW - timedelta(days=days), NOW - timedelta(days=days))}


def test_what_was_put_aside_is_named_apart(embedder: Embedder) -> None:
    """Whichever of its questions stood for it then."""
    asks = [asked(text, f"u{n}") for n, text in enumerate((*WRAP, *DRONE))]
    for text in WRAP:
        found = gaps_of(asks, embedder, unanswered, NOW, put(text))
        assert [gap.question in DRONE for gap in found.gaps] == [True]
        assert [(gap.customers, gap.aside_as) for gap in found.aside] == [(3, text)]


def test_a_question_that_is_no_longer_looked_at_still_holds_its_gap_aside(embedder: Embedder) -> None:
    """The words that stood for it are too old; others of the same meaning are there."""
    asks = [asked("Do you offer a gift wrapping?", "u1", 3)]
    assert gaps_of(asks, embedder, unanswered, NOW, put(WRAP[0])).gaps == ()


def test_only_customers_bring_a_gap_back(embedder: Embedder) -> None:
    """After the lead's decision; a look-up by staff is no customer's question."""
    asks = [asked(WRAP[0], "u1", 3)]
    looked = replace(asked(WRAP[1], "u2", 0.1), agent="robin")
    assert gaps_of([*asks, looked], embedder, unanswered, NOW, put(WRAP[0])).gaps == ()
    (back,) = gaps_of([*asks, asked(WRAP[1], "u2", 0.1)], embedder, unanswered, NOW, put(WRAP[0])).gaps
    assert (back.customers, back.aside_as) == (2, WRAP[0])


def test_weeks_are_counted_and_what_is_answered_by_now_is_told_by_its_article(embedder: Embedder) -> None:
    """So that before and after an article can be seen."""
    asks = [asked(text, f"u{n}", days=20) for n, text in enumerate(WRAP)] + [asked(DRONE[0], "late", days=1)]
    found = gaps_of(asks, embedder, nearest_of_drones, NOW)
    (gap,), (mended,) = found.gaps, found.mended
    assert (gap.weeks[-3:], len(gap.weeks)) == ((3, 0, 0), 13)
    assert (mended.article, mended.questions, mended.weeks[-1]) == ("drones.md", 1, 1)


def nearest_of_drones(text: str) -> Nearest:
    """An article answers what is asked of drones."""
    return Nearest("drone" in text, KnowledgeHit("drones.md", "Drones", "…", 0.8))


def test_what_an_article_misses_of_its_kind_is_still_asked_in_vain(embedder: Embedder) -> None:
    """Before and after it was published; other questions, and those asked before, are none that it misses."""
    lines = ("do you rent out gear?", "can I rent gear from you?", "do you offer gear rental?", "can we hire gear?")
    asks = [asked(text, f"u{n}", days=20) for n, text in enumerate(lines)]
    asks += [asked("can I rent kit from you?", "before", days=12)]
    asks += [asked("can I rent kit from you?", who, days=3) for who in ("after", "after", "later")]
    asks += [asked(DRONE[0], "drone", days=3)]

    def nearest(text: str) -> Nearest:
        return Nearest("gear" in text, KnowledgeHit("rent.md", "Renting gear", "…", 0.8))

    (mended,) = gaps_of(asks, embedder, nearest, NOW, published={"rent.md": NOW - timedelta(days=10)}).mended
    assert mended.pace is not None
    assert (mended.questions, mended.pace.before, mended.pace.after, mended.still) == (4, 5, 2, 2)
