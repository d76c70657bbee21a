"""The report's page: what it says in short stands first, and long tables are folded."""

import re

from console.review.page import page_of
from console.review.sections import FEW, STANDING, heads, table
from console.review.table import table_of
from tests.review.test_report_rows import reported


def test_the_page_begins_with_what_each_part_says_and_a_link_to_it() -> None:
    """Of which time it is stands beside it; a link leads to its part, in the same order."""
    page = page_of(reported())
    nav, rest = page.split("</nav>")
    links = re.findall(r'href="#([a-z-]+)"', nav)
    assert links == re.findall(r'<section id="([a-z-]+)">', rest)
    assert {"suggestions", "gaps", "contradictions", "impact"} <= set(links)
    assert "100 decided on: accepted 30% (22–40)" in nav
    assert "questions without an answer: 9 open, 6 answered by now" in nav
    assert "The last 9 weeks, 2026-01-05 to 2026-03-04" in nav


def test_a_change_is_named_once_above_its_figures() -> None:
    """And not beside each of them."""
    assert page_of(reported()).count("Article gear/rent.md published") == 1


def test_in_lines_what_is_of_the_whole_log_stands_after_what_is_of_these_weeks() -> None:
    """Gaps and contradictions are among the latter; each part says of which time it is."""
    lines = list(table_of(reported(), 80))
    places = [next(n for n, line in enumerate(lines) if line.startswith(begin)) for begin in _IN_ORDER]
    assert places == sorted(places)
    assert "  Questions without an answer in 90 days: 9 open, 6 answered by now." in lines


_IN_ORDER = (
    "What became of the suggestions, the last 9 weeks",
    "Knowledge gaps",
    "Articles that contradict each other",
    "The whole log, 2026-03-03 to 2026-03-04",
    "All suggestions, the whole log",
    "Impact, the whole log",
)


def test_of_a_long_table_most_rows_are_folded_and_none_is_lost() -> None:
    """A few more than stand there are not worth a fold."""

    def made(number: int) -> str:
        return table("Rows", heads("name"), "".join(f"<tr><td>r{n}</td></tr>" for n in range(number)))

    assert "<details>" not in made(STANDING + FEW)
    standing, folded = made(STANDING + FEW + 1).split("<details>")
    assert (standing.count("<td>"), folded.count("<td>")) == (STANDING, FEW + 1)
    assert f"{FEW + 1} more: Rows" in folded
    assert folded.count("<th") == 1, "its columns have their heads there too"
