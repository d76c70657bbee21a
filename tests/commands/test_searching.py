"""``search``: one JSON line a query, and what it says where there is nothing to search."""

import json
from pathlib import Path

import pytest

from tests.commands.running import secondchair, write_lines


def test_searching_prints_json_lines_and_nothing_else(workspace: Path, articles: Path, tmp_path: Path) -> None:
    """A line for each query, by text or by conversation."""
    secondchair("index", articles, "--workspace", workspace)
    asked = write_lines(
        tmp_path / "queries.jsonl",
        [
            {"id": "q1", "query": "my parcel has not moved for a week"},
            {"id": "q2", "messages": [{"role": "customer", "text": "how do I wash my tent?"}]},
        ],
    )
    done = secondchair("search", "--queries", asked, "-k", 2, "--workspace", workspace)
    assert (done.code, done.err) == (0, "")
    one, two = done.rows
    assert [row["id"] for row in (one, two)] == ["q1", "q2"]
    assert (one["hits"][0]["document"], two["hits"][0]["document"]) == ("lost.md", "tent.md")
    assert set(one) >= {"id", "ms", "answerable", "hits"}
    assert set(one["hits"][0]) >= {"document", "title", "passage", "score"}
    single = secondchair("search", "washing a tent", "--json", "--workspace", workspace)
    assert single.rows[0]["hits"][0]["document"] == "tent.md"
    shown = secondchair("search", "washing a tent", "--workspace", workspace)
    assert "Cleaning a tent" in shown.out


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'{"id": "q1", "query": "x"}\n{broken\n', "queries.jsonl:2: expected"),
        (b'{"query": "x"}\n', "queries.jsonl:1: expected"),
        (b'{"id": "q1", "messages": [{"role": "customer"}]}\n', "queries.jsonl:1: expected"),
        (b'\xff\xfe{"id": "q1"}\n', "queries.jsonl:1: expected"),
    ],
)
def test_bad_queries_are_named_by_line_before_anything_is_printed(tmp_path: Path, content: bytes, said: str) -> None:
    """Exit 2; nothing half-done."""
    file = tmp_path / "queries.jsonl"
    file.write_bytes(content)
    done = secondchair("search", "--queries", file, "--workspace", tmp_path)
    assert (done.code, done.out) == (2, "")
    assert said in done.complaint


def test_searching_where_nothing_was_indexed_finds_nothing_and_says_so(tmp_path: Path) -> None:
    """A folder needs no preparation: the answer is that there is none, with what to run."""
    file = tmp_path / "queries.jsonl"
    file.write_text('{"id": "q1", "query": "lost parcel"}\n', encoding="utf-8")
    done = secondchair("search", "--queries", file, "--workspace", tmp_path / "new")
    assert done.code == 0
    line = json.loads(done.out)
    assert (line["id"], line["answerable"], line["hits"]) == ("q1", False, [])


def test_a_search_where_nothing_was_indexed_says_so(tmp_path: Path) -> None:
    """It is no answer of a knowledge base."""
    found = secondchair("search", "a lost parcel", "--workspace", tmp_path / "empty")
    assert "Nothing has been indexed in" in found.err
