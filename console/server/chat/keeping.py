"""What the visits keep on disk: the key that their cookies are signed with, and which of them have ended.

Both lie in the user's configuration folder, for its owner alone; a lost key or list ends or forgets visits, no more.
"""

import hashlib
import os
import secrets
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final, Protocol

import structlog

from console.settings import SettingsError
from console.workspace import write_private

KEY_BYTES: Final = 32

ENDED_KEPT: Final = 50_000
"""Ended visits remembered; beyond that the one that ended longest ago is forgotten."""

_log = structlog.get_logger(__name__)


def visit_key(file: Path) -> bytes:
    """Return the key in ``file``; one that is missing, damaged or readable by others is replaced by a new one.

    Raises :class:`SettingsError` when it cannot be written.
    """
    try:
        if not file.stat().st_mode & 0o077 or os.name != "posix":
            key = bytes.fromhex(file.read_text(encoding="ascii").strip())
            if len(key) == KEY_BYTES:
                return key
    except (OSError, ValueError):
        pass  # every browser begins a new visit, which is all that a key can be lost for
    key = secrets.token_bytes(KEY_BYTES)
    try:
        write_private(file, key.hex() + "\n")
    except OSError as error:
        raise SettingsError(f"{file}: cannot be written ({error.strerror}); make that folder writable") from error
    return key


class Ended(Protocol):
    """Visits that are over before their cookies are."""

    def add(self, visit: str, seconds: float) -> None:
        """End a visit whose cookies hold for so many seconds at most; must not block for long."""

    def __contains__(self, visit: str) -> bool: ...


class EndedVisits:
    """Visits that are over before their cookies are, by digest; ``clock`` yields seconds since 1970.

    Each is a line in ``file`` with the second from which its cookie is worth nothing anyway.
    """

    def __init__(self, file: Path, clock: Callable[[], float] = time.time) -> None:
        self._file, self._clock = file, clock
        self._until = self._read()

    def add(self, visit: str, seconds: float) -> None:
        """End a visit whose cookies hold for so many seconds at most."""
        digest, until = _digest(visit), int(self._clock() + seconds)
        self._until.pop(digest, None)
        self._until[digest] = until
        try:
            if len(self._until) > ENDED_KEPT:
                self._shrink()
            else:
                _append(self._file, f"{digest} {until}\n")
        except OSError as error:  # it has ended all the same, until the server is started again
            _log.warning("web chat: an ended visit could not be written down", why=error.strerror)

    def __contains__(self, visit: str) -> bool:
        return self._until.get(_digest(visit), 0) > self._clock()

    def _shrink(self) -> None:
        now = self._clock()
        standing = [(digest, until) for digest, until in self._until.items() if until > now]
        self._until = dict(standing[-ENDED_KEPT * 3 // 4 :])  # a quarter at once, so that not every end writes them all
        write_private(self._file, "".join(f"{digest} {until}\n" for digest, until in self._until.items()))

    def _read(self) -> dict[str, int]:
        try:
            lines = self._file.read_text(encoding="ascii").splitlines()
        except (OSError, UnicodeDecodeError):
            return {}
        now, found = self._clock(), {}
        for line in lines:
            digest, _, until = line.partition(" ")
            if until.isdecimal() and int(until) > now:
                found[digest] = int(until)
        return found


def _append(file: Path, line: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(descriptor, line.encode("ascii"))
    finally:
        os.close(descriptor)


def _digest(visit: str) -> str:
    """Return what an ended visit is kept by; not the digest that anonymous customers are known by."""
    return hashlib.sha256(f"ended\x00{visit}".encode()).hexdigest()
