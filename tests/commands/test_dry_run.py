"""``secondchair dry-run`` over a file and over the log: what would change, and that nothing does."""

import json
from pathlib import Path

import pytest

from console.desk.desk import Desk
from console.store import open_log
from console.workspace import config_folder
from tests.commands.running import secondchair
from tests.desks import Chair, arrive

STATUS = 'title = "Order status"\nlayer = "{}"\ntier = 1\nsay = "x"\n[triggers]\npatterns = ["(?i)my boots"]\n'


@pytest.fixture
async def desk_with_rules(tmp_path: Path) -> tuple[Path, Path]:
    """A workspace whose log holds a conversation, and a folder of other behaviours."""
    workspace, new = tmp_path / "desk", tmp_path / "new"
    for folder, layer in ((workspace / "content" / "behaviours", "assisted"), (new, "autonomous")):
        folder.mkdir(parents=True)
        (folder / "order-status.toml").write_text(STATUS.format(layer), encoding="utf-8")
    desk = Desk(open_log(workspace, config_folder()), Chair())
    await desk.start({})
    await arrive(desk, "c1", "Where are my boots?")
    await desk.stop()
    return workspace, new


def test_last_weeks_conversations_are_tried_and_the_log_is_left_alone(desk_with_rules: tuple[Path, Path]) -> None:
    """One line a conversation, then the counts."""
    workspace, new = desk_with_rules
    before = (workspace / "desk.db").read_bytes()
    done = secondchair("dry-run", "--behaviours", new, "--workspace", workspace, "--json")
    assert done.code == 0, done.err
    row, counts = done.rows
    assert (row["conversation"], row["changes"]) == ("c1", ["layer", "outcome", "moment"])
    assert (row["before"]["layer"], row["after"]["layer"]) == ("assisted", "autonomous")
    assert counts["summary"]["outcomes"]["the bot alone"] == {"before": 0, "after": 1}
    assert (workspace / "desk.db").read_bytes() == before


def test_a_designer_reads_it_in_words(desk_with_rules: tuple[Path, Path], tmp_path: Path) -> None:
    """Over a file of conversations too."""
    workspace, new = desk_with_rules
    file = tmp_path / "talks.jsonl"
    talk = {"id": "x", "messages": [{"role": "customer", "text": "where are my boots"}]}
    file.write_text(json.dumps(talk) + "\n", encoding="utf-8")
    done = secondchair("dry-run", "--behaviours", new, "--workspace", workspace, file)
    assert done.code == 0, done.err
    assert done.out.startswith("1 conversations: 1 would go differently, 0 as before.\n")
    assert "then: order-status, autonomous, tier 1 · the bot alone" in done.out


def test_every_fault_of_the_new_rules_is_a_line_and_doubts_are_warnings(
    desk_with_rules: tuple[Path, Path], tmp_path: Path
) -> None:
    """Nothing is tried under rules that contradict each other."""
    workspace, new = desk_with_rules
    (new / "a.toml").write_text(STATUS.format("human-only").replace("title", "titel"), encoding="utf-8")
    (new / "b.toml").write_text(STATUS.format("human-only").replace("tier = 1", "tier = 9"), encoding="utf-8")
    done = secondchair("dry-run", "--behaviours", new, "--workspace", workspace)
    assert (done.code, done.out) == (2, "")
    assert [line.split(": ")[1].rsplit("/", 1)[-1] for line in done.err.splitlines()] == ["a.toml:1", "b.toml:3"]
    (new / "a.toml").unlink()
    (new / "b.toml").write_text(STATUS.format("assisted"), encoding="utf-8")
    warned = secondchair("dry-run", "--behaviours", new, "--workspace", workspace, "--json")
    assert (warned.code, len(warned.rows)) == (0, 2)
    assert "warning: " in warned.err


def test_what_cannot_be_tried_is_said(tmp_path: Path) -> None:
    """A folder that is not there, an empty file, a log that has nothing."""
    nowhere = secondchair("dry-run", "--behaviours", tmp_path / "none", "--workspace", tmp_path)
    assert nowhere.code == 2
    assert "there is no such folder" in nowhere.complaint
    empty = tmp_path / "empty.jsonl"
    empty.write_text("", encoding="utf-8")
    (tmp_path / "b").mkdir()
    done = secondchair("dry-run", "--behaviours", tmp_path / "b", "--workspace", tmp_path, empty)
    assert (done.code, "no conversations" in done.complaint) == (2, True)
