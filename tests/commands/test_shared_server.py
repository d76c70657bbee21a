"""One private server and two consoles: it goes with the last of them, however each goes; with real processes."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from console.commands.attach import WorkspaceDesk
from console.server.lock import is_served
from console.workspace import Workspace, runtime_folder
from tests.commands.running import alive, wait_until
from tests.commands.test_private_server import ask, pid_of, said, start_console

pytestmark = pytest.mark.usefixtures("quiet")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A workspace with nothing in it."""
    root = tmp_path / "desk"
    root.mkdir()
    (root / "config.toml").write_text("[model]\nthreads = 1\n", encoding="utf-8")
    return Workspace(root)


@pytest.fixture
def quiet(workspace: Workspace) -> Iterator[None]:
    """Whatever a test does: no server is left behind."""
    yield
    if is_served(workspace):
        os.kill(pid_of(workspace), signal.SIGKILL)


@contextmanager
def following(reached: tuple[str, str]) -> Iterator[httpx.Response]:
    """Follow the live events as a console does."""
    url, token = reached
    headers = {"Authorization": f"Bearer {token}"}
    with httpx.stream("GET", f"{url}/v1/events", headers=headers, timeout=20) as stream:
        assert stream.status_code == 200
        yield stream


def gone(workspace: Workspace) -> bool:
    """Return whether nothing of a server is left."""
    return not is_served(workspace) and not workspace.lock.exists() and list(runtime_folder().iterdir()) == []


def test_the_server_outlives_the_console_that_started_it_while_another_one_follows(workspace: Workspace) -> None:
    """Leaving does not wait for it; the other one works on over the same stream, and the server goes with that one."""
    owner = WorkspaceDesk(workspace, role="agent", name="Robin Ashdale")
    mine = owner.attach()
    guest = WorkspaceDesk(workspace, role="lead", name="Marta Quill")
    reached = guest.attach()
    pid = pid_of(workspace)
    with following(reached) as stream:
        with following(mine):
            pass
        owner.stop()
        assert alive(pid)
        assert ask(reached, "/v1/presence", "PUT", {"presence": "online"}).status_code == 204
        assert any("presence-changed" in line for line in stream.iter_lines())
        third = WorkspaceDesk(workspace, role="agent", name="Robin Ashdale")
        assert third.attach()[0] == reached[0]
        third.stop()
        guest.stop()
    wait_until(lambda: gone(workspace) and not alive(pid), within=15)


@pytest.mark.slow
def test_a_killed_owner_leaves_the_server_to_the_console_that_follows(workspace: Workspace) -> None:
    """And the server goes when that one is killed, too."""
    with start_console(workspace, "Robin") as owner:
        reached = said(owner)
        pid = pid_of(workspace)
        with following(reached), following(reached):
            owner.kill()
            owner.wait()
            assert ask(reached, "/v1/me").status_code == 200
            assert alive(pid)
    wait_until(lambda: not alive(pid), within=15)
    wait_until(lambda: gone(workspace), within=15)


@pytest.mark.slow
def test_a_console_whose_stream_breaks_for_a_moment_finds_its_server_again(workspace: Workspace) -> None:
    """Though its owner is gone."""
    owner = WorkspaceDesk(workspace, role="agent", name="Robin Ashdale")
    reached = owner.attach()
    pid = pid_of(workspace)
    with following(reached):
        owner.stop()
    with following(reached):
        assert ask(reached, "/v1/me").status_code == 200
        assert alive(pid)
    wait_until(lambda: gone(workspace), within=15)
