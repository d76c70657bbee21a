"""How the words of two texts hang together: what is denied, asked and whose it is, and what goes with what. Pure.

Both texts hold the same words of the matter (``fixed``), and others that say nothing. Each function returns whether
their words hang together in another way. Where it cannot be told, they do.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from console.practice.wordings import clauses, denials, denies, words

Fixed = frozenset[str]

_RELATES: Final = frozenset(words("from than before after until since instead by with without over under as"))
_PLACES: Final = frozenset(words("in on at for of to"))
_MAY_GO: Final = "on"
"""What may be left out before a day."""

_IS: Final = "is"
_DONE_TO: Final = ("ed", "en", "nt", "st", "id", "ld", "ught", "ade")
"""Endings of words that turn around with an ``is`` before them: “charged”, “am charged”."""

_FIRST: Final = frozenset(words("i me my mine we us our"))
_SECOND: Final = frozenset(words("you your yours"))
_SENTENCE: Final = re.compile(r"[^.!?…]*[.!?…]*")


def denies_otherwise(one: str, other: str, fixed: Fixed) -> bool:
    """Return whether something else stands in clauses which deny."""
    return _denied(one, fixed) != _denied(other, fixed)


def denies_more(one: str, other: str, kept: Fixed, spoken: Fixed) -> bool:
    """Return whether the other text denies one of ``spoken`` that this one does not, or one of ``kept`` no more."""
    before, after = _denied(one, kept | spoken) - denials(), _denied(other, kept | spoken) - denials()
    return bool(after - before or (before & kept) - after)


def asks_otherwise(one: str, other: str, fixed: Fixed) -> bool:
    """Return whether something is asked that no question held."""
    (all_one, last_one), (all_other, last_other) = _asked(one, fixed), _asked(other, fixed)
    return not (last_one <= all_other and last_other <= all_one)


def is_of_another(one: str, other: str, fixed: Fixed) -> bool:
    """Return whether something is said of the agent in the other text that was not, or of the customer that was."""
    before, after = _persons(one, fixed), _persons(other, fixed)
    new = [(before.get(word, frozenset()), now - before.get(word, frozenset())) for word, now in after.items()]
    return any("you" in now or ("me" in now and "you" in was) for was, now in new)


def goes_with_another(one: str, other: str, fixed: Fixed) -> bool:
    """Return whether a word has lost company and found other; clauses may come together, or fall apart."""
    before, after = _company(one, fixed), _company(other, fixed)
    pairs = [(before.get(word, frozenset()), now) for word, now in after.items()]
    return any(was - now and now - was for was, now in pairs)


def comes_around(one: str, other: str, fixed: Fixed) -> bool:
    """Return whether the words of a clause come in another order than theirs, begun at any of them."""
    said, every = list(words(other)), list(words(one))
    once = {word: said.index(word) for word in fixed.intersection(said) if every.count(word) == 1}
    before = [_order(clause, fixed) for clause in clauses(one)]
    for order in before:
        alone = [word for word in order if word in once]
        if not _rotated(alone, sorted(alone, key=once.__getitem__)):
            return True
    for now in (_order(clause, fixed) for clause in clauses(other)):
        alike = [order for order in before if set(order) == set(now)]
        if alike and not any(_rotated(order, now) for order in alike):
            return True
    return False


def relates_otherwise(one: str, other: str, fixed: Fixed) -> bool:
    """Return whether something else follows a word that relates or places things, or something is done to another."""
    if _following(one, fixed, _RELATES & fixed) != _following(other, fixed, _RELATES & fixed):
        return True
    before, after = _following(one, fixed, _PLACES), _following(other, fixed, _PLACES)
    gone = {(word, what) for word, what in before - after if word != _MAY_GO}
    return bool(after - before or gone) or _done_to(one, fixed) != _done_to(other, fixed)


def _denied(text: str, fixed: Fixed) -> Fixed:
    return _words_of([clause for clause in clauses(text) if denies(clause)]) & fixed


def _asked(text: str, fixed: Fixed) -> tuple[Fixed, Fixed]:
    """Return the words of questions: all of them, and those of the clauses before the question marks."""
    questions = [found for found in _SENTENCE.findall(text) if "?" in found]
    last = [clause for question in questions for clause in list(clauses(question))[-1:]]
    everything = [clause for question in questions for clause in clauses(question)]
    return _words_of(everything) & fixed, _words_of(last) & fixed


def _persons(text: str, fixed: Fixed) -> Mapping[str, frozenset[str]]:
    """Return for each word of whom its clause speaks last before it: ``me``, ``you``, or nobody."""
    found: dict[str, frozenset[str]] = {}
    for clause in clauses(text):
        person = ""
        for word in clause:
            person = "me" if word in _FIRST else "you" if word in _SECOND else person
            if word in fixed:
                found[word] = found.get(word, frozenset()) | {person}
    return found


def _company(text: str, fixed: Fixed) -> Mapping[str, Fixed]:
    """Return for each word those that stand in a clause with it."""
    found: dict[str, Fixed] = {}
    for clause in clauses(text):
        here = fixed.intersection(clause)
        for word in here:
            found[word] = found.get(word, frozenset()) | here - {word}
    return found


def _words_of(some: Iterable[Iterable[str]]) -> frozenset[str]:
    return frozenset(word for clause in some for word in clause)


def _order(clause: Sequence[str], fixed: Fixed) -> list[str]:
    return [word for word in dict.fromkeys(clause) if word in fixed]


def _rotated(order: list[str], now: list[str]) -> bool:
    """Return whether both are the same, begun at another place."""
    start = order.index(now[0]) if now else 0
    return order[start:] + order[:start] == now


def _following(text: str, fixed: Fixed, which: Fixed) -> frozenset[tuple[str, str]]:
    """Return each of ``which`` with the next word of the matter behind it in its clause, where there is one."""
    found: set[tuple[str, str]] = set()
    for clause in clauses(text):
        some = [word for word in clause if word in fixed or word in which]
        found |= {pair for pair in pairwise(some) if pair[0] in which and pair[1] in fixed}
    return frozenset(found)


def _done_to(text: str, fixed: Fixed) -> Fixed:
    pairs: Iterator[tuple[str, str]] = (pair for clause in clauses(text) for pair in pairwise(clause))
    return frozenset(word for first, word in pairs if first == _IS and word.endswith(_DONE_TO)) & fixed
