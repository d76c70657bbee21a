"""Which words a simulated customer's message may be worded with otherwise, so that it still says the same."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import Final

from console.practice.phrases import Cue, Manner, phrases
from console.practice.scenario import Scenario

NOT: Final = "not"
"""What stands for a denial, however it is written."""

_SAME: Final[Mapping[str, str]] = {
    **dict.fromkeys(("no", "nope", "cannot", "dont", "doesnt", "isnt", "cant", "wont", "ain't"), NOT),
    **dict.fromkeys(("okay", "alright", "k"), "ok"),
    **dict.fromkeys(("yep", "yeah", "yup"), "yes"),
    **dict.fromkeys(("thanks", "thx", "cheers"), "thank"),
    "won't": "will not",
    "can't": "can not",
    "ive": "i have",
    "im": "i is",
    "thats": "that is",
    **dict.fromkeys(("am", "are", "be", "being"), "is"),
    "gonna": "going to",
}
_ENDINGS: Final[Mapping[str, str]] = {"'m": "is", "'re": "is", "'s": "is", "'ve": "have", "'ll": "will", "'d": "would"}
_DENY: Final = "nothing never nobody none nor neither without nowhere hardly barely"
_HELP: Final = "do does did have has had will would can could may might shall should"
_EDGE: Final = re.compile(r"^[^\w£€$#+-]+|[^\w%]+$")
_INSIDE: Final = re.compile(r"[^\w']+|_+")
_CLAUSE: Final = re.compile(r"(?<![,;:.!?…()])[,;:.!?…()]+(?=\s|$)|\s[–—-]\s|\b(?:and|but|so)\b", re.IGNORECASE)


def words(text: str) -> Iterator[str]:
    """Yield the words of a text in order, in a form in which two ways of writing the same are equal.

    A word with a figure in it stays whole, as it is; contractions fall apart. One and several stay apart.
    """
    for raw in text.replace("’", "'").split():
        word = _EDGE.sub("", raw.casefold())
        if any(character.isdigit() for character in word):
            yield word
        else:
            for piece in _INSIDE.split(word):
                yield from _plain(piece.strip("'"))


def clauses(text: str) -> Iterator[tuple[str, ...]]:
    """Yield the words of each clause of a text that has any."""
    yield from (found for piece in _CLAUSE.split(text) if (found := tuple(words(piece))))


@cache
def _helpers() -> frozenset[str]:
    return frozenset({NOT, *words(_HELP)})


def denies(said: Iterable[str]) -> bool:
    """Return whether any of these words denies something."""
    return not denials().isdisjoint(said)


@cache
def denials() -> frozenset[str]:
    """Return the words that deny something."""
    return frozenset({NOT, *words(_DENY)})


def _plain(word: str) -> Iterator[str]:
    if word in _SAME:
        yield from _SAME[word].split()
    elif word.endswith("n't"):
        yield from (*_plain(word.removesuffix("n't")), NOT)
    else:
        ending = next((one for one in _ENDINGS if word.endswith(one)), "")
        yield from filter(None, (word.removesuffix(ending), _ENDINGS.get(ending, "")))


@dataclass(frozen=True, slots=True)
class Phrase:
    """One way of saying something of feeling or form."""

    text: str
    words: frozenset[str]
    """What says it: its words without those that name nothing and those that only help others, if any are left."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a message may say of feeling and form: the phrases of its cues, and the words that may stand in them."""

    phrases: tuple[Phrase, ...]
    may: frozenset[str]
    more: frozenset[str]
    """Words that say the same as those of the phrases."""


@cache
def plain() -> frozenset[str]:
    """Return the words that may come and go anywhere."""
    return frozenset(words(_read()["words"]["plain"]))


def cues_of(text: str, scenario: Scenario) -> tuple[Cue, ...]:
    """Return the cues for which the customer says this; none where it is of the matter."""
    own, usual = scenario.own_words, phrases()[scenario.persona.manner]
    plain = text.casefold()
    return tuple(cue for cue in Cue if plain in map(str.casefold, (*own.get(cue, ()), *usual[cue])))


def words_for(cues: Sequence[Cue], scenario: Scenario) -> Words:
    """Return what may be said for these cues, in any manner and in the scenario's own words.

    What is said for several of them may be said in phrases alone that are for all.
    """
    texts = {cue: {*_all_of(cue), *scenario.own_words.get(cue, ())} for cue in cues}
    common = set.intersection(*texts.values())
    more = frozenset[str]().union(*map(more_for, cues))
    some = [_phrase(text) for text in sorted(common) if any(words(text))]
    return Words(tuple(some), more.union(*map(words, common)), more)


def _all_of(cue: Cue) -> Iterator[str]:
    return chain.from_iterable(phrases()[manner][cue] for manner in Manner)


@cache
def more_for(cue: Cue) -> frozenset[str]:
    """Return the words that say the same as the phrases for a cue, beside theirs."""
    return frozenset(words(_read()["more"].get(cue.value, "")))


def _phrase(text: str) -> Phrase:
    said = frozenset(words(text))
    return Phrase(text, said - plain() - _helpers() or said - plain() or said)


@cache
def _read() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("console.practice").joinpath("wordings.toml").read_text(encoding="utf-8"))
