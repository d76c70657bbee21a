"""The command line as other programs use it: real processes, exit codes, streams."""

import contextlib
import io
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from console.cli import main
from console.workspace import Workspace


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def rows(self) -> list[Any]:
        """Standard output as JSON lines; fails when there is anything else in it."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def complaint(self) -> str:
        """The one line on standard error of a command that failed."""
        lines = self.err.strip().splitlines()
        assert len(lines) == 1, self.err
        return lines[0]


def secondchair(*arguments: object) -> Done:
    """Run the whole command line in this process, its streams and exit code as another program would see them."""
    out, err = io.StringIO(), io.StringIO()
    before = os.umask(0o022)  # the command line sets its own
    with (
        patch.object(sys, "argv", ["secondchair", *map(str, arguments)]),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        try:
            main()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
        finally:
            os.umask(before)
    return Done(code, out.getvalue(), err.getvalue())


def process(*arguments: object, within: float = 60) -> Done:
    """Run ``secondchair`` as a process of its own to its end."""
    command = [sys.executable, "-m", "console", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=within, check=False)
    return Done(done.returncode, done.stdout, done.stderr)


@contextmanager
def started(*arguments: object) -> Iterator[subprocess.Popen[str]]:
    """Start ``secondchair``; what is left of it is killed when the block ends."""
    child = subprocess.Popen(
        [sys.executable, "-m", "console", *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield child
    finally:
        child.kill()
        child.communicate()


def wait_until(holds: Callable[[], bool], within: float = 30) -> None:
    """Wait until something outside this process is so."""
    end = time.monotonic() + within
    while not holds():
        assert time.monotonic() < end, "it did not come to be"
        time.sleep(0.01)  # a process can only be asked again


def alive(pid: int) -> bool:
    """Return whether a process runs (a zombie does not)."""
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False


def write_lines(file: Path, rows: Sequence[object]) -> Path:
    """Write JSON lines."""
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return file


def played(root: Path, talk: object) -> Workspace:
    """Make a workspace in which one customer plays a talk at once, and there are no rules."""
    root.mkdir()
    write_lines(root / "talks.jsonl", [talk])
    (root / "config.toml").write_text(
        '[replay]\nsource = "talks.jsonl"\nspeed = 1000.0\nat_once = 1\n[model]\nthreads = 1\n', encoding="utf-8"
    )
    return Workspace(root)
