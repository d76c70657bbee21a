"""The event of a customer's rating; part of :data:`console.conversation.events.EventData`."""

from dataclasses import dataclass
from typing import Final

LOWEST: Final = 1
HIGHEST: Final = 5


@dataclass(frozen=True, slots=True)
class CsatGiven:
    """The customer said how satisfied they are with the conversation that was just closed; once for each closing."""

    score: int
    """From 1, very dissatisfied, to 5, very satisfied."""
