"""The report's own book, counted by a process of its own while the command counts the lead's: the first time alone.

A long log takes many seconds to read, and the two books are of different stretches and different events. Nothing rests
on the process: what its file lacks in the end, the command reads itself.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from console.desk.log import LogError
from console.review.impact.trials import EPOCH
from console.review.reading import ReadableLog, book_of, report_file
from console.store import open_log
from console.workspace import Workspace, config_folder

MANY: Final = 100_000
"""Events from which on a process is worth its start, a second."""


@contextmanager
def counted_beside(workspace: Workspace, address: str, log: ReadableLog) -> Iterator[Callable[[], object]]:
    """Have the report's book counted meanwhile, and yield what waits until its file is there.

    ``address`` is that of a team's database; empty where the log lies in the workspace.
    """
    if not _worth_it(workspace, log):
        yield lambda: None
        return
    child = subprocess.Popen(  # noqa: S603 - this program itself
        [sys.executable, "-P", "-m", __name__, str(workspace.root.resolve())],
        env=_environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    assert child.stdin is not None  # noqa: S101 - it is a pipe
    try:
        with suppress(BrokenPipeError), child.stdin:
            child.stdin.write(address.encode())  # where it holds a password, it is nobody else's to see
        yield child.wait
    finally:
        child.kill()
        child.wait()


def main(root: str, address: str) -> None:
    """Bring the report's book of a workspace up to date in its file."""
    workspace = Workspace(Path(root))
    log = open_log(workspace.root, config_folder(), address=address, read_only=True)
    try:
        book_of(log, report_file(workspace.books), EPOCH)
    finally:
        log.close()


def _worth_it(workspace: Workspace, log: ReadableLog) -> bool:
    """Return whether there are a second processor, a place for the file, and much to be counted for it."""
    path = report_file(workspace.books).path
    there = path is not None and path.exists()
    return not there and _processors() > 1 and os.access(workspace.root, os.W_OK) and log.head() >= MANY


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _environment() -> dict[str, str]:
    paths = str(Path(__file__).parents[2]), os.environ.get("PYTHONPATH")
    return os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, paths))}


if __name__ == "__main__":
    import gc

    gc.disable()  # what is read stays, and the process ends soon
    with suppress(LogError):
        main(sys.argv[1], sys.stdin.read())
