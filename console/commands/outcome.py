"""How a command ends: its exit code, and one line on standard error for each thing that is wrong."""

import os
import sys
import traceback
from typing import Final

BAD_INPUT: Final = 2
"""Bad usage, input, settings, or a workspace that cannot be used."""

UNEXPECTED: Final = 70
"""A fault of the program itself (EX_SOFTWARE)."""


class CommandError(Exception):
    """Something is wrong with what the command was given; one line that says what and where."""


def explain(error: Exception) -> int:
    """Print a fault as one line, or one for each that it holds, and return the exit code.

    With ``SECONDCHAIR_DEBUG`` the traceback too.
    """
    if os.environ.get("SECONDCHAIR_DEBUG"):
        traceback.print_exception(error)
    if isinstance(error, _known()):
        for line in str(error).splitlines():  # content names all that is wrong with it
            say(f"secondchair: {line}")
        return BAD_INPUT
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        say(f"secondchair: {where}{error.strerror or error}")
        return BAD_INPUT
    say(f"secondchair: unexpected fault: {type(error).__name__}: {error} (SECONDCHAIR_DEBUG=1 shows where)")
    return UNEXPECTED


def say(line: str) -> None:
    """Print a line on standard error."""
    sys.stderr.write(line + "\n")


def _known() -> tuple[type[Exception], ...]:
    from console.accounts import AccountsError
    from console.content.errors import ContentError
    from console.desk.log import LogError
    from console.server.lock import AlreadyServed
    from console.settings import SettingsError
    from console.toml import TomlError
    from knowledge import KnowledgeError

    known = (ContentError, LogError, AccountsError, AlreadyServed, SettingsError, TomlError, KnowledgeError)
    from console.commands.attach import AttachError

    return (*known, AttachError, CommandError)
