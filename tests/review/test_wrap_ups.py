"""What agents made of proposed wrap-ups is a line of the report."""

from console.conversation.events import ConversationClosed
from console.conversation.wrap_up import FollowUp, LineFate, ProposedLine, WrapUp, WrapUpPart
from console.conversation.wrap_up_events import FollowUpTicked, WrappedUp
from console.review.page import page_of
from console.review.report import report_of
from console.review.table import table_of
from tests.review.test_report import log

LINES = tuple(ProposedLine(WrapUpPart.NOTE, fate.value, fate) for fate in (*LineFate, LineFate.KEPT))
CLOSED = WrappedUp(WrapUp(follow_ups=(FollowUp("a", "x"), FollowUp("b", "y"))), "robin", "Robin", LINES, added=1)


def test_lines_kept_edited_and_removed_are_counted_and_what_is_to_do() -> None:
    """The table and the page say so."""
    report = report_of(log(CLOSED, FollowUpTicked("a", done=True, name="Robin")))
    figures = report["wrap_ups"]
    assert (figures["kept"], figures["edited"], figures["removed"], figures["kept_rate"]) == (2, 1, 1, 0.5)
    assert (figures["added"], figures["follow_ups"], figures["to_do"]) == (1, 2, 1)
    said = "4 lines proposed: 2 kept, 1 edited, 1 removed; 1 added by agents. Follow-ups: 2, 1 to do."
    assert said in " ".join(" ".join(table_of(report, 80)).split())
    assert said in page_of(report)


def test_a_log_without_wrap_ups_says_nothing_of_them() -> None:
    """As those of earlier versions."""
    report = report_of(log(ConversationClosed("answered", resolved=True)))
    assert report["wrap_ups"]["wrap_ups"] == 0
    assert "Wrap-ups" not in page_of(report) + "".join(table_of(report, 80))
