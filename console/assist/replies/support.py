"""How much of a reply its sources say, sentence by sentence."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from rapidfuzz import fuzz

from console.assist.recognise.entities import canonical, entities
from console.assist.sentences import texts
from console.content.macros import SLOT
from console.conversation.assistance import Citation, Support

SAID: Final = 78
"""Likeness (0 to 100) from which a source counts as saying a sentence."""

_NOT_PLAIN: Final = re.compile(r"[\W_]+")
_SOCIAL_WORDS: Final = 6
_SOCIAL: Final = ("thank", "sorry", "hello", "hi ", "welcome", "goodbye", "please", "sure", "of course", "great")


def support_of(text: str, sources: Sequence[Citation], known: str = "") -> Support:
    """Return the support of ``text``: every sentence said by a source, some, or none.

    ``known`` is what was filled in (the customer's record and words); numbers and identifiers of a sentence must occur
    there or in a source. Courtesies need no source.
    """
    if not sources:
        return Support.NONE
    unsupported = unsupported_in(text, sources, known)
    if not unsupported:
        return Support.FULL
    return Support.PARTIAL if len(unsupported) < len(_telling(text)) else Support.NONE


def unsupported_in(text: str, sources: Sequence[Citation], known: str = "") -> tuple[str, ...]:
    """Return the sentences of ``text`` that no source says, as they stand in it and in order; courtesies left out."""
    evidence = _plain(" ".join((*(source.passage for source in sources), known)))
    return tuple(piece for piece in _telling(text) if not _supported(piece, sources, evidence))


def _telling(text: str) -> list[str]:
    return [piece for piece in texts(text) if not is_social(piece)]


def is_social(sentence: str) -> bool:
    """Return whether a sentence is a courtesy: short, and beginning as one."""
    return len(sentence.split()) <= _SOCIAL_WORDS and sentence.lower().startswith(_SOCIAL)


def _supported(sentence: str, sources: Sequence[Citation], evidence: str) -> bool:
    """Return whether a source says ``sentence``, and every identifying thing in it stands in the evidence."""
    if any(_plain(canonical(entity)) not in evidence for entity in entities(sentence)):
        return False
    return any(_says(source.passage, sentence, evidence) for source in sources)


def _says(passage: str, sentence: str, evidence: str) -> bool:
    """Return whether ``passage`` says ``sentence``, taking slots in it for whatever is known that fills them."""
    if sentence in passage:
        return True
    if SLOT.search(passage):
        filled = (match for piece in texts(passage) if (match := _pattern(piece).fullmatch(sentence)))
        if any(all(_plain(value) in evidence for value in match.groups()) for match in filled):
            return True
    return fuzz.partial_ratio(sentence.lower(), passage.lower()) >= SAID


@lru_cache(maxsize=2048)
def _pattern(piece: str) -> re.Pattern[str]:
    return re.compile("(.+?)".join(re.escape(part) for part in SLOT.sub("\0", piece).split("\0")), re.DOTALL)


def _plain(text: str) -> str:
    return _NOT_PLAIN.sub("", text.lower())
