"""Every figure of the report as a row, and every part of it in each of its forms."""

import csv
import io
from datetime import timedelta
from typing import Any

from console.conversation import assist_events as a
from console.conversation.change_effects import Pace
from console.conversation.review_events import ChangeMarked
from console.conversation.upkeep import Answered, Contradiction, Gap, Gaps, Said
from console.review.page import page_of
from console.review.report import report_of
from console.review.report_rows import rows_of
from console.review.reviewing.rows import COLUMNS, csv_of
from console.review.table import table_of
from console.review.upkeep_lines import upkeep_report, with_upkeep
from tests.review.test_reviewing import NOW, Told, many

GAP = Gap("Can I rent {order.item}?", 9, 6, NOW, 4.0, 3, None, 2.0, (), "hire.md", "Hire")
AGAINST = Contradiction(Said("a.md", "A", "within 7 days"), Said("b.md", "B", "within <14> days"), "time")
VAIN = Answered("gear/rent.md", "Renting gear", 12, (), Pace("asked in vain", 12, 0, 4.0, 2.0, 0.0, 0.7))


def reported() -> dict[str, Any]:
    """A report with a gap, a contradiction, an article that a change names, and calls of a language model."""
    told = Told()
    many(told, 30, 70)
    told.add("", NOW, ChangeMarked("ch-1", NOW - timedelta(weeks=2), "Article gear/rent.md published", "Marta"))
    told.add("c1", NOW, a.LlmCalled("draft", "m", "used", "m1", 200.0, 900.0, 1000, 50, 0.25))
    upkeep = upkeep_report(Gaps((GAP,), 15, 6, 90, mended=(VAIN,)), [AGAINST])
    return with_upkeep(report_of(told.events, NOW), upkeep)


def test_gaps_contradictions_impact_and_the_whole_log_are_rows() -> None:
    """Each with all columns, so that they stand in one table."""
    rows = list(rows_of(reported()))
    assert all(set(row) == set(COLUMNS) for row in rows)

    def of(table: str, measure: str, name: str = "") -> list[Any]:
        found = [row for row in rows if (row["table"], row["measure"], row["name"]) == (table, measure, name)]
        return [(row["part"], row["of"], row["rate"]) for row in found]

    assert of("gaps", "open") == [(9, None, None)]
    assert of("gaps", "answered by now") == [(6, None, None)]
    assert of("gaps", "customers", "Can I rent [order item]?") == [(6, None, None)]
    assert of("contradictions", "says", "a.md · b.md") == [(None, None, None)]
    assert of("impact", "held out") == [(0, None, None)]
    assert of("log figures", "accepted") == [(30, 100, 0.3)]
    assert of("log language model", "median ms", "draft") == [(None, None, 900.0)]
    (line,) = [row for row in csv.DictReader(io.StringIO(csv_of(rows), newline="")) if row["table"] == "contradictions"]
    assert line["shown"] == "“within 7 days” – “within <14> days”"


def test_what_was_asked_in_vain_before_an_article_is_told_in_every_form() -> None:
    """It is what its change is about."""
    report = reported()
    assert "asked in vain: 3.0 → 0 a week" in " ".join(" ".join(table_of(report, 80)).split())
    assert "asked in vain" in page_of(report)
    assert [row["part"] for row in rows_of(report) if row["measure"] == "asked in vain"] == [12, 0, None]
    (about,) = report["review"]["about"]
    assert about["measures"][0]["name"] == "asked in vain"


def test_the_page_has_gaps_and_contradictions_with_their_markup_as_text() -> None:
    """As the lines have them."""
    page = page_of(reported())
    assert "Can I rent [order item]?" in page
    assert "9 open, 6 answered by now" in page
    assert "within &lt;14&gt; days" in page
