"""Something invented of the same shape as a value of somebody's: a number of as many digits, an address of a street.

What comes out is nobody's wherever that can be said: e-mail addresses and host names of RFC 2606, network addresses of
RFC 5737 and 3849, telephone numbers kept for fiction, cards and accounts of no issuer, postcodes of no place.
"""

import re
from collections.abc import Callable, Mapping
from typing import Final

from console.assist.recognise.personal import Own
from console.practice.making.invented import FAMILY, FIRST, STREETS, TOWNS
from console.practice.seeds import chance

_MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_MONTH: Final = re.compile(r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*", re.IGNORECASE)
_SCHEME: Final = re.compile(r"^[a-z]{2,9}://", re.IGNORECASE)
_UK_POSTCODE: Final = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b", re.IGNORECASE)
_YEAR_DIGITS: Final = 4
_DRAMA: Final = "55501"
"""Numbers that end in 555-01xx are kept for fiction in North America …"""
_OFCOM: Final = "07700900"
"""… as are those that begin with 07700 900 in the United Kingdom."""


def alike(kind: Own, text: str, key: str) -> str:
    """Return a value of the shape of ``text``, the same for the same ``key``."""
    return _MAKERS.get(kind, _detail)(text, key)


def digits(text: str, key: str, head: str = "", tail: str = "") -> str:
    """Return ``text`` with other digits in it: ``head`` first, ``tail`` before the last two where there are as many."""
    places = [n for n, c in enumerate(text) if c.isdigit()]
    made = list(text)
    for number, place in enumerate(places):
        drawn = (int(chance(key, number) * 9) + 1 + _digit(text[place])) % 10  # never the one that stood there
        made[place] = str(drawn)
    for number, digit in enumerate(head[: len(places)]):
        made[places[number]] = digit
    if tail and len(places) >= len(tail) + 2:
        for place, digit in zip(places[-len(tail) - 2 : -2], tail, strict=True):
            made[place] = digit
    return "".join(made)


def mixed(text: str, key: str, kept: int = 0) -> str:
    """Return ``text`` with other letters, after the first ``kept`` characters, and other digits."""
    made = []
    for place, character in enumerate(text):
        if character.isalpha() and place >= kept:
            letter = chr(ord("a") + (int(chance(key, "letter", place) * 25) + 1 + ord(character.casefold()[0])) % 26)
            made.append(letter.upper() if character.isupper() else letter)
        else:
            made.append(character)
    return digits("".join(made), key)


def _digit(character: str) -> int:
    return int(character) if character.isdecimal() else 0


def _mail(text: str, key: str) -> str:
    name = FIRST[int(chance(key, "first") * len(FIRST))], FAMILY[int(chance(key, "family") * len(FAMILY))]
    return f"{'.'.join(name).lower()}@example.{'org' if text.lower().endswith('.com') else 'com'}"


def _url(text: str, key: str) -> str:
    scheme = _SCHEME.match(text)
    return f"{scheme[0].lower() if scheme else 'www.'}example.com/{int(chance(key) * 9000) + 1000}"


def _iban(text: str, key: str) -> str:
    return "XX" + mixed(text[2:], key)


def _card(text: str, key: str) -> str:
    return digits(text, key, head="9900")


def _address_on_net(text: str, key: str) -> str:
    last = int(chance(key) * 250) + 2
    if text.count(".") == 3:  # noqa: PLR2004 - four numbers of version 4
        return f"192.0.2.{last}"
    if ":" in text and len(text.split(":", maxsplit=1)[0]) != 2:  # noqa: PLR2004 - six pairs name a card
        return f"2001:db8::{last:x}"
    return f"00-00-5E-00-53-{last:02X}"


def _phone(text: str, key: str) -> str:
    plain = "".join(filter(str.isdigit, text))
    if plain.startswith("07"):
        return digits(text, key, head=_OFCOM)
    if plain.startswith("447"):
        return digits(text, key, head=f"44{_OFCOM[1:]}")
    return digits(text, key, tail=_DRAMA)


def _number(text: str, key: str) -> str:
    if not any(map(str.isdigit, text)):
        return mixed(text, key)
    head = re.match(r"[A-Za-z]{1,4}(?=[ -])", text)  # “LF-” says whose number it is, not which
    return mixed(text, key, kept=head.end() if head else 0)


def _postcode(text: str, key: str) -> str:
    if _UK_POSTCODE.fullmatch(text.strip()):
        return re.sub(r"[A-Z]", "Z", digits(text.upper(), key))
    return digits(mixed(text, key), key, head="00")


def _address(text: str, key: str) -> str:
    """Return a house in a street, in a town where there was more than a street, with a postcode where it had one."""
    number = re.search(r"\d+", text)
    made = f"{digits(number[0], key) if number else 7} {STREETS[int(chance(key, 'street') * len(STREETS))]}"
    if "," in text or "\n" in text:
        made += f", {TOWNS[int(chance(key, 'town') * len(TOWNS))]}"
    return f"{made}, ZZ9 9ZZ" if _UK_POSTCODE.search(text) or re.search(r"\d{4,}\D*$", text) else made


def _birth(text: str, key: str) -> str:
    """Return another day in the same writing."""

    def number(match: re.Match[str]) -> str:
        words, at = match.group(), match.start()
        if len(words) >= _YEAR_DIGITS:
            return str(1950 + (int(chance(key, at) * 39) + int(words) % 50 + 1) % 50)
        drawn = int(chance(key, at) * 11) + 1
        drawn = drawn % 12 + 1 if drawn == int(words) else drawn
        return f"{drawn:0{len(words)}d}" if len(words) > 1 or drawn < 10 else str(drawn % 9 + 1)  # noqa: PLR2004

    def month(match: re.Match[str]) -> str:
        was = next(n for n, name in enumerate(_MONTHS) if name[:3].lower() == match.group()[:3].lower())
        name = _MONTHS[(was + int(chance(key, "month") * 11) + 1) % 12]
        return name[:3] if len(match.group()) == 3 else name  # noqa: PLR2004

    return _MONTH.sub(month, re.sub(r"\d+", number, text))


def _detail(text: str, key: str) -> str:
    if any(map(str.isdigit, text)):
        return mixed(text, key)
    return TOWNS[int(chance(key, "town") * len(TOWNS))]


_MAKERS: Final[Mapping[Own, Callable[[str, str], str]]] = {
    Own.EMAIL: _mail,
    Own.URL: _url,
    Own.IBAN: _iban,
    Own.CARD: _card,
    Own.IP: _address_on_net,
    Own.PHONE: _phone,
    Own.ID: _number,
    Own.POSTCODE: _postcode,
    Own.ADDRESS: _address,
    Own.BIRTH: _birth,
}
