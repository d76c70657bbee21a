"""Whether a customer says yes to an action, before it is done: only where their words say nothing else."""

import re
from collections.abc import Sequence
from typing import Final

from console.assist.consent import AGREED, DECLINED
from console.assist.recognise.words import words_of

MOST_WORDS: Final = 12
"""Words of a message that is nothing but a yes or a no; who writes more says something besides."""

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+")
_PLAIN: Final = re.compile(r"[\w\s'’,.!;:👍🙏😊🙂-]*")
"""Whatever else stands in a message, a question mark above all, makes it more than a yes."""

_YES: Final = words_of(
    "yes yeah yep yup sure ok okay please pls correct right fine good great perfect go absolutely definitely certainly "
    "course do confirm confirmed works"
)
_BESIDE: Final = words_of(
    "oh well thanks thank you very much of ahead it that that's thats is would be sounds just so now the my i i'd like "
    "love for me lovely wonderful awesome cool alright excellent all"
)
_NO: Final = words_of(
    "no nope nah not don't dont never cannot can't cant won't wont stop leave keep without nothing nobody none neither "
    "nor wait but if unless first except instead actually hold"
)
"""A word of these is never part of a yes, not even where the question has it."""

_PLAIN_NO: Final = words_of("no nope nah not don't dont never")
_NO_BESIDE: Final = words_of("mind yet really sorry um hmm alone as leave keep stop")
_SURELY_YES: Final = words_of("yes yeah yep yup sure ok okay fine good great perfect correct right")


def agreed_to(question: str, texts: Sequence[str]) -> str:
    """Return :data:`AGREED` or :data:`DECLINED` for the messages since ``question``; empty where they are neither.

    They agree where all of them are made of words of consent, courtesy and of the question, one of consent at least.
    A no in any of them stands, whatever the others say.
    """
    asked = frozenset(_words(question)) - _NO
    read = [_one(text, asked) for text in texts]
    if DECLINED in read:
        return DECLINED
    return AGREED if AGREED in read and None not in read else ""


def _one(text: str, asked: frozenset[str]) -> str | None:
    """Return what a message says; empty where it is a courtesy, ``None`` where it is anything else."""
    words = _words(text)
    if not words or len(words) > MOST_WORDS or not _PLAIN.fullmatch(text):
        return None
    if not _PLAIN_NO.isdisjoint(words):
        plain = _PLAIN_NO | _NO_BESIDE | _BESIDE | _YES | asked
        return DECLINED if plain.issuperset(words) and _SURELY_YES.isdisjoint(words) else None
    if not (_YES | _BESIDE | asked).issuperset(words):
        return None
    deed = len(words) > 1 and words[0] in asked and words[-1] in {"it", "that"}  # “cancel it”
    return AGREED if deed or not _YES.isdisjoint(words) else ""


def _words(text: str) -> list[str]:
    return [word.replace("’", "'") for word in _WORD.findall(text.lower())]
