"""The private desk server's life: started, shared, killed, orphaned; with real processes."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from console.commands.attach import AttachError, WorkspaceDesk
from console.conversation.commands import InboxPage, Me
from console.server.lock import is_served, served
from console.terminal.app import open_http
from console.terminal.connection import Connection
from console.terminal.link import DeskLink
from console.terminal.port import Delivery, Desk
from console.workspace import Workspace, runtime_folder
from tests.commands.running import alive, played, process, started, wait_until

TALK = {"id": "t", "customer": {"id": "u1", "name": "Ada"}, "messages": [{"role": "customer", "text": "hello there"}]}


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A workspace with one played customer and no rules."""
    return played(tmp_path / "desk", TALK)


@pytest.fixture
def console(workspace: Workspace) -> Iterator[WorkspaceDesk]:
    """What a console holds of its desk."""
    desk = WorkspaceDesk(workspace, role="agent", name="Robin Ashdale")
    yield desk
    desk.stop()


def ask(reached: tuple[str, str], path: str, verb: str = "GET", body: object = None) -> httpx.Response:
    """Ask the server with the token that was given."""
    url, token = reached
    return httpx.request(verb, url + path, headers={"Authorization": f"Bearer {token}"}, json=body, timeout=20)


def pid_of(workspace: Workspace) -> int:
    """Return the server's process."""
    found = served(workspace)
    assert found is not None
    return found.pid


def notes(reached: tuple[str, str]) -> list[str]:
    """Return the notes of the played conversation."""
    return [n["text"] for n in ask(reached, "/v1/conversations/t-1").json()["conversation"]["notes"]]


def arrived(reached: tuple[str, str]) -> bool:
    """Return whether the played customer is there."""
    return ask(reached, "/v1/conversations/t-1").status_code == 200


def port_of(reached: tuple[str, str]) -> int:
    """Return the port of an address."""
    return httpx.URL(reached[0]).port or 0


@pytest.mark.slow
def test_the_next_run_listens_where_the_last_one_did_so_that_customers_open_pages_find_it(
    workspace: Workspace, console: WorkspaceDesk
) -> None:
    """Another port where that one has been taken meanwhile, or where what is remembered makes no sense."""
    first = console.attach()
    console.stop()
    wait_until(lambda: not is_served(workspace))
    assert workspace.last_port.read_text(encoding="utf-8").strip() == str(port_of(first))
    again = console.attach()
    assert again[0] == first[0]
    console.stop()
    wait_until(lambda: not is_served(workspace))
    with socket.create_server(("127.0.0.1", port_of(first))):
        other = console.attach()
        assert other[0] != first[0]
        console.stop()
        wait_until(lambda: not is_served(workspace))
    workspace.last_port.write_text("80\nrm -rf", encoding="utf-8")
    assert port_of(console.attach()) > 1023


def test_two_consoles_and_a_headless_command_share_one_server(workspace: Workspace, console: WorkspaceDesk) -> None:
    """The second attaches as somebody else; the log is exported meanwhile; nobody follows when the first ends."""
    first = console.attach()
    second = WorkspaceDesk(workspace, role="lead", name="Marta Quill")
    lead = second.attach()
    assert (first[0], first[1] != lead[1]) == (lead[0], True)
    assert ask(first, "/v1/me").json()["agent"]["role"] == "agent"
    assert ask(lead, "/v1/me").json()["agent"] == {"id": "marta-quill", "name": "Marta Quill", "role": "lead"}
    wait_until(lambda: arrived(lead))
    exported = process("export", "--workspace", workspace.root)
    assert exported.code == 0
    assert [row["seq"] for row in exported.rows] == list(range(1, len(exported.rows) + 1))
    assert exported.rows[0]["kind"] == "conversation-opened"
    again = process("serve", "--workspace", workspace.root, "--port", 0)
    assert (again.code, "runs on" in again.complaint) == (2, True)
    pid = pid_of(workspace)
    second.stop()
    assert alive(pid)
    console.stop()
    assert not alive(pid)
    assert not is_served(workspace)
    assert not workspace.lock.exists()
    assert list(runtime_folder().iterdir()) == []


