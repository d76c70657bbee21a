"""Which taken replies went wrong, by what followed them. Pure; arrays."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from console.review.aftermath.fold import UNKNOWN, Aftermath
from console.review.reviewing.columns import NONE, Flags, Numbers

FELL: Final = 250
"""Thousandths by which a mood falls from one message to the next to count …"""

CROSS: Final = -250
"""… and down to which it falls: who was delighted and is content now is not angry."""


@dataclass(frozen=True, slots=True)
class Followed:
    """What followed replies, one value each; all ``False`` for those that were not taken."""

    known: Flags
    """Whether it was taken and something is known of what followed: the customer wrote again, it went up or came
    back."""
    angered: Flags
    up: Flags
    again: Flags

    @property
    def wrong(self) -> Flags:
        """Whether any of it happened."""
        return self.angered | self.up | self.again


def followed(aftermath: Aftermath, decided: Numbers) -> Followed:
    """Return what followed the decisions of these event numbers."""
    held = aftermath.taken
    numbers = held.of("decided")
    if not len(numbers) or not len(decided):
        none = np.zeros(len(decided), dtype=np.bool_)
        return Followed(none, none, none, none)
    places = np.minimum(np.searchsorted(numbers, decided), len(numbers) - 1)  # numbers came in their order
    found: Flags = numbers[places] == decided
    before, after = held.of("before")[places], held.of("after")[places]
    answered = found & (after != UNKNOWN)
    angered = answered & (before != UNKNOWN) & (after - before <= -FELL) & (after <= CROSS)
    up, again = found & (held.of("up")[places] != NONE), found & (held.of("again")[places] != NONE)
    return Followed(answered | up | again, angered, up, again)
