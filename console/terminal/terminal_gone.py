"""Ends the console with its terminal, also where no signal tells that it is gone.

A terminal's window that closes sends SIGHUP to those whose controlling terminal it is. A console that was started in a
session of its own is not told: what it reads is then at an end for ever, and a processor is busy with that.
"""

import os
import select
import sys
import threading
from typing import Final

GONE: Final = 128 + 1
"""What a shell reports of whoever ended by SIGHUP."""


def end_with_terminal() -> None:
    """End this process once the terminal that it reads from has hung up; nothing where it reads from none."""
    if hasattr(select, "poll") and sys.stdin is not None and sys.stdin.isatty():
        threading.Thread(target=_wait, args=(sys.stdin.fileno(),), name="terminal", daemon=True).start()


def _wait(terminal: int) -> None:
    poll = select.poll()
    poll.register(terminal, 0)  # a hang-up is reported without being asked for
    if any(happened & select.POLLHUP for _, happened in poll.poll()):
        os._exit(GONE)
