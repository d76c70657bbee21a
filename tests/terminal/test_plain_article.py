"""An article is read as plain text, and what is cited of it is marked where it stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.terminal.plain_article import read_plainly

ARTICLE = """# Membership

## Your benefits

| Level | Discount |
|---|---|
| Trail | 5 % |
| **Summit** | 10 % |

- Free *returns*, see [the club page](https://larkfell.example/club).
- **Early** access. It ends on 1 May.
"""


def read(cited: str = "") -> tuple[str, str]:
    """Return the article as it is read, and what of it is marked."""
    start = ARTICLE.find(cited) if cited else 0
    content, first, last = read_plainly(ARTICLE, start, start + len(cited))
    return content.plain, content.plain[first:last]


def test_marks_of_headings_tables_and_emphasis_are_left_out() -> None:
    """Rows are rows, and lines that only draw are gone."""
    plain, marked = read()
    assert "#" not in plain
    assert "|" not in plain
    assert "**" not in plain
    assert "Level · Discount\nTrail · 5 %\nSummit · 10 %\n" in plain
    assert "– Free *returns*, see the club page." in plain
    assert marked == ""


def test_headings_and_the_names_of_columns_are_bold() -> None:
    """By their look, not by their marks."""
    content, _, _ = read_plainly(ARTICLE, 0, 0)
    bold = [content.plain[span.start : span.end] for span in content.spans if span.style == "bold"]
    assert bold == ["Membership", "Your benefits", "Level · Discount"]


@pytest.mark.parametrize(
    ("cited", "marked"),
    [
        ("| Trail | 5 % |\n| **Summit** | 10 % |", "Trail · 5 %\nSummit · 10 %"),
        ("It ends on 1 May.", "It ends on 1 May."),
        ("## Your benefits\n\n| Level", "Your benefits\n\nLevel"),
        ("**Early** access.", "Early access."),
        ("arly** acc", "– Early access. It ends on 1 May."),
    ],
)
def test_the_passage_is_found_again(cited: str, marked: str) -> None:
    """Also where its marks went; where they hide which part it is, the whole line is marked."""
    assert read(cited)[1] == marked


@pytest.mark.parametrize("text", ["[bold red]Buy[/]", "[@click=app.quit]press[/]", "[link=x]y"])
def test_markup_of_the_console_is_text(text: str) -> None:
    """An article cannot paint or press anything."""
    content, _, _ = read_plainly(text, 0, 0)
    assert (content.plain, [span for span in content.spans if span.style]) == (text, [])


@given(st.text(alphabet="ab #|-*`_[]()\n.", max_size=80), st.integers(0, 80), st.integers(0, 80))
def test_any_text_can_be_read(text: str, start: int, length: int) -> None:
    """And the mark lies within it."""
    content, first, last = read_plainly(text, min(start, len(text)), min(start + length, len(text)))
    assert 0 <= first <= last <= len(content.plain)
