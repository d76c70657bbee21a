"""Personal data leaves the machine as placeholders, and comes back as it was.

“I'm Dana Kovel, dana@example.com” leaves as “I'm [NAME_1], [EMAIL_1]”. The same thing has the same number in every text
of one :class:`Redaction`; a letter after it (“[EMAIL_1B]”) says that it is written another way there.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from console.assist.owned import Value, owned, things
from console.assist.recognise.people import people
from console.assist.recognise.personal import Own, Span, personal
from console.assist.recognise.written import plain, written
from console.conversation.message import Message
from console.conversation.people import Customer

PLACEHOLDER: Final = re.compile(
    rf"\[ {{0,3}}({'|'.join(Own)})\\?[ _-]{{0,3}}(\d{{1,6}})([A-Z]{{0,4}}) {{0,3}}\]", re.IGNORECASE | re.ASCII
)
"""A placeholder, also as a model may write it again: “[email 1]”, “[EMAIL\\_1]”."""

_WORD: Final = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Found:
    """Something of somebody's in a text: ``source[start:end] == text``."""

    kind: Own
    text: str
    start: int
    end: int


class Redaction:
    """What stands for what in the texts of one conversation. Not shared between threads.

    For every text ``restored(hidden(text)) == text``: a text's own “[EMAIL_1]” is hidden, too, so that whatever looks
    like a placeholder in a hidden text is one.
    """

    def __init__(self, values: Sequence[Value] = (), things: frozenset[str] = frozenset()) -> None:
        """``values`` are hidden wherever they stand; ``things`` are words in lower case that name nobody."""
        self._values = tuple((value, plain(value.text).letters) for value in values)
        self._things = things
        self._numbers = _Numbers()
        self._placeholders: dict[tuple[Own, str], str] = {}
        self._texts: dict[str, str] = {}

    @classmethod
    def of(cls, customer: Customer, messages: Sequence[Message]) -> "Redaction":
        """Return a redaction that knows the record, and what the conversation gives away: names, and asked for numbers.

        What the customer has bought is no name, whatever it looks like.
        """
        return cls(owned(customer, messages), things(customer))

    def found(self, text: str) -> tuple[Found, ...]:
        """Return what :meth:`hidden` takes out of ``text``, in order of place; they do not overlap."""
        return tuple(Found(kind, text[start:end], start, end) for kind, start, end in _merged(text, self._spans(text)))

    def hidden(self, text: str) -> str:
        """Return ``text`` with a placeholder for everything in it that may be somebody's own."""
        pieces, place = [], 0
        for found in self.found(text):
            pieces += [text[place : found.start], self._placeholder(found)]
            place = found.end
        return "".join([*pieces, text[place:]])

    def restored(self, text: str) -> str:
        """Return ``text`` with what its placeholders stand for; those that nothing is known of stay."""
        return PLACEHOLDER.sub(lambda match: self._texts.get(_plain(match), match.group()), text)

    def unknown(self, text: str) -> tuple[str, ...]:
        """Return the placeholders in ``text`` that nothing is known of, as they are written there."""
        return tuple(m.group() for m in PLACEHOLDER.finditer(text) if _plain(m) not in self._texts)

    def _spans(self, text: str) -> Iterator[Span]:
        """Yield what to hide, what counts first before the rest."""
        yield from (Span(Own.TEXT, *match.span()) for match in PLACEHOLDER.finditer(text))
        there = plain(text).letters
        for value, letters in self._values:
            if letters in there:
                yield from (Span(value.kind, *place) for place in written(text, value.text, capital=value.capital))
        yield from personal(text)
        for start, end in people(text):
            if not self._things.issuperset(_WORD.findall(text[start:end].lower())):
                yield Span(Own.NAME, start, end)

    def _placeholder(self, found: Found) -> str:
        known = self._placeholders.get((found.kind, found.text))
        if known:
            return known
        number, writing = self._numbers.of(found)
        placeholder = f"[{found.kind}_{number}{_letters(writing)}]"
        self._placeholders[found.kind, found.text] = placeholder
        self._texts[placeholder] = found.text
        return placeholder


class _Numbers:
    """Which number a thing has, and how many ways of writing it there have been."""

    def __init__(self) -> None:
        self._known: dict[tuple[Own, str], int] = {}
        self._writings: dict[tuple[Own, int], int] = {}
        self._latest: dict[Own, int] = {}
        self._people: dict[str, set[int]] = {}
        self._words: dict[int, frozenset[str]] = {}

    def of(self, found: Found) -> tuple[int, int]:
        """Return the number of a thing that is written in a way of its own, and which way of writing it that is."""
        key = (found.kind, _key(found))
        number = self._known.get(key) or (self._person(found.text) if found.kind is Own.NAME else None)
        if number is None:
            number = self._latest[found.kind] = self._latest.get(found.kind, 0) + 1
        self._known[key] = number
        writing = self._writings[found.kind, number] = self._writings.get((found.kind, number), 0) + 1
        if found.kind is Own.NAME:
            self._remember(number, found.text)
        return number, writing

    def _person(self, name: str) -> int | None:
        """Return the one person whose name this is part of, or who is named here in full; none where it is unsure."""
        words = frozenset(_WORD.findall(name.lower()))
        candidates = set().union(*(self._people.get(word, ()) for word in words))
        if len(candidates) == 1:
            (number,) = candidates
            if words <= self._words[number] or self._words[number] <= words:
                return number
        return None

    def _remember(self, number: int, name: str) -> None:
        words = frozenset(_WORD.findall(name.lower()))
        self._words[number] = self._words.get(number, frozenset()) | words
        for word in words:
            self._people.setdefault(word, set()).add(number)


def _merged(text: str, spans: Iterable[Span]) -> Iterator[tuple[Own, int, int]]:
    """Yield kind, start and end of spans in order of place; those that overlap are one, of the kind of the longest."""
    ranked = sorted(spans, key=lambda span: span.start)
    at = 0
    while at < len(ranked):
        widest, start, end = ranked[at], ranked[at].start, ranked[at].end
        at += 1
        while at < len(ranked) and ranked[at].start < end:
            end = max(end, ranked[at].end)
            widest = max(widest, ranked[at], key=lambda span: span.end - span.start)  # the first of equals
            at += 1
        part = text[start:end]
        if part.strip():
            yield widest.kind, start + len(part) - len(part.lstrip()), end - len(part) + len(part.rstrip())


def _plain(match: re.Match[str]) -> str:
    return f"[{match[1].upper()}_{int(match[2])}{match[3].upper()}]"


def _letters(writing: int) -> str:
    """Return the letters of the n-th way of writing a thing: none for the first, then B, C and so on."""
    letters = ""
    while writing > 1:
        writing, rest = divmod(writing - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _key(found: Found) -> str:
    """Return what is the same for every way of writing a thing."""
    if found.kind is Own.TEXT:
        return found.text
    if found.kind is Own.PHONE:
        return "".join(filter(str.isdigit, found.text)).lstrip("0")[-9:]
    return plain(found.text).letters or found.text
