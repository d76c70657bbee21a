"""Names of people: those the conversation gives away, and a conservative guess at the rest."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from console.assist.recognise.words import words_of
from console.conversation.message import Author, Message
from console.conversation.people import Customer

_NAME: Final = r"[A-Z][\w'’-]+(?: (?:van|von|de|der|da|di|la|le|bin|al|Mc|[A-Z]\.)?[ ]?[A-Z][\w'’-]+){0,3}"
_INTRODUCED: Final = re.compile(
    rf"\b(?:[Mm]y (?:full )?name(?:'s| is|:)|[Tt]his is|[Nn]ame(?:'s| is|:)|[Cc]all me|[Ii]t[’']?s|"
    rf"[Ii] ?[’']?a?m|[Yy]ou(?:'re| are) speaking (?:with|to)) "
    rf"({_NAME})"
)
_LOWER_INTRODUCED: Final = re.compile(
    r"\b(?:my (?:full )?name(?:'s| is)|call me)[: ]+((?:[a-z][\w'’-]+ ?){1,3})", re.IGNORECASE
)
_ASKED: Final = re.compile(
    r"\b(?:name|who am i (?:speaking|talking) (?:to|with))\b[^.!?]{0,200}\?|"
    r"\bprovide (?:me )?(?:with )?your (?:full )?name\b",
    re.IGNORECASE,
)
_ANSWER: Final = re.compile(
    r"^(?:(?:sure|yes|hi|hello|ok|okay|of course|certainly|it is|it'?s|i'?m|i am|this is|the name is|"
    r"name is|my (?:full )?name is|my name'?s)[,.!:]? )*"
    r"((?:[A-Za-z][\w'’.-]++ ?){1,4})[.!]?$",
    re.IGNORECASE,
)
_SOMEBODY_ELSES: Final = re.compile(
    r"(?:['’]s|\b(?:his|her|their|its|the|a|maiden|middle|whose)) (?:\w+ )?name(?:['’]?s| is|:) $|"
    r"\b(?:sure|that|if|think|because|when) it['’]?s $",
    re.IGNORECASE,
)
"""What leads up to a name that is not the writer's."""
_ORIGINS: Final = words_of(
    """
    american australian austrian belgian brazilian british canadian chinese danish dutch english european finnish french
    german greek indian irish italian japanese korean mexican norwegian polish portuguese russian scottish spanish
    swedish swiss turkish welsh
    """
)
_TITLED: Final = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Sir)\b\.? [A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?")
_TITLED_LOWER: Final = re.compile(r"\b(?i:mr|mrs|ms|mx|dr|prof)\b\.? [^\W\d_][\w'’-]+")
"""However it is written: after these titles only names stand (“miss” and “sir” are words too)."""

_GREETED: Final = re.compile(
    r"\b(?:[Hh]i|[Hh]ello|[Hh]ey|[Dd]ear|[Tt]hanks|[Tt]hank you|[Ss]orry|[Ww]elcome|[Rr]egards|"
    r"[Cc]heers)(?: again| so much| very much)?,? ([A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?)"
)
_NOT_NAMES: Final = words_of(
    """
    a an the i it yes no not ok okay hi hello hey thanks thank you sorry please sure there here just so very really
    still now and but looking trying going having getting calling writing asking waiting interested happy unhappy
    sir madam team everyone all again for to in on at from with your my our this that what why how when where who
    fine good great angry upset afraid glad aware unable able new back done ready being about monday tuesday
    wednesday thursday friday saturday sunday january february march april may june july august september october
    november december unfortunately however customer support agent bot dear regards let's lets absolutely actually
    certainly of we you're you
    """
)


def names_of(customer: Customer, messages: Iterable[Message]) -> tuple[str, ...]:
    """Return the names the conversation gives away (its record, introductions, answers), longest first."""
    found: dict[str, None] = dict.fromkeys(n for n in (customer.name, customer.first_name) if n)
    found.update(dict.fromkeys(part for part in customer.name.split() if len(part) > 1))
    asked = False
    for message in messages:
        if message.role is Author.CUSTOMER:
            found.update(dict.fromkeys(_introduced(message.text, asked=asked)))
            asked = False
        elif message.role is not Author.SYSTEM:
            asked = bool(_ASKED.search(message.text))
    return tuple(sorted(found, key=len, reverse=True))


def introduced(text: str) -> str:
    """Return the name by which the writer of ``text`` introduces themselves; empty when they do not."""
    name = next(iter(_introduced(text, asked=False)), "")
    elses = (
        _SOMEBODY_ELSES.search(text[: text.find(name)]) or name.split(maxsplit=1)[0].lower() in _ORIGINS if name else ""
    )
    return "" if elses else name


def answered(text: str) -> str:
    """Return the name in an answer to the question for it; empty when there is none."""
    return next(iter(_introduced(text, asked=True)), "")


def addressed(text: str) -> tuple[str, ...]:
    """Return names that ``text`` plainly uses as such: after a title or a greeting."""
    found = [m.group() for m in _TITLED.finditer(text)]
    found += [m.group() for m in _TITLED_LOWER.finditer(text)]
    found += [m.group(1) for m in _GREETED.finditer(text) if _is_name(m.group(1))]
    return tuple(found)


@lru_cache(maxsize=8192)
def _introduced(text: str, *, asked: bool) -> tuple[str, ...]:
    return tuple(_read_names(text, asked=asked))


def _read_names(text: str, *, asked: bool) -> Iterator[str]:
    for match in (*_INTRODUCED.finditer(text), *_LOWER_INTRODUCED.finditer(text)):
        name = _trimmed(match.group(1))
        if name:
            yield name
    answer = _ANSWER.match(text.strip()) if asked else None
    if answer:
        name = _trimmed(answer.group(1))
        if name:
            yield name


def _trimmed(words: str) -> str:
    kept: list[str] = []
    for word in words.split():
        if word.lower().strip(".,!'’") in _NOT_NAMES:
            break
        kept.append(word)
    return " ".join(kept).rstrip(".,!'’")


def _is_name(words: str) -> bool:
    return words.split(maxsplit=1)[0].lower() not in _NOT_NAMES
