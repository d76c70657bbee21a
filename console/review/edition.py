"""Which edition of the program a book on disk is of; it imports little: a command asks before it loads more."""

import hashlib
import zipfile
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

from console import __version__

REVIEW: Final = "review.npz"
REPORT: Final = "report.npz"
"""The files of the lead's book and of the report's, in the folder of books."""

TOLD: Final = "told"
"""The part of a file that says of what it is: its edition among it."""

_FOLDED_BY: Final = ("console.review", "console.conversation")
"""The packages whose code, and learned weights, decide what a fold makes of an event."""


@cache
def edition() -> str:
    """Return what the program is, as far as it decides what a book holds: its version and the code of the folds."""
    digest = hashlib.sha256(__version__.encode())
    for package in _FOLDED_BY:
        for file in sorted(_code(resources.files(package)), key=lambda file: file.name):
            digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()


def is_of_this(path: Path) -> bool:
    """Return whether there is a book that a program of this edition wrote."""
    try:
        with zipfile.ZipFile(path) as held:
            return edition().encode() in held.read(f"{TOLD}.npy")
    except (OSError, KeyError, zipfile.BadZipFile):
        return False


def _code(folder: Traversable) -> list[Traversable]:
    inside = [file for one in folder.iterdir() if one.is_dir() for file in _code(one)]
    return inside + [file for file in folder.iterdir() if file.name.endswith((".py", ".npz"))]
