"""Whether other words say the same as a simulated customer's own: no more, and no less. Pure.

The world is closed: a wording may hold the words of what is said, words that name nothing, and those of the phrases for
the same cue. What is said of the matter stays whole, and what is denied, whose it is and what goes with what stay as
they were. On any doubt it is another thing that is said.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from console.assist.llm.figures import figures
from console.practice.voice import joined
from console.practice.wordings import Phrase, Words, clauses, denies, plain, words

MOST: Final = 2.0
"""How many times as long as what is said a wording may be, and so many characters more:"""
MORE: Final = 40

SAYS: Final = 0.5
"""Share of a phrase's words from which on it is said."""

_RELATES: Final = frozenset(words("from than before after until since instead by with without over under"))
_FIRST: Final = frozenset(words("i me my mine we us our"))
_SECOND: Final = frozenset(words("you your yours"))
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
        ("affirms or denies something else", _denied(whole, fixed) != _denied(worded, fixed)),
        ("speaks of somebody else", _turns(_persons(whole, fixed), _persons(worded, fixed))),
        ("puts together what is apart", _apart(_company(whole, fixed), _company(worded, fixed))),
        ("turns something around", _around(whole, worded, fixed)),
        ("relates things otherwise", _related(whole, fixed) != _related(worded, fixed)),
        ("says other phrases", not _phrased(parts, frozenset(said), asks="?" in worded)),
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


def _denied(text: str, fixed: frozenset[str]) -> frozenset[str]:
    """Return the words of the matter that stand in a clause which denies something."""
    return frozenset(word for clause in clauses(text) if denies(clause) for word in clause) & fixed


def _persons(text: str, fixed: frozenset[str]) -> Mapping[str, frozenset[str]]:
    """Return for each word of the matter of whom its clause speaks last before it: ``me``, ``you``, or nobody."""
    found: dict[str, frozenset[str]] = {}
    for clause in clauses(text):
        person = ""
        for word in clause:
            person = "me" if word in _FIRST else "you" if word in _SECOND else person
            if word in fixed:
                found[word] = found.get(word, frozenset()) | {person}
    return found


def _turns(before: Mapping[str, frozenset[str]], after: Mapping[str, frozenset[str]]) -> bool:
    """Return whether something is said of the agent now that was not, or of the customer that was of the agent."""
    new = [(before.get(word, frozenset()), now - before.get(word, frozenset())) for word, now in after.items()]
    return any("you" in now or ("me" in now and "you" in was) for was, now in new)


def _company(text: str, fixed: frozenset[str]) -> Mapping[str, frozenset[str]]:
    """Return for each word of the matter those that stand in a clause with it."""
    found: dict[str, frozenset[str]] = {}
    for clause in clauses(text):
        here = fixed.intersection(clause)
        for word in here:
            found[word] = found.get(word, frozenset()) | here - {word}
    return found


def _apart(before: Mapping[str, frozenset[str]], after: Mapping[str, frozenset[str]]) -> bool:
    """Return whether a word has lost company and found other; clauses may come together, or fall apart."""
    pairs = [(before.get(word, frozenset()), now) for word, now in after.items()]
    return any(was - now and now - was for was, now in pairs)


def _around(whole: str, worded: str, fixed: frozenset[str]) -> bool:
    """Return whether the words of a clause come in another order than theirs, begun at any of them."""
    said, every = list(words(worded)), list(words(whole))
    before = [_order(clause, fixed) for clause in clauses(whole)]
    once = {word: said.index(word) for word in fixed.intersection(said) if every.count(word) == 1}
    for order in before:
        alone = [word for word in order if word in once]
        if not _rotated(alone, sorted(alone, key=once.__getitem__)):
            return True
    for now in (_order(clause, fixed) for clause in clauses(worded)):
        alike = [order for order in before if set(order) == set(now)]
        if alike and not any(_rotated(order, now) for order in alike):
            return True
    return False


def _order(clause: Sequence[str], fixed: frozenset[str]) -> list[str]:
    return [word for word in dict.fromkeys(clause) if word in fixed]


def _rotated(order: list[str], now: list[str]) -> bool:
    """Return whether both are the same, begun at another place."""
    start = order.index(now[0]) if now else 0
    return order[start:] + order[:start] == now


def _related(text: str, fixed: frozenset[str]) -> frozenset[tuple[str, str]]:
    """Return each word that relates things, with what follows it in its clause."""
    found: set[tuple[str, str]] = set()
    for clause in clauses(text):
        some = [word for word in clause if word in fixed]
        found |= {pair for pair in pairwise([*some, ""]) if pair[0] in _RELATES}
    return frozenset(found)


def _phrased(parts: Sequence[Part], said: frozenset[str], *, asks: bool) -> bool:
    """Return whether each phrase is said in words of one for the same cue, and nothing else is asked or denied."""
    found = [[one for one in part.of.phrases if _is_said(one, said)] for part in parts if part.of is not None]
    matter = [part.text for part in parts if part.of is None]
    asked = [[one.asks for one in some] for some in found] + [["?" in text] for text in matter]
    denied = [[one.denies for one in some] for some in found]
    return _may(asked, is_so=asks) and (bool(matter) or _may(denied, is_so=denies(said)))


def _may(each: Sequence[Sequence[bool]], *, is_so: bool) -> bool:
    """Return whether something can be so of a whole: so of some part of it; or so of none."""
    return any(True in one for one in each) if is_so else all(False in one for one in each)


def _is_said(phrase: Phrase, said: frozenset[str]) -> bool:
    return len(phrase.words & said) >= SAYS * len(phrase.words)
