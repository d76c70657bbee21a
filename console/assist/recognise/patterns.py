"""How identifying things look in text: the expressions, and the checks that keep them precise."""

import re
from enum import StrEnum
from typing import Final

import phonenumbers


class Kind(StrEnum):
    """What an entity is."""

    EMAIL = "email"
    URL = "url"
    IBAN = "iban"
    CARD = "card"
    IP = "ip"
    PHONE = "phone"
    IDENTIFIER = "identifier"
    """An order, tracking, account or ticket number: letters and digits that name one thing."""
    POSTCODE = "postcode"
    ADDRESS = "address"
    AMOUNT = "amount"
    DATE = "date"
    TIME = "time"
    DURATION = "duration"
    NUMBER = "number"
    NAME = "name"


MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
WEEKDAY: Final = r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?"
_DAY: Final = r"(?:[12]\d|3[01]|0?[1-9])"

_UNTIL: Final = rf"(?: ?(?:-|–|to|until|till|through) ?(?:the )?{_DAY}(?:st|nd|rd|th)?\b)?"

CURRENCY: Final = r"(?:[£$€¥₹]|\b(?:GBP|USD|EUR|Rs\.?)\s?)"
SUM: Final = r"\d{1,3}(?:[,\u202f ]\d{3}){1,5}(?:\.\d{1,2})?|\d+(?:[.,]\d{1,2})?"

PATTERNS: Final[tuple[tuple[Kind, re.Pattern[str]], ...]] = (
    (Kind.EMAIL, re.compile(r"\b[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}\b")),
    (Kind.URL, re.compile(r"\b(?:https?://|www\.)[^\s<>\"')\]]+[^\s<>\"')\].,;:!?]", re.I)),
    (Kind.IBAN, re.compile(r"\b[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]{4}){2,7}(?:[ -]?[A-Z0-9]{1,3})?\b")),
    (Kind.CARD, re.compile(r"(?<![\w-])\d(?:[ -]{0,2}\d){12,18}(?![\w-])")),
    (Kind.IP, re.compile(r"\b(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)\b")),
    (Kind.AMOUNT, re.compile(rf"{CURRENCY}(?:{SUM})(?:\s?(?:k|m)\b)?", re.I)),
    (
        Kind.AMOUNT,
        re.compile(
            rf"\b(?:{SUM})\s?(?:£|\$|€|(?:pounds?|quid|euros?|dollars?|bucks|credits?|pence|cents?|GBP|EUR|USD)\b)",
            re.I,
        ),
    ),
    (Kind.DATE, re.compile(r"\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d{2})\b")),
    (Kind.DATE, re.compile(rf"\b(?:{WEEKDAY},? )?{_DAY}(?:st|nd|rd|th)?(?: of)? {MONTH}\b\.?(?:,? \d{{4}}\b)?", re.I)),
    (Kind.DATE, re.compile(rf"\b{MONTH}\.? {_DAY}(?:st|nd|rd|th)?\b{_UNTIL}(?:,? \d{{4}}\b)?", re.I)),
    (
        Kind.DATE,
        re.compile(rf"\b(?:{WEEKDAY}(?:,? the)? )?{_DAY}(?:st|nd|rd|th)\b(?! (?:time|floor|order|day)){_UNTIL}", re.I),
    ),
    (Kind.DATE, re.compile(rf"\b{WEEKDAY}\b", re.I)),
    (
        Kind.TIME,
        re.compile(r"\b(?:[01]?\d|2[0-3])[:.][0-5]\d(?: ?[ap]\.?m\b\.?)?|\b(?:1[0-2]|0?[1-9]) ?[ap]\.?m\b", re.I),
    ),
    (Kind.POSTCODE, re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b")),
    (
        Kind.ADDRESS,
        re.compile(
            r"\b\d{1,5}[a-z]?,? (?:[A-Z][\w'’-]+ ){1,3}"
            r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Close|Court|Ct|Way|Place|Square|Terrace|Crescent|"
            r"Boulevard|Blvd|Gardens|Row|Hill|Park|Green|Mews)\b\.?",
        ),
    ),
    (
        Kind.DURATION,
        re.compile(
            r"\b\d{1,3}(?:\s?(?:-|–|to)\s?\d{1,3})?[ -]?(?:%|(?:(?:more|working|business|calendar) )?"
            r"(?:second|minute|min|hour|hr|day|night|week|month|year)s?\b|h\b)",
            re.I,
        ),
    ),
    (
        Kind.IDENTIFIER,
        re.compile(
            r"(?<![\w@.])#?(?=[\w-]{0,64}?\d[\w-]{0,64}?\d)(?=[\w-]{0,64}?[A-Za-z])[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*\b(?!@)"
        ),
    ),
    (Kind.IDENTIFIER, re.compile(r"\b[A-Z]{2,4}(?: \d{2,6}){2,5}\b")),
    (Kind.PHONE, re.compile(r"(?<![\w.-])(?:\+|00)?\(?\d(?:[\d\s().-]{6,16})\d(?![\w-])")),
    (Kind.IDENTIFIER, re.compile(r"(?<![\w.,])#?\d(?:[\d-]{0,64}\d)?\d{2}(?![\w]|[.,]\d)")),
    (Kind.NUMBER, re.compile(r"(?<![\w.,])\d{1,3}(?:\.\d+)?(?![\w]|[.,]\d)")),
)
"""Kinds in order of precedence: a later pattern never takes characters that an earlier one has taken."""

_SHORT_CARD: Final = 13
"""Digits of the shortest card; only one scheme, whose numbers begin with 4, has issued any as short."""

_FEWEST_PHONE_DIGITS: Final = 9
_MOST_PHONE_DIGITS: Final = 15


def plausible(kind: Kind, text: str) -> bool:
    """Return whether ``text``, which looks like ``kind``, also passes its check (Luhn, ISO 7064, digits of a phone)."""
    digits = re.sub(r"\D", "", text)
    if kind is Kind.CARD:
        return luhn(digits) and (len(digits) > _SHORT_CARD or digits[0] == "4")
    if kind is Kind.IBAN:
        return iban(text)
    if kind is Kind.PHONE:
        return _phone(text, digits)
    return True


def luhn(digits: str) -> bool:
    """Return whether a string of digits passes the check of payment cards (ISO/IEC 7812-1, annex B)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value  # noqa: PLR2004 - the digit sum of two digits
    return total % 10 == 0 and len(set(digits)) > 1


def iban(text: str) -> bool:
    """Return whether ``text`` passes the check of bank accounts (ISO 13616: mod 97 is 1)."""
    compact = re.sub(r"[ -]", "", text).upper()
    if not compact.isascii():
        return False
    moved = compact[4:] + compact[:4]
    return int("".join(str(int(c, 36)) for c in moved)) % 97 == 1


def _phone(text: str, digits: str) -> bool:
    if not _FEWEST_PHONE_DIGITS <= len(digits) <= _MOST_PHONE_DIGITS:
        return False
    if text.startswith(("+", "00", "0", "(")):
        return True
    return any(phonenumbers.PhoneNumberMatcher(text, region).has_next() for region in ("US", "GB"))
