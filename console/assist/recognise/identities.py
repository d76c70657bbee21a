"""What names one person or one thing in a text, however it is written: what one customer must not read of another.

Wider than :mod:`console.assist.recognise.entities`, which has to know what a thing is: “88 213”, “8.8.2.1.3” and
“dana @ example.com” are found as well, and two ways of writing the same thing have one key.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import Final

from console.assist.recognise.entities import IDENTIFYING, Entity, entities
from console.assist.recognise.patterns import Kind, iban
from console.assist.recognise.spelled import spelled

DIGITS: Final = 4
"""Fewest digits of an order, ticket or account number; sizes, models and units have less."""

KEPT: Final = 2_048
"""Texts whose identities are remembered: those of some hundred conversations under way."""

SPREAD: Final = 5
"""Fewest digits of a number that is written in pieces; fewer are two counts beside each other."""

MOST: Final = 100
"""Identities of a text that count: whoever lists thousands of numbers has not been given them."""

_MOST_GROUPS: Final = 12
_IN_WORDS: Final = frozenset({Kind.URL, Kind.ADDRESS})
_MEASURED: Final = frozenset(
    {Kind.AMOUNT, Kind.DATE, Kind.TIME, Kind.DURATION, Kind.PHONE, Kind.CARD, Kind.IBAN, Kind.IP, Kind.POSTCODE}
)
_GROUPS: Final = re.compile(r"(?<![\w.,/-])\d{1,20}(?>(?:(?: ?[./-] ?|[ ,])\d{1,20}){1,40})(?![\w-]|[.,/]\d)")
_GROUP: Final = re.compile(r"\d+")
_NO_NUMBER: Final = re.compile(
    r"\d{1,20}[.,]\d{1,2}|\d{1,3}(?:,\d{3}){2,}|\d{4}/\d\d?/\d\d?|(?:(?:19|20)\d\d\W{1,2}){1,9}(?:19|20)\d\d"
)
"""Decimal fractions, thousands of thousands, days, and years beside each other."""
_MAIL: Final = re.compile(
    r"\b[\w.+'-]{1,64}(?: ?@ ?| ?\[at\] ?| ?\(at\) ?)[\w-]{1,63}(?: ?(?:\.|\[dot\]|\(dot\)) ?[\w-]{1,63}){1,4}",
    re.IGNORECASE,
)
_POSTCODE: Final = re.compile(r"\b[a-z]{1,2}\d[a-z\d]? ?\d(?!nd|rd|st|th)[abd-hjlnp-uw-z]{2}\b", re.IGNORECASE)
_IBAN: Final = re.compile(r"\b[a-z]{2}\d{2}(?:[ -]?[a-z0-9]{4}){2,7}(?:[ -]?[a-z0-9]{1,3})?\b", re.IGNORECASE)
_CALLED: Final = re.compile(r"(?:order|nr|no|ref)(?=\d+$)")
_NOT_PLAIN: Final = re.compile(r"[\W_]+")
_AT: Final = re.compile(r" ?(?:\[at\]|\(at\)|\bat\b) ?", re.IGNORECASE)
_DOT: Final = re.compile(r" ?(?:\[dot\]|\(dot\)|\bdot\b) ?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Identity:
    """One of them: ``text`` is how it is written, ``key`` is the same for every way of writing it."""

    text: str
    key: str
    groups: tuple[str, ...] = ()
    """The numbers that it is made of, where it may be several beside each other."""
    in_words: bool = False
    """An address or a link: known from its words, wherever they stand."""


@lru_cache(maxsize=KEPT)
def identities(text: str) -> tuple[Identity, ...]:
    """Return the identities of ``text``, each way of finding them in turn; one thing may be found in several."""
    plain, origin = _plain_characters(text)

    def written(start: int, end: int) -> str:
        return text[origin[start] : origin[end - 1] + 1]

    found = entities(plain)
    known = [e for e in found if e.kind is Kind.URL or (e.kind in IDENTIFYING and _names_one_thing(e))]
    result = [Identity(written(e.start, e.end), _key(e.text), in_words=e.kind in _IN_WORDS) for e in known]
    taken = [(e.start, e.end) for e in known]
    for start, end, key, groups in _loose(plain, found):
        if (start, end) not in taken:
            result.append(Identity(written(start, end), key, groups))
    return tuple(result)


@lru_cache(maxsize=KEPT)
def keys(text: str) -> frozenset[str]:
    """Return the keys of all that ``text`` names, and those under which parts of it may be said again."""
    found: set[str] = set()
    for identity in identities(text)[:MOST]:
        found.add(identity.key)
        found.add("".join(_GROUP.findall(identity.key)))
        groups = identity.groups[:_MOST_GROUPS]
        found.update("".join(groups[a:b]) for a, b in combinations(range(len(groups) + 1), 2))
    return frozenset(key for key in found if len(key) >= DIGITS)


@lru_cache(maxsize=512)
def words(text: str) -> str:
    """Return the words of ``text`` in lower case with a blank before and after each, to be looked through."""
    return f" {_NOT_PLAIN.sub(' ', text.lower())} "


def _loose(plain: str, found: tuple[Entity, ...]) -> Iterator[tuple[int, int, str, tuple[str, ...]]]:
    """Yield start, end, key and groups of what is written in an unusual way."""
    for match in _MAIL.finditer(plain):
        yield match.start(), match.end(), _mail(match.group()), ()
    for start, end in spelled(plain):
        if _DOT.search(plain, start, end):
            yield start, end, _mail(plain[start:end]), ()
    for match in _POSTCODE.finditer(plain):
        yield match.start(), match.end(), _key(match.group()), ()
    for match in _IBAN.finditer(plain):
        if iban(match.group()):
            yield match.start(), match.end(), _key(match.group()), ()
    measured = [(e.start, e.end) for e in found if e.kind in _MEASURED]
    for match in _GROUPS.finditer(plain):
        groups = tuple(_GROUP.findall(match.group()))
        apart = all(match.end() <= start or end <= match.start() for start, end in measured)
        if apart and sum(map(len, groups)) >= SPREAD and not _NO_NUMBER.fullmatch(match.group()):
            yield match.start(), match.end(), "".join(groups), groups


def _names_one_thing(entity: Entity) -> bool:
    return entity.kind is not Kind.IDENTIFIER or sum(c.isdigit() for c in entity.text) >= DIGITS


def _key(text: str) -> str:
    return _CALLED.sub("", _NOT_PLAIN.sub("", text.lower()))


def _mail(text: str) -> str:
    return _key(_DOT.sub(".", _AT.sub("@", text)))


def _plain_characters(text: str) -> tuple[str, list[int]]:
    """Return ``text`` in plain characters (full-width ones folded, digits 0 to 9), and where each of them stood."""
    if text.isascii():
        return text.replace("_", " "), list(range(len(text)))
    folded = [_folded(character) for character in text]
    origin = [place for place, piece in enumerate(folded) for _ in piece]
    return "".join(folded).replace("_", " "), origin


def _folded(character: str) -> str:
    if character.isascii():
        return character
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    return unicodedata.normalize("NFKC", character)
