"""What a look at a conversation finds: the mark, the words that speak for it, and why in the engine's own words."""

from dataclasses import dataclass
from typing import Final

from console.conversation.message import Message
from console.conversation.quality import Evidence, Mark

QUOTED: Final = 240
"""Characters of a message that are quoted."""

MOST: Final = 3
"""Quotations beside a mark."""


@dataclass(frozen=True, slots=True)
class Found:
    """One look's result."""

    mark: Mark
    reason: str
    evidence: tuple[Evidence, ...] = ()


def met(reason: str, *evidence: Evidence) -> Found:
    """Return that it is met; what is met has words that show it, or was looked for everywhere and not found."""
    return Found(Mark.MET, reason, evidence[:MOST])


def partly(reason: str, *evidence: Evidence) -> Found:
    """Return that it is met in part."""
    return Found(Mark.PARTLY, reason, evidence[:MOST])


def failed(reason: str, *evidence: Evidence) -> Found:
    """Return that it is not met."""
    return Found(Mark.NOT_MET, reason, evidence[:MOST])


def idle(reason: str) -> Found:
    """Return that it does not apply."""
    return Found(Mark.DOES_NOT_APPLY, reason)


def untold(reason: str, *evidence: Evidence) -> Found:
    """Return that it cannot be told."""
    return Found(Mark.CANNOT_BE_TOLD, reason, evidence[:MOST])


def quote(message: Message, words: str = "") -> Evidence:
    """Return words of a message, cut where they are long; the beginning of it where none are given."""
    text = " ".join((words or message.text).split())
    return Evidence(message.id, text if len(text) <= QUOTED else f"{text[: QUOTED - 1]}…")
