"""What all commands share: exit codes, one line of error, help, and a terminal where one is needed."""

import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from console import __version__
from console.cli import app
from tests.commands.running import secondchair


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["index", "nowhere"], "nowhere: there is no such file or folder"),
        (["search"], "give either a query or --queries FILE"),
        (["search", "--queries", "none.jsonl"], "none.jsonl: No such file or directory"),
        (["import", "none.jsonl"], "none.jsonl"),
        (["index", ".", "--config", "none.toml"], "none.toml: there is no such file"),
    ],
)
def test_bad_usage_is_one_line_and_exit_2(
    workspace: Path, arguments: list[str], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That names what was wrong."""
    monkeypatch.chdir(workspace)
    done = secondchair(*arguments, "--workspace", workspace)
    assert (done.code, done.out) == (2, "")
    assert said in done.complaint


def test_options_that_do_not_exist_are_bad_usage() -> None:
    """And a workspace before the command would go unheard, so it is refused."""
    runner = CliRunner()
    assert runner.invoke(app, ["export", "--wrkspace", "x"]).exit_code == 2
    assert runner.invoke(app, ["token", "emperor", "Robin"]).exit_code == 2
    misplaced = runner.invoke(app, ["--workspace", "x", "export"])
    assert misplaced.exit_code == 2
    assert "put it after 'export'" in misplaced.output
    assert runner.invoke(app, ["--version"]).output.strip() == __version__


def test_every_command_explains_itself() -> None:
    """With help for each, and in an instant: nothing heavy is imported for it."""
    runner = CliRunner()
    commands = [command.name or command.callback.__name__ for command in app.registered_commands if command.callback]
    assert set(commands) >= {
        "init", "demo", "serve", "token", "index", "search", "import", "assist", "export", "report", "verify", "doctor"
    }  # fmt: skip
    for name in commands:
        shown = runner.invoke(app, [name, "--help"])
        assert shown.exit_code == 0
        assert "Usage" in shown.output
    code = "import sys, console.cli; print(*(m for m in ('torch', 'fastapi', 'textual', 'numpy') if m in sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert loaded.stdout.strip() == ""


@pytest.mark.parametrize("arguments", [[], ["demo"]])
def test_the_console_needs_a_terminal(tmp_path: Path, arguments: list[str]) -> None:
    """Painted into a pipe it would be a blank screen; nothing is made for it."""
    workspace = tmp_path / "desk"
    done = secondchair(*arguments, "--workspace", workspace)
    assert (done.code, done.out) == (2, "")
    assert "the console needs a terminal" in done.complaint
    assert not workspace.exists()
