"""The lead's book written by a process of its own, whose memory goes back to the system whole when it ends.

In the desk's process each writing left 12 to 16 MB behind: the book is read, grown and written in many small pieces,
between which what the desk keeps meanwhile comes to lie.
"""

import asyncio
import json
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final

from console.workspace import Workspace

_PACKAGES: Final = Path(__file__).parents[2]

Say = Callable[[int, int], None]
"""Takes in up to which event a book was read, and which is the newest."""


class BookUnwritten(Exception):
    """The book could not be brought up to date; the message says why."""


class BookProcess:
    """Starts a process for each writing; it ends by itself, or with the one who waits for it."""

    def __init__(self, workspace: Workspace, address: str) -> None:
        """``address`` is that of a team's database; empty where the log lies in the workspace."""
        self._root, self._address = str(workspace.root.resolve()), address

    async def write(self, since: datetime, oldest: datetime, say: Say) -> int:
        """Return up to which event the file of the book goes now: see :func:`~console.review.keeping.keep_books`.

        Raises :class:`BookUnwritten`.
        """
        request = {"root": self._root, "address": self._address}
        request |= {"since": since.isoformat(), "oldest": oldest.isoformat()}
        try:
            child = await asyncio.create_subprocess_exec(
                sys.executable, "-P", "-m", "console.server.book_worker", stdin=PIPE, stdout=PIPE, env=_environment()
            )
        except OSError as error:
            raise BookUnwritten(f"no process can be started for it: {error.strerror}") from error
        try:
            return await _answered(child, json.dumps(request).encode() + b"\n", say)
        finally:
            if child.returncode is None:
                child.kill()
                await child.wait()


async def _answered(child: Process, request: bytes, say: Say) -> int:
    assert child.stdin is not None  # noqa: S101 - both are pipes
    assert child.stdout is not None  # noqa: S101
    child.stdin.write(request)  # the address, where it holds a password, is nobody else's to see
    child.stdin.close()
    async for line in child.stdout:
        match json.loads(line):
            case {"done": int(done), "of": int(of)}:
                say(done, of)
            case {"upto": int(upto)}:
                return upto
            case {"why": str(why)}:
                raise BookUnwritten(why)
    raise BookUnwritten(f"the process that writes it ended with {await child.wait()}")


def _environment() -> dict[str, str]:
    paths = str(_PACKAGES), os.environ.get("PYTHONPATH")
    return os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, paths))}
