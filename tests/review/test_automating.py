"""What could be automated: which conversations are routine, what stands in drafts, and what a dry run counts."""

import tomllib
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.assist.ports import Vectors
from console.content.shapes import BehaviourFile
from console.conversation import assist_events as a
from console.conversation import events as e
from console.conversation.assistance import Mood, Routing
from console.conversation.automation import Answered, Automation, Covered, Matter
from console.conversation.message import Author, Layer
from console.conversation.people import Customer
from console.conversation.shares import Proportion
from console.past.anonymity import CommonWords
from console.review.automating.drafting import draft_of
from console.review.automating.grouping import grouped
from console.review.automating.openings import Openings
from console.review.automating.report import lines_of, rows_of, section_of
from console.review.automating.routine import Told, by_bot, calm, told, usual_sources, why_not
from console.review.reviewing.columns import NONE
from console.review.reviewing.ledger import Ledger
from console.toml import parse_toml

BEGAN = datetime(2026, 3, 2, 10, tzinfo=UTC)
COLUMNS = ("opened", "at", "asked", "more", "said", "answered", "bot", "handed", "called", "mood", "intent", "layer",
           "closed", "resolved", "reopened", "generated", "source")  # fmt: skip


def known(count: int, **columns: list[int]) -> Told:
    """So many calm conversations that people answered from one source, but for ``columns``."""
    usual = {"said": 1, "answered": 1, "handed": 1, "mood": NONE, "resolved": 1, "source": 1, "layer": 1}
    arrays = {name: np.full(count, usual.get(name, 0), dtype=np.int64) for name in COLUMNS}
    arrays |= {name: np.array(values, dtype=np.int64) for name, values in columns.items()}
    ids = tuple(f"c{number}" for number in range(count))
    return Told(ids, arrays, ("",), ("", "macro:hire-no", "article:hire.md"))


@pytest.mark.parametrize(
    ("columns", "why"),
    [
        ({}, ""),
        ({"mood": [-700]}, "the customer was angry"),
        ({"handed": [2]}, "passed on, or a lead was called"),
        ({"called": [1]}, "passed on, or a lead was called"),
        ({"resolved": [0]}, "not resolved"),
        ({"reopened": [1]}, "opened again"),
        ({"said": [9]}, "many messages"),
        ({"layer": [2]}, "for people alone"),
        ({"source": [NONE]}, "in own words"),
        ({"source": [2]}, "from another source"),
    ],
)
def test_routine_is_calm_short_resolved_and_answered_from_a_usual_source(
    columns: dict[str, list[int]], why: str
) -> None:
    """And of the rest it is said why not."""
    assert why_not(known(1, **columns), 0, np.array([1], dtype=np.int64)) == why


def test_usual_sources_are_those_of_a_fifth_of_the_answers() -> None:
    """What nobody answered from does not count."""
    assert usual_sources(np.array([1] * 8 + [2] * 2 + [NONE] * 5, dtype=np.int64)).tolist() == [1, 2]
    assert usual_sources(np.array([1] * 9 + [2], dtype=np.int64)).tolist() == [1]
    assert usual_sources(np.array([NONE], dtype=np.int64)).tolist() == []


def rows(*groups: int) -> Vectors:
    """Unit rows, those of a group alike."""
    return np.eye(8, dtype=np.float32)[list(groups)]


def test_matters_have_shares_and_only_sure_ones_count_as_to_be_won() -> None:
    """Thirty of one kind, two of ten of another, and three that are too few to be named."""
    texts = ["do you hire out tents"] * 30 + ["is my parcel lost"] * 10 + ["how do I wash down"] * 3
    resolved = [1] * 28 + [0] * 2 + [1, 1] + [0] * 8 + [1] * 3
    vectors = rows(*[0] * 30, *[1] * 10, *[2] * 3)
    made = grouped(known(43, resolved=resolved), texts, vectors, {}, 4, 0)
    hire, parcel = made.automation.matters
    assert (hire.question, hire.conversations, hire.weekly, hire.routine.part) == ("do you hire out tents", 30, 7.5, 28)
    assert hire.worth
    assert (parcel.routine.rate, parcel.worth) == (None, False)
    assert (made.automation.routine.part, made.automation.routine.of) == (28, 43)
    assert hire.answers == (Answered("macro:hire-no", 30),)
    again = grouped(known(43, resolved=resolved), texts, vectors, {}, 4, 0)
    assert again.automation == made.automation
    newest = grouped(known(43, resolved=resolved), texts, vectors, {}, 4, 43)
    assert newest.automation.matters[0].weekly == 15.0


def test_what_is_worth_automating_comes_first_and_the_rest_in_the_order_of_how_often_it_comes() -> None:
    """However much of the rest was routine."""
    texts = ["is my parcel lost"] * 30 + ["do you hire out tents"] * 25 + ["how do I wash down"] * 40
    resolved = [1] * 10 + [0] * 20 + [1] * 25 + [1] * 5 + [0] * 35
    made = grouped(known(95, resolved=resolved), texts, rows(*[1] * 30, *[0] * 25, *[2] * 40), {}, 4, 0)
    found = [(matter.question, matter.worth) for matter in made.automation.matters]
    assert found == [("do you hire out tents", True), ("how do I wash down", False), ("is my parcel lost", False)]


