"""``import`` and ``assist``: files of conversations."""

from pathlib import Path

import pytest

from tests.commands.running import process, secondchair, write_lines

TALK = {
    "id": "c1",
    "resolved": True,
    "messages": [
        {"role": "customer", "text": "my parcel has not moved for a week"},
        {"role": "agent", "text": "I am sorry. I will send another one today."},
        {"role": "customer", "text": "thank you so much"},
    ],
}


def test_conversations_are_imported_and_assisted(workspace: Path, articles: Path, tmp_path: Path) -> None:
    """A line for every message that is not the agent's, with every key of the contract; the log is not touched."""
    secondchair("index", articles, "--workspace", workspace)
    file = write_lines(tmp_path / "talks.jsonl", [TALK])
    imported = secondchair("import", file, "--workspace", workspace)
    assert (imported.code, imported.out) == (0, ""), imported.err
    assert "1 added" in imported.err
    done = secondchair("assist", file, "--workspace", workspace)
    assert done.code == 0, done.err
    assert [(row["conversation"], row["turn"]) for row in done.rows] == [("c1", "m1"), ("c1", "m3")]
    keys = {"conversation", "turn", "ms", "summary", "replies", "knowledge", "flags", "mood", "routing"}
    assert all(set(row) >= keys for row in done.rows)
    assert done.rows[0]["routing"]["layer"] == "assisted"
    assert done.rows[0]["knowledge"][0]["document"] == "lost.md"
    assert not (workspace / "desk.db").exists()


def test_what_is_made_is_for_its_owner_alone(tmp_path: Path) -> None:
    """Conversations above all; a folder that was there keeps its mode."""
    talks = write_lines(tmp_path / "talks.jsonl", [TALK])
    there, new = tmp_path / "there", tmp_path / "new"
    there.mkdir(mode=0o755)
    there.chmod(0o755)
    for folder in (there, new):
        assert process("init", "--workspace", folder).code == 0
        assert process("import", talks, "--workspace", folder).code == 0
        assert process("token", "agent", "Robin", "--workspace", folder).code == 0
        open_ = [p for p in folder.rglob("*") if p.stat().st_mode & 0o077]
        assert open_ == []
    assert (there.stat().st_mode & 0o777, new.stat().st_mode & 0o777) == (0o755, 0o700)


@pytest.mark.parametrize("command", ["import", "assist"])
def test_a_bad_conversation_file_is_named_by_line(tmp_path: Path, command: str) -> None:
    """And nothing of it is taken."""
    file = tmp_path / "talks.jsonl"
    file.write_text('{"id": "c1", "messages": [{"role": "customer", "text": "x"}]}\n{"id": "c2"}\n', encoding="utf-8")
    done = secondchair(command, file, "--workspace", tmp_path)
    assert (done.code, done.out) == (2, "")
    assert "talks.jsonl:2: " in done.complaint
    assert not (tmp_path / "past").exists()
