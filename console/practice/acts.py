"""What a sentence of an agent's does to the one who reads it: the dialogue acts that a simulated customer reacts to."""

from dataclasses import dataclass
from enum import StrEnum


class Act(StrEnum):
    """What a sentence does. The order is that of the columns of the shipped weights."""

    GREET = "greet"
    """Says hello, or who is writing."""
    APOLOGISE = "apologise"
    """Says sorry for what happened; “I’m sorry, but we can’t” says no and nothing else."""
    EMPATHISE = "empathise"
    """Shows that it is understood what this is like for the customer."""
    ASK = "ask"
    """Asks for a fact, or for something to be looked at or sent."""
    CONFIRM = "confirm"
    """Reads back what was understood, or asks whether it is right."""
    EXPLAIN = "explain"
    """Tells how something is, why, or what to do."""
    OFFER = "offer"
    """Proposes something, and leaves it to the customer."""
    PROMISE = "promise"
    """Says what will happen, be it now: who does it, or by when."""
    DONE = "done"
    """Says that something was done."""
    REFUSE = "refuse"
    """Says that something cannot be, did not work or was not found."""
    ASK_MORE = "ask-more"
    """Asks whether there is anything else."""
    GOODBYE = "goodbye"
    """Takes leave, or wishes well at the end."""
    THANK = "thank"
    """Thanks."""
    NOT_UNDERSTOOD = "not-understood"
    """Says that the customer was not understood, or asks what they mean."""


@dataclass(frozen=True, slots=True)
class ActSaid:
    """A sentence and what it does."""

    sentence: str
    acts: frozenset[Act]
    """All that it does; empty where nobody can tell."""
    main: Act | None
    """What it does first of all; one of ``acts``."""
    certainty: float
    """How sure the main act is, 0 to 1."""
