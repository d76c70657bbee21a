"""The events of the content that a desk judges by.

Part of :data:`console.conversation.events.EventData`; ``ContentPublished`` stands there.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ContentRefused:
    """The content's files were changed and cannot be used; what was in force before stays in force."""

    faults: tuple[str, ...]
    """What is wrong, one line each, with file and line."""
