"""What became of the suggestions, counted from the log."""

import pytest
from hypothesis import given

from console.conversation import assist_events as a
from console.conversation import events as e
from console.conversation.assistance import Decision, SummaryKind
from console.conversation.message import Author
from console.conversation.retire_events import SourceRetired
from console.review.besides import against_of, rows_of
from console.review.page import page_of
from console.review.report import report_of
from console.review.table import table_of
from console.text import counted
from tests import strategies as values
from tests.conversation.test_state import minute
from tests.desks import DANA, suggestion

RESHIP, TRACE = suggestion("I can reship it."), suggestion("I have asked the carrier.", kind="article")


def log(*data: e.EventData) -> list[e.Event]:
    """Return these events of one conversation."""
    return [e.Event(n, "c1", "agent:robin", item, minute(n)) for n, item in enumerate(data, 1)]


def test_an_empty_log_has_an_empty_report() -> None:
    """Rates of nothing are nothing, not nought."""
    report = report_of([])
    assert (report["from"], report["total"]["decided"], report["total"]["accepted_rate"]) == (None, 0, None)
    assert "an empty log" in page_of(report)


def test_the_report_is_of_the_time_that_its_conversations_tell_of_however_late_they_were_written() -> None:
    """A demo's past is written after its start; the report says days, and JSON whole seconds."""
    begun = e.Event(1, "", "system", SourceRetired("macro:x", by="Marta"), minute(90))
    talk = [
        e.Event(2, "c1", "customer:u", e.ConversationOpened("web", DANA), minute(0)),
        e.Event(3, "c1", "customer:u", e.MessageAdded(Author.CUSTOMER, "hi"), minute(1).replace(microsecond=7)),
    ]
    report = report_of([begun, *talk])
    assert (report["from"], report["to"]) == (minute(0).isoformat(), minute(1).isoformat())
    days = f"{minute(0).date()} to {minute(1).date()}"
    for said in (page_of(report), "\n".join(table_of(report, 80))):
        assert days in said
        assert report["from"] not in said
    alone = report_of([begun])
    assert (alone["from"], alone["to"]) == (minute(90).isoformat(), minute(90).isoformat())


def test_counts_and_rates_by_kind_and_source() -> None:
    """The same suggestion made twice is one."""
    report = report_of(
        log(
            e.ConversationOpened("web", DANA),
            e.MessageAdded(Author.CUSTOMER, "hi"),
            a.RepliesSuggested("m1", (RESHIP, TRACE)),
            a.RepliesSuggested("m1", (RESHIP, TRACE)),
            a.SuggestionsShown("m1", (RESHIP.id, TRACE.id)),
            e.MessageAdded(Author.AGENT, "I can reship it now."),
            a.SuggestionDecided(RESHIP.id, Decision.EDITED, "I can reship it now.", 4, 3.0),
            a.SuggestionDecided(TRACE.id, Decision.IGNORED),
            a.SuggestionRated(RESHIP.id, thumb=1),
            a.SuggestionRated(RESHIP.id, stars=4),
            a.SuggestionRated("s-unknown", stars=1),
            e.ConversationClosed("solved", resolved=True),
        )
    )
    assert report["conversations"] == {
        "opened": 1,
        "agent_messages": 1,
        "customer_messages": 1,
        "closed": 1,
        "resolved": 1,
    }
    total = report["total"]
    assert (total["suggested"], total["shown"], total["decided"]) == (2, 2, 2)
    assert (total["edited"], total["edited_rate"], total["ignored_rate"]) == (1, 0.5, 0.5)
    assert (total["median_edit_distance"], total["median_seconds_to_decide"]) == (4, 3.0)
    assert (total["thumbs_up"], total["mean_stars"]) == (1, 4.0)
    assert report["by_kind"]["macro"]["edited_rate"] == 1.0
    assert report["by_kind"]["article"]["ignored"] == 1
    assert report["by_source"]["macro:reship"]["shown"] == 2


def test_that_there_are_more_closings_than_conversations_is_explained() -> None:
    """One that is opened again is closed again."""
    report = report_of(
        log(
            e.ConversationOpened("web", DANA),
            e.HandedOver("asked"),
            e.ConversationClosed("solved", resolved=True),
            e.ConversationReopened("again"),
            e.ConversationClosed("solved", resolved=True),
        )
    )
    said = "1 opened; 1 hand-over and 2 closings (2 resolved): one that is opened again can have several."
    assert said in " ".join(" ".join(table_of(report, 80)).split())
    assert said in page_of(report)
    assert counted(1, "escalation") == "1 escalation"
    assert counted(1137, "escalation") == "1,137 escalations"


