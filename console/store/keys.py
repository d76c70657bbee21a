"""Where the audit key of a workspace lies: in the environment, or in the config folder; never in the workspace."""

import os
import secrets
from pathlib import Path
from typing import Final

from console.desk.log import LogUnwritable
from console.store.audit import KEY_BYTES, AuditKey
from console.store.errors import KeyMissing

VARIABLE: Final = "SECONDCHAIR_AUDIT_KEY"
"""Environment variable with the key as 64 hexadecimal digits; it goes before the file."""


def load_key(folder: Path, workspace: str) -> AuditKey:
    """Return the key of the workspace with this id; raises :class:`KeyMissing`, which says where it should be."""
    named = os.environ.get(VARIABLE)
    if named:
        return _parse(named, f"the environment variable {VARIABLE}")
    path = key_path(folder, workspace)
    try:
        text = path.read_text(encoding="ascii")
        mode = path.stat().st_mode
    except (OSError, UnicodeDecodeError) as error:
        raise KeyMissing(
            f"The audit key of this workspace cannot be read from {path} ({_reason(error)}). "
            f"Put it back from a back-up of that folder, or set {VARIABLE}."
        ) from error
    if mode & 0o077 and os.name == "posix":
        raise KeyMissing(f"The audit key {path} can be read by others. Run: chmod 600 {path}")
    return _parse(text, str(path))


def make_key(folder: Path, workspace: str) -> AuditKey:
    """Make the key of a new workspace and keep it for its owner alone; the environment's key is used where one is set.

    Raises :class:`LogUnwritable` when the folder cannot be written.
    """
    named = os.environ.get(VARIABLE)
    if named:
        return _parse(named, f"the environment variable {VARIABLE}")
    secret = secrets.token_bytes(KEY_BYTES)
    path = key_path(folder, workspace)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secret.hex() + "\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise LogUnwritable(
            f"The audit key cannot be written to {path} ({_reason(error)}). "
            f"Make that folder writable, or set {VARIABLE}."
        ) from error
    return AuditKey(secret)


def key_path(folder: Path, workspace: str) -> Path:
    """Return where the key of a workspace lies."""
    return folder / f"{workspace}.key"


def _parse(text: str, place: str) -> AuditKey:
    try:
        secret = bytes.fromhex(text.strip())
    except ValueError:
        secret = b""  # without the cause: its message would quote the key
    if len(secret) != KEY_BYTES:
        raise KeyMissing(f"The audit key in {place} is not {KEY_BYTES * 2} hexadecimal digits.")
    return AuditKey(secret)


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or "not a key"
