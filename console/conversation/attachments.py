"""What was sent along with a message: known to the log by name, type and size; what is in it lies elsewhere."""

from dataclasses import dataclass


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
