"""The events of the content that a desk judges by.

Part of :data:`console.conversation.events.EventData`.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ContentPublished:
    """The desk began to judge by a new set of content; one digest for each part."""

    versions: Mapping[str, str]
    changed: tuple[str, ...] = ()
    """The parts that differ from the set before; none where there was none."""
    named: tuple[str, ...] = ()
    """What differs of them, such as ``behaviour invoice-copy``; none where only the digests are known."""


@dataclass(frozen=True, slots=True)
class ContentRefused:
    """The content's files were changed and cannot be used; what was in force before stays in force."""

    faults: tuple[str, ...]
    """What is wrong, one line each, with file and line."""
