"""Web pages of every shape: all of the content comes in with its headings, and nothing of what stands around it."""

from pathlib import Path

import pytest

from tests.knowledge.loaders.made import document

LONG = "We charge by the weight of your parcel and by the zone that it goes to, and never for the packing of it."
FEES = (
    f"<h1>Fees</h1><p>{LONG}</p><h2>Inland</h2><p>Four pounds.</p><h3>Large parcels</h3>"
    "<ul><li>Measure it.</li><li>Weigh it.</li></ul><h4>Abroad</h4><p>Nine pounds.</p>"
)
LINES = [
    "# Fees",
    LONG,
    "## Inland",
    "Four pounds.",
    "### Large parcels",
    "- Measure it.",
    "- Weigh it.",
    "#### Abroad",
    "Nine pounds.",
]
MENU = '<ul class="menu"><li><a href="/">Home</a></li><li><a href="/shop">Shop</a></li></ul>'
BANNER = '<div id="cookie-banner"><p>We use cookies to make this site better.</p><button>Accept all</button></div>'
POPULAR = '<h2>Popular</h2><ul><li><a href="/a">Lost parcels</a></li><li><a href="/b">Returns</a></li></ul>'
AROUND = (
    f'<nav><a href="/">Home</a></nav>{MENU}{BANNER}',
    f'<aside>{POPULAR}</aside><div class="sidebar">{POPULAR}</div><footer><p>© Hilltop, 2026</p></footer>',
)


def _lines(tmp_path: Path, body: str) -> list[str]:
    file = tmp_path / "fees.html"
    file.write_text(f"<html><head><title>Fees</title></head><body>{body}</body></html>", encoding="utf-8")
    return [line.strip() for line in document(file).text.splitlines() if line.strip()]


@pytest.mark.parametrize("around", [("", ""), AROUND], ids=["alone", "among menus and banners"])
@pytest.mark.parametrize(
    "shape",
    [
        "{}",
        "<div>{}</div>",
        "<div id=page><div class=wrap><div>{}</div></div></div>",
        "<section>{}</section>",
        "<main>{}</main>",
        "<article>{}</article>",
        "<div role=main>{}</div>",
        "<div id=content>{}</div>",
        "<form id=aspnet>{}</form>",
        "<center><font size=2>{}</font></center>",
        '<div id="main-menu"><a href="/">Home</a> <a href="/shop">Shop</a></div>{}',
        "<main></main>{}",
        "<div id=page><div><p><a href='/'>Home</a> <a href='/shop'>Shop</a></p>{}</div></div>",
        "<table><tr><td><a href='/'>Home</a> <a href='/shop'>Shop</a></td><td>{}</td></tr></table>",
    ],
)
def test_content_is_whole_wherever_it_stands(tmp_path: Path, shape: str, around: tuple[str, str]) -> None:
    """Headings of every level and lists too; menus, cookie banners, sidebars and footers are left out."""
    assert _lines(tmp_path, around[0] + shape.format(FEES) + around[1]) == LINES


@pytest.mark.parametrize(
    "shape", ["{}", "<div>{}</div>", "<main>{}</main>", "<article><section>{}</section></article>"]
)
def test_what_a_page_folds_away_is_read_with_its_heading(tmp_path: Path, shape: str) -> None:
    """Its text may stand in a paragraph or not, hold other folds, and have a heading of its own."""
    folds = (
        "<h1>Delivery</h1>"
        "<details><summary>How long?</summary><p>Three days.</p></details>"
        "<details><summary>How <b>much</b>?</summary>Four <b>pounds</b>.</details>"
        "<h2>Abroad</h2>"
        "<details><summary><h3>Where to?</h3></summary><p>Everywhere.</p>"
        "<details><summary>Really?</summary>Nearly everywhere.</details></details>"
        "<details open>Nine pounds.</details>"
    )
    assert _lines(tmp_path, shape.format(folds)) == [
        "# Delivery",
        "## How long?",
        "Three days.",
        "## How **much**?",
        "Four **pounds**.",
        "## Abroad",
        "### Where to?",
        "Everywhere.",
        "#### Really?",
        "Nearly everywhere.",
        "Nine pounds.",
    ]


AFTER_HEADINGS = (
    "<h1>Fees</h1>Four <b>pounds</b> inland.<h2>Abroad</h2>Nine pounds, <a href=/e>in Europe</a> too.<hr>",
    ["# Fees", "Four **pounds** inland.", "## Abroad", "Nine pounds, in Europe too."],
)
BESIDE_PARAGRAPHS = (
    "<h1>Fees</h1><div><a href=/>Home</a> | <a href=/shop>Shop</a></div><p>Inland.</p>"
    "<div>Four <b>pounds</b>, in <a href=/eu>Europe</a> too.</div><div>Nine<ul><li>a</li></ul>elsewhere.</div>",
    ["# Fees", "Inland.", "Four **pounds**, in Europe too.", "Nine", "- a", "elsewhere."],
)


@pytest.mark.parametrize(("body", "read"), [AFTER_HEADINGS, BESIDE_PARAGRAPHS], ids=["headings", "paragraphs"])
@pytest.mark.parametrize("shape", ["{}", "<main>{}</main>"])
def test_text_needs_no_paragraph_of_its_own(tmp_path: Path, shape: str, body: str, read: list[str]) -> None:
    """As pages are written by hand: behind a heading, or in a part beside paragraphs; with bold words and links."""
    assert _lines(tmp_path, shape.format(body)) == read


def test_text_in_parts_within_a_part_needs_no_paragraph_either(tmp_path: Path) -> None:
    """Parts may stand in parts."""
    body, read = BESIDE_PARAGRAPHS
    assert _lines(tmp_path, f"<div>{body}</div>") == read


@pytest.mark.parametrize("shape", ["{}", "<div>{}</div>", "<main>{}</main>"])
def test_a_table_of_figures_stays_one_and_so_does_a_list_of_terms(tmp_path: Path, shape: str) -> None:
    """Only a table that holds headings or other tables is a way to lay out a page."""
    body = (
        "<h1>Fees</h1><table><tr><th>Zone</th><th>Price</th></tr><tr><td>Inland</td><td>£4.50</td></tr></table>"
        "<h2>Words</h2><dl><dt>Zone</dt><dd>Where it goes.</dd></dl>"
    )
    table = ["| Zone | Price |", "|---|---|", "| Inland | £4.50 |"]
    assert _lines(tmp_path, shape.format(body)) == ["# Fees", *table, "## Words", "- Zone", "- Where it goes."]
    laid_out = f"<table><tr><td>{body}</td></tr></table>"
    assert _lines(tmp_path, shape.format(laid_out)) == ["# Fees", *table, "## Words", "- Zone", "- Where it goes."]
