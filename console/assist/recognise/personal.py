"""Whatever in a text may be somebody's own: numbers, codes, addresses on the net, dates of birth, with their places.

Wider than :mod:`console.assist.recognise.entities`, because nothing is lost where it takes too much: what is found here
leaves the machine as a placeholder and comes back. So a wrong check digit, a space too many or small letters keep
nothing in the open, and a number that only its neighbours tell (“my zip code is 3520”) is found by them.
"""

import ipaddress
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from console.assist.recognise.entities import entities
from console.assist.recognise.folding import folded
from console.assist.recognise.patterns import MONTH, Kind, iban, luhn
from console.assist.recognise.places import places
from console.assist.recognise.spelled import spelled


class Own(StrEnum):
    """What something of somebody's is; the word that its placeholder says."""

    NAME = "NAME"
    EMAIL = "EMAIL"
    URL = "URL"
    IBAN = "IBAN"
    CARD = "CARD"
    IP = "IP"
    PHONE = "PHONE"
    ID = "ID"
    """A number or code that names one person or thing: an order, an account, a passport, a number plate."""
    POSTCODE = "POSTCODE"
    ADDRESS = "ADDRESS"
    BIRTH = "BIRTHDATE"
    DETAIL = "DETAIL"
    """A field of the customer's record that is none of the others."""
    TEXT = "TEXT"
    """What looks like a placeholder already."""


@dataclass(frozen=True, slots=True)
class Span:
    """Where something of somebody's stands: characters ``start`` to before ``end``."""

    kind: Own
    start: int
    end: int


DIGITS: Final = 5
"""Fewest digits of a number by itself that is hidden; years, prices and sizes have less."""

CARD_DIGITS: Final = range(12, 20)
"""How many digits a payment card has (ISO/IEC 7812-1: up to 19; Maestro's begin at 12)."""

PHONE_DIGITS: Final = range(7, 16)
"""How many digits a telephone number has (E.164: up to 15; shorter ones are of one town)."""

SURE_PHONE_DIGITS: Final = range(8, 12)
"""How many digits a number in pieces has that is more likely a telephone's than anything else's."""

CODE_DIGITS: Final = 3
"""Fewest digits of a code of letters and digits; models and measures have less."""

CODE_LENGTH: Final = 6
"""Fewest letters and digits of such a code."""

IBAN_DIGITS: Final = 10
"""Fewest digits of what is an account's number though its check fails: no country has less."""

_LEFT: Final = frozenset({Kind.AMOUNT, Kind.DATE, Kind.TIME, Kind.DURATION})
"""What stays readable: nobody is known by it, and an answer is about it."""

_KINDS: Final = {
    Kind.EMAIL: Own.EMAIL,
    Kind.URL: Own.URL,
    Kind.IBAN: Own.IBAN,
    Kind.CARD: Own.CARD,
    Kind.IP: Own.IP,
    Kind.POSTCODE: Own.POSTCODE,
    Kind.ADDRESS: Own.ADDRESS,
}

_MAIL: Final = re.compile(
    r"(?<![\w.+'-])[\w.+'%&-]{1,64}(?: ?@ ?| ?[\[(]at[\])] ?)[\w-]{1,63}(?: ?(?:\.|[\[(]dot[\])]) ?[\w-]{1,63}){1,6}",
    re.IGNORECASE,
)
_MAIL_WITHIN: Final = re.compile(r"(?<![\w.+'-])(?:[\w.+'-]{1,64}|\"[^\"\n]{1,64}\")@[\w-]{2,63}(?:\.[\w-]{1,63}){0,6}")
"""Of a network of one's own, or with a quoted name."""

_URL: Final = re.compile(
    r"(?<![\w@.-])(?:[a-z]{2,9}://|www\.)[^\s<>\"'|]{2,2000}(?<![.,;:!?)\]])"
    r"|(?<![\w@.-])(?:[a-z0-9-]{1,63}\.){1,4}[a-z]{2,12}/[^\s<>\"'|]{1,2000}(?<![.,;:!?)\]])",
    re.IGNORECASE,
)
_IBAN: Final = re.compile(
    r"(?<![a-z0-9])[a-z]{2}\d{2}(?:[ -]?[a-z0-9]{4}){2,7}(?:[ -]?[a-z0-9]{1,3})?(?![a-z0-9])", re.IGNORECASE
)
_IBAN_SAID: Final = re.compile(r"\b(?:iban|bank|account|transfer)\b", re.IGNORECASE)
_DIGITS: Final = re.compile(
    r"(?<!\w)(?<!\d[.,])\+?\(?\d(?:[ .()/-]{0,3}\d){3,40}(?: ?(?:x|ext\.?) ?\d{1,5})?(?![\w]|[.,]\d)"
)
"""Digits, in pieces or not."""

