"""Small files that would unfold to gigabytes, or keep a parser busy for hours; run with `make faults`."""

import resource
import zlib
from pathlib import Path

import pytest

from knowledge import Document, Skipped, load

pytestmark = pytest.mark.slow


def _pdf(content: bytes) -> bytes:
    """A PDF of one page that is drawn by `content`."""
    packed = zlib.compress(content, 9)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    made, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj%sendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Root 1 0 R/Size 6>>\nstartxref\n%d\n%%%%EOF" % len(made)
    return made + b"xref\n0 6\n0000000000 65535 f \n" + table + end


BOMBS = {
    "operators.pdf": lambda: _pdf(b"BT /F 9 Tf " + b"(a) Tj " * 8_000_000 + b"ET"),
    "states.pdf": lambda: _pdf(b"q " * 30_000_000),
    "nested.pdf": lambda: _pdf(b"[" * 20_000_000),
    "text.pdf": lambda: _pdf(b"BT /F 9 Tf (" + b"a" * 70_000_000 + b") Tj ET"),
    "deep.html": lambda: b"<div>" * 1_000_000,
    "bold.html": lambda: b"<b>x" * 1_000_000,
    "tables.html": lambda: b"<table><tr><td>" * 300_000,
    "rows.html": lambda: b"<p>Some text.<table><tr><td>x" * 200_000,
    "entities.html": lambda: b"&lt;p&gt;&amp;" * 400_000,
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_costs_a_minute_and_a_gigabyte_at_the_most(tmp_path: Path, name: str) -> None:
    """And the good file beside it is read."""
    (tmp_path / name).write_bytes(BOMBS[name]())
    (tmp_path / "z.html").write_text("<p>Nine to six.</p>")
    found = list(load(tmp_path))
    assert isinstance(found[-1], Document)
    assert found[-1].id == "z.html"
    assert all(isinstance(item, Document | Skipped) for item in found)
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 1_100_000  # kilobytes
