"""The files of a folder of content; what is there and cannot be a file of it is named, never passed over."""

import os
from pathlib import Path

from console.content.errors import ContentError

ENDING = ".toml"


def toml_files(folder: Path) -> list[Path]:
    """Return the files below a folder in order; hidden ones are an editor's or the system's, and no content."""
    return [path for path in _named(folder, []) if path.suffix == ENDING and path.is_file()]


def checked_files(folder: Path, faults: list[ContentError]) -> list[Path]:
    """Return the files below a folder, which may be missing; what else looks like one goes to ``faults``."""
    if not folder.is_dir():
        if os.path.lexists(folder):
            what = "a link that leads to no folder" if folder.is_symlink() else "a file where the folder should be"
            faults.append(ContentError(folder, f"{what}; put a folder there or take it out"))
        return []
    return [path for path in _named(folder, faults) if usable(path, faults)]


def usable(path: Path, faults: list[ContentError]) -> bool:
    """Return whether a file of content is there and can be read; what is there and cannot goes to ``faults``."""
    if not os.path.lexists(path):
        return False
    try:
        problem = _problem(path)
    except OSError as error:  # its folder does not let us look
        problem = f"cannot be read ({error.strerror})"
    if problem:
        faults.append(ContentError(shown(path), problem))
    return not problem


def shown(path: Path) -> str:
    """Return a path as it can be written in one line of text."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode() for c in str(path))


def _problem(path: Path) -> str:
    if not path.name.isprintable():
        return "a name with characters that are not shown; rename it"
    if path.is_dir():
        return "a folder whose name ends in .toml; rename it, or put its files one level up"
    if path.is_symlink() and not path.exists():
        return "a link that leads to no file; point it at one or take it out"
    if not path.is_file():
        return "not a plain file; take it out"
    if path.suffix != ENDING:
        return f"not read, since its name ends in {path.suffix}; rename it to end in {ENDING}"
    return ""


def _named(folder: Path, faults: list[ContentError]) -> list[Path]:
    """Return what lies below a folder under a name that ends in .toml, in whatever letters."""

    def unreadable(error: OSError) -> None:
        faults.append(ContentError(shown(Path(error.filename)), f"cannot be read ({error.strerror})"))

    found: list[Path] = []
    for where, folders, files in os.walk(folder, onerror=unreadable):
        folders[:] = (name for name in folders if not name.startswith("."))
        names = (name for name in (*folders, *files) if not name.startswith("."))
        found += [Path(where, name) for name in names if name.lower().endswith(ENDING)]
    return sorted(found)