def test_the_credential_is_the_owners_alone(workspace: Workspace, console: WorkspaceDesk) -> None:
    """It stands in no argument and not in the workspace."""
    console.attach()
    found = served(workspace)
    assert found is not None
    assert Path(found.credential).stat().st_mode & 0o777 == 0o600
    assert not Path(found.credential).is_relative_to(workspace.root)
    arguments = Path(f"/proc/{found.pid}/cmdline").read_bytes().decode()
    assert found.token not in arguments + workspace.lock.read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_killed_server_is_started_again_and_nothing_acknowledged_is_lost(
    workspace: Workspace, console: WorkspaceDesk
) -> None:
    """Attaching again is all a console has to do; the chain is whole."""
    reached = console.attach()
    wait_until(lambda: arrived(reached))
    acknowledged: list[str] = []
    pid = pid_of(workspace)
    with ThreadPoolExecutor(1) as background:

        def write() -> None:
            for number in range(1000):
                try:
                    body = {"text": f"note {number}", "key": f"n{number}"}
                    ask(reached, "/v1/conversations/t-1/notes", "POST", body).raise_for_status()
                except httpx.HTTPError:
                    return
                acknowledged.append(body["text"])

        writing = background.submit(write)
        wait_until(lambda: len(acknowledged) >= 20)
        os.kill(pid, signal.SIGKILL)
        writing.result(30)
    assert not is_served(workspace)
    again = console.attach()
    kept = notes(again)
    assert kept[: len(acknowledged)] == acknowledged
    assert len(kept) <= len(acknowledged) + 1
    console.stop()
    assert process("verify", "--workspace", workspace.root).code == 0


CONSOLE = """
import sys
from pathlib import Path
from console.commands.attach import WorkspaceDesk
from console.workspace import Workspace
desk = WorkspaceDesk(Workspace(Path(sys.argv[1])), role="agent", name=sys.argv[2])
print(*desk.attach(), flush=True)
sys.stdin.read()
desk.stop()
"""


