"""What a customer was like: how they write, and how much patience and trust they had left at the hand-over."""

from collections.abc import Collection, Sequence
from itertools import pairwise
from statistics import median
from typing import Final

from console.conversation.message import Author, Message
from console.past.english import english
from console.practice.making.escalation import Escalation
from console.practice.phrases import Manner

_CURT: Final = 7
"""Words of a message up to which, in the middle, somebody writes curtly …"""
_CHATTY: Final = 30
"""… and from which on they chat."""
_POLITE: Final = ("dear ", "kind regards", "sincerely", "yours faithfully", "i would be grateful", "i should be glad")
_MOST_TYPOS: Final = 0.08
_SHORTEST: Final = 4
"""Letters of a word that is held to be mistyped where it is none; shorter ones are abbreviations."""


def persona_of(source: Escalation, own: Collection[str]) -> dict[str, object]:
    """Return the persona of a draft; ``own`` are words in lower case that are right though English has them not."""
    said = [message for message in source.messages if message.role is Author.CUSTOMER]
    return {
        "manner": str(_manner(said)),
        "patience": _within(0.6 + 0.3 * source.mood, 0.25, 0.85),
        "trust": _within(0.3 + 0.15 * source.mood, 0.1, 0.5),
        "waits": 90.0,
        "typos": _typos(said, own),
        "bursts": _bursts(source.messages),
    }


def _manner(said: Sequence[Message]) -> Manner:
    words = median(len(message.text.split()) for message in said) if said else 0
    whole = "\n".join(message.text for message in said).lower()
    if any(phrase in whole for phrase in _POLITE):
        return Manner.FORMAL
    if words and words <= _CURT:
        return Manner.CURT
    return Manner.CHATTY if words >= _CHATTY else Manner.PLAIN


def _typos(said: Sequence[Message], own: Collection[str]) -> float:
    words = [w for m in said for w in m.text.replace("’", "'").split() if w.isalpha() and w.islower()]
    wrong = [w for w in words if len(w) >= _SHORTEST and w not in english() and w not in own]
    return round(min(_MOST_TYPOS, len(wrong) / len(words)), 3) if words else 0.0


def _bursts(messages: Sequence[Message]) -> float:
    spoken = [m.role for m in messages if m.role is not Author.SYSTEM]
    after = [(one, other) for one, other in pairwise(spoken) if one is Author.CUSTOMER]
    return round(sum(other is Author.CUSTOMER for _, other in after) / len(after), 2) if after else 0.2


def _within(value: float, least: float, most: float) -> float:
    return round(min(most, max(least, value)), 2)
