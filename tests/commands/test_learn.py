"""``secondchair learn``: a ranker from the log of a workspace, in force only where it is better, and back."""

import json
from pathlib import Path

import pytest

from console.conversation.events import Event, NewEvent
from console.server.lock import served
from console.store import open_log
from console.workspace import Workspace, config_folder
from tests.commands.running import secondchair, started, wait_until
from tests.review.learning.choosing import Agents


def workspace_of(folder: Path, history: list[Event]) -> Workspace:
    """Return a workspace whose log holds this history."""
    workspace = Workspace(folder / "desk")
    workspace.root.mkdir()
    log = open_log(workspace.root, config_folder())
    for at in range(0, len(history), 500):
        log.append([NewEvent(e.conversation, e.actor, e.data, e.at) for e in history[at : at + 500]])
    log.close()
    return workspace


@pytest.fixture
def taught(tmp_path: Path) -> Workspace:
    """A workspace in which agents want what the engine does not put first."""
    return workspace_of(tmp_path, Agents().history(500))


def test_a_better_ranker_comes_into_force_and_one_command_leads_back(taught: Workspace) -> None:
    """As JSON: champion, challenger, their figures, the interval; the log still verifies."""
    done = secondchair("learn", "--json", "--workspace", taught.root)
    assert done.code == 0, done.err
    (told,) = done.rows
    assert told["promoted"]
    assert told["in_force"] == told["challenger"]["version"]
    assert told["champion"]["version"] == "built-in"
    assert told["challenger"]["first"] > told["champion"]["first"]
    assert told["difference"]["low"] > 0
    assert told["weights"]["features"]["near"] > 0
    back = secondchair("learn", "--back", "--json", "--workspace", taught.root)
    assert back.rows == [{"in_force": "built-in", "before": told["in_force"]}]
    assert secondchair("learn", "--back", "--workspace", taught.root).code == 1
    assert secondchair("verify", "--workspace", taught.root).code == 0


def test_in_words(taught: Workspace) -> None:
    """What it was trained and judged on, how each did, and what is in force; learned again it is the same one."""
    lines = secondchair("learn", "--workspace", taught.root).out.splitlines()
    assert lines[-1].endswith("is in force: better beyond chance.")
    again = secondchair("learn", "--workspace", taught.root)
    assert again.code == 0
    assert "stays in force: not better beyond chance" in again.out


def test_too_little_is_one_line(tmp_path: Path) -> None:
    """The exit code is a no, not a fault; nothing is logged."""
    workspace = workspace_of(tmp_path, Agents().history(20))
    done = secondchair("learn", "--workspace", workspace.root)
    assert done.code == 1
    assert done.complaint.startswith("secondchair: too little to learn from: in ")
    log = open_log(workspace.root, config_folder(), read_only=True)
    assert not log.of_kinds(["ranker-trained"])
    log.close()


@pytest.mark.parametrize("option", [[], ["--back"]])
def test_without_a_log_there_is_nothing_to_learn_from(tmp_path: Path, option: list[str]) -> None:
    """Said in a line that names the folder."""
    done = secondchair("learn", *option, "--workspace", tmp_path)
    assert done.code == 2
    assert str(tmp_path) in done.complaint


def test_a_running_server_takes_it_up(taught: Workspace) -> None:
    """It logs what was learned, and is told to go back, without being started anew."""
    with started("serve", "--workspace", taught.root, "--port", 0):
        wait_until(lambda: served(taught) is not None, within=60)
        told = json.loads(secondchair("learn", "--json", "--workspace", taught.root).out)
        assert told["promoted"]
        back = secondchair("learn", "--back", "--workspace", taught.root)
        assert back.out == (
            f"Replies are ordered by the engine's own order again; ranker {told['in_force']} is out of force.\n"
        )
        none = secondchair("learn", "--back", "--workspace", taught.root)
        assert (none.code, none.complaint) == (
            1,
            "secondchair: replies stand in the engine's own order; there is no ranker to go back from",
        )
