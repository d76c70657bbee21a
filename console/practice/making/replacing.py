"""A conversation in which everything of somebody's is another's, who is invented: the same thing the same throughout.

What is replaced is what :mod:`console.assist.redaction` hides, and every number of some length beside. The same
conversation gives the same replacements.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from console.assist.owned import owned, things
from console.assist.recognise.entities import entities
from console.assist.recognise.patterns import Kind
from console.assist.recognise.personal import Own
from console.assist.recognise.written import plain
from console.assist.redaction import Found, Redaction
from console.conversation.people import Customer, Order
from console.practice.making.alike import alike, digits
from console.practice.making.escalation import Escalation
from console.practice.making.invented import FAMILY, FIRST
from console.practice.seeds import chance, pick

_WORD: Final = re.compile(r"[^\W\d_]+")
_LONG: Final = re.compile(r"(?<![£$€\d])\d[\d .()/-]{2,30}\d")
"""Digits, in pieces or not; what has four or more of them is replaced where nobody knows what it is."""

_CODE: Final = re.compile(r"(?<![\w@.-])(?=[A-Z]*\d)(?=\d*[A-Z])[A-Z\d]{5,20}(?![\w@-])")
"""Capitals and digits in one word, as of a booking."""

_MASKED: Final = re.compile(r"(?<!\w)\w(?:…|\.{3}|\*+)@\w[\w-]*(?:\.\w[\w-]*)+")
"""An e-mail address of which the first letter is told, as the bot says it."""

FEWEST: Final = 4
_WHOLE: Final = 2
"""Words of a name from which on it is known by itself; of one word there are many."""
_LEFT: Final = frozenset({Kind.AMOUNT, Kind.DATE, Kind.TIME, Kind.DURATION})
_TITLES: Final = frozenset({"mr", "mrs", "ms", "miss", "dr", "prof", "professor", "sir", "jr", "sr", "md", "phd"})
_SINCE: Final = 30
"""Days by which the day since which somebody is a customer is moved at the most, either way."""


@dataclass(frozen=True, slots=True)
class Replaced:
    """What now stands for something of somebody's, and what it is; the thing itself is not kept."""

    words: str
    kind: Own
    sure: bool = True
    """Whether a pattern or the record tells that it was somebody's; a name may have been a thing."""


_NAMELESS: Final = "––"
"""What stands for the name of somebody who has none in the record."""


