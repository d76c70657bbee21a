"""A network namespace for one server, with a line to the database that can be cut and a line to its clients.

Cut means silent: nothing is refused, nothing answers, as when a switch dies.
"""

import secrets
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest


@dataclass
class Network:
    """One namespace."""

    name: str
    database: str
    """The address at which the namespace reaches the database."""
    server: str
    """The address at which clients reach the server in it."""
    clients: str
    """The address that clients come from."""

    @property
    def inside(self) -> tuple[str, ...]:
        """What a command is run by that is to be inside."""
        return ("ip", "netns", "exec", self.name)

    def cut(self) -> None:
        """Cut the line to the database."""
        _ip("addr", "del", f"{self.database}/30", "dev", f"{self.name}d")

    def heal(self) -> None:
        """Mend it."""
        _ip("addr", "add", f"{self.database}/30", "dev", f"{self.name}d")


@contextmanager
def network() -> Iterator[Network]:
    """Make a namespace; the test is skipped where this user may not."""
    number = secrets.randbelow(250) + 2
    made = Network(f"sc{number}", f"10.77.{number}.1", f"10.78.{number}.2", f"10.78.{number}.1")
    try:
        _ip("netns", "add", made.name)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this user may not make network namespaces")
    try:
        for end, there, here in (("d", f"10.77.{number}.2", made.database), ("c", made.server, made.clients)):
            outer, inner = f"{made.name}{end}", f"{made.name}{end}i"
            _ip("link", "add", outer, "type", "veth", "peer", "name", inner)
            _ip("link", "set", inner, "netns", made.name)
            _ip("addr", "add", f"{here}/30", "dev", outer)
            _ip("link", "set", outer, "up")
            _ip("-n", made.name, "addr", "add", f"{there}/30", "dev", inner)
            _ip("-n", made.name, "link", "set", inner, "up")
        _ip("-n", made.name, "link", "set", "lo", "up")
        yield made
    finally:
        for end in "dc":
            subprocess.run(["ip", "link", "del", f"{made.name}{end}"], check=False, capture_output=True)
        _ip("netns", "del", made.name)


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True)
