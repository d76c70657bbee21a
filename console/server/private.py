"""The private desk server's side of the pipe to the console that started it.

The console writes the owner's token as the first line of standard input and keeps the pipe open; its end is the signal
to stop, so that a killed console leaves no server behind. While other consoles follow the desk the server stays for
them, and stops by itself after the last one. Standard output carries one JSON object a line: ``{"progress": "…"}``,
then ``{"url": "…"}`` or ``{"error": "…"}``; at the end of the pipe ``{"staying": "…"}`` where it stays.
"""

import json
import os
import sys
import threading
from collections.abc import Callable


def read_token() -> str:
    """Return the owner's token from the pipe; empty when the pipe ended before it came."""
    return sys.stdin.readline().strip()


def say(**words: str) -> None:
    """Tell the console something; a console that is gone does not matter."""
    try:
        sys.stdout.write(json.dumps(words) + "\n")
        sys.stdout.flush()
    except OSError:
        return


def on_end_of_pipe(stop: Callable[[], None]) -> None:
    """Call ``stop`` when the console closes the pipe or dies."""

    def wait() -> None:
        while os.read(pipe, 4096):  # not sys.stdin: a thread that waits in it would break the end of the process
            continue
        stop()

    pipe = sys.stdin.fileno()

    threading.Thread(target=wait, name="pipe", daemon=True).start()
