"""``secondchair rescore``: noted in the log, for the desk server to do when it runs."""

from pathlib import Path

from console.conversation.quality_events import RescoringAsked
from console.store import open_log
from console.workspace import Workspace, config_folder
from tests.commands.running import secondchair
from tests.commands.test_learn import workspace_of


def test_it_is_noted_in_the_log_of_a_desk_that_does_not_run(tmp_path: Path) -> None:
    """With the weeks that are asked for; where there is no log it says so."""
    workspace = workspace_of(tmp_path, [])
    done = secondchair("rescore", "--weeks", "4", "--workspace", workspace.root)
    assert done.code == 0, done.err
    log = open_log(workspace.root, config_folder())
    (event,) = log.of_kinds(["rescoring-asked"])
    log.close()
    assert isinstance(event.data, RescoringAsked)
    assert (event.at - event.data.since).days == 28
    empty = Workspace(tmp_path / "empty")
    assert secondchair("init", "--workspace", empty.root).code == 0
    refused = secondchair("rescore", "--workspace", empty.root)
    assert refused.code != 0
    assert "no event log here" in refused.complaint
