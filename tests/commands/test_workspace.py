"""``init`` and ``doctor``: a workspace is made, and looked over."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

import pytest

from console.commands.doctor import Mark, findings
from console.workspace import Workspace
from tests.commands.conftest import PARCEL
from tests.commands.running import secondchair


def test_a_workspace_is_made_once_and_the_doctor_likes_it(tmp_path: Path) -> None:
    """With the demo's content; made again it is refused, and nothing is lost."""
    root = tmp_path / "new" / "desk"
    assert secondchair("init", "--workspace", root, "--demo").code == 0
    assert len(list((root / "content" / "scenarios").glob("*.toml"))) >= 20
    again = secondchair("init", "--workspace", root)
    assert (again.code, "there is a workspace here already" in again.complaint) == (2, True)
    doctor = secondchair("doctor", "--workspace", root)
    lines = doctor.out.splitlines()
    assert doctor.code == 0, doctor.out
    assert [line.split()[1].rstrip(":") for line in lines] == [
        "python",
        "packages",
        "model",
        "workspace",
        "settings",
        "content",
        "knowledge",
        "articles",
        "vectors",
        "past",
        "llm",
        "log",
        "server",
        "terminal",
    ]
    assert all(line.startswith(("ok  ", "warn")) for line in lines)


@pytest.fixture
def locked() -> Iterator[Path]:
    """A workspace with settings that the user of the test below may read but not write."""
    root = Path(mkdtemp(prefix="secondchair-locked-"))
    (root / "config.toml").write_text("", encoding="utf-8")
    root.chmod(0o555)
    yield root
    root.chmod(0o755)
    shutil.rmtree(root)


@pytest.mark.skipif(os.geteuid() == 0 and not shutil.which("setpriv"), reason="root may write anywhere")
@pytest.mark.parametrize("arguments", [["serve", "--port", "0"], ["init"], ["token", "agent", "Robin"]])
def test_a_read_only_workspace_is_one_clear_line(locked: Path, arguments: list[str]) -> None:
    """Exit 2, naming the folder."""
    if arguments == ["init"]:
        (locked / "config.toml").unlink()
    command = [sys.executable, "-m", "console", *arguments, "--workspace", str(locked)]
    if os.geteuid() == 0:  # root without its power to pass by rights is like anybody else
        command = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", *command]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    (complaint,) = done.stderr.strip().splitlines()
    assert done.returncode == 2
    assert str(locked) in complaint
    assert "Permission denied" in complaint


def test_the_doctor_says_that_there_are_articles_and_nothing_else(workspace: Path) -> None:
    """And that there is nothing, where there is nothing."""
    content = {f.subject: f for f in findings(Workspace(workspace), None)}["content"]
    assert (content.mark, content.said.partition(";")[0]) == (Mark.WARN, f"none in {workspace / 'content'}")
    (workspace / "content" / "articles" / "parcels").mkdir(parents=True)
    (workspace / "content" / "articles" / "parcels" / "lost.md").write_text(PARCEL, encoding="utf-8")
    (workspace / "content" / "articles" / "parcels" / "lost.png").write_bytes(b"a picture")
    content = {f.subject: f for f in findings(Workspace(workspace), None)}["content"]
    assert content.mark is Mark.WARN
    assert content.said.startswith("1 article, but no policies, macros or behaviours")


def test_the_doctor_names_what_is_wrong_and_comes_to_the_end(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Broken settings, broken content and a missing model are three lines of twelve."""
    (workspace / "config.toml").write_text("[server]\nprt = 1\n", encoding="utf-8")
    (workspace / "content/policies").mkdir(parents=True)
    (workspace / "content/policies/x.toml").write_text("title = 1\n", encoding="utf-8")
    found = {f.subject: f for f in findings(Workspace(workspace), None)}
    assert len(found) == 14
    assert {name for name, f in found.items() if f.mark is Mark.FAIL} == {"settings", "content"}
    assert "did you mean 'port'" in found["settings"].said
    (workspace / "config.toml").write_text(f"[model]\nname = '{workspace / 'none'}'\n", encoding="utf-8")
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    found = {f.subject: f for f in findings(Workspace(workspace), None)}
    assert found["model"].mark is Mark.FAIL
    assert found["knowledge"].mark is Mark.FAIL
    missing = {f.subject: f for f in findings(Workspace(workspace), workspace / "elsewhere.toml")}
    assert "there is no such file" in missing["settings"].said
