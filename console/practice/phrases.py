"""Words of feeling and of form: what a simulated customer says where the matter has no part in it.

They stand in ``phrases.toml``, by manner; none says anything of orders, days, sums or of what was promised, so that
saying them invents nothing.
"""

import tomllib
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from importlib.resources import files


class Manner(StrEnum):
    """How somebody writes."""

    PLAIN = "plain"
    CURT = "curt"
    FORMAL = "formal"
    CHATTY = "chatty"


class Cue(StrEnum):
    """What makes them say it."""

    GREETED = "greeted"
    """The agent greets and says no more."""
    UNKNOWN = "unknown"
    """They are asked what they do not know."""
    NOT_YET = "not-yet"
    """They are asked for something that they would rather not tell this agent."""
    TOLD_ALREADY = "told-already"
    NOT_UNDERSTOOD = "not-understood"
    """What the agent wrote means nothing to them."""
    TOO_LONG = "too-long"
    """A pasted article."""
    INSULTED = "insulted"
    ON_RECORD = "on-record"
    """They are asked for something that stands in their own record."""
    AGAIN = "again"
    """How they begin what they have said already."""
    UPSET = "upset"
    """Patience has become short."""
    EASED = "eased"
    """They feel understood."""
    EMPTY = "empty"
    """Kind words again, and nothing behind them."""
    LISTENING = "listening"
    """Something was explained, and they want to know what follows."""
    REFUSED = "refused"
    UNCONVINCED = "unconvinced"
    """An offer that they would take if they trusted the agent more."""
    DEPENDS = "depends"
    """An offer that is no use before the agent knows more."""
    LET_DOWN = "let-down"
    """What was agreed is taken back."""
    CONFIRMED = "confirmed"
    """What was read back is right."""
    WAITING = "waiting"
    """They were told to wait, or what is being done."""
    SILENCE = "silence"
    """Nobody has written for a while."""
    LEAVES = "leaves"
    THANKS = "thanks"
    NOTHING_ELSE = "nothing-else"
    GOODBYE = "goodbye"


@cache
def phrases() -> Mapping[Manner, Mapping[Cue, tuple[str, ...]]]:
    """Return all phrases; every manner has some for every cue."""
    read = tomllib.loads(files("console.practice").joinpath("phrases.toml").read_text(encoding="utf-8"))
    return {
        manner: {cue: tuple(read[manner.value].get(cue.value) or read[Manner.PLAIN.value][cue.value]) for cue in Cue}
        for manner in Manner
    }
