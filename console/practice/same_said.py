"""Whether other words say the same as a simulated customer's own: no more, and no less. Pure.

The world is closed: a wording may hold the words of what is said, words that name nothing, and those of the phrases for
the same cue. What is said of the matter stays whole, and what is denied, whose it is and what goes with what stay as
they were. On any doubt it is another thing that is said.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from console.assist.llm.figures import figures
from console.practice import ties
from console.practice.voice import joined
from console.practice.wordings import Phrase, Words, denies, plain, words

MOST: Final = 2.0
"""How many times as long as what is said a wording may be, and so many characters more:"""
MORE: Final = 40

HALF: Final = 0.5
"""Share of a phrase's words beyond which it is said, or from which on, with another word for the same."""

_SIGN: Final = re.compile(r"[^\w\s.,;:!?'\"’“”()…–—-]|_")
_STARTS: Final = re.compile(r"(?:^|[.!?…]\s+)\W*$")
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that is said in a message; ``of`` are the words of its cues, ``None`` where it is of the matter."""

    text: str
    of: Words | None = None


def what_differs(parts: Sequence[Part], worded: str, feelings: frozenset[str] = frozenset()) -> str:
    """Return what a wording does to what is said, for the server's log; empty where it says the same.

    ``feelings`` are further words that may stand in it, for the customer's mood.
    """
    engine = joined([part.text for part in parts])
    matter = [part for part in parts if part.of is None]
    whole = " . ".join(part.text for part in matter)
    fixed = frozenset(words(whole)) - plain()
    said = tuple(words(worded))
    may = plain().union(feelings, words(engine), *(part.of.may for part in parts if part.of is not None))
    checks = (
        ("is empty", not said),
        ("is much longer", len(worded) > MOST * len(engine) + MORE),
        ("has a sign or a line of its own", "\n" in worded or _signs(worded) - _signs(engine)),
        ("has a name of its own", _names(worded) - set(_WORD.findall(engine))),
        ("has a word of its own", frozenset(said) - may),
        ("leaves something out", fixed - frozenset(said)),
        ("has other figures", _numbers(said) != _numbers(words(engine)) or figures(worded) != figures(engine)),
        ("affirms or denies something else", ties.denies_otherwise(engine, worded, fixed)),
        ("asks something else", ties.asks_otherwise(engine, worded, fixed)),
        ("speaks of somebody else", ties.is_of_another(engine, worded, fixed)),
        ("puts together what is apart", ties.goes_with_another(engine, worded, fixed)),
        ("turns something around", ties.comes_around(engine, worded, fixed)),
        ("relates things otherwise", ties.relates_otherwise(engine, worded, fixed)),
        ("says other phrases", not _phrased(parts, worded, fixed)),
    )
    return next((what for what, so in checks if so), "")


def _signs(text: str) -> frozenset[str]:
    return frozenset(_SIGN.findall(text))


def _names(text: str) -> frozenset[str]:
    """Return the words with a capital that no beginning of a sentence explains."""
    return frozenset(
        match.group()
        for match in _WORD.finditer(text)
        if match.group()[0].isupper()
        and not re.match(r"I\b", match.group())
        and not _STARTS.search(text[: match.start()])
    )


def _numbers(said: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(word for word in said if any(character.isdigit() for character in word)))


def _phrased(parts: Sequence[Part], worded: str, fixed: frozenset[str]) -> bool:
    """Return whether each phrase is said in words of one for the same cue, and nothing else is asked or denied."""
    found = [
        [one for one in part.of.phrases if _is_said(one, part.of, worded, fixed)]
        for part in parts
        if part.of is not None
    ]
    matter = [part.text for part in parts if part.of is None]
    asked = [["?" in one.text for one in some] for some in found] + [["?" in text] for text in matter]
    denied = [[denies(words(one.text)) for one in some] for some in found]
    return _may(asked, is_so="?" in worded) and (bool(matter) or _may(denied, is_so=denies(words(worded))))


def _may(each: Sequence[Sequence[bool]], *, is_so: bool) -> bool:
    """Return whether something can be so of a whole: so of some part of it; or so of none."""
    return all(each) and (any(True in one for one in each) if is_so else all(False in one for one in each))


def _is_said(phrase: Phrase, of: Words, worded: str, fixed: frozenset[str]) -> bool:
    """Return whether a wording says a phrase, of the same people and with the same yes or no."""
    said = frozenset(words(worded))
    kept = phrase.words & said
    least = HALF * len(phrase.words)
    if len(kept) < least or (len(kept) == least and not of.more & said):
        return False
    own = kept - fixed
    spoken = (said & of.may) - plain() - fixed if len(kept) == 1 else own  # to a single “no” much may be put
    return not (ties.is_of_another(phrase.text, worded, own) or ties.denies_more(phrase.text, worded, own, spoken))
