"""The end of the server's process, also while something in it computes on and on.

Python waits for the threads of its pools before it ends, and nothing can stop a thread that computes. So the process
ends itself once there is nothing left to wait for: what was acknowledged is durable, and what is being worked out for
the agents is worth nothing any more.
"""

import contextlib
import os
import sys
import threading
from collections.abc import Callable
from typing import Final

STOPPING: Final = 8.0
"""Seconds that stopping may take in all: streams, channels, assistance, the log."""

LINGERING: Final = 1.0
"""Seconds that the process may stay once the log is closed."""


def end_within(seconds: float, clean_up: Callable[[], None]) -> None:
    """End the process with success after so many seconds, if it has not ended by itself; ``clean_up`` goes first."""

    def end() -> None:
        with contextlib.suppress(Exception):
            clean_up()
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(Exception):
                stream.flush()
        os._exit(0)

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
