"""``redact`` shows what would leave the machine, text by text."""

import json
from pathlib import Path

import pytest

from tests.commands.running import secondchair, write_lines


def test_a_text_comes_out_with_placeholders_and_what_they_stand_for(tmp_path: Path) -> None:
    """The places count in the text as it was given."""
    text = "  Hi, I am Oskar Brandt, mail o.b@example.com"
    (row,) = secondchair("redact", write_lines(tmp_path / "texts.jsonl", [{"id": "t1", "text": text}])).rows
    assert row["id"] == "t1"
    assert row["text"] == "  Hi, I am [NAME_1], mail [EMAIL_1]"
    found = row["found"]
    assert [(f["kind"], f["text"]) for f in found] == [("name", "Oskar Brandt"), ("email", "o.b@example.com")]
    assert all(text[f["start"] : f["end"]] == f["text"] for f in found)


def test_a_conversation_comes_out_message_by_message(tmp_path: Path) -> None:
    """With what the record and the other messages tell."""
    talk = {
        "id": "c1",
        "customer": {"id": "u1", "name": "Dana Kovel"},
        "messages": [
            {"role": "bot", "text": "What is your date of birth?"},
            {"role": "customer", "text": "4 May 1988, dana"},
        ],
    }
    first, second = secondchair("redact", write_lines(tmp_path / "talks.jsonl", [talk])).rows
    assert (first["conversation"], first["id"], first["role"], first["found"]) == ("c1", "m1", "bot", [])
    assert second["text"] == "[BIRTHDATE_1], [NAME_1]"


def test_what_a_terminal_would_obey_is_written_as_an_escape(tmp_path: Path) -> None:
    """The file may be anybody's."""
    file = write_lines(tmp_path / "texts.jsonl", [{"id": "t1", "text": "a\x1b[2J\x9b2J\u202eb"}])
    done = secondchair("redact", file)
    assert done.out.strip().isprintable()
    assert done.rows[0]["text"] == "a\x1b[2J\x9b2J\u202eb"


@pytest.mark.parametrize(
    "bad", ["[]", "{", '{"id": "t2"}', '{"id": "c1", "messages": [{"role": "nobody", "text": ""}]}']
)
def test_a_bad_line_is_named(tmp_path: Path, bad: str) -> None:
    """What is before it has been printed."""
    file = tmp_path / "texts.jsonl"
    file.write_text(json.dumps({"id": "t1", "text": "hello"}) + "\n" + bad + "\n", encoding="utf-8")
    done = secondchair("redact", file)
    assert (done.code, len(done.rows)) == (2, 1)
    assert done.complaint.startswith(f"secondchair: {file}:2: ")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """With what to give instead."""
    done = secondchair("redact", tmp_path / "none.jsonl")
    assert done.code == 2
    assert "there is no such file; name a .jsonl file" in done.complaint