def test_corrected_lines_of_summaries_are_counted() -> None:
    """Changed ones and those taken out; what was restored is neither. The table and the page say so."""

    def right(text: str) -> a.SummaryCorrected:
        return a.SummaryCorrected(SummaryKind.ISSUE, ("m1",), "late", text, "Robin")

    report = report_of(log(right("lost"), right("stolen"), right(""), right("late")))
    assert report["summary_lines"] == {"corrected": 2, "removed": 1}
    assert "Lines of summaries: 2 corrected, 1 removed by people." in list(table_of(report, 80))
    assert "2 corrected, 1 removed by people" in page_of(report)


@given(values.histories())
def test_no_history_breaks_the_report(history: list[e.Event]) -> None:
    """Nor the page made of it; decisions add up."""
    report = report_of(history)
    total = report["total"]
    assert sum(total[d.value] for d in Decision) == total["decided"]
    assert page_of(report).startswith("<!doctype html>")


def test_the_page_shows_markup_as_text() -> None:
    """Names of sources come from files and from outside."""
    hostile = suggestion("x", kind="<script>alert(1)</script>")
    page = page_of(report_of(log(a.RepliesSuggested("m1", (hostile,)))))
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize("width", [80, 120, 200])
def test_the_table_keeps_every_word_whole_and_within_the_terminal(width: int) -> None:
    """A name that is too long for its column stands above its figures; what was never shown is only counted."""
    long = suggestion("I have asked the carrier for you.", source="a-macro-with-quite-a-long-name-for-a-column")
    report = report_of(
        log(
            a.RepliesSuggested("m1", (RESHIP, TRACE, long)),
            a.SuggestionsShown("m1", (RESHIP.id, long.id)),
            a.SuggestionDecided(long.id, Decision.OVERRIDDEN, "Something else", 30, 12.0),
            a.SuggestionRated(RESHIP.id, thumb=-1, stars=4),
        )
    )
    lines = list(table_of(report, width))
    assert max(map(len, lines)) <= width
    text = "\n".join(lines)
    assert "a-macro-with-quite-a-long-name-for-a-column" in text
    assert "overridden" in text
    assert "1 100%" in text
    assert "+0 -1" in text
    assert "stars" in text
    assert "4.0" in text
    assert "Shares are of the suggestions that were decided on." in lines
    assert "1 more stood on no screen yet" in text


def test_the_table_of_an_empty_log_says_that_nothing_was_shown() -> None:
    """It has no columns of noughts."""
    assert "  none stood on a screen yet" in list(table_of(report_of([]), 80))


def test_calls_of_a_language_model_are_counted_by_purpose() -> None:
    """Only those that came to an answer say how fast it is."""
    report = report_of(
        log(
            a.LlmCalled("draft", "m", "used", "m1", 200.0, 900.0, 1000, 50, 0.25),
            a.LlmCalled("draft", "m", "dropped", "m2", 400.0, 1100.0, 1000, 50, 0.25),
            a.LlmCalled("draft", "m", "late", "m3", 0.0, 15_000.0),
            a.LlmCalled("rewrite", "m", "given-up", "m3", 0.0, 10.0),
        )
    )
    drafts = report["language_model"]["draft"]
    assert (drafts["calls"], drafts["outcomes"]) == (3, {"dropped": 1, "late": 1, "used": 1})
    assert (drafts["median_first_ms"], drafts["median_ms"], drafts["cost"]) == (300.0, 1000.0, 0.5)
    assert report["language_model"]["rewrite"]["median_ms"] is None
    said = "draft: 3 calls (1 dropped, 1 late, 1 used); median 1000 ms; 2100 tokens; cost 0.50"
    assert said in " ".join(" ".join(table_of(report, 80)).split())
    assert said in page_of(report)
    assert all(len(line) <= 80 for line in table_of(report, 80))


def test_without_a_language_model_the_report_does_not_speak_of_one() -> None:
    """As ever."""
    report = report_of([])
    assert report["language_model"] == {}
    assert "anguage model" not in page_of(report) + " ".join(table_of(report, 80))


def test_sources_and_why_replies_were_changed_are_in_lines_page_and_rows() -> None:
    """As the lead's screen shows them."""
    events = [
        e.Event(8 * n + place, f"c{n}", "agent:robin", item, minute(n))
        for n in range(30)
        for place, item in enumerate(
            (
                a.RepliesSuggested("m1", (RESHIP,)),
                a.SuggestionsShown("m1", (RESHIP.id,)),
                a.SuggestionDecided(RESHIP.id, Decision.EDITED, "Hello, I can reship it.", 7, 3.0),
            ),
            1,
        )
    ]
    report = report_of([*events, e.Event(999, "", "agent:marta", SourceRetired("macro:<b>", by="Marta"), minute(31))])
    lines = "\n".join(table_of(report, 100))
    assert "fact 0% (0–11); tone 100% (89–100)" in " ".join(lines.split())
    assert "Retired by now: macro:<b>." in lines
    assert against_of(report) == {"macro:<b>": f"retired on {minute(31).date()}"}
    assert "macro:&lt;b&gt;" in page_of(report)
    assert {row["table"] for row in rows_of(report)} == {"sources", "edits", "seconds"}
