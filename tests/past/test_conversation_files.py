"""Conversations read from a file: all of it, or none."""

import json
from pathlib import Path

import pytest

from console.content.conversations import read_conversations
from console.content.errors import ContentError
from console.conversation.message import Author

GOOD = {"id": "c1", "messages": [{"role": "customer", "text": "hello"}, {"role": "agent", "text": "hi"}]}


def written(path: Path, *rows: object) -> Path:
    """Write rows as JSON lines; a string is written as it is."""
    file = path / "talks.jsonl"
    file.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows), encoding="utf-8")
    return file


def test_only_id_role_and_text_are_required(tmp_path: Path) -> None:
    """Ids are counted, and nothing is resolved that does not say so."""
    talk = read_conversations(written(tmp_path, GOOD, ""))[0]
    assert [(m.id, m.role, m.text, m.at) for m in talk.messages] == [
        ("m1", Author.CUSTOMER, "hello", None),
        ("m2", Author.AGENT, "hi", None),
    ]
    assert not talk.resolved


def test_the_record_of_the_customer_comes_along(tmp_path: Path) -> None:
    """Keys nobody knows are kept as text."""
    row = GOOD | {"customer": {"id": "u1", "name": "Ann Berg", "shoe": 43}, "resolved": True, "disposition": "done"}
    talk = read_conversations(written(tmp_path, row))[0]
    assert (talk.customer.name, talk.customer.extra["shoe"], talk.resolved) == ("Ann Berg", "43", True)


def test_hostile_text_is_cleaned(tmp_path: Path) -> None:
    """Control and bidirectional characters do not get in."""
    row = {"id": "c1", "messages": [{"role": "customer", "text": "a\x1b[31mb\u202ec"}]}
    assert read_conversations(written(tmp_path, row))[0].messages[0].text == "a[31mbc"


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("{not json", "not JSON"),
        ([1, 2], "a conversation is a JSON object"),
        ({"messages": []}, "no 'id'"),
        ({"id": "c9"}, "no list of 'messages'"),
        ({"id": "c9", "messages": [{"role": "clown", "text": "x"}]}, "the role 'clown'"),
        ({"id": "c9", "messages": [{"role": "agent"}]}, "has no 'text'"),
        ({"id": "c9", "messages": ["x"]}, "message 1 is not a JSON object"),
        ({"id": "c9", "messages": [{"role": "agent", "text": "x", "at": "noon"}]}, "not an ISO time"),
        ({"id": "c9", "resolved": "yes", "messages": []}, "'resolved' must be true or false"),
        ({"id": "c9", "customer": {"name": "Ann"}, "messages": []}, "a customer needs an 'id'"),
        ({"id": "c9", "messages": [{"id": "m", "role": "agent", "text": "x"}] * 2}, "the same 'id'"),
        (GOOD, "stands here twice"),
    ],
)
def test_a_bad_line_is_named_and_nothing_is_used(tmp_path: Path, row: object, problem: str) -> None:
    """File, line, and what is wrong."""
    with pytest.raises(ContentError) as caught:
        read_conversations(written(tmp_path, GOOD, row))
    assert "talks.jsonl:2: " in str(caught.value)
    assert problem in str(caught.value)


def test_a_file_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    """With the line."""
    file = tmp_path / "talks.jsonl"
    file.write_bytes(json.dumps(GOOD).encode() + b"\n\xff\xfe")
    with pytest.raises(ContentError, match=r"talks\.jsonl:2: not UTF-8"):
        read_conversations(file)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """And what to name instead."""
    with pytest.raises(ContentError, match="there is no such file"):
        read_conversations(tmp_path / "none.jsonl")
