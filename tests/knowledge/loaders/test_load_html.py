"""Web pages: what is on them, structure and all, however short they are."""

from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge import Document
from knowledge.loaders import html
from tests.knowledge.loaders.made import document, reason


def _page(tmp_path: Path, body: str, head: str = "") -> Path:
    file = tmp_path / "delivery-fees.html"
    file.write_text(f"<html><head>{head}</head><body>{body}</body></html>", encoding="utf-8")
    return file


def test_a_short_page_keeps_its_headings_lists_and_tables(tmp_path: Path) -> None:
    """And loses its navigation and footer."""
    text = document(
        _page(
            tmp_path,
            "<nav><a href=/>Home</a></nav><main><h1>Fees</h1><p>What we charge.</p><h2>Prices</h2>"
            "<table><tr><th>Zone</th><th>Price</th></tr><tr><td>Inland</td><td>£4.50</td></tr></table>"
            "<ol><li>Pack it.</li><li>Weigh it.</li></ol></main><footer>© Hilltop</footer>",
        )
    ).text
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    assert lines == [
        "# Fees",
        "What we charge.",
        "## Prices",
        "| Zone | Price |",
        "|---|---|",
        "| Inland | £4.50 |",
        "1. Pack it.",
        "2. Weigh it.",
    ]


@pytest.mark.parametrize(
    "body", ["<form><p>Call us on 0800 123.</p></form>", "<div>Call us on 0800 123.</div>", "Call us on 0800 123."]
)
def test_a_page_whose_main_content_cannot_be_told_is_all_its_text(tmp_path: Path, body: str) -> None:
    """Better too much than nothing."""
    assert document(_page(tmp_path, body)).text == "Call us on 0800 123."


@pytest.mark.parametrize(
    "body", ["", "<nav><a href=/>Home</a></nav><script>x()</script>", "<noscript>Enable JavaScript</noscript>"]
)
def test_a_page_without_content_says_so(tmp_path: Path, body: str) -> None:
    """Navigation, scripts and what is for old browsers are none."""
    assert reason(_page(tmp_path, body)) == "holds no readable main content"


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:modified_time" content="2026-03-04T10:00:00Z">',
        '<meta name="Last-Modified" content="2026-03-04">',
        '<script type="application/ld+json">{"@type": "Article", "dateModified": "2026-03-04T08:00:00"}</script>',
    ],
)
def test_the_date_is_that_of_the_last_change(tmp_path: Path, head: str) -> None:
    """Wherever the page's head says it."""
    assert document(_page(tmp_path, "<p>What we charge for delivery.</p>", head)).updated == "2026-03-04"


def test_title_audience_and_status_come_from_the_head(tmp_path: Path) -> None:
    """Without a title, the name of the file is one."""
    head = '<title>Fees</title><meta name="Audience" content="internal"><meta name=status content=retired>'
    found = document(_page(tmp_path, "<p>What we charge for delivery.</p>", head))
    assert (found.title, found.audience, found.status) == ("Fees", "internal", "retired")
    assert document(_page(tmp_path, "<p>What we charge for delivery.</p>")).title == "Delivery fees"


def test_an_audience_in_the_text_leaves_the_page_out(tmp_path: Path) -> None:
    """It would be public otherwise."""
    assert "put it into a <meta" in reason(_page(tmp_path, "<p>Audience: internal</p><p>What we charge.</p>"))


def test_the_encoding_is_the_one_that_the_page_declares(tmp_path: Path) -> None:
    """A page in none that is known says which byte is wrong."""
    file = tmp_path / "a.html"
    for name, text in (("windows-1252", "Café – 5 €"), ("shift_jis", "荷物はどこですか"), ("utf-16", "Grüße")):
        declared = "" if name == "utf-16" else f"<meta charset={name}>"
        file.write_bytes(f"<html><head>{declared}</head><body><p>{text}</p></body></html>".encode(name))
        assert document(file).text == text
    file.write_bytes(b"<p>caf\xe9</p>")
    assert reason(file) == "is not UTF-8 text (byte 6); save it as UTF-8"


@given(st.text(alphabet=st.sampled_from("<>/=\"'!-&; \nabpdivtablehrefé\x00\u202e"), max_size=200))
def test_whatever_a_page_is_made_of_it_is_read_or_refused(text: str) -> None:
    """With a reason, and never with a character that could deceive."""
    with suppress(ValueError):
        (found,) = html.parse(BytesIO(text.encode()), "a.html")
        assert isinstance(found, Document)
        assert not set(found.text + found.title) & {"\x00", "\u202e"}
