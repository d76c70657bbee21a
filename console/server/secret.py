"""A secret of the settings: given there, in the environment, or in a file of the workspace."""

from typing import Final

from console.content.errors import ContentError
from console.workspace import Workspace

SECRET_BYTES: Final = 8_192
"""Bytes of a secret's file that are read; a key or token has some dozens."""


def secret(workspace: Workspace, given: str, file_name: str, what: str) -> str:
    """Return the secret ``given``, or what its file holds; empty where neither is set.

    It goes nowhere but into the head of a request. Raises :class:`ContentError`, in which ``what`` names it, where it
    cannot be read or holds what no head may.
    """
    if given or not file_name:
        return _printable(given, workspace, "", what)
    file = workspace.root / file_name
    try:
        with file.open(encoding="utf-8") as opened:
            return _printable(opened.read(SECRET_BYTES), workspace, file_name, what)
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "not a text file"
        raise ContentError(file, f"{what} cannot be read ({why})") from error


def _printable(given: str, workspace: Workspace, file_name: str, what: str) -> str:
    plain = given.strip()
    if not (plain.isascii() and plain.isprintable()):
        place = workspace.root / file_name if file_name else workspace.config
        raise ContentError(place, f"{what} holds characters that no key has")
    return plain
