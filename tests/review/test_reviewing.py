"""The lead's review: what is counted, what is refused, what hangs together, and what leads say of it."""

import csv
import io
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from console.conversation import assist_events as a
from console.conversation import events as e
from console.conversation.assistance import Citation, Decision, Flag, Routing, Severity, SourceType, Suggestion
from console.conversation.codec import decode
from console.conversation.message import Layer
from console.conversation.review_commands import Asked
from console.conversation.review_events import ChangeMarked, ChangeUnmarked, FlagJudged, SuggestionJudged
from console.conversation.reviews import By, Group, Judgement, Measure, Review, ReviewQueue, percent
from console.review.intervals import wilson
from console.review.page import page_of
from console.review.report import report_of
from console.review.reviewing import exchanges
from console.review.reviewing.counting import Cells
from console.review.reviewing.ledger import KINDS, Ledger
from console.review.reviewing.review import review_of, reviewed
from console.review.reviewing.rows import ParquetMissing, csv_of, guarded, rows_of, write_parquet
from console.review.reviewing.window import beginning, window_of
from console.review.table import table_of
from tests.desks import suggestion

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
"""A Wednesday."""


class Told:
    """A log that is told talk by talk."""

    def __init__(self) -> None:
        self.events: list[e.Event] = []

    def add(self, conversation: str, at: datetime, *data: e.EventData, agent: str = "robin") -> None:
        """Add events of one moment."""
        for one in data:
            self.events.append(e.Event(len(self.events) + 1, conversation, f"agent:{agent}", one, at))

    def decide(
        self,
        conversation: str,
        decisions: Sequence[Decision],
        *,
        at: datetime = NOW - timedelta(days=1),
        skill: str = "delivery",
        agent: str = "robin",
        reply: Suggestion | None = None,
    ) -> list[Suggestion]:
        """Add a conversation in which these decisions were made, each on a reply of its own turn."""
        self.add(conversation, at, e.RoutingChanged(Routing("late", Layer.ASSISTED, 1, skills=(skill,))))
        made = []
        for number, decision in enumerate(decisions):
            one = reply or suggestion(f"{conversation} {number}", source="reship")
            made.append(one)
            shown = a.SuggestionsShown(f"m{number}", (one.id,))
            done = a.SuggestionDecided(one.id, decision, "own words", 4, 12.0)
            self.add(conversation, at, a.RepliesSuggested(f"m{number}", (one,)), shown, done, agent=agent)
        return made

    def review(self, weeks: int = 9) -> Review:
        """Return its review."""
        return reviewed(self.events, NOW, weeks)


def group(review: Review, by: By = By.ALL, name: str = "") -> Group:
    """Return one group."""
    return next(one for one in review.groups if one.by is by and one.name == name)


def many(told: Told, accepted: int, overridden: int, *, at: datetime = NOW - timedelta(days=1), start: int = 0) -> None:
    """Add conversations with one decision each, by three agents in turn."""
    decisions = [Decision.ACCEPTED] * accepted + [Decision.OVERRIDDEN] * overridden
    for number, decision in enumerate(decisions, start):
        told.decide(f"c{number}", [decision], at=at, agent="abc"[number % 3])


def test_rates_have_the_reports_own_counts_and_the_interval_of_independent_cases() -> None:
    """One decision a conversation: nothing hangs together, and the interval is Wilson's."""
    told = Told()
    many(told, 30, 70)
    found = group(told.review()).of(Measure.ACCEPTED)
    low, high = wilson(0.3, 100)
    assert (found.part, found.of, found.conversations, found.rate) == (30, 100, 100, 0.3)
    assert (found.low, found.high) == (pytest.approx(low, abs=0.002), pytest.approx(high, abs=0.002))
    assert found.words == "30% (22–40)"
    by_kind = report_of(told.events, NOW)["by_kind"]["macro"]
    assert by_kind["accepted_rate"] == group(told.review(), By.KIND, "macro").of(Measure.ACCEPTED).rate
    assert group(told.review(), By.SOURCE, "macro:reship").decided == 100


