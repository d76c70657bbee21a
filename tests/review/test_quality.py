"""Quality over weeks: levels, whose mark holds, how far people and engine agree."""

import math
import random
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.conversation import events as e
from console.conversation.assistance import Routing
from console.conversation.message import Layer
from console.conversation.quality import CriterionMark, Mark
from console.conversation.quality_commands import AskedMarks
from console.conversation.quality_events import QualityMarked, QualityScored
from console.conversation.quality_review import MARKS, Quality
from console.conversation.reviews import By, Change
from console.review.page import page_of
from console.review.quality.agreement import agreement
from console.review.quality.exchanges import behind, waiting
from console.review.quality.marks import QualityMarks
from console.review.quality.quality import Named, level, quality_of, weeks_of
from console.review.quality.told import lines_of, quality_in, rows_of
from console.review.report import report_of
from console.review.reviewing.rows import COLUMNS
from console.review.table import table_of

NOW = datetime(2026, 3, 2, 11, tzinfo=UTC)
NAMED = Named("r1", {"a": ("A", "what counts"), "b": ("B", "")})


class Log:
    """Events as they come."""

    def __init__(self) -> None:
        self.events: list[e.Event] = []

    def add(self, name: str, data: e.EventData, at: datetime = NOW) -> None:
        """Add one."""
        self.events.append(e.Event(len(self.events) + 1, name, "desk", data, at))

    def talk(
        self,
        name: str,
        a: Mark,
        b: Mark,
        *,
        weights: tuple[float, float] = (1, 1),
        agent: str = "x",
        at: datetime = NOW - timedelta(days=2),
    ) -> None:
        """Add a closed conversation with its marks."""
        self.add(name, e.RoutingChanged(Routing("late", Layer.ASSISTED, 1, skills=("post",))), at)
        self.add(name, e.ConversationClaimed(agent, ""), at)
        self.add(name, e.ConversationClosed("", resolved=True), at)
        marks = (CriterionMark("a", a, weights[0]), CriterionMark("b", b, weights[1]))
        self.add(name, QualityScored("r1", "x", marks))

    def fold(self) -> QualityMarks:
        """What the fold knows."""
        fold = QualityMarks(NOW - timedelta(weeks=10))
        for event in self.events:
            fold.take(event)
        return fold

    def quality(self, named: Named = NAMED) -> Quality:
        """What a lead reads."""
        return quality_of(self.fold(), NOW, 9, named)


def test_the_overall_level_is_the_mean_of_conversations_by_weight() -> None:
    """What does not apply or cannot be told counts nowhere."""
    log = Log()
    for number in range(20):
        log.talk(f"c{number}", Mark.MET, Mark.NOT_MET if number < 10 else Mark.DOES_NOT_APPLY, weights=(3, 1))
    found = log.quality()
    assert found.overall.mean == pytest.approx((10 * 0.75 + 10) / 20)
    assert found.overall.low < found.overall.mean < found.overall.high
    a, b = found.criteria
    assert (a.level.mean, a.count(Mark.MET), b.level.of, b.level.mean) == (1.0, 20, 10, None)
    assert a.level.low < 1, "twenty that are met do not show that all are"
    (intent, team) = found.groups
    assert (intent.title, intent.overall and intent.overall.of) == ("late", 20)
    assert team.overall is None, "one agent's work is no team's"


def test_a_persons_mark_holds_before_the_engines_and_can_be_taken_back() -> None:
    """Whatever the engine marks later."""
    log = Log()
    log.talk("c", Mark.NOT_MET, Mark.MET)
    log.add("c", QualityMarked("a", Mark.MET, by="Robin"))
    log.add("c", QualityScored("r1", "x", (CriterionMark("a", Mark.PARTLY),)))
    assert log.quality().criteria[0].count(Mark.MET) == 1
    assert sum(log.quality().criteria[1].counts) == 0, "what the newest score has not is gone"
    log.add("c", QualityMarked("a", None, by="Robin"))
    assert log.quality().criteria[0].count(Mark.PARTLY) == 1


