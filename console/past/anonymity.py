"""What may stay in a past reply as it is: only words and figures that are nobody's.

Values of the past customer are slots already. What may still hide in a text are other people's names and things:
words with a capital that plain English does not give them, and figures. They stay only where agents told them to
several different customers, or the company publishes them, as with products, carriers, prices and opening hours.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from console.assist.recognise.entities import entities
from console.assist.recognise.names import addressed
from console.assist.recognise.patterns import Kind
from console.assist.recognise.words import FIRST_NAMES, OPENERS
from console.assist.sentences import sentences
from console.content.macros import SLOT

PEOPLE: Final = 3
"""How many different customers must have been told a name or a figure before it counts as everybody's."""

_WORD: Final = re.compile(r"[^\W\d_][\w'’-]*")
_FIGURES: Final = frozenset({Kind.AMOUNT, Kind.NUMBER, Kind.DATE, Kind.TIME})
_COUNT: Final = re.compile(r"[\d.,]+")
"""A bare number: that it stands in some article says nothing about whose it is here."""

_HIDDEN: Final = frozenset(
    {"email", "phone", "card", "iban", "ip", "identifier", "postcode", "address", "url", "name", "earlier"}
)
"""Slots that nothing may fill: what stood there was one customer's, and nobody knows whose."""


def mask_names(template: str) -> str:
    """Return ``template`` with the names that are plainly used as such (after a title or a greeting) as slots."""
    for name in addressed(template):
        template = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "{name}", template)
    return template


class CommonWords:
    """What counts as everybody's: capitalised words and figures, and words that agents write in lower case."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words)

    @classmethod
    def of(cls, said: Iterable[tuple[str, str]], public: Iterable[str] = ()) -> "CommonWords":
        """Count over pairs of a customer's digest and a reply; all that stands in ``public`` texts is everybody's."""
        people: dict[str, set[str]] = defaultdict(set)
        for customer, template in said:
            for token, _ in _tokens(template):
                people[token].add(customer)
        lower = {token for token, who in people.items() if token.islower() and len(who) > 1}
        common = {token for token, who in people.items() if len(who) >= PEOPLE}
        published = {token for text in public for token, _ in _tokens(text) if not _COUNT.fullmatch(token)}
        return cls(common | lower | published)

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._words))

    def allow(self, template: str) -> bool:
        """Return whether everything in ``template`` is everybody's, and no slot of it hides somebody's value."""
        if any(slot in _HIDDEN for slot in SLOT.findall(template)):
            return False
        return all(self._allowed(token, opens=opens) for token, opens in _tokens(template))

    def _allowed(self, token: str, *, opens: bool) -> bool:
        if token in self._words:
            return True
        if not token[0].isalpha():
            return False
        if token.islower():
            return token not in FIRST_NAMES
        plain = token.lower()
        return plain in OPENERS or (plain not in FIRST_NAMES and plain in self._words and (opens or token.isupper()))


def _tokens(template: str) -> Iterator[tuple[str, bool]]:
    """Yield the words and figures of a text outside its slots; with each, whether it opens a sentence."""
    bare = SLOT.sub(lambda match: " " * len(match.group()), template)
    figures = [e for e in entities(bare) if e.kind in _FIGURES]
    for figure in figures:
        yield re.sub(r"\s+", " ", figure.text.lower()), False
        bare = f"{bare[: figure.start]}{' ' * len(figure.text)}{bare[figure.end :]}"
    for sentence in sentences(bare):
        for place, match in enumerate(_WORD.finditer(sentence.text)):
            yield match.group(), place == 0 or _after_break(sentence.text, match.start())


def _after_break(text: str, place: int) -> bool:
    return text[:place].rstrip().endswith((":", "–", "-", "(", "“", '"', "•"))
