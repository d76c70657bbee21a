"""The other side of :mod:`~console.server.book_process`: a process that brings the lead's book up to date and ends.

The request is a line of JSON on standard input: the workspace's ``root``, the ``address`` of a team's database, and
``since`` and ``oldest``, between which the book begins. Lines of JSON come back: ``{"done": …, "of": …}`` while it
reads, and at the end ``{"upto": …}``, or ``{"why": …}`` where the log cannot be read or a file not be deleted.
"""

import json
import os
import signal
import sys
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from console.desk.log import LogError
from console.review.keeping import keep_books
from console.server.logs import log_to_stderr
from console.store import open_log
from console.workspace import Workspace, config_folder

BEHIND: Final = 10
"""By how much it gives way to the desk, in steps of nice(2)."""


def main() -> None:
    """Answer one request."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the desk, which then ends this process
    if hasattr(os, "nice"):
        os.nice(BEHIND)
    log_to_stderr()
    with suppress(BrokenPipeError):  # nobody waits any more
        _say(_answer(json.loads(sys.stdin.readline())))


def _answer(request: dict[str, Any]) -> dict[str, object]:
    workspace = Workspace(Path(request["root"]))
    since, oldest = (datetime.fromisoformat(request[name]) for name in ("since", "oldest"))
    try:
        log = open_log(workspace.root, config_folder(), address=request["address"], read_only=True)
        try:
            return {"upto": keep_books(log, workspace.books, since, oldest, lambda done, of, _: _say(_far(done, of)))}
        finally:
            log.close()
    except BrokenPipeError:
        raise
    except (LogError, OSError) as error:
        return {"why": str(error)}


def _far(done: int, of: int) -> dict[str, object]:
    return {"done": done, "of": of}


def _say(told: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