def test_a_criterion_on_which_people_and_engine_disagree_is_left_out() -> None:
    """Only marks of the queue count; those that either could not tell do not."""
    log, rng = Log(), random.Random(3)
    for number in range(60):
        a, b = (rng.choice([Mark.MET, Mark.NOT_MET]) for _ in range(2))
        log.talk(f"c{number}", a, b)
        log.add(f"c{number}", QualityMarked("a", a, sampled=True))
        log.add(f"c{number}", QualityMarked("b", rng.choice([Mark.MET, Mark.NOT_MET]), sampled=number < 50))
    found = log.quality()
    a, b = found.criteria
    assert (a.agreement.kappa, a.agreement.trusted, a.left_out) == (1.0, True, False)
    assert b.agreement.pairs == 50
    assert b.left_out
    assert found.overall.mean == a.level.mean
    assert "not trusted" in b.agreement.words
    log.talk("new", Mark.MET, Mark.MET)
    fewer = quality_of(log.fold(), NOW, 9, Named("r2", NAMED.criteria))
    assert fewer.older == 61


def test_kappa_is_that_of_the_books() -> None:
    """Fleiss, Cohen and Everitt give 0.429 and a standard error of 0.0465 for their table of 200 (in shares)."""
    table = np.array([[0.53, 0.05, 0.02], [0.11, 0.14, 0.05], [0.01, 0.06, 0.03]]) * 200
    one = np.repeat(np.arange(9) // 3, table.ravel().round().astype(int))
    other = np.repeat(np.arange(9) % 3, table.ravel().round().astype(int))
    found = agreement(one, other, 3)
    assert found.kappa == pytest.approx(0.429, abs=0.001)
    assert (found.high - found.low) / (2 * 1.96) == pytest.approx(0.054, abs=0.003)


def test_kappas_interval_holds_the_truth_as_often_as_it_says() -> None:
    """By drawing pairs of raters who agree in so many cases."""
    numbers, held, rounds = np.random.default_rng(5), 0, 600
    truth = 0.7
    for _ in range(rounds):
        one = numbers.integers(0, 3, 120)
        other = np.where(numbers.random(120) < truth, one, numbers.integers(0, 3, 120))
        found = agreement(one, other, 3)
        held += found.low <= truth <= found.high
    assert 0.92 < held / rounds < 0.975


def test_few_marks_or_marks_that_are_all_the_same_give_no_kappa() -> None:
    """And it says so."""
    few = agreement(np.zeros(5, dtype=np.int64), np.zeros(5, dtype=np.int64), 5)
    assert (few.kappa, few.trusted) == (None, None)
    assert "not enough data (5 of 30" in few.words
    same = agreement(np.zeros(50, dtype=np.int64), np.zeros(50, dtype=np.int64), 5)
    assert (same.kappa, same.one_sided) == (None, True)


def test_levels_hold_the_truth_as_often_as_they_say() -> None:
    """Of values that are nought, a half or one."""
    numbers, held, rounds = np.random.default_rng(9), 0, 800
    for _ in range(rounds):
        found = level(numbers.choice([0, 0.5, 1], 60, p=[0.2, 0.2, 0.6]))
        held += found.low <= 0.7 <= found.high
    assert 0.92 < held / rounds < 0.98


def test_what_is_behind_and_what_waits_is_told() -> None:
    """The queue hides what the engine marked, and passes over what a person marked."""
    log = Log()
    for number in range(3):
        log.add(f"c{number}", e.MessageAdded(e.Author.AGENT, "hello"))
        log.talk(f"c{number}", Mark.NOT_MET, Mark.MET)
    log.add("c1", QualityMarked("a", Mark.MET, by="Robin", reason="it does"))
    seen = weeks_of(log.fold(), NOW, 9)

    def event_at(seq: int, _: str) -> e.Event:
        return log.events[seq - 1]

    failed = behind(seen, AskedMarks("a"), NAMED, event_at)
    assert {one.conversation for one in failed.marked} == {"c0", "c2"}
    met = behind(seen, AskedMarks("a", Mark.MET, By.INTENT, "late"), NAMED, event_at)
    assert [(m.conversation, m.engine, m.person, m.by) for m in met.marked] == [("c1", Mark.NOT_MET, Mark.MET, "Robin")]
    assert behind(seen, AskedMarks("a", by=By.INTENT, name="other"), NAMED, event_at).total == 0
    queue = waiting(seen, NAMED, lambda name: [one for one in log.events if one.conversation == name])
    assert queue.total == 5
    assert {(m.engine, m.reason) for m in queue.marked} == {(None, "")}
    assert all(m.lines[0].text == "hello" for m in queue.marked)
    assert behind(seen, AskedMarks("a"), NAMED, lambda *_: None).marked == (), "erased meanwhile"


ODD = st.sampled_from(
    [
        e.RoutingChanged(Routing("late", Layer.ASSISTED, 1)),
        e.ConversationClaimed("x", ""),
        e.ConversationClosed("", resolved=False),
        e.ConversationReopened(),
        QualityScored("r0", "x", ()),
        QualityScored("r1", "x", (CriterionMark("a", Mark.MET), CriterionMark("gone", Mark.PARTLY))),
        QualityMarked("a", Mark.NOT_MET, sampled=True),
        QualityMarked("never", None),
        e.ConversationReleased(parked=False),
    ]
)


@given(st.lists(st.tuples(st.sampled_from("cde"), ODD, st.integers(-90, 3)), max_size=40))
def test_any_order_of_events_gives_figures(happened: list[tuple[str, e.EventData, int]]) -> None:
    """Missing starts and ends, clocks set back, criteria that are gone."""
    log = Log()
    for name, data, days in happened:
        log.add(name, data, NOW + timedelta(days=days))
    for named in (NAMED, Named()):
        found = log.quality(named)
        assert found.scored <= found.closed <= 3
        assert all(math.isfinite(one.level.of) for one in found.criteria)
    seen = weeks_of(log.fold(), NOW, 9)
    for mark in MARKS:
        behind(seen, AskedMarks("a", mark), NAMED, lambda seq, _: log.events[seq - 1])
    waiting(seen, NAMED, lambda _: [])


def test_the_report_tells_it_in_lines_on_the_page_and_as_rows() -> None:
    """The same figures everywhere, and no text that is not escaped."""
    log = Log()
    for number in range(40):
        log.talk(f"c{number}", Mark.MET, Mark.PARTLY, agent="xyz"[number % 3])
    found = quality_in(log.events, NOW, 9)
    lines = list(lines_of(found, 80))
    assert lines[1].startswith("Quality of 40 of 40 closed conversations")
    overall = next(line for line in lines if line.startswith("overall"))
    assert overall.endswith(found.overall.words)
    assert max(map(len, lines)) <= 80
    report = report_of(log.events, NOW)
    assert found.overall.words in page_of(report)
    assert any("Quality of 40" in line for line in table_of(report, 80))
    rows = list(rows_of(found))
    assert {row["table"] for row in rows} == {"quality", "agreement", "spread"}
    assert all(set(row) == set(COLUMNS) for row in rows)
    assert [row["name"] for row in rows if row["by"] == "team" and row["measure"] == "overall"] == ["post"]
    assert list(lines_of(Quality(), 80)) == list(rows_of(Quality())) == []


def test_a_marked_change_compares_the_weeks_before_and_after() -> None:
    """A move is said where the interval leaves out nought, and nothing where too little was marked."""
    log = Log()
    for number in range(80):
        at = NOW - timedelta(days=20 if number < 40 else 5)
        good = (number % 4 == 0) if number < 40 else (number % 8 != 0)
        log.talk(f"c{number}", Mark.MET if good else Mark.NOT_MET, Mark.DOES_NOT_APPLY, at=at)
    changes = [Change("x", NOW - timedelta(days=12), "Closings taught"), Change("y", NOW - timedelta(days=1), "New")]
    renewed = changes[1].on + timedelta(minutes=1)
    changes.append(Change("z", renewed, "Content renewed: macro hello", automatic=True))  # the lead's mark tells of it
    new, taught = quality_of(log.fold(), NOW, 9, NAMED, changes).moved
    assert (taught.before.mean, taught.after.mean) == (0.25, 0.875)
    assert taught.words.startswith("rose (+")
    assert new.words == "not enough data"