_CARD_SAID: Final = re.compile(r"\b(?:card|cc|visa|mastercard|amex|maestro|credit|debit)\b", re.IGNORECASE)
_PHONE_SAID: Final = re.compile(
    r"\b(?:phone|telephone|tel|mobile|cell|fax|call|ring|text|sms|whatsapp|reach|contact|dial|number is)\b",
    re.IGNORECASE,
)
_PHONE_AFTER: Final = re.compile(r"[ -]{0,3}(?:office|fax|mobile|cell|home|work|ext)\b", re.IGNORECASE)
_IPV6: Final = re.compile(
    r"(?<![\w:.])[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}(?:(?<=:)(?:\d{1,3}\.){3}\d{1,3})?(?![\w:])", re.I
)
_IPV4: Final = re.compile(r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?!\w|\.\d)")
_MAC: Final = re.compile(r"(?<![\w:-])[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5}(?![\w:-])", re.IGNORECASE)

_DAY: Final = (
    rf"(?:\d{{1,4}}[/. -]\d{{1,2}}[/. -]\d{{1,4}}|\d{{1,2}}(?:st|nd|rd|th)?(?: of)?[ -]{MONTH}\.?,?[ -]\d{{2,4}}"
    rf"|{MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?,? \d{{2,4}})"
)
_BORN: Final = re.compile(
    rf"\b(?:born|birth(?:day|date)?|d\.?o\.?b\b\.?)[^\d\n]{{0,30}}?"
    rf"({_DAY}|\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{MONTH})\b",
    re.IGNORECASE,
)
_EXPIRY: Final = re.compile(
    r"\b(?:exp(?:iry|ires|iration)?(?: date)?|valid (?:until|thru|to))\b[ .:]{0,3}(?:is )?(\d{2} ?[/-] ?\d{2,4})(?!\d)",
    re.IGNORECASE,
)
_ID_SAID: Final = re.compile(
    r"\b(?:ssn|social security|passport|licen[cs]e|licen[cs]e plate|plate|registration|vin|imei|member(?:ship)?|"
    r"order|ticket|case|reference|ref|booking|confirmation|reservation|account|acct|policy|invoice|tracking|parcel|"
    r"customer|client|serial|student|employee|user|tax|vat|nhs|insurance|national|sort code|routing|swift|bic|"
    r"pin|cvv|cvc|passcode|password|code|id|zip|postal|postcode|plz|last four|ending(?: in)?|ends in)"
    r"(?: (?:code|number|no|nr|id|card|digits|plate|key|name))?\b\.?"
    r"[ :#=]{0,4}(?:(?:is|was|are|it's|its|of|as)\b[ :#]{0,3})?([a-z0-9][a-z0-9-]{1,40})(?![\w-])",
    re.IGNORECASE,
)
_CODE: Final = re.compile(r"(?<![\w@.#-])#?[a-z0-9]+(?:[-_/][a-z0-9]+)*(?![\w@-])", re.IGNORECASE)
_SSN: Final = re.compile(r"(?<![\w-])\d{3}-\d{2}-\d{4}(?![\w-])")
_TRACKING: Final = re.compile(r"(?<![\w-])[A-Z]{1,4}(?:[ -]\d{2,6}){2,5}(?![\w-])")
_UNIT: Final = re.compile(r"#?[\d-]{1,12}[a-z]{1,4}|[a-z]{1,20}\d{1,3}|\d{1,3}[-/][a-z-]{1,30}", re.IGNORECASE)
"""Measures (“1080p”, “5000mAh”), models and modes (“iphone12”), ages (“19-year-old”)."""

_PLATE: Final = re.compile(
    r"(?<![\w-])(?:[A-Z]{2}\d{2}[ -]?[A-Z]{3}|[A-Z]{2}[ -]\d{1,2}[ -]?[A-Z]{1,3}[ -]?\d{4}|"
    r"[A-Z]{1,3}[- ][A-Z]{1,2}[ -]?\d{1,4}|[A-Z]{3}[ -]\d{3,4}|\d{3}[ -][A-Z]{3}|[A-Z]{2}-\d{3}-[A-Z]{2})(?![\w-])"
)
_POSTCODE: Final = re.compile(
    r"(?<![\w-])(?:[a-z]{1,2}\d[a-z\d]? ?\d(?!nd|rd|st|th)[abd-hjlnp-uw-z]{2}|[a-z]\d[a-z] ?\d[a-z]\d)(?![\w-])",
    re.IGNORECASE,
)
_ZIP: Final = re.compile(r"\b(?:zip|post(?:al)? ?code|plz)(?: code)?(?: is|:)? {0,8}(\d[\d -]{1,9}\d)", re.IGNORECASE)
_DOT: Final = re.compile(r"\bdot\b", re.IGNORECASE)
_BEFORE: Final = 60
"""Characters before a number in which it may be said what it is."""


