"""What an agent's words do to a simulated customer's patience and trust.

The amounts are set by judgement, not measured: one good answer outweighs one slip, repeating oneself costs more each
time, and nothing wins back in a sentence what an insult lost. Scripted strong, average and poor agents are ranked by
them in the tests.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Cause(StrEnum):
    """What moved the customer."""

    APOLOGISED = "apologised"
    UNDERSTOOD = "took it seriously"
    EMPTY = "kind words and nothing behind them"
    ASKED_AGAIN = "asked for what was told already"
    ASKED_OUTSIDE = "asked for what the customer does not know"
    EXPLAINED = "explained"
    CHECKED = "read it back"
    OFFERED = "offered a way out"
    NO_USE = "offered what does not help yet"
    TAKEN_BACK = "took back what was agreed"
    PROMISED = "said what happens next"
    REFUSED = "refused"
    REFUSED_BARELY = "refused without a reason or another way"
    MEANT_NOTHING = "wrote what means nothing"
    PASTED = "pasted a long text"
    INSULTED = "was rude"
    BRUSHED_OFF = "blamed the customer or brushed them off"
    SILENT = "left the customer waiting"
    SAID = "said something that counts here"
    HURRIED = "ended it before it was settled"


@dataclass(frozen=True, slots=True)
class Amount:
    """How much something moves patience and trust, each -1 to 1."""

    patience: float
    trust: float


AMOUNTS: Final = {
    Cause.APOLOGISED: Amount(0.06, 0.10),
    Cause.UNDERSTOOD: Amount(0.10, 0.15),
    Cause.EMPTY: Amount(-0.12, -0.08),
    Cause.ASKED_AGAIN: Amount(-0.16, -0.12),
    Cause.ASKED_OUTSIDE: Amount(-0.05, -0.03),
    Cause.EXPLAINED: Amount(0.03, 0.05),
    Cause.CHECKED: Amount(0.02, 0.08),
    Cause.OFFERED: Amount(0.08, 0.08),
    Cause.NO_USE: Amount(-0.04, 0.0),
    Cause.TAKEN_BACK: Amount(-0.12, -0.15),
    Cause.PROMISED: Amount(0.05, 0.08),
    Cause.REFUSED: Amount(-0.06, -0.02),
    Cause.REFUSED_BARELY: Amount(-0.15, -0.12),
    Cause.MEANT_NOTHING: Amount(-0.20, -0.20),
    Cause.PASTED: Amount(-0.12, -0.10),
    Cause.INSULTED: Amount(-0.45, -0.50),
    Cause.BRUSHED_OFF: Amount(-0.30, -0.30),
    Cause.SILENT: Amount(-0.10, -0.05),
    Cause.SAID: Amount(0.0, 0.0),
    Cause.HURRIED: Amount(-0.20, -0.15),
}


@dataclass(frozen=True, slots=True)
class Effect:
    """One thing that moved the customer, and by how much."""

    cause: Cause
    patience: float
    trust: float
    words: str = ""
    """The sentence that did it; empty for silence."""
    about: str = ""
    """The id of the fact, resolution or duty that it is about."""


def effect(cause: Cause, words: str = "", about: str = "", times: int = 1) -> Effect:
    """Return an effect; what hurts hurts more each time: ``times`` counts this one."""
    amount = AMOUNTS[cause]
    patience = amount.patience * (1 + 0.5 * (times - 1)) if amount.patience < 0 else amount.patience / times
    trust = amount.trust * (1 + 0.5 * (times - 1)) if amount.trust < 0 else amount.trust / times
    return Effect(cause, round(patience, 3), round(trust, 3), words, about)
