"""The report's own book, counted by a process of its own while the command counts the lead's.

A long log takes many seconds to read, and the two books are of different stretches and different events. The process is
started before the command has loaded what it needs itself, and only where there is no file to go on from. Nothing rests
on it: what its file lacks in the end, the command reads.
"""

import gc
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from console.review.edition import REPORT, is_of_this
from console.workspace import Workspace, config_folder

Counted = Mapping[str, Any] | None

LARGE: Final = 50_000_000
"""Bytes of a log from which on a process is worth its start, a second: some 70,000 events."""

MANY: Final = 20_000
"""Events from which on it reads the log, wherever that lies: a file is written of as many."""


@contextmanager
def counted_beside(workspace: Workspace) -> Iterator[Callable[[], Counted]]:
    """Have the report's book counted meanwhile; yield what waits for its figures and returns them, where there are any.

    They are those of :func:`console.review.report.report_from` without any look.
    """
    if not _worth_it(workspace):
        yield lambda: None
        return
    child = subprocess.Popen(  # noqa: S603 - this program itself
        [sys.executable, "-P", "-m", __name__, str(workspace.root.resolve())],
        env=_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield lambda: _figures(child)
    finally:
        child.kill()
        child.wait()
        if child.stdout is not None:
            child.stdout.close()


@contextmanager
def uncollected() -> Iterator[None]:
    """Look for no cycles of garbage meanwhile: of a long log that takes as long as the work, and there are none."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _figures(child: subprocess.Popen[bytes]) -> Counted:
    said, _ = child.communicate()
    try:
        return json.loads(said) if said and child.returncode == 0 else None
    except ValueError:
        return None


def main(root: str) -> None:
    """Bring the report's book of a workspace up to date in its file, and write its figures as JSON.

    Raises what opening and reading the log raise.
    """
    from console.review.reading import counted_in
    from console.settings import chosen_settings
    from console.store import open_log

    workspace = Workspace(Path(root))
    address = chosen_settings(None, workspace.config).store.address
    log = open_log(workspace.root, config_folder(), address=address, read_only=True)
    try:
        if log.head() >= MANY:
            sys.stdout.write(json.dumps(counted_in(log, workspace.books)))
    finally:
        log.close()


def _worth_it(workspace: Workspace) -> bool:
    """Return whether there are a second processor, a place for the file, and, perhaps, much to be counted for it."""
    log = workspace.database
    long = not log.exists() or log.stat().st_size >= LARGE
    free = _processors() > 1 and os.access(workspace.root, os.W_OK)
    return long and free and not is_of_this(workspace.books / REPORT)


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _environment() -> dict[str, str]:
    paths = str(Path(__file__).parents[2]), os.environ.get("PYTHONPATH")
    return os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, paths))}


if __name__ == "__main__":
    gc.disable()  # what is read stays, and the process ends soon
    from console.desk.log import LogError
    from console.server.logs import log_to_stderr
    from console.settings import SettingsError

    log_to_stderr()  # standard output is for the figures
    try:
        main(sys.argv[1])
    except (LogError, SettingsError):
        sys.exit(1)