def test_what_the_bot_has_worked_is_not_to_be_won_again() -> None:
    """It is counted apart."""
    told_ = known(20, answered=[0] * 20, bot=[1] * 20, handed=[0] * 20)
    assert by_bot(told_).all()
    made = grouped(told_, ["do you hire out tents"] * 20, rows(*[0] * 20), {}, 4, 0)
    assert (made.automation.matters[0].by_bot, made.automation.routine.part) == (20, 0)


def matter(*answers: Answered) -> Matter:
    """A matter."""
    share = Proportion(30, 40, 0.75, 0.6, 0.86)
    return Matter("m", 'do you "hire" out tents?', 40, 4.0, share, share, 0, Covered.NONE, "", answers=answers)


def test_a_draft_is_a_behaviour_with_what_customers_wrote_and_nothing_of_one_of_them() -> None:
    """Personal details, what only one of them wrote, and the same twice are left out; the file loads."""
    texts = [
        "do you hire out tents",
        "do you hire out tents",
        "can I hire a tent",
        "how much is it to hire",
        'tents for "hire" \\ please',
        "hire for order {order.number}",
        "my daughter Kessandra wants to hire a tent",
    ]
    vectors = np.linalg.qr(np.random.default_rng(1).normal(size=(8, 8)))[0][[0, 0, 1, 2, 3, 4, 5]].astype(np.float32)
    pairs = [(f"u{number}", text) for text in texts[:5] for number in range(9)]
    common = CommonWords.of(pairs, [])
    draft = draft_of(matter(Answered("article:hire.md", 20)), range(7), texts, vectors, common, ("hire-out-tents",))
    assert draft is not None
    behaviour = parse_toml(draft.text, BehaviourFile, "draft").build(draft.intent)
    assert set(behaviour.examples) == {*texts[1:4], 'tents for "hire" \\ please'}
    assert (behaviour.layer, behaviour.tier, behaviour.stakes.value) == (Layer.AUTONOMOUS, 1, "low")
    assert behaviour.articles == ("hire.md",)
    assert {rule.when.value for rule in behaviour.handover} == {
        "asked-for-person",
        "mood",
        "unresolved",
        "low-confidence",
    }
    assert "Kessandra" not in draft.text
    assert draft.intent != "hire-out-tents"
    assert draft_of(matter(), (5, 6), texts, vectors, common, ()) is None


@given(st.text(max_size=200))
def test_no_words_of_a_source_or_a_customer_break_the_file(text: str) -> None:
    """Whatever stands in them."""
    texts = [f"hire {text}", f"rent {text}", f"lend {text}"]
    common = CommonWords.of([(f"u{number}", one) for one in texts for number in range(9)], texts)
    draft = draft_of(matter(Answered(f"macro:{text}", 3)), range(3), texts, rows(0, 1, 2), common, ())
    assert draft is None or tomllib.loads(draft.text)["tier"] == 1


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(range(8)), st.integers(0, 3), st.integers(-100, 5_000)), max_size=60))
def test_no_order_of_events_stops_it(happened: list[tuple[int, int, int]]) -> None:
    """Ends without beginnings, openings twice, a clock set back."""
    data: tuple[e.EventData, ...] = (
        e.ConversationOpened("webchat", Customer(id="x")),
        e.MessageAdded(Author.CUSTOMER, "do you hire out tents"),
        e.MessageAdded(Author.AGENT, "no"),
        e.HandedOver("asked"),
        e.RoutingChanged(Routing("hire", Layer.HUMAN_ONLY, 1)),
        a.MoodRead("m1", Mood(-0.9, "furious", "falling", 0.9)),
        e.ConversationClosed("solved", resolved=True),
        e.ConversationReopened("again"),
    )
    talks, ledger = Openings(BEGAN), Ledger(BEGAN)
    for seq, (kind, name, minutes) in enumerate(happened, 1):
        event = e.Event(seq, f"c{name}", "desk", data[kind], BEGAN + timedelta(minutes=minutes))
        talks.take(event)
        ledger.take(event)
    found, left = told(talks, ledger, 0, 2**62, 2)
    assert left >= 0
    assert len(found.ids) <= 2
    assert len(calm(found)) == len(found.ids)


def test_the_report_names_matters_in_lines_rows_and_on_the_page() -> None:
    """No line is too long, and nothing of a question runs there."""
    told_ = replace(matter(Answered("macro:hire-no", 9)), question="<script>do you hire out {order.number}</script>")
    automation = Automation(9, 400, Proportion(30, 400, 0.075, 0.05, 0.11), (told_,))
    lines = list(lines_of(automation, 80))
    assert max(map(len, lines)) <= 80
    assert any("8% (5–11)" in line for line in lines)
    assert "mostly answered from macro:hire-no" in " ".join(" ".join(lines).split())
    part = section_of(automation)
    assert part is not None
    assert "<script" not in part.html
    assert [row["measure"] for row in rows_of(automation)] == ["routine to win", "share", "routine"]
    assert list(lines_of(Automation(9), 80)) == []
    assert section_of(Automation(9)) is None