class Replacing:
    """What stands for what in one conversation. ``taken`` are values, such as orders' numbers, that are real ones."""

    def __init__(
        self,
        source: Escalation,
        taken: Collection[str] = (),
        company: frozenset[str] = frozenset(),
        published: str = "",
        allowed: frozenset[str] = frozenset(),
    ) -> None:
        """``company`` are the words of its own names, ``published`` is what everybody can read of it: both are left.

        ``allowed`` are the words of what the company allows in the matter: in the outcome they name nobody.
        """
        self._source, self._key, self._allowed = source, source.id, allowed
        self._company, self._published = company, published
        known = owned(source.customer, source.messages)
        self._redaction = Redaction(known, things(source.customer) | company)
        self._known = {plain(value.text).letters for value in known}
        self._named = {_bare(word) for word in _WORD.findall(f"{source.customer.name} {source.customer.first_name}")}
        self._taken = {plain(value).letters for value in taken} | self._known
        self._words: dict[str, str] = {}
        self._values: dict[tuple[Own, str], str] = {}
        self.replaced: dict[str, Replaced] = {}
        self._said = {_bare(word) for text in self._all() for word in _WORD.findall(text)}
        for number, word in enumerate(_WORD.findall(source.customer.name or source.customer.first_name)):
            self._word(word, first=number == 0)

    def text(self, text: str, nobodys: frozenset[str] = frozenset()) -> str:
        """Return a text of the conversation with everything of somebody's replaced; ``nobodys`` are no names."""
        pieces, place = [], 0
        days = [(e.start, e.end) for e in entities(text) if e.kind is Kind.DATE]
        for found in self._redaction.found(text):
            if found.kind is Own.NAME and any(start <= found.start and found.end <= end for start, end in days):
                continue  # “March” is a month there
            if found.kind is Own.NAME and (self._is_public(found.text) or self._is_one_of(nobodys, found.text)):
                continue
            pieces += [self._numbers(text[place : found.start]), self._value(found)]
            place = found.end
        return "".join([*pieces, self._numbers(text[place:])])

    def _is_public(self, name: str) -> bool:
        """Return whether it is the company's, or stands whole in what is published and is nobody's known here."""
        words = [word for word in _WORD.findall(name) if word != "s"]
        if any(_bare(word) in self._named for word in words):
            return False
        if self._company.issuperset(word.lower() for word in words):
            return True
        if len(words) < _WHOLE or plain(name).letters in self._known:
            return False
        return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", self._published) is not None

    def _is_one_of(self, words: frozenset[str], name: str) -> bool:
        """Return whether a name is one of those words as they are written, and none of the customer's."""
        return name in words and _bare(name) not in self._named

    def escalation(self) -> Escalation:
        """Return the whole conversation, of a customer who is invented."""
        source = self._source
        messages = tuple(replace(m, text=self.text(m.text), author="") for m in source.messages)
        return replace(
            source,
            customer=self._customer(source.customer),
            messages=messages,
            subject=self.text(source.subject),
            reason=self.text(source.reason),
            disposition=self.text(source.disposition, self._allowed),
            brief=self.text(source.brief),
        )

    def _all(self) -> Iterator[str]:
        source = self._source
        yield from (message.text for message in source.messages)
        yield from (source.customer.name, source.customer.first_name, source.customer.email, source.disposition)
        yield source.brief

    def _customer(self, was: Customer) -> Customer:
        """Return who stands for the customer: nothing of the record that the matter does not need."""
        for words in filter(None, (was.name, was.first_name)):
            self._own(Own.NAME, words)
        days = round((2 * chance(self._key, "since") - 1) * _SINCE)
        nameless = "" if was.name or was.first_name else self._word(_NAMELESS, first=True)
        return Customer(
            id="",
            name=self._names(was.name) or nameless,
            first_name=self._names(was.first_name) or nameless,
            email=self._own(Own.EMAIL, was.email),
            phone=self._own(Own.PHONE, was.phone),
            since=_moved(was.since, days),
            contract=was.contract,
            language=was.language,
            vulnerable=was.vulnerable,
            orders=tuple(map(self._order, was.orders)),
        )

    def _order(self, was: Order) -> Order:
        return replace(was, number=self._own(Own.ID, was.number), tracking=self._own(Own.ID, was.tracking))

    def _own(self, kind: Own, value: str) -> str:
        return self._value(Found(kind, value, 0, len(value))) if value else ""

    def _value(self, found: Found) -> str:
        if found.kind is Own.TEXT:
            return found.text
        sure = found.kind is not Own.NAME or plain(found.text).letters in self._known
        if found.kind is Own.NAME:
            made = self._names(found.text)
        else:
            key = (found.kind, plain(found.text).letters or found.text)
            made = self._values.get(key) or self._made(found)
            self._values[key] = made
        self.replaced.setdefault(made, Replaced(made, found.kind, sure))
        return made

    def _made(self, found: Found) -> str:
        """Return a value of the same shape that is no real one that is known here."""
        letters = plain(found.text).letters
        tries = (alike(found.kind, found.text, f"{self._key}\0{letters}\0{number}") for number in range(20))
        return next((made for made in tries if plain(made).letters not in self._taken), "…")

    def _names(self, text: str) -> str:
        parts = list(_WORD.finditer(text))
        made, place = [], 0
        for number, match in enumerate(parts):
            word = match.group()
            title = _bare(word) in _TITLES or (len(word) == 1 and text[match.start() - 1 : match.start()] in ("'", "’"))
            made += [text[place : match.start()], word if title else self._word(word, first=number == 0)]
            place = match.end()
        made.append(re.sub(r"\d", "", text[place:]))
        return "".join(made)

    def _word(self, word: str, *, first: bool) -> str:
        """Return the word of an invented name that stands for this one, in its case."""
        key = _bare(word)
        if key not in self._words:
            names = FIRST if first else FAMILY
            free = [n for n in names if _bare(n) not in self._said and n not in self._words.values()]
            seed = int(chance(self._key, key) * 2**31)
            self._words[key] = (
                pick(free, seed, key) if free else pick(FIRST, seed, key) + pick(FAMILY, seed, key).lower()
            )
        name = self._words[key]
        if len(word) == 1:
            return name[0] if word.isupper() else name[0].lower()
        return name.upper() if word.isupper() else name.lower() if word.islower() else name

    def _numbers(self, text: str) -> str:
        """Return what is left of a text with other digits in its long numbers; sums, days and times stay."""
        left = [(e.start, e.end) for e in entities(text) if e.kind in _LEFT]

        def other(match: re.Match[str]) -> str:
            words = match.group()
            many = sum(map(str.isdigit, words)) >= FEWEST
            if not many or any(start < match.end() and match.start() < end for start, end in left):
                return words
            made = self._own(Own.ID, words) if len(words) > FEWEST else digits(words, f"{self._key}\0{words}")
            self.replaced.setdefault(made, Replaced(made, Own.ID, sure=False))
            return made

        def code(match: re.Match[str]) -> str:
            made = self._own(Own.ID, match.group())
            self.replaced[made] = Replaced(made, Own.ID, sure=False)
            return made

        return _MASKED.sub(lambda _: self._masked(), _CODE.sub(code, _LONG.sub(other, text)))

    def _masked(self) -> str:
        """Return the invented e-mail address as the bot would say it."""
        address = self._own(Own.EMAIL, self._source.customer.email)
        made = f"{address[:1]}…@{address.partition('@')[2]}" if address else "…"
        self.replaced.setdefault(made, Replaced(made, Own.EMAIL))
        return made


def _bare(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if c.isalpha())


def _moved(day: str, days: int) -> str:
    try:
        return (date.fromisoformat(day) + timedelta(days=days)).isoformat()
    except ValueError:
        return ""
