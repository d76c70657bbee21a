"""What was sent along with a message: known to the log by name, type and size; what is in it lies elsewhere."""

from dataclasses import dataclass
from typing import Final

_KILO: Final = 1024


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came with a message."""

    id: str
    """SHA-256 of its bytes (hex): the name it is kept under."""
    name: str
    """What whoever sent it calls it; never empty, never a path."""
    type: str
    """Media type, told by its first bytes: ``image/png``."""
    size: int
    """Bytes."""


def size_words(size: int) -> str:
    """Return a number of bytes as people read it: ``182 KB``, ``4.5 MB``."""
    if size < _KILO * _KILO:
        return f"{max(1, round(size / _KILO))} KB"
    return f"{size / _KILO / _KILO:.1f} MB".replace(".0 MB", " MB")
