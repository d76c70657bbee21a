"""How much of a reply its sources say, sentence by sentence."""

from collections.abc import Sequence
from typing import Final

from rapidfuzz import fuzz

from console.assist.recognise.entities import canonical, entities
from console.assist.sentences import texts
from console.conversation.assistance import Citation, Support

SAID: Final = 78
"""Likeness (0 to 100) from which a source counts as saying a sentence."""

_SOCIAL_WORDS: Final = 6
_SOCIAL: Final = ("thank", "sorry", "hello", "hi ", "welcome", "goodbye", "please", "sure", "of course", "great")


def support_of(text: str, sources: Sequence[Citation], known: str = "") -> Support:
    """Return the support of ``text``: every sentence said by a source, some, or none.

    ``known`` is what was filled in (the customer's record and words); numbers and identifiers of a sentence must occur
    there or in a source. Courtesies need no source.
    """
    pieces = [t for t in texts(text) if not _social(t)]
    if not sources:
        return Support.NONE
    said = [supported(piece, sources, known) for piece in pieces]
    return Support.FULL if all(said) else Support.PARTIAL if any(said) else Support.NONE


def supported(sentence: str, sources: Sequence[Citation], known: str = "") -> bool:
    """Return whether a source says ``sentence``, and every identifying thing in it is known."""
    passages = [source.passage for source in sources]
    evidence = _plain(" ".join((*passages, known)))
    if any(_plain(canonical(entity)) not in evidence for entity in entities(sentence)):
        return False
    return any(sentence in p or fuzz.partial_ratio(sentence.lower(), p.lower()) >= SAID for p in passages)


def _social(sentence: str) -> bool:
    return len(sentence.split()) <= _SOCIAL_WORDS and sentence.lower().startswith(_SOCIAL)


def _plain(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum())
