"""Proper names in a text, told by their capitals: people, places, products, “Dr. Johnson”, “5th and Main”, “BMW”."""

import re
from collections.abc import Iterator
from typing import Final

from console.assist.recognise.words import OPENERS, words_of
from console.assist.sentences import sentences

_WORD: Final = r"(?:[A-Z][\w'’&-]*|\d{1,3}(?:st|nd|rd|th)(?= and [A-Z]))"
_PLACE: Final = (
    r"(?:(?:heights|bay|hill|town|garden) )?(?:venue|hotel|inn|apartments?|cent(?:er|re)|club|street|road|avenue|park|"
    r"station|hospital|airport|university|school|restaurant|caf[eé]|bank)\b"
)
_RUN: Final = re.compile(
    rf"(?<![\w'’-])(?:(?:Mr|Mrs|Ms|Mx|Dr|Prof|St)\b\.? )?{_WORD}(?: (?:of |the |and |on |& ){{0,2}}{_WORD})*"
    rf"(?: (?:and )?{_PLACE})?"
)
_ENDS_IN_PLACE: Final = re.compile(rf"\S (?:and )?{_PLACE}$")
_TITLED: Final = re.compile(r"(?:mr|mrs|ms|miss|mx|dr|prof)\b\.? [a-z][\w'’-]+", re.IGNORECASE)
_LONGEST_SHOUT: Final = 4
"""Letters of a word all in capitals that may be a name (BMW, TSB); longer ones are shouted."""

_NEVER: Final = OPENERS | words_of(
    """
    human person people mr mrs ms miss dr i'm i'd i'll i've hey ai asap someone yo bye omg lol btw pls thx nope yep yeah
    am pm tv faq wtf id pin pins atm rsvp url gps pdf sms usb faqs sim uk us eu fyi idk ty np nm eta tbh jk smh haha
    hahaha lmao ugh hmm um uh wow nice cool awesome yay don't can't won't what's how's there's where's who's he's she's
    didn't doesn't isn't wasn't couldn't wouldn't hopefully actually basically honestly anyway anyways apparently also
    add book make maybe any some
    """
)
"""Words that are no name by themselves, though they often have a capital, and end none."""


def proper(text: str) -> Iterator[tuple[str, int]]:
    """Yield proper names of ``text`` with their places; a capital that only opens a sentence does not count."""
    for sentence in sentences(text):
        if sentence.text.isupper():
            continue
        for match in _RUN.finditer(sentence.text):
            before = sentence.text[: match.start()].rstrip()
            words = match.group().split(" ")
            first, last = _edges(words, opens=not before or before.endswith((".", "!", "?", ":", '"', "“")))
            name = " ".join(words[first:last])
            if _names(name, opens=first == 0 and not before):
                yield name, sentence.start + match.start() + len(" ".join(words[:first])) + (first > 0)


def _edges(words: list[str], *, opens: bool) -> tuple[int, int]:
    """Return the range of ``words`` without those at the edges that belong to no name; “The Porch” keeps its first."""
    first, last = 0, len(words)
    if not _TITLED.match(" ".join(words)):
        while first < last and (
            (words[first].isalpha() and words[first].islower())
            or _opener(words[first], alone=opens or last - first == 1)
        ):
            first += 1
            opens = False
    place = _ENDS_IN_PLACE.search(" ".join(words[first:last]))
    while not place and first < last and (words[last - 1].islower() or words[last - 1].lower() in _NEVER):
        last -= 1
    return first, last


def _opener(word: str, *, alone: bool) -> bool:
    return word.lower() in _NEVER and (alone or not word.isalpha() or word == "I")


def _names(name: str, *, opens: bool) -> bool:
    if " " in name:
        return True
    if name.isupper():
        return 1 < len(name) <= _LONGEST_SHOUT
    return len(name) > 1 and not opens
