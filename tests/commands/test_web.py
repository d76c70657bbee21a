"""``secondchair web`` as a process: what it refuses, what it starts, and what it leaves behind."""

import re
import signal
import subprocess
from pathlib import Path

import httpx
import pytest

from console.server.lock import is_served, served
from console.workspace import Workspace
from tests.commands.running import alive, process, secondchair, started, wait_until

pytestmark = pytest.mark.usefixtures("_settings_of_its_own")


@pytest.fixture
def _settings_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


def address_of(child: subprocess.Popen[str]) -> str:
    """Return what the server says where the console is."""
    assert child.stderr is not None
    for line in child.stderr:
        if found := re.search(r"The console is at (\S+)\.", line):
            return found[1]
    raise AssertionError("it ended before it listened")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--host", "0.0.0.0"), "--public-url"),  # noqa: S104 - that is the point
        (("--public-url", "http://console.example"), "--public-url: should be empty, or https://"),
        (("--public-url", "https://console.example/desk"), "--public-url: should be empty, or https://"),
        (("--server", "desk.example"), "--server should be empty, or a whole address"),
        (("--host", "192.0.2.1", "--public-url", "https://console.example"), "cannot listen on 192.0.2.1"),
    ],
)
def test_what_is_not_safe_or_no_address_is_refused_in_a_line(
    tmp_path: Path, options: tuple[str, ...], said: str
) -> None:
    done = secondchair("web", "--workspace", tmp_path, "--port", 0, *options)
    assert done.code == 2
    assert said in done.complaint


def test_it_starts_the_workspaces_desk_and_takes_it_along(tmp_path: Path) -> None:
    """A person with a token signs in; at the end neither server is left."""
    workspace = Workspace(tmp_path / "desk")
    made = process("token", "agent", "Robin Ashdale", "--workspace", workspace.root)
    token = made.out.split()[0]
    with started("web", "--workspace", workspace.root, "--port", 0) as child:
        url = address_of(child)
        answer = httpx.post(f"{url}/sign-in", data={"token": token}, headers={"Origin": url})
        assert answer.status_code == 303
        desk = served(workspace)
        assert desk is not None
        child.send_signal(signal.SIGTERM)
        assert child.wait(20) == 0
    wait_until(lambda: not alive(desk.pid))
    assert not is_served(workspace)


def test_a_desk_that_was_killed_is_started_again_for_the_next_who_signs_in(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "desk")
    token = process("token", "agent", "Robin Ashdale", "--workspace", workspace.root).out.split()[0]
    with started("web", "--workspace", workspace.root, "--port", 0) as child:
        url = address_of(child)
        desk = served(workspace)
        assert desk is not None
        subprocess.run(["kill", "-9", str(desk.pid)], check=True)
        wait_until(lambda: not alive(desk.pid))
        for _ in range(3):  # on a busy machine it says, as to anybody: try again in a moment
            answer = httpx.post(f"{url}/sign-in", data={"token": token}, headers={"Origin": url}, timeout=60)
            if answer.status_code != 503:
                break
        assert answer.status_code == 303, answer.text


def test_a_named_server_that_is_not_there_is_said_at_the_sign_in(tmp_path: Path) -> None:
    with started("web", "--workspace", tmp_path, "--port", 0, "--server", "http://127.0.0.1:9") as child:
        url = address_of(child)
        answer = httpx.post(f"{url}/sign-in", data={"token": "x"}, headers={"Origin": url})
        assert answer.status_code == 503
        assert "does not answer" in answer.text
    assert not Workspace(tmp_path).lock.exists()
