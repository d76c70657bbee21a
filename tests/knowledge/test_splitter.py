"""Passages follow the structure of a text, fit the embedder, and lose nothing."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge import Document, Passage, split
from knowledge.splitter import embedded_text
from tests.knowledge.fakes import WordEmbedder

PIECES = WordEmbedder().word_pieces

MARKDOWN = """Lead paragraph.

## Returns

You may return anything within 30 days.

- Keep the receipt.
- Use the old box.

  It need not be new.

### Abroad

Write to us first.

```
# not a heading
```
"""

lines = st.one_of(
    st.text(alphabet="ab .!?\n#-*|`1.é漢\t ", max_size=80),
    st.sampled_from(
        ["# One", "## Two", "- item", "1. step", "| a | b |", "```", "A sentence. Another one! ", "", "x" * 90]
    ),
)


def _split(text: str, markup: str = "markdown", limit: int = 254) -> list[Passage]:
    return split(Document("d", "Title", text, format=markup), PIECES, limit)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(lines, max_size=40).map("\n".join), st.sampled_from(["markdown", "text"]), st.sampled_from([20, 60, 254])
)
def test_passages_are_stretches_of_the_text_that_cover_all_of_it(text: str, markup: str, limit: int) -> None:
    """Offsets are exact, in order, without overlap, and nothing that is not blank lies between passages."""
    end = 0
    for ordinal, passage in enumerate(_split(text, markup, limit)):
        assert passage.ordinal == ordinal
        assert passage.text == text[passage.start : passage.end]
        assert passage.text.strip()
        assert not text[end : passage.start].strip()
        end = passage.end
    assert not text[end:].strip()


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(alphabet="abc ,.\n-", max_size=400), max_size=10).map("\n\n".join))
def test_no_passage_passes_what_the_embedder_reads(text: str) -> None:
    """Title and passage together stay within the limit."""
    for passage in _split(text, limit=50):
        assert len(PIECES(embedded_text("Title", passage.headings, passage.text))) <= 52


def test_passages_stay_under_their_heading() -> None:
    """A passage carries the path of its headings and never crosses one; code is not read as headings."""
    passages = _split(MARKDOWN)
    assert [passage.headings for passage in passages] == [(), ("Returns",), ("Returns", "Abroad")]
    assert "not a heading" in passages[2].text


def test_a_list_that_fits_stays_together() -> None:
    """Items with blank lines and indented lines between them are one list."""
    steps = "\n\n".join(f"{n}. Step {n} in so many words that they add up\n\n   and go on." for n in range(1, 9))
    passages = _split("Some words before. " * 35 + "\n\n" + steps)
    assert any(passage.text == steps for passage in passages)


def test_a_heading_is_embedded_once() -> None:
    """The heading path stands above the text, whose own heading line is left out."""
    passage = _split(MARKDOWN)[2]
    assert passage.text.startswith("### Abroad")
    assert embedded_text("Title", passage.headings, passage.text).splitlines()[0] == "Title > Returns > Abroad"
    assert len(re.findall("Abroad", embedded_text("Title", passage.headings, passage.text))) == 1


def test_a_long_text_without_structure_is_divided_at_sentences() -> None:
    """Passages of plain prose end where a sentence ends."""
    passages = _split("This is a sentence of eight words here. " * 100, "text")
    assert len(passages) > 3
    assert all(passage.text.endswith(".") for passage in passages)
