"""How lines of the story are worded: sentences without what leads up to them, cut where a clause ends."""

import re
from collections.abc import Sequence
from typing import Final

from rapidfuzz import fuzz

from console.assist.flags.rules import without_steering
from console.assist.greetings import without_greeting
from console.assist.recognise.words import words_of
from console.assist.sentences import texts
from console.conversation.assistance import SummaryLine
from console.conversation.message import Message
from console.text import shorten

WIDTH: Final = 90
"""Characters of a line of the story; longer sentences are cut at a word."""

FEWEST_WORDS: Final = 4
"""Words of a sentence from which on it says something by itself."""

ALIKE: Final = 80
"""Likeness (0 to 100) of two texts from which one says what the other does."""

PERSON: Final = re.compile(
    r"\b(?:(?:speak|talk|put me through|transfer(?:red)?) to|get me|want|need|have|like) "
    r"(?:(?:a|an|the|your|some|somebody|someone|real|actual) ?)*"
    r"(?:person|human|manager|supervisor|agent|colleague|advisor|somebody|someone|people)\b",
    re.IGNORECASE,
)
"""A wish for somebody to talk to; it is fulfilled once an agent has written."""
_HEAD: Final = re.compile(
    r"^(?>(?:(?:yes|yeah|yep|sure|ok|okay|so|well|um+|uh+|oh|ah|hmm+|wow|whoa|dang|damn|actually|also|and|but|thanks|"
    r"thank you|sorry|please note)\b[,.!: ]+|(?:no|great|sweet|perfect|cool|right|look|listen)\b"
    r"(?:[,.!:] *| (?=(?:i|my|it|the|we|you|they|this|that|now|so|and|but|can|could|thanks?)\b)))+)(?=(?:[^\s]+ ){2})",
    re.IGNORECASE,
)
"""Words that lead up to what somebody says; some only where something else begins: “no appointments” does not."""
_INTRODUCED: Final = re.compile(
    r"^(?:my name(?:['’]?s| is)|this is|i am|i['’]?m|it['’]?s|name['’]?s|(?:i am|i['’]?m) called) "
    r"(?-i:[A-Z][\w'’-]+(?: (?!I\b)[A-Z][\w'’-]+)?)(?:[,.;!] *| and (?=i\b)| (?=i\b)|$)",
    re.IGNORECASE,
)
"""A name at the head of what somebody says; it stands among the facts."""
CLAUSE_END: Final = re.compile(
    r"[,;:)–]? (?:and|but|because|so|since|as|which|who|when|while|or|if|then|though)\b|[,;:]|\.(?= )| [-–] "
)
_EMPTY_WORDS: Final = words_of(
    """
    i you he she it we they me us them my your our this that these those a an the and or but so if as at by for from in
    of on to with is are was were be been being am do does did done has have had having not no yes will would can could
    should just still very really then there here what when where who how why too also now get got any some all
    """
)
_WORD: Final = re.compile(r"[\w'’]+")
_FEWEST_TELLING: Final = 2


def bare(text: str) -> list[str]:
    """Return the sentences of a message without greetings and names at their head, and nothing that tries to steer."""
    found: list[str] = []
    for sentence in texts(without_steering(text)):
        left = _HEAD.sub("", without_greeting(sentence))
        if left := _HEAD.sub("", _INTRODUCED.sub("", left)):
            found.append(left)
    return found


def tells(text: str) -> bool:
    """Return whether a sentence says something of a thing: “It has not been.” does not."""
    return _telling(text) >= _FEWEST_TELLING


def names(text: str) -> bool:
    """Return whether a sentence names anything at all: “Where is it?” does not, “Where is my order?” does."""
    return _telling(text) > 0


def _telling(text: str) -> int:
    return sum(word not in _EMPTY_WORDS for word in _WORD.findall(text.lower()))


def is_said(text: str, known: Sequence[SummaryLine]) -> bool:
    """Return whether one of the lines says what ``text`` does."""
    return any(fuzz.partial_ratio(text.lower(), line.text.lower()) >= ALIKE for line in known)


def in_line(text: str) -> str:
    """Return a text as it stands in a line: one that is too long ends where a clause of it does."""
    text = " ".join(text.split())
    if len(text) <= WIDTH:
        return text
    ends = [match.start() for match in CLAUSE_END.finditer(text, WIDTH // 2, WIDTH)]
    return f"{text[: ends[-1]]} …" if ends else shorten(text, WIDTH)


def speaker(message: Message) -> str:
    """Return who wrote a message, by name where there is one."""
    return message.author or message.role.value
