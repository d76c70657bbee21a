"""A server that is told to end while it computes something that does not come to an end; with a real process."""

import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from console.server.lock import is_served, served
from console.workspace import Workspace, runtime_folder
from tests.commands.running import played, process, wait_until

TALK = {"id": "t", "customer": {"id": "u1", "name": "Ada"}, "messages": [{"role": "customer", "text": "hello there"}]}

HANGING = """
import sys, threading
from pathlib import Path
from console.assist.engine import Engine
begun = Path(sys.argv.pop(1))

def hang(*_, **__):
    begun.touch()
    threading.Event().wait()

Engine.turn = Engine.check = hang
from console.cli import main
main()
"""
"""The command line, with an engine whose turns and checks never end. Takes a file that tells when one has begun."""


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A workspace with one played customer."""
    return played(tmp_path / "desk", TALK)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_server_ends_within_seconds_whatever_it_computes(
    workspace: Workspace, tmp_path: Path, number: signal.Signals
) -> None:
    """A turn that goes on for ever, a check that does: the log is closed and whole, and nothing is left lying about."""
    begun = tmp_path / "begun"
    command = [sys.executable, "-c", HANGING, begun, "serve", "--workspace", workspace.root, "--port", "0"]
    with subprocess.Popen(list(map(str, command)), stderr=subprocess.PIPE) as child:
        try:
            wait_until(begun.exists, within=60)
            wait_until(lambda: served(workspace) is not None)
            found = served(workspace)
            assert found is not None
            admin = {"Authorization": f"Bearer {found.token}"}
            person = {"role": "agent", "name": "Robin"}
            token = httpx.post(f"{found.url}/v1/tokens", json=person, headers=admin).json()["token"]
            with pytest.raises(httpx.ReadTimeout):
                httpx.post(
                    f"{found.url}/v1/conversations/t-1/check",
                    json={"text": "hello"},
                    headers={"Authorization": f"Bearer {token}"},
                    timeout=0.5,
                )
            child.send_signal(number)
            assert child.wait(12) in {0, 130}
        finally:
            child.kill()
    assert not is_served(workspace)
    assert (workspace.lock.exists(), list(runtime_folder().iterdir())) == (False, [])
    assert process("verify", "--workspace", workspace.root).code == 0
