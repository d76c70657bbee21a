"""What speaks for each source, policy and threshold, and what is too little to say."""

import pytest

from console.conversation import assist_events as a
from console.conversation import events as e
from console.conversation.assistance import Decision, Severity
from console.review.evidence import evidence_of, lines_of
from console.review.page import page_of
from console.review.rates import rate, wilson
from console.review.report import report_of
from console.review.table import table_of
from tests.conversation.test_state import minute
from tests.desks import flag, suggestion


def log(*data: e.EventData) -> list[e.Event]:
    """Return these events, each of a conversation of its own kind of counting: one a minute."""
    return [e.Event(n, "c1", "agent:robin", item, minute(n)) for n, item in enumerate(data, 1)]


def decided(source: str, taken: int, passed: int) -> list[e.EventData]:
    """Return replies from a macro that were taken, and that were passed over, so often."""
    found: list[e.EventData] = []
    for number in range(taken + passed):
        reply = suggestion(f"{source} {number}", source=source)
        found += [
            a.RepliesSuggested("m1", (reply,)),
            a.SuggestionDecided(reply.id, Decision.ACCEPTED if number < taken else Decision.OVERRIDDEN),
        ]
    return found


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [(0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634), (10, 10, 0.7225, 1.0), (81, 263, 0.2553, 0.3662)],
)
def test_the_interval_is_wilsons(part: int, whole: int, low: float, high: float) -> None:
    """As published tables have it (Newcombe 1998, method 3)."""
    limits = wilson(part, whole)
    assert limits is not None
    assert limits == pytest.approx((low, high), abs=1e-4)


def test_of_nothing_there_is_no_rate() -> None:
    """It is not nought."""
    assert rate(0, 0) == {"rate": None, "low": None, "high": None}


def test_each_source_has_its_counts_with_an_interval() -> None:
    """Replies from past conversations have none: those are no one's source again."""
    past = suggestion("as before", kind="past")
    history = log(*decided("reship", 9, 3), *decided("trace", 1, 0))
    found = evidence_of(history)["sources"]
    assert set(found) == {"macro:reship", "macro:trace"}
    assert (found["macro:reship"]["accepted"], found["macro:reship"]["decided"]) == (9, 12)
    assert found["macro:reship"]["low"] < 0.75 < found["macro:reship"]["high"]
    assert past.kind == "past"


def test_a_threshold_has_the_share_taken_by_score() -> None:
    """In tenths; what lies below it was never shown."""
    (band,) = evidence_of(log(*decided("reship", 2, 2)))["thresholds"]["macro"]
    assert (band["from"], band["decided"], band["rate"]) == (0.8, 4, 0.5)


def test_a_policy_has_what_was_dismissed_passed_and_overridden() -> None:
    """Dismissed is the share that did not apply, as agents saw it."""
    flags = tuple(flag("refunds", Severity.WARN, f"refund {n}", "m1") for n in range(4))
    history = log(
        a.FlagsRaised("m1", flags),
        a.FlagDismissed(flags[0].id, "refunds"),
        a.WarningPassed("f-9", "promises", "agreed"),
        a.WarningPassed("f-9", "promises", "agreed", override=True),
    )
    found = evidence_of(history)["policies"]
    assert (found["refunds"]["raised"], found["refunds"]["dismissed"], found["refunds"]["rate"]) == (4, 1, 0.25)
    assert (found["promises"]["passed"], found["promises"]["overridden"], found["promises"]["rate"]) == (1, 1, None)


def test_people_read_what_is_sure_and_the_report_has_it() -> None:
    """In the table and on the page; what was decided on a few times only is left to JSON."""
    report = report_of(log(*decided("reship", 18, 2), *decided("trace", 1, 14), *decided("seldom", 1, 0)))
    lines = list(lines_of(report["evidence"], 80))
    assert lines[1] == "  macro:reship: 90% (70% to 97%) of 20"
    assert lines[2] == "  macro:trace: 7% (1% to 30%) of 15"
    assert len(lines) == 3
    assert lines[1] in list(table_of(report, 80))
    assert "macro:trace: 7% (1% to 30%) of 15" in page_of(report)


def test_what_is_taken_most_says_where_trouble_follows_it_or_it_is_retired() -> None:
    """That a reply is taken often is no proof that it is good."""
    figures = evidence_of(log(*decided("reship", 18, 2)))
    lines = list(lines_of(figures, 120, {"macro:reship": "retired on 2026-01-05; trouble after 85% (70–93) of 60"}))
    assert lines[1] == "  macro:reship: 90% (70% to 97%) of 20 – retired on 2026-01-05; trouble after 85% (70–93) of 60"


def test_policies_that_mostly_do_not_apply_are_named() -> None:
    """Only where the interval lies above a half."""
    flags = tuple(flag("refunds", Severity.WARN, f"refund {n}", "m1") for n in range(12))
    dismissed = [a.FlagDismissed(one.id, "refunds") for one in flags[:11]]
    lines = list(lines_of(evidence_of(log(a.FlagsRaised("m1", flags), *dismissed)), 80))
    assert lines == [
        "Policies whose flags are mostly dismissed as not applying, the whole log",
        "  refunds: 92% (65% to 99%) of 12",
    ]