def test_cases_of_one_conversation_widen_the_interval() -> None:
    """Ten conversations that each say one thing ten times are ten, not a hundred."""
    told = Told()
    for number in range(20):
        told.decide(f"c{number}", [Decision.ACCEPTED if number < 10 else Decision.OVERRIDDEN] * 10)
    found = group(told.review()).of(Measure.ACCEPTED)
    low, high = wilson(0.5, 20)
    assert (found.of, found.conversations) == (200, 20)
    assert (found.low, found.high) == (pytest.approx(low, abs=0.03), pytest.approx(high, abs=0.03))


def test_the_intervals_of_cases_that_hang_together_hold_their_level() -> None:
    """Over 400 drawn worlds in which conversations differ, about 95 in a hundred hold the truth."""
    rng, held = np.random.default_rng(5), 0
    for _ in range(400):
        sizes = rng.integers(1, 9, 60)
        chances = rng.beta(1.2, 2.8, 60)  # 0.3 on average, and no two alike
        conversations = np.repeat(np.arange(60), sizes)
        cells = Cells(np.zeros(len(conversations), dtype=np.int64), 1, conversations)
        counted = cells.counted(rng.random(len(conversations)) < chances[conversations])
        figure = counted.figure(Measure.ACCEPTED, 0)
        held += figure.low is not None and figure.high is not None and figure.low <= 0.3 <= figure.high
    assert 0.92 <= held / 400 <= 0.98


