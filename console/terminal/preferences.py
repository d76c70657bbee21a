"""What the console remembers between runs: the theme, the bell, what was open. A small file, never needed."""

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Final

FILE: Final = "console.json"


@dataclass(slots=True)
class Preferences:
    """How the agent likes the screen."""

    theme: str = "dark"
    """``dark`` or ``light``."""
    bell: bool = True
    """Whether a new message rings."""
    open: str = ""
    """The conversation that was on the screen at the end."""


def load(folder: Path | None) -> Preferences:
    """Return what ``folder`` holds; the defaults where it holds nothing that can be read."""
    if folder is None:
        return Preferences()
    try:
        data = json.loads((folder / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Preferences()
    known = Preferences()
    for field in fields(known):
        value = data.get(field.name) if isinstance(data, dict) else None
        if type(value) is type(getattr(known, field.name)):
            setattr(known, field.name, value)
    return known


def save(folder: Path | None, preferences: Preferences) -> None:
    """Write them to ``folder``; a folder that cannot be written only means they are not remembered."""
    if folder is None:
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / FILE).write_text(json.dumps(asdict(preferences), indent=1) + "\n", encoding="utf-8")
    except OSError:
        return
