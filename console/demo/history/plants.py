"""The three faults that are planted in the generated history. Nothing in the log tells of them."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Plant(StrEnum):
    """A fault that a lead should find."""

    BAD_MACRO = "bad-macro"
    """A macro that is picked because it comes first, and makes customers angry."""
    LATE_TRIGGER = "late-trigger"
    """A behaviour whose bot gives a conversation away several turns too late."""
    MISSING_ARTICLE = "missing-article"
    """A question that many ask and no article answers."""


BAD_MACRO: Final = "repair-patience"
"""Id of the macro."""

LATE_INTENT: Final = "invoice-copy"
"""The behaviour whose `unresolved` comes too late."""

MISSING: Final = ("rent", "hire")
"""Words of which one stands in every wording of the missing question: whether gear can be had for a while."""


@dataclass(frozen=True, slots=True)
class Truth:
    """What was planted in a conversation, for whoever checks what can be found; no screen and no report reads it."""

    conversation: str
    plant: Plant