@pytest.mark.parametrize(("decisions", "conversations"), [(19, 19), (60, 6)])
def test_of_too_few_there_are_counts_and_no_rate(decisions: int, conversations: int) -> None:
    """Decisions or conversations; three of three are no hundred in a hundred."""
    told = Told()
    for number in range(conversations):
        told.decide(f"c{number}", [Decision.ACCEPTED] * (decisions // conversations))
    found = group(told.review()).of(Measure.ACCEPTED)
    assert (found.rate, found.low, found.words, found.short) == (None, None, f"too few ({decisions})", "–")


def test_no_figure_is_that_of_one_or_two_people() -> None:
    """A team of two has its count and nothing else; of three, all."""
    told = Told()
    many(told, 15, 15)
    for number in range(30):
        told.decide(f"d{number}", [Decision.ACCEPTED], skill="repairs", agent="de"[number % 2])
    review = told.review()
    small = group(review, By.TEAM, "repairs")
    assert (small.decided, small.withheld, small.figures, small.weeks) == (30, True, (), ())
    assert group(review, By.TEAM, "delivery").of(Measure.ACCEPTED).rate == 0.5
    assert "repairs" not in {row["name"] for row in rows_of(review)}


def test_weeks_begin_on_mondays_and_what_lies_before_them_is_left_out() -> None:
    """The last one is the week of now; a decision on what was suggested the week before counts."""
    told = Told()
    many(told, 20, 10)
    many(told, 0, 30, at=NOW - timedelta(weeks=3), start=30)
    many(told, 30, 0, at=NOW - timedelta(weeks=20), start=60)
    review = told.review(4)
    weeks = group(review).weeks
    assert [week.start for week in weeks] == [date(2026, 2, 9), date(2026, 2, 16), date(2026, 2, 23), date(2026, 3, 2)]
    assert [week.decided for week in weeks] == [30, 0, 0, 30]
    assert [week.of(Measure.ACCEPTED).short for week in weeks] == ["0%", "–", "–", "67%"]
    assert group(told.review(26)).decided == 90


def test_the_last_decision_and_the_last_marks_count() -> None:
    """A thumb outweighs stars; what was never decided on is no case, and a mark without a reply none either."""
    told = Told()
    (one,) = told.decide("c1", [Decision.IGNORED])
    told.add("c1", NOW, a.SuggestionDecided(one.id, Decision.ACCEPTED), a.SuggestionRated(one.id, stars=5))
    told.add("c1", NOW, a.SuggestionRated(one.id, thumb=-1), a.SuggestionRated("s-none", stars=5))
    told.add("c2", NOW, a.RepliesSuggested("m1", (suggestion("never"),)))
    found = group(told.review())
    assert (found.decided, found.of(Measure.ACCEPTED).part, found.of(Measure.IGNORED).part) == (1, 1, 0)
    assert (found.of(Measure.RATED_WELL).part, found.of(Measure.RATED_WELL).of) == (0, 1)


def test_what_is_taken_in_bit_by_bit_is_what_is_taken_in_at_once() -> None:
    """And an event that comes twice changes nothing."""
    told = Told()
    many(told, 20, 20)
    told.add("", NOW, ChangeMarked("ch", NOW - timedelta(days=2), "x"))
    ledger = Ledger(beginning(NOW, 9))
    for cut in (0, 37, 90, len(told.events)):
        for event in told.events[max(0, cut - 90) : cut]:
            ledger.take(event)
        review_of(ledger, NOW, 9)
    assert review_of(ledger, NOW, 9) == told.review()
    assert {event.kind for event in told.events} <= set(KINDS)


def _exchanges(told: Told, asked: Asked) -> list[str]:
    ledger = Ledger(beginning(NOW, 9))
    for event in told.events:
        ledger.take(event)
    found = exchanges.behind(window_of(ledger, beginning(NOW, 9), NOW), asked)
    read = exchanges.told(ledger, found, lambda seq, _: told.events[seq - 1])
    assert read.total == len(found.rows)
    return [f"{one.conversation} {one.outcome}" for one in read.exchanges]


def test_a_figure_leads_to_exactly_the_cases_it_counts() -> None:
    """Its hits, the newest first, or the others; with the events that tell of them, and none that was erased."""
    told = Told()
    told.decide("c1", [Decision.ACCEPTED], at=NOW - timedelta(days=9))
    told.decide("c2", [Decision.EDITED])
    (rated,) = told.decide("c3", [Decision.ACCEPTED], skill="repairs")
    told.add("c3", NOW, a.SuggestionRated(rated.id, stars=2, reason="too long"))
    assert _exchanges(told, Asked()) == [
        "c3 accepted after 12 s; rated 2 of 5 stars: too long",
        "c1 accepted after 12 s",
    ]
    assert _exchanges(told, Asked(others=True)) == ["c2 edited after 12 s, 4 characters changed"]
    assert _exchanges(told, Asked(By.TEAM, "repairs", Measure.RATED_WELL, others=True))[0].startswith("c3")
    assert _exchanges(told, Asked(week=date(2026, 2, 23))) == ["c1 accepted after 12 s"]
    assert _exchanges(told, Asked(By.INTENT, "no such")) == []
    assert [_exchanges(told, Asked(week=far)) for far in (date.min, date.max)] == [[], []]
    ledger = Ledger(beginning(NOW, 9))
    for event in told.events:
        ledger.take(event)
    found = exchanges.behind(window_of(ledger, beginning(NOW, 9), NOW), Asked())
    assert exchanges.told(ledger, found, lambda seq, _: None).exchanges == ()


def test_queues_hold_what_is_to_be_judged_and_count_what_was() -> None:
    """Sure and overridden, rated low, dismissed flags; what was judged leaves the queue and counts for it."""
    told = Told()
    (sure,) = told.decide("c1", [Decision.OVERRIDDEN])
    (poor,) = told.decide("c2", [Decision.ACCEPTED])
    told.add("c2", NOW, a.SuggestionRated(poor.id, thumb=-1))
    flag = Flag("f-1", "refunds", Severity.WARN, "m1", "refund", "Ask.")
    told.add("c3", NOW, a.FlagsRaised("m1", (flag,)), a.FlagDismissed("f-1", "refunds", "no refund"))
    counts = {count.queue: count for count in told.review().queues}
    assert [counts[queue].found for queue in ReviewQueue] == [1, 1, 0, 1, 0, 0]
    asked = ReviewQueue.SURE_OVERRIDDEN
    told.add("c1", NOW, SuggestionJudged(sure.id, Judgement.RIGHT, "", asked, "Marta"))
    told.add("c3", NOW, FlagJudged("f-1", "refunds", Judgement.WRONG, "it is none", ReviewQueue.FLAGS_DISMISSED))
    told.add("c2", NOW, SuggestionJudged(poor.id, Judgement.UNCLEAR))  # come upon, not sampled: no queue counts it
    review = told.review()
    counts = {count.queue: count for count in review.queues}
    assert [counts[queue].found for queue in ReviewQueue] == [0, 0, 0, 0, 0, 0]
    assert (counts[asked].judged, counts[asked].figure.part, counts[asked].figure.words) == (1, 1, "too few (1)")
    assert (counts[ReviewQueue.RATED_LOW].judged, counts[ReviewQueue.FLAGS_DISMISSED].figure.of) == (0, 1)
    assert group(review).of(Measure.JUDGED_RIGHT).of == 1


def test_evidence_that_nobody_used_is_what_was_there_to_be_read_and_nothing_of_its_turn_was_taken() -> None:
    """An article's reply beside a macro that was taken is no such thing."""
    cited = Citation(SourceType.ARTICLE, "returns.md", "thirty days")
    article = replace(suggestion("thirty days", kind="article"), sources=(cited,))
    told, replies = Told(), [article, suggestion("as you like")]
    for number, first in enumerate((Decision.ACCEPTED, Decision.IGNORED)):
        name = f"c{number}"
        told.add(name, NOW, a.RepliesSuggested("m1", tuple(replies)))
        told.add(name, NOW, a.SuggestionDecided(replies[0].id, Decision.IGNORED, seconds=30.0))
        told.add(name, NOW, a.SuggestionDecided(replies[1].id, first, seconds=30.0))
    counts = {count.queue: count.found for count in told.review().queues}
    assert counts[ReviewQueue.EVIDENCE_UNUSED] == 1


def test_a_planted_change_is_found_and_none_where_nothing_changed() -> None:
    """From a mark on; other marks bound what is compared, and one taken back is gone."""
    told, changed = Told(), NOW - timedelta(weeks=2)
    many(told, 30, 70, at=changed - timedelta(days=3))
    many(told, 60, 40, at=changed + timedelta(days=3), start=100)
    told.add("", NOW, ChangeMarked("ch-1", changed, "Macro reship: reworded", "Marta"))
    told.add("", NOW, ChangeMarked("ch-2", changed + timedelta(days=7), "nothing", "Marta"))
    review = told.review()
    first = next(one for one in review.compared if one.change.id == "ch-1" and one.by is By.ALL)
    accepted = first.effects[0]
    assert (accepted.before.rate, accepted.after.rate, accepted.moved) == (0.3, 0.6, True)
    assert accepted.low is not None
    assert accepted.low <= 0.3 <= (accepted.high or 0)
    assert accepted.words.startswith("rose (+")
    assert first.until == changed + timedelta(days=7)
    named = [(one.by, one.name) for one in review.compared if one.change.id == "ch-1"]
    assert named == [(By.ALL, ""), (By.SOURCE, "macro:reship"), (By.KIND, "macro")]
    other = next(one for one in review.compared if one.change.id == "ch-2" and one.by is By.ALL)
    assert (other.effects[0].words, other.effects[0].moved) == ("not enough data", False)
    told.add("", NOW, ChangeUnmarked("ch-1"))
    assert [change.id for change in told.review().changes] == ["ch-2"]


def test_changes_that_were_made_together_leave_each_other_their_weeks() -> None:
    """Within a day: what each is about is still told, up to the next mark of the same alone."""
    told, changed = Told(), NOW - timedelta(weeks=2)
    many(told, 30, 70, at=changed - timedelta(days=3))
    many(told, 60, 40, at=changed + timedelta(days=3), start=100)
    told.add("", NOW, ChangeMarked("ch-1", changed, "Macro reship: reworded", "Marta"))
    told.add("", NOW, ChangeMarked("ch-2", changed + timedelta(hours=1), "Agents were trained", "Marta"))
    told.add("", NOW, ChangeMarked("ch-3", changed + timedelta(days=9), "Macro reship: reworded again", "Marta"))
    review = told.review()
    whole = [one for one in review.compared if one.by is By.ALL and one.change.id in {"ch-1", "ch-2"}]
    assert [one.effects[0].moved for one in whole] == [True, True]
    ends = {one.change: (one.subject, one.until) for one in review.about}
    assert ends["ch-1"] == ("macro:reship", changed + timedelta(days=9))
    assert "ch-2" not in ends
    suggested = next(one for one in review.about[-1].measures if one.name == "it was suggested")
    assert suggested.sides == "25 → 78 a week"


def test_the_report_says_what_the_screen_says_in_every_form() -> None:
    """The words of a figure stand in the lines, the page and the tables alike; what is hostile in it is text."""
    told = Told()
    many(told, 30, 70)
    hostile = suggestion("x", kind='=HYPERLINK("x")<script>')
    for number in range(30):
        told.decide(f"h{number}", [Decision.DISMISSED], reply=hostile)
    report = report_of(told.events, NOW)
    review = decode(Review, report["review"])
    assert review == told.review()
    words = group(review).of(Measure.ACCEPTED).words
    for width in (80, 120):
        lines = list(table_of(report, width))
        assert words in "\n".join(lines)
        assert max(map(len, lines)) <= width
    page = page_of(report)
    assert words in page
    assert "<script>" not in page
    assert "default-src 'none'" in page
    assert "http" not in page.replace("http-equiv", "")
    rows = list(csv.DictReader(io.StringIO(csv_of(rows_of(review)), newline="")))
    (found,) = (r for r in rows if (r["table"], r["by"], r["week"], r["measure"]) == ("figures", "all", "", "accepted"))
    assert (found["shown"], found["part"], found["of"]) == (words, "30", "130")
    names = {row["name"] for row in rows if row["by"] == "kind"}
    assert names == {"macro", '\'=HYPERLINK("x")<script>'}


def test_parquet_is_written_where_something_can_and_else_it_is_said_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pyarrow is no part of an installation."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ParquetMissing, match="pip install pyarrow"):
        write_parquet(rows_of(reviewed([], NOW, 9)), tmp_path / "review.parquet")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "text", ["=1", "+1", "-1", "@x", "\t=1", "\r=1", " =1", "\uff1d1", " \uff0b1", "\uff0d1", "\uff20x"]
)
def test_no_cell_is_a_formula(text: str) -> None:
    """Words alone; numbers stay numbers."""
    assert guarded(text) == f"'{text}"
    assert guarded(-1.5) == -1.5
    assert guarded("plain - words") == "plain - words"


def test_an_empty_log_has_no_figures() -> None:
    """And says so nowhere."""
    review = reviewed([], NOW, 9)
    assert (group(review).decided, review.compared) == (0, ())
    assert "The last 9 weeks" not in page_of(report_of([])) + " ".join(table_of(report_of([]), 80))
    assert (percent(0.001), percent(0.999), percent(0.0), percent(1.0)) == ("<1", ">99", "0", "100")


def test_how_far_agents_differ_is_said_of_all_and_of_nobody_by_name() -> None:
    """In lines, on the page and as a row; a desk of two says that there is too little."""
    told = Told()
    accepts = {"ada": 20, "bo": 12, "cy": 4}
    for agent, accepted in accepts.items():
        for number in range(24):
            decision = Decision.ACCEPTED if number < accepted else Decision.OVERRIDDEN
            told.decide(f"{agent}{number}", [decision], agent=agent)
    review = told.review()
    found = {one.measure: one for one in review.spreads}
    assert list(found) == ["accepted", "edited", "overridden"]
    assert found["accepted"].low > 0
    assert found["accepted"].words.startswith("±")
    assert found["edited"].words.startswith("no difference shown (0–")
    report = report_of(told.events, NOW)
    words = " ".join(" ".join(table_of(report, 100)).split())
    for said in (words, page_of(report)):
        assert f"Between agents, beyond chance: accepted {found['accepted'].words}; edited no" in said
        assert not [name for name in accepts if f"agent:{name}" in said]
    row = next(row for row in rows_of(review) if row["table"] == "spread")
    assert (row["rate"], row["low"], row["of"]) == (found["accepted"].deviation, found["accepted"].low, 72)
    two = Told()
    two.events = [event for event in told.events if event.conversation[0] in "ab"]
    assert {one.words for one in two.review().spreads} == {"not enough data"}
