"""Personal data leaves the machine as placeholders, and comes back as it was.

“I'm Dana Kovel, dana@example.com” leaves as “I'm [NAME_1], [EMAIL_1]”. The same thing has the same number in every text
of one :class:`Redaction`; a letter after it (“[EMAIL_1B]”) says that it is written another way there.
"""

import re
import string
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from console.assist.recognise.names import addressed, names_of
from console.assist.recognise.personal import Own, Span, personal
from console.assist.recognise.words import OPENERS
from console.conversation.message import Message
from console.conversation.people import Customer

PLACEHOLDER: Final = re.compile(
    rf"\[ {{0,3}}({'|'.join(Own)})\\?[ _-]{{0,3}}(\d{{1,6}})([A-Z]{{0,4}}) {{0,3}}\]", re.IGNORECASE | re.ASCII
)
"""A placeholder, also as a model may write it again: “[email 1]”, “[EMAIL\\_1]”."""

_SIGNS: Final = string.punctuation
"""What a value may begin or end with that is part of it: “(020) 7946 0142”, “Moved house.”"""

LOOSE: Final = 6
"""Fewest letters and digits of a field of the record that is found however it is set apart."""


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

    def __init__(self, values: Iterable[tuple[Own, str]] = ()) -> None:
        """``values`` are hidden wherever they stand, the longest first; see :meth:`of`."""
        self._values = tuple(_Value(kind, value) for kind, value in sorted(values, key=lambda pair: -len(pair[1])))
        self._placeholders: dict[tuple[Own, str], str] = {}
        self._texts: dict[str, str] = {}
        self._numbers: dict[tuple[Own, str], int] = {}
        self._writings: dict[tuple[Own, int], int] = {}
        self._latest: dict[Own, int] = {}

    @classmethod
    def of(cls, customer: Customer, messages: Sequence[Message]) -> "Redaction":
        """Return a redaction that knows the fields of the record, and the names that the conversation gives away."""
        values = dict.fromkeys(_record(customer))
        for name in names_of(customer, messages):
            values.setdefault((Own.NAME, name))
        return cls(values)

    def found(self, text: str) -> tuple[Found, ...]:
        """Return what :meth:`hidden` takes out of ``text``, in order of place; they do not overlap."""
        free = bytearray(b"\x01") * len(text)
        result = []
        for span in self._spans(text):
            for start, end in _free_parts(text, free, span):
                result.append(Found(span.kind, text[start:end], start, end))
            free[span.start : span.end] = bytes(span.end - span.start)
        return tuple(sorted(result, key=lambda f: f.start))

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
        squashed, origin = _squashed(text)
        for value in self._values:
            yield from value.places(text, squashed, origin)
        yield from personal(text)
        for name in addressed(text):
            place = text.find(name)
            yield Span(Own.NAME, place, place + len(name))

    def _placeholder(self, found: Found) -> str:
        known = self._placeholders.get((found.kind, found.text))
        if known:
            return known
        key = (found.kind, _key(found))
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = self._latest[found.kind] = self._latest.get(found.kind, 0) + 1
        writing = self._writings[found.kind, number] = self._writings.get((found.kind, number), 0) + 1
        placeholder = f"[{found.kind}_{number}{_letters(writing)}]"
        self._placeholders[found.kind, found.text] = placeholder
        self._texts[placeholder] = found.text
        return placeholder


class _Value:
    """A value that is hidden wherever it stands: whole, whatever its case, and a longer one however it is set apart."""

    def __init__(self, kind: Own, value: str) -> None:
        self.kind = kind
        self.plain = _squashed(value)[0]
        self.loose = len(self.plain) >= LOOSE
        self.length = len(value)
        self.head = value[: len(value) - len(value.lstrip(_SIGNS))]
        self.tail = value[len(value.rstrip(_SIGNS)) :]

    def places(self, text: str, squashed: str, origin: Sequence[int]) -> Iterator[Span]:
        place = squashed.find(self.plain) if self.plain else -1
        while place >= 0:
            last = place + len(self.plain) - 1
            start, end = origin[place], origin[last] + 1
            whole = not text[start - 1 : start].isalnum() and not text[end : end + 1].isalnum()
            if whole and (self.loose or end - start <= self.length):
                head, tail = text.endswith(self.head, 0, start), text.startswith(self.tail, end)
                yield Span(self.kind, start - len(self.head) * head, end + len(self.tail) * tail)
            place = squashed.find(self.plain, place + 1)


def _record(customer: Customer) -> Iterator[tuple[Own, str]]:
    """Yield the fields of the record that are the customer's own.

    What they bought, its price and its days stay readable: an answer is about them, and many have the same.
    """
    yield from ((Own.NAME, name) for name in (customer.name, customer.first_name) if name)
    yield from ((Own.NAME, part) for part in customer.name.split() if len(part) > 1)
    for kind, value in ((Own.EMAIL, customer.email), (Own.PHONE, customer.phone), (Own.DETAIL, customer.notes)):
        if value:
            yield kind, value
    for order in customer.orders:
        yield from ((Own.ID, value) for value in (order.number, order.tracking) if value)
    for value in (customer.id, *customer.extra.values()):
        if len(value) > 2 and value.lower() not in OPENERS:  # noqa: PLR2004 - a flag such as "no" is nobody's secret
            yield Own.DETAIL, value


def _free_parts(text: str, free: bytearray, span: Span) -> Iterator[tuple[int, int]]:
    """Yield the parts of a span that nothing before it has taken, without white space around them."""
    start = span.start
    while start < span.end:
        start = free.find(1, start, span.end)
        if start < 0:
            return
        end = free.find(0, start, span.end)
        end = span.end if end < 0 else end
        part = text[start:end]
        if any(map(str.isalnum, part)):
            yield start + len(part) - len(part.lstrip()), end - len(part) + len(part.rstrip())
        start = end


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
    return _squashed(found.text)[0] or found.text


def _squashed(text: str) -> tuple[str, list[int]]:
    """Return the letters and digits of ``text`` in one form, without marks and case, and where each of them stood."""
    kept: list[str] = []
    origin: list[int] = []
    for place, character in enumerate(text):
        plain = character if character.isascii() else _folded(character)
        for letter in plain.casefold():
            if letter.isalnum():
                kept.append(letter)
                origin.append(place)
    return "".join(kept), origin


def _folded(character: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", character) if not unicodedata.combining(c))
