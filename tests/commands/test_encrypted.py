"""``serve`` where others could listen in; with real processes."""

import ssl
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from console.server.lock import served
from console.workspace import Workspace
from tests.commands.running import process, wait_until
from tests.server.certificates import make


def test_a_server_with_a_certificate_speaks_to_who_trusts_it(tmp_path: Path) -> None:
    """And to nobody in the clear."""
    root = tmp_path / "desk"
    root.mkdir()
    certificate, _ = make(root)
    (root / "config.toml").write_text(
        '[server]\nhost = "0.0.0.0"\nport = 0\ncertificate = "desk.pem"\nkey = "desk.key"\n', encoding="utf-8"
    )
    workspace = Workspace(root)
    command = [sys.executable, "-m", "console", "serve", "--workspace", str(root)]
    with subprocess.Popen(command, stderr=subprocess.PIPE) as child:
        try:
            wait_until(lambda: served(workspace) is not None, within=60)
            found = served(workspace)
            assert found is not None
            port = found.url.rpartition(":")[2]
            trusting = ssl.create_default_context(cafile=str(certificate))
            answer = httpx.get(f"https://127.0.0.1:{port}/health", verify=trusting, timeout=10)
            assert (found.url.split(":")[0], answer.json()["status"]) == ("https", "ok")
            with pytest.raises(httpx.TransportError):
                httpx.get(f"http://127.0.0.1:{port}/health", timeout=10)
        finally:
            child.terminate()
            child.wait(15)


def test_without_one_it_serves_this_machine_alone(tmp_path: Path) -> None:
    """The refusal is one line that says what to do; nothing was begun."""
    done = process("serve", "--workspace", tmp_path / "desk", "--host", "0.0.0.0", "--port", "0")  # noqa: S104
    assert (done.code, "without encryption" in done.complaint) == (2, True)
    assert not (tmp_path / "desk/desk.db").exists()
