"""Whatever stands where on a page, nothing of it is lost on the way to Markdown."""

import re

from hypothesis import given
from hypothesis import strategies as st

from knowledge.loaders.pdf.layout import markdown
from knowledge.loaders.pdf.lines import Cell, Line

WORDS = st.text(alphabet="abcdef", min_size=1, max_size=6)
TEXTS = st.lists(WORDS, min_size=1, max_size=8).map(" ".join)


@st.composite
def lines(draw: st.DrawFn) -> Line:
    """A line anywhere."""
    cells = draw(st.lists(TEXTS, min_size=1, max_size=3))
    placed = tuple(Cell(100.0 * number, text) for number, text in enumerate(cells))
    size = draw(st.sampled_from([9.0, 11.0, 16.0]))
    return Line(0, draw(st.floats(0, 800)), size, draw(st.booleans()), placed)


@given(st.lists(st.lists(lines(), max_size=12), max_size=4))
def test_every_word_is_kept_in_order(pages: list[list[Line]]) -> None:
    """Through headings, paragraphs and tables; words that a line end divides are not among these."""
    expected = [word for page in pages for line in page for word in line.text.split()]
    assert re.findall(r"[a-f]+", markdown(pages, {})) == expected
