"""Whether a customer agrees to what the bot is about to do. Pure.

Stricter than reading is: what is done cannot be unsaid.
"""

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from console.assist.bot.signs import AGREEING, agrees_or_nothing, refuses
from console.assist.recognise.words import words_of


class Answer(StrEnum):
    """What an answer to “Shall I …?” comes to."""

    YES = "yes"
    NO = "no"
    UNCLEAR = "unclear"


_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+")
_NEGATION: Final = re.compile(
    r"\b(?:no|nope|nah|not|never|none|nothing|neither|nor|without|stop|cannot|dont|wont|cant)\b|n['’]t\b", re.IGNORECASE
)
_YES: Final = words_of(
    """
    yes yeah yep yup sure ok okay okey certainly absolutely definitely agreed confirm confirmed correct
    right please exactly indeed ahead
    """
)
_NO_WAY: Final = re.compile(
    r"^\W*(?:oh |well |please )?(?:no|nope|nah|never|stop|do not|don['’]?t|"
    r"(?:absolutely|definitely|certainly|of course|sure|right|please) (?:not|no|never|don['’]?t|do not))\b",
    re.IGNORECASE,
)
_FINE: Final = re.compile(
    r"\b(?:do (?:it|that|so)|of course|let['’]?s|"
    r"(?:sounds|that(?:['’]?s| is| works| would be)) (?:good|great|fine|perfect|lovely|for me)|"
    r"(?:fine|great|perfect|alright|lovely|brilliant|wonderful|cancel|move|send|book|change) ?(?:it|that|them)?\W*$)",
    re.IGNORECASE,
)
_COURTESY: Final = words_of(
    """
    oh well great perfect awesome cool fine alright wonderful good excellent lovely brilliant thanks
    thank you ta cheers of course go do it that that's thats that’s sounds is would be works for me just
    so very much i am i'm i’m now then all let's let’s lets can could and a the my your one this to want
    would like need
    """
)
_MOST_WORDS: Final = 14
"""Words from which on an answer says more than yes."""


def answer_of(texts: Iterable[str], question: str) -> Answer:
    """Return what the customer's messages since the question come to.

    A yes is one in every message, with nothing beside it but courtesy, signs that agree and words of the question
    itself. A negation anywhere, in words or as a sign, is never a yes; beside a yes it is unclear, and so is
    everything else.
    """
    answers = [_one(text, question) for text in texts]
    if answers and all(answer is Answer.YES for answer in answers):
        return Answer.YES
    if Answer.NO in answers and Answer.YES not in answers:
        return Answer.NO
    return Answer.UNCLEAR


def _one(text: str, question: str) -> Answer:
    words = _words(text)
    agrees = not _YES.isdisjoint(words)
    if _NEGATION.search(text):  # “absolutely not” is a no, “yes … do not” is not clear
        return Answer.UNCLEAR if agrees and not _NO_WAY.search(text) else Answer.NO
    if refuses(text):
        return Answer.UNCLEAR if words or not AGREEING.isdisjoint(text) else Answer.NO
    known = _YES | _COURTESY | frozenset(_words(question))
    if "?" in text or len(words) > _MOST_WORDS or not known.issuperset(words) or not agrees_or_nothing(text):
        return Answer.UNCLEAR
    return Answer.YES if agrees or _FINE.search(text) else Answer.UNCLEAR


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]
