"""JSON lines as dumps come: packed."""

import gzip
import io
import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge import Document, Skipped
from knowledge.loaders import jsonl
from tests.knowledge.loaders.made import documents, skipped


def _lines(count: int) -> bytes:
    rows = ({"id": f"a{number}", "title": "A", "text": f"Text {number} {number * 7919}."} for number in range(count))
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def test_a_packed_file_is_read_like_a_plain_one(tmp_path: Path) -> None:
    """Also in a folder, and with a bad line named."""
    (tmp_path / "kb.jsonl.gz").write_bytes(gzip.compress(_lines(3) + b"not json\n"))
    (tmp_path / "other.gz").write_bytes(b"not looked at")
    assert list(documents(tmp_path)) == ["a0", "a1", "a2"]
    (bad,) = skipped(tmp_path)
    assert bad == Skipped(f"{tmp_path / 'kb.jsonl.gz'}:4", "is not JSON (Expecting value)")


def test_what_was_read_before_the_cut_counts(tmp_path: Path) -> None:
    """And whatever an index has of the rest stays."""
    whole = gzip.compress(_lines(5000))
    (tmp_path / "kb.jsonl.gz").write_bytes(whole[: len(whole) // 2])
    assert len(documents(tmp_path)) > 1000
    (cut,) = skipped(tmp_path)
    assert cut.where == f"{tmp_path / 'kb.jsonl.gz'}:{len(documents(tmp_path)) + 1}"
    assert (cut.reason, cut.stays) == ("the gzip file is cut short or damaged from here; pack it again", "/")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"no gzip file", "is not a whole gzip file; pack it again"),
        (gzip.compress(b"x" * 10)[:12], "is not a whole gzip file; pack it again"),
        (gzip.compress(b""), "is empty"),
    ],
    ids=["plain", "cut", "empty"],
)
def test_a_file_of_which_nothing_can_be_read_says_so(tmp_path: Path, content: bytes, reason: str) -> None:
    """In one line."""
    (tmp_path / "kb.jsonl.gz").write_bytes(content)
    assert [item.reason for item in skipped(tmp_path)] == [reason]


def test_a_bomb_is_read_up_to_the_limit() -> None:
    """A line that goes on and on is not kept."""
    packed = io.BytesIO(gzip.compress(_lines(1) + b" " * (60 * 1024**2), 1))
    first, last = jsonl.parse_packed(packed, "kb.jsonl.gz", {}, 30 * 1024**2)
    assert isinstance(first, Document)
    assert isinstance(last, Skipped)
    assert (last.reason, last.stays) == ("inflates to more than 30 MB; the rest is left", "/")


@pytest.mark.parametrize("line", [b"\n", b"x\n"])
def test_a_file_of_nothing_but_bad_or_blank_lines_is_left(monkeypatch: pytest.MonkeyPatch, line: bytes) -> None:
    """A few bytes could stand for thousands of millions of them."""
    monkeypatch.setattr(jsonl, "MAX_BLANK_LINES", 1000)
    monkeypatch.setattr(jsonl, "MAX_BAD_LINES", 1000)
    *_, last = jsonl.parse_packed(io.BytesIO(gzip.compress(_lines(1) + line * 5000)), "kb.jsonl.gz", {})
    assert last == Skipped("kb.jsonl.gz:1002", "too many lines before it hold no document; the rest is left", "/")


WHOLE = list(jsonl.parse(io.BytesIO(_lines(40)), "a", {}))
PACKED = gzip.compress(_lines(40))


@given(st.integers(0, len(PACKED) - 1), st.binary(max_size=4))
def test_wherever_a_file_is_damaged_it_is_read_whole_or_the_fault_is_named(at: int, put: bytes) -> None:
    """By the checksum at the end, if not before."""
    damaged = PACKED[:at] + put + PACKED[at + len(put) :]
    with suppress(ValueError):
        found = list(jsonl.parse_packed(io.BytesIO(damaged), "a", {}))
        assert found == WHOLE or any(isinstance(item, Skipped) and item.stays == "/" for item in found)