@lru_cache(maxsize=4096)
def personal(text: str) -> tuple[Span, ...]:
    """Return what may be somebody's own in ``text``, surest first; places may overlap. Names are not among them."""
    return tuple(_found(folded(text)))


def _found(text: str) -> Iterator[Span]:
    yield from (Span(Own.EMAIL, *m.span()) for m in _MAIL.finditer(text))
    yield from (Span(Own.EMAIL, *m.span()) for m in _MAIL_WITHIN.finditer(text))
    yield from (Span(Own.URL, *m.span()) for m in _URL.finditer(text))
    yield from _ibans(text)
    yield from _net_addresses(text)
    yield from (Span(Own.BIRTH, *m.span(1)) for m in _BORN.finditer(text))
    yield from (Span(Own.POSTCODE, *m.span(1)) for m in _ZIP.finditer(text))
    known = entities(text)
    measured = bytearray(len(text))
    for entity in known:
        if entity.kind in _LEFT:
            measured[entity.start : entity.end] = b"\x01" * (entity.end - entity.start)
        elif entity.kind in _KINDS:
            yield Span(_KINDS[entity.kind], entity.start, entity.end)
    yield from (Span(Own.ID, *m.span()) for m in _SSN.finditer(text))
    yield from (Span(Own.ADDRESS, start, end) for start, end in places(text))
    yield from (Span(Own.ID, *m.span()) for m in _CODE.finditer(text) if _names_one_thing(m.group()))
    yield from (Span(Own.ID, *m.span()) for m in _TRACKING.finditer(text))
    yield from _numbers(text, measured)
    yield from (Span(Own.POSTCODE, *m.span()) for m in _POSTCODE.finditer(text))
    yield from (Span(Own.ID, *m.span(1)) for m in _EXPIRY.finditer(text))
    yield from (Span(Own.ID, *m.span()) for m in _PLATE.finditer(text))
    yield from (Span(Own.ID, *m.span(1)) for m in _ID_SAID.finditer(text) if any(map(str.isdigit, m.group(1))))
    for start, end in spelled(text):
        yield Span(Own.EMAIL if _DOT.search(text, start, end) else Own.ID, start, end)


def _ibans(text: str) -> Iterator[Span]:
    for match in _IBAN.finditer(text):
        said = _IBAN_SAID.search(text, max(0, match.start() - _BEFORE), match.start())
        if (
            iban(match.group())
            or said
            or (" " not in match.group() and sum(map(str.isdigit, match.group())) >= IBAN_DIGITS)
        ):
            yield Span(Own.IBAN, *match.span())


def _net_addresses(text: str) -> Iterator[Span]:
    for pattern in (_IPV4, _IPV6):
        for match in pattern.finditer(text):
            try:
                ipaddress.ip_address(match.group())
            except ValueError:
                continue
            yield Span(Own.IP, *match.span())
    yield from (Span(Own.IP, *m.span()) for m in _MAC.finditer(text))


def _numbers(text: str, measured: bytearray) -> Iterator[Span]:
    """Yield the numbers that are neither sums nor times, as what their digits and the words before them tell."""
    for match in _DIGITS.finditer(text):
        start, end = match.span()
        digits = "".join(c for c in match.group() if c.isdigit())
        if any(measured[start:end]) and len(digits) < CARD_DIGITS.start:
            continue
        kind = _kind_of_number(text, match.group(), digits, start, end)
        if kind:
            yield Span(kind, start, end)


def _kind_of_number(text: str, written: str, digits: str, start: int, end: int) -> Own | None:
    before = max(0, start - _BEFORE)
    if written.startswith("+") or "x" in written.lower():  # abroad, or with an extension
        return Own.PHONE
    if len(digits) in CARD_DIGITS and (luhn(digits) or _CARD_SAID.search(text, before, start)):
        return Own.CARD
    in_pieces = len(written) > len(digits)
    said = _PHONE_SAID.search(text, before, start) or _PHONE_AFTER.match(text, end)
    sure = written.startswith(("+", "0", "(")) or (in_pieces and len(digits) in SURE_PHONE_DIGITS)
    if len(digits) in PHONE_DIGITS and (said or sure):
        return Own.PHONE
    return Own.ID if len(digits) >= (PHONE_DIGITS.start if in_pieces and not said else DIGITS) else None


def _names_one_thing(code: str) -> bool:
    digits = sum(map(str.isdigit, code))
    letters = sum(map(str.isalpha, code))
    if code.startswith("#") and digits >= CODE_DIGITS:
        return True
    if not letters or not digits or _UNIT.fullmatch(code):
        return False
    return digits >= CODE_DIGITS and digits + letters >= CODE_LENGTH
