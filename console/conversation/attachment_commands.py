"""What is asked and answered about the files of a conversation."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AttachmentLink:
    """Where a browser opens a file, on the desk server's own address."""

    path: str
    seconds: float
    """How long it holds."""
