"""Where somebody lives or wants something sent: postal addresses of many countries, with the lines that follow.

Wide, as :mod:`console.assist.recognise.personal` is: it is for what leaves the machine and comes back.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from console.assist.recognise.patterns import MONTH, WEEKDAY
from console.assist.recognise.words import OPENERS, words_of

_CAPITAL: Final = r"(?![a-zß-öø-ÿ])[^\W\d_][\w'’/-]{0,30}+\.?"
_PARTICLE: Final = r"(?:de|du|des|la|le|les|van|der|den|do|da|dos|di|dei|del|della|of|the|upon|nad|am|an|im|y|e)\b"
_WORDS: Final = rf"(?:(?:{_CAPITAL}|{_PARTICLE})[ ]){{1,5}}"
_HOUSE: Final = r"\d{1,5}[a-zA-Z]?(?:[-/]\d{1,4})?\b\.?"
_BEFORE: Final = r"(?<![\w.£$€])(?:\d{1,6}[a-z]?,?[ ]){0,2}"

_ENDINGS: Final = (
    "straße strasse straat gasse platz allee damm ufer steig graben gata gatan gate vägen vegen veien vangen vej vejen "
    "vænget gade stræde allé katu tie kuja polku laan plein gracht kade dreef singel hof wei utca körút stræti vegur "
    "braut ulica cesta náměstí str"
)  # glued to the street's name, or after it
_OWN_ENDINGS: Final = "".join(f"|(?<={ending})" for ending in _ENDINGS.split())
_OPENINGS: Final = (
    "rua|rue|via|viale|vicolo|piazza|corso|calle|c/|avenida|avda|avenue|av|plaza|paseo|camino|carrer|place|quai|chemin|"
    "impasse|boulevard|bd|allée|route|ulica|ul|aleja|al|strada|str|bulevardul|praça|travessa|largo|λεωφόρος|οδός|улица"
)
_STREET: Final = (
    "street|st|road|rd|avenue|ave|lane|ln|drive|dr|close|court|ct|way|place|square|sq|terrace|crescent|boulevard|blvd|"
    "gardens|row|hill|park|green|mews|highway|hwy|parkway|pkwy|circle|trail|grove|walk|quay|str"
)
_SURE_STREET: Final = "street|road|avenue|ave|lane|drive|crescent|boulevard|blvd|terrace|mews|parkway"
_UNIT: Final = (
    r"(?:apt|apartment|suite|flat|p\.? ?o\.? ?box|post ?box|postfach|psc)\b\.?[ ]?#?\d{1,5}[a-z]?\b"
    r"|(?:unit|psc)[ ]\d{1,5},?[ ]box[ ]\d{1,5}\b"
)

_NUMBERED: Final = r"(?:(?<=\d )|(?<=\d[a-z] ))"

_ANCHORS: Final = (
    re.compile(rf"(?<![\w.£$€])(?:\d{{3,6}}|0\d)[a-z]?,?[ ](?!(?i:{MONTH}|{WEEKDAY})\b){_WORDS}{_HOUSE}"),
    re.compile(
        rf"{_BEFORE}\b(?i:{_OPENINGS})(?<!\d)\.?[ ]{_WORDS}{_HOUSE}|{_BEFORE}{_NUMBERED}(?i:{_OPENINGS})\.?[ ]"
        rf"(?:{_PARTICLE}[ ]){{0,3}}{_CAPITAL}(?:[ ](?:{_CAPITAL}|{_PARTICLE})){{0,3}}"
    ),
    re.compile(rf"{_BEFORE}\b(?:{_CAPITAL}[ ]){{0,3}}[^\W\d_-]{{3,40}}+(?:(?!){_OWN_ENDINGS})\.?[ ]{_HOUSE}"),
    re.compile(rf"{_BEFORE}{_NUMBERED}(?:{_CAPITAL}[ ]){{1,4}}(?i:{_STREET})\b\.?"),
    re.compile(rf"{_BEFORE}{_NUMBERED}(?:[a-z'’-]{{3,20}}[ ]){{1,2}}(?:{_SURE_STREET})\b", re.IGNORECASE),
    re.compile(rf"(?:{_NUMBERED}|\b)(?:{_UNIT})", re.IGNORECASE),
    re.compile(
        rf"\b(?i:corner of)[ ]{_BEFORE}(?:{_CAPITAL}[ ]){{1,4}}(?:{_HOUSE}[ ])?and[ ]{_BEFORE}"
        rf"{_CAPITAL}(?:[ ]{_CAPITAL}){{0,3}}"
    ),
)
_CUE: Final = re.compile(
    r"\b(?:address(?:es)?(?: line)?(?: is| are| to|:)|(?:live|lives|lived|living|based|located|resides?|moved)"
    r" (?:at|on|in|to)|office is (?:at|in)|(?:send|sent|ship|shipped|deliver|delivered|return|post|mail|taxi)"
    r" (?:it |them |this |that )?to|(?:meet (?:me|you)|side) (?:at|of)|station is (?:on|at)|"
    r"(?:it is|it's) (?:in|at|on))[ ]{0,8}",
    re.IGNORECASE,
)
_CUED: Final = re.compile(rf"(?:the corner of )?(?:\d{{1,6}}[a-z]?,?[ ]){{0,2}}{_WORDS}(?:and[ ]{_WORDS})?{_HOUSE}")
_MORE: Final = re.compile(
    rf"[ \t,>?-]{{0,4}}+(?:\n[ \t,>?-]{{0,6}}+)?(?:(?i:{_UNIT})|(?!{_CAPITAL}:)(?:{_CAPITAL}|\(\w{{2,20}}\)|nan\b)"
    r"|\d{3,6}(?:-\d{3,4})?\b(?!-))(?!@)"
)
"""One word more of an address: a town, a country, a code, a flat; not what a colon follows."""

_LEAD: Final = re.compile(r"\d{1,6}[a-z]?,?[ ]")
_MOST: Final = 14
"""Words that an address may go on for."""

_NO_STREET: Final = OPENERS | words_of(
    "minute minutes min mins hour hours day days week weeks month months year years miles"
)
_PLAIN_WORD: Final = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=4096)
def places(text: str) -> tuple[tuple[int, int], ...]:
    """Return where postal addresses stand in ``text``, in order; they do not overlap."""
    result: list[tuple[int, int]] = []
    for start, end in sorted(_anchors(text)):
        if result and start < result[-1][1]:
            continue
        result.append((start, _gone_on(text, end)))
    return tuple(result)


def _anchors(text: str) -> Iterator[tuple[int, int]]:
    if not any(map(str.isdigit, text)):
        return
    for pattern in _ANCHORS:
        for match in pattern.finditer(text):
            if not any(word in _NO_STREET for word in _PLAIN_WORD.findall(match.group())):
                yield match.span()
    for cue in _CUE.finditer(text):
        cued = _CUED.match(text, cue.end())
        if cued:
            yield cued.span()


def _gone_on(text: str, end: int) -> int:
    """Return where the address that reaches to ``end`` is over."""
    for _ in range(_MOST):
        more = _MORE.match(text, end)
        if not more or more.group().strip(" \n\t,>?-").lower() in OPENERS:
            return end
        end = more.end()
    return end
