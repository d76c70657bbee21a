"""What people made of the bot's answers goes to review."""

from console.conversation.boundary import Verdict
from console.conversation.boundary_events import BotAnswerMarked
from console.conversation.events import MessageAdded
from console.conversation.message import Author
from console.review.bot_answers import lines_of
from console.review.page import page_of
from console.review.report import report_of
from console.review.table import table_of
from tests.review.test_report import log

ASKED = MessageAdded(Author.CUSTOMER, "when do you close")
SAID = MessageAdded(Author.BOT, "At six, <b>always</b>.")
AGAIN = MessageAdded(Author.BOT, "At six on Sundays too.")


def wrong(message: str, reason: str) -> BotAnswerMarked:
    """Return a mark."""
    return BotAnswerMarked(message, Verdict.WRONG, "Robin Ashdale", reason)


def test_of_several_marks_on_an_answer_the_last_one_counts() -> None:
    """One that was taken back counts no more."""
    marks = (wrong("m2", "x"), BotAnswerMarked("m2", Verdict.RIGHT, "Sam"), wrong("m3", "It closes at four"))
    figures = report_of(log(ASKED, SAID, AGAIN, *marks))["bot_answers"]
    assert (figures["answers"], figures["right"], figures["wrong"]) == (2, 1, 1)
    back = report_of(log(ASKED, SAID, *marks[:2], BotAnswerMarked("m2", Verdict.NONE, "Sam")))["bot_answers"]
    assert (back["answers"], back["right"], back["wrong"], back["to_review"]) == (1, 0, 0, [])


def test_wrong_answers_are_listed_with_what_is_wrong_the_newest_first() -> None:
    """In the table, the page and the JSON."""
    report = report_of(log(ASKED, SAID, AGAIN, wrong("m2", "no <i>tags</i>"), wrong("m3", "It closes at four")))
    assert [row["message"] for row in report["bot_answers"]["to_review"]] == ["m3", "m2"]
    lines = list(table_of(report, 100))
    assert "Answers of the bot, the whole log: 2; people marked 0 right, 2 wrong." in lines
    assert "  ✗ c1 m3: “At six on Sundays too.” – It closes at four (Robin Ashdale)" in lines
    page = page_of(report)
    assert "&lt;b&gt;always" in page
    assert "no &lt;i&gt;tags" in page


def test_where_the_bot_said_nothing_nothing_is_said_of_it() -> None:
    """A desk of people alone has no such line."""
    assert list(lines_of(report_of(log(ASKED))["bot_answers"], 80)) == []