def start_console(workspace: Workspace, name: str) -> "subprocess.Popen[str]":
    """Start a process that attaches as a console does, says where to, and stays until its input ends."""
    return subprocess.Popen(
        [sys.executable, "-c", CONSOLE, str(workspace.root), name],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def said(process: "subprocess.Popen[str]") -> tuple[str, str]:
    """Return what a console process said that it reached."""
    assert process.stdout is not None
    url, token = process.stdout.readline().split()
    return url, token


def test_a_killed_console_leaves_no_server_behind(workspace: Workspace, console: WorkspaceDesk) -> None:
    """And what it leaves does not keep the next one from starting."""
    with start_console(workspace, "Robin") as parent:
        said(parent)
        pid = pid_of(workspace)
        parent.kill()
    wait_until(lambda: not alive(pid))
    wait_until(lambda: not is_served(workspace))
    assert served(workspace) is None
    assert ask(console.attach(), "/v1/me").status_code == 200


@pytest.mark.slow
def test_two_consoles_that_start_at_the_same_moment_share_one_server(workspace: Workspace) -> None:
    """Whichever is faster owns it."""
    with start_console(workspace, "Robin") as one, start_console(workspace, "Sam") as two:
        first, second = said(one), said(two)
        assert first[0] == second[0]
        names = {ask(reached, "/v1/me").json()["agent"]["name"] for reached in (first, second)}
        assert names == {"Robin", "Sam"}
        for process in (one, two):
            process.communicate("")
    assert not is_served(workspace)


@pytest.mark.slow
def test_a_server_that_is_told_to_end_ends_well(workspace: Workspace, console: WorkspaceDesk) -> None:
    """By a signal, while its pipe is still open and a stream is being read; nothing of it is left lying about."""
    reached = console.attach()
    child = console._child
    assert child is not None
    with httpx.stream("GET", f"{reached[0]}/v1/events", headers={"Authorization": f"Bearer {reached[1]}"}) as stream:
        assert stream.status_code == 200
        child.terminate()
        assert child.wait(20) == 0
    assert not is_served(workspace)
    assert not workspace.lock.exists()
    assert list(runtime_folder().iterdir()) == []


@pytest.mark.slow
def test_a_team_server_tells_where_it_listens(workspace: Workspace) -> None:
    """And its tokens are made beside it."""
    with started("serve", "--workspace", workspace.root, "--port", 0) as server:
        assert server.stderr is not None
        line = next(line for line in server.stderr if "listens on" in line)
        url = line.split("listens on ")[1].split(";")[0]
        assert f"Its log lies in {workspace.database.resolve()}." in line
        made = process("token", "lead", "Marta Quill", "--workspace", workspace.root)
        assert (made.code, len(made.out.split())) == (0, 1)
        assert ask((url, made.out.strip()), "/v1/report").status_code == 200
        assert httpx.get(f"{url}/health").json()["status"] == "ok"
        server.send_signal(signal.SIGINT)
        assert server.wait(20) in {0, 130}


def test_a_taken_port_is_one_clear_line(workspace: Workspace) -> None:
    """With what to do."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = process("serve", "--workspace", workspace.root, "--port", port)
    assert done.code == 2
    assert f"cannot listen on 127.0.0.1:{port}" in done.complaint
    assert "--port" in done.complaint


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("config.toml", "[server]\nprt = 1\n", "config.toml:2: unknown key 'server.prt'; did you mean 'port'?"),
        ("content/policies/x.toml", "title = 'x'\nbroken\n", "x.toml:2: cannot be read here"),
        ("talks.jsonl", "{broken\n", "talks.jsonl:1: "),
    ],
)
def test_what_is_broken_is_named_and_no_server_is_left(workspace: Workspace, file: str, text: str, said: str) -> None:
    """The console is told the same line."""
    (workspace.root / file).parent.mkdir(parents=True, exist_ok=True)
    (workspace.root / file).write_text(text, encoding="utf-8")
    done = process("serve", "--workspace", workspace.root, "--port", 0)
    assert (done.code, said in done.complaint) == (2, True), done.complaint
    desk = WorkspaceDesk(workspace, role="agent", name="Robin")
    with pytest.raises(AttachError) as caught:
        desk.attach()
    desk.stop()
    assert said in str(caught.value)
    assert not is_served(workspace)


@pytest.mark.slow
def test_a_console_says_why_its_server_cannot_start_and_tries_again(workspace: Workspace) -> None:
    """Once the file is mended it is live, without being started anew."""
    workspace.config.write_text("[server]\nprt = 1\n", encoding="utf-8")
    desk = WorkspaceDesk(workspace, role="agent", name="Robin")
    told: list[str] = []

    class Console:
        """Mends the file when it is told what is wrong with it; raises ``KeyError`` once it is live."""

        def connection_changed(self, connection: Connection) -> None:
            told.append(connection.detail)
            if "did you mean 'port'?" in connection.detail:
                workspace.config.write_text("[model]\nthreads = 1\n", encoding="utf-8")
                link.try_now()

        async def started(self, desk: Desk, me: Me, page: InboxPage) -> int:
            raise KeyError("live")

        def delivered(self, batch: list[Delivery]) -> None:
            """Nothing is delivered."""

    link = DeskLink(desk, open_http, Console())
    try:
        with pytest.raises(KeyError, match="live"):
            asyncio.run(asyncio.wait_for(link.run(), 60))
    finally:
        desk.stop()
    assert any("config.toml:2: unknown key 'server.prt'" in detail for detail in told)


def test_a_damaged_log_is_one_clear_line(workspace: Workspace) -> None:
    """Damaged where it still opens: said, and no traceback."""
    with started("serve", "--workspace", workspace.root, "--port", 0) as server:
        wait_until(lambda: served(workspace) is not None)
        server.terminate()
        server.wait()
    file = workspace.database
    content = bytearray(file.read_bytes())
    for place in range(4096, len(content), 97):
        content[place] ^= 0xFF
    file.write_bytes(content)
    done = process("serve", "--workspace", workspace.root, "--port", 0)
    assert done.code == 2
    assert "desk.db" in done.complaint


def test_a_folder_that_cannot_be_written_is_one_clear_line(tmp_path: Path) -> None:
    """Here a file lies where the folder should be."""
    (tmp_path / "file").write_text("x", encoding="utf-8")
    done = process("serve", "--workspace", tmp_path / "file" / "desk", "--port", 0)
    assert (done.code, "file" in done.complaint) == (2, True)
    with pytest.raises(AttachError, match="cannot be written"):
        WorkspaceDesk(Workspace(tmp_path / "file" / "desk"), role="agent", name="Robin").attach()


def test_a_lock_left_behind_by_a_killed_server_is_no_server(workspace: Workspace) -> None:
    """Nor is a damaged one."""
    for text in (json.dumps({"pid": 1, "url": "http://127.0.0.1:1", "credential": "/nowhere"}), "{", "[]"):
        workspace.lock.write_text(text, encoding="utf-8")
        assert served(workspace) is None


def test_a_name_that_cannot_be_kept_is_said_so(workspace: Workspace) -> None:
    """In the desk's words, not as a server that does not answer."""
    desk = WorkspaceDesk(workspace, role="agent", name="Rob\u200bin")
    try:
        with pytest.raises(AttachError, match="write it with ordinary letters"):
            desk.attach()
    finally:
        desk.stop()
