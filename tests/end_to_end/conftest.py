"""The demo company on a real desk server of its own process, no played customers."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from console.commands.attach import WorkspaceDesk
from console.commands.init import prepare
from console.workspace import Workspace
from tests.channels.conftest import synapse  # noqa: F401 - a fixture


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """The demo's content; only the test writes as a customer, and chats begin with people."""
    workspace = Workspace(tmp_path / "desk")
    prepare(workspace, demo=True)
    monkeypatch.setenv("SECONDCHAIR_REPLAY__SOURCE", "")
    monkeypatch.setenv("SECONDCHAIR_BOT__OPENS", "false")
    return workspace


@pytest.fixture
def robins(workspace: Workspace) -> Iterator[WorkspaceDesk]:
    """The way an agent's console gets at the desk; it starts the server, and stops it at the end."""
    desk = WorkspaceDesk(workspace, role="agent", name="Robin Ashdale")
    yield desk
    desk.stop()
