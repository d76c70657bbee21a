"""A server that ends while a customer types, with a log in a file; a team's is in ``tests/team``."""

import json
import shutil
import signal
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from console.accounts.opening import open_accounts
from console.conversation.people import Role
from console.sign_in_settings import SignInSettings
from console.workspace import Workspace
from tests.commands.running import wait_until
from tests.practice.consoles import SAYS, Console, ready
from tests.practice.scripted import DEMO
from tests.team.serving import start

pytestmark = pytest.mark.slow


def moves(workspace: Workspace) -> list[dict[str, Any]]:
    """Return where the customer stood, message by message."""
    asked = "SELECT p.payload FROM events e JOIN payloads p USING (seq) WHERE e.kind = 'customer-moved' ORDER BY e.seq"
    with closing(sqlite3.connect(f"file:{workspace.practice.database}?mode=ro", uri=True)) as log:
        return [json.loads(payload) for (payload,) in log.execute(asked)]


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM])
def test_who_was_typing_when_the_server_ended_goes_on(
    end: signal.Signals, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their answer comes once the server is back, and once; what they know and feel is what it was."""
    monkeypatch.setenv("SECONDCHAIR_PRACTICE__SPEED", "4")
    workspace = Workspace(tmp_path / "desk")
    shutil.copytree(DEMO, workspace.content)
    accounts = open_accounts(workspace, SignInSettings(), "")
    token, _ = accounts.keep(Role.AGENT, "Robin Ashdale")
    accounts.close()
    server = start(workspace.root, "")
    try:
        ready(server)
        session = Console(server, token).begins()
        heard = len(Console(server, token).messages(session))
        Console(server, token).says(session, SAYS[0])
        wait_until(lambda: len(moves(workspace)) == 1, within=30)
        server.process.send_signal(end)
        server.process.communicate()
        stood = moves(workspace)
        server = start(workspace.root, "")
        console = Console(server, token)
        after = console.hears(session, heard)
        ready(server)
        console.says(session, SAYS[1])
        console.hears(session, after)
        assert [move["turn"] for move in moves(workspace)] == [1, 2]
        assert moves(workspace)[0] == stood[0]
        assert {*moves(workspace)[1]["told"]} >= {*stood[0]["told"]}
        said = console.messages(session)[heard:]
        assert len(said) == len(set(said))
    finally:
        server.process.kill()
        server.process.communicate()
