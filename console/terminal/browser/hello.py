"""What the web server tells the console of a tab before anything is painted: one line of JSON on standard input.

So the token stands in no command line, no environment and no address; the pipe behind it carries the keys.
"""

import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

LONGEST: Final = 16 * 1024
"""Bytes of the line."""


class NoHello(Exception):
    """The pipe ended, or began with something else: this was not started by the web server."""


@dataclass(frozen=True, slots=True)
class Hello:
    """Where to go, as whom, and how large the window is in cells."""

    desk: str
    token: str = field(repr=False)
    folder: Path
    width: int
    height: int
    address: str = ""
    """The network address that the browser came from; empty: unknown."""


def read_hello(descriptor: int) -> Hello:
    """Read the first line of a pipe, and not a byte more; raises :class:`NoHello`."""
    line = bytearray()
    while not line.endswith(b"\n"):
        byte = os.read(descriptor, 1)
        if not byte or len(line) >= LONGEST:
            raise NoHello("the web server said nothing; 'secondchair web' starts consoles for browsers")
        line += byte
    try:
        said = json.loads(line)
        desk, token, folder = str(said["desk"]), str(said["token"]), Path(said["folder"])
        return Hello(desk, token, folder, int(said["width"]), int(said["height"]), str(said.get("address", "")))
    except (ValueError, KeyError, TypeError) as error:
        raise NoHello("the web server said something else than a greeting") from error
