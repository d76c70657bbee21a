"""The facts a customer gave: what they answered to a question for one, and what identifies things in their text."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Final

from console.assist.answers import answer_to, story_for
from console.assist.consent import consent_to
from console.assist.details import details, with_denial
from console.assist.flags.rules import without_steering
from console.assist.questions import Asked, asked_in
from console.assist.recognise.entities import Entity, entities
from console.assist.recognise.names import introduced
from console.assist.recognise.patterns import Kind
from console.assist.recognise.proper import proper
from console.assist.ruled_out import ruled_out
from console.assist.sentences import sentences
from console.assist.shapes import fits, plainly
from console.content.behaviours import Fact as Wanted
from console.conversation.message import Author, Message

LONGEST_COUNT: Final = 3
"""Digits up to which a bare number is a count and not a number of something."""

MOST: Final = 300
"""Facts of a conversation, the newest; what is beyond that is no list for people any more."""

MOST_OF_MESSAGE: Final = 20
"""Facts of one message, the first of it."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact in the customer's own words: ``value`` stands in message ``message`` as written."""

    label: str
    value: str
    message: str
    slot: str = ""
    """The slot of a behaviour that it fills, or the kind of thing it is."""
    asked: str = ""
    """The message that says ``value``, where the customer only agreed to it."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A fact in a message."""

    label: str
    value: str
    slot: str = ""
    detail: bool = False
    """Whether it tells of the matter, in words that anybody might use, rather than identifying anything."""
    agreed: bool = False


_LONGEST_BESIDE_CARD: Final = 7
_KIND_LABELS: Final = {
    Kind.EMAIL: "E-mail", Kind.PHONE: "Phone", Kind.IDENTIFIER: "Number", Kind.POSTCODE: "Postcode",
    Kind.ADDRESS: "Address", Kind.IBAN: "IBAN", Kind.URL: "Link",
}  # fmt: skip
_WISH: Final = re.compile(
    r"\b(?:(?:and |but |so )?(?:(?:i|we)(?:['’]d| would)? (?:really |just |only |now )?(?:want|need|like|expect|"
    r"demand|insist|"
    r"prefer)\b|(?:can|could|would|will|may) (?:you|i|we)\b|please\b|(?:give|get|send) me (?:a|an|my|the)\b)|"
    r"(?:i |we )?(?:have|has|had) to\b)",
    re.IGNORECASE,
)
"""What is wished for or has to be, and so is none of the facts."""
_WISHING: Final = re.compile(
    r"\b(?:(?:can|could|would|will|may|shall) (?:you|i|we)|(?:want|like|need|expect|hope) to)(?: please)? $",
    re.IGNORECASE,
)
"""How a wish begins whose words a pattern takes up in the middle."""
_WISH_WITHIN: Final = 25
_OR_BEFORE: Final = re.compile(
    r"\bor (?:(?:a|an|my|the|our|some|just|full|get|have|give me|send me) ){0,3}$", re.IGNORECASE
)
_OR_AFTER: Final = re.compile(r"^,? or (?!(?:i|we|you|he|she|they|else|not|what|so|will|at)\b)", re.IGNORECASE)
"""How one of two is named beside the other; “refund me or I call my bank” names one."""
_FEWEST_FREE: Final = 3
"""Words from which a value is told in words of one's own, rather than a code, a day or a choice."""
_FEWEST_LEFT: Final = 2
_PREPOSITION: Final = re.compile(r"^(?:by|before|for|on|at|from|until|till|to|in) ")
_COUNTED: Final = re.compile(
    r"(?<![\w-])(\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty) "
    r"(?:(?!at\b|in\b|on\b|per\b|a\b|of\b|by\b)\w+ )?(?:guests?|"
    r"people|persons?|adults?|children|kids|nights?|pairs?|items?|seats?|tickets?|rooms?|beds?|bedrooms?|boxes|"
    r"parcels?)\b",
    re.IGNORECASE,
)


def facts_of(messages: Sequence[Message], wanted: Sequence[Wanted] = (), *, detailed: bool = False) -> tuple[Fact, ...]:
    """Return the facts in the order they were given; what is repeated word for word is there once.

    With ``detailed`` also what only tells of the matter (what was described, agreed to, counted, listed), for people to
    read; then nothing is taken of an attempt to steer a model.
    """
    found: dict[tuple[str, str], Fact] = {}
    for fact in _told(messages, wanted, detailed=detailed):
        found.setdefault((fact.label, fact.value.lower()), fact)
    return _without_parts(tuple(found.values())[-MOST:])


def newest_facts(messages: Sequence[Message], wanted: Sequence[Wanted]) -> Mapping[str, Fact]:
    """Return the fact that was given last for each slot: who says Monday, then Tuesday, then Monday means Monday."""
    return {fact.slot: fact for fact in _told(messages, wanted) if fact.slot}


def _told(messages: Sequence[Message], wanted: Sequence[Wanted], *, detailed: bool = False) -> Iterator[Fact]:
    """Yield every fact in order, those that are repeated too."""
    asked, asking = Asked(), ""
    for message in messages:
        if message.role is Author.CUSTOMER:
            text = without_steering(message.text) if detailed else message.text
            for fact in _facts_in(text, asked, tuple(wanted)):
                if detailed or not fact.detail:
                    yield Fact(fact.label, fact.value, message.id, fact.slot, asking if fact.agreed else "")
        elif message.role is not Author.SYSTEM:
            asked, asking = asked_in(message.text), message.id


@lru_cache(maxsize=8192)
def _facts_in(text: str, asked: Asked, wanted: tuple[Wanted, ...]) -> tuple[_Found, ...]:
    """Return the facts in a message of the customer that answers what was ``asked``."""
    return tuple(islice(_read_facts(text, asked, wanted), MOST_OF_MESSAGE))


def _read_facts(text: str, asked: Asked, wanted: tuple[Wanted, ...]) -> Iterator[_Found]:
    taken: list[tuple[int, int]] = []

    def free(start: int, end: int) -> bool:
        if any(start < b and a < end for a, b in taken):
            return False
        taken.append((start, end))
        return True

    for want in wanted:
        place = _wanted_in(plainly(text), want)
        if place:
            taken.append(place)
            value = plainly(text)[slice(*place)].strip()
            yield _Found(want.name[:1].upper() + want.name[1:], value, want.slot)
    if asked.action and (agreed := consent_to(text)):
        yield _Found(agreed, asked.action, detail=True, agreed=True)
    before = len(taken)
    yield from _answers(text, asked, taken)
    label = asked.label if len(taken) == before else ""  # what is said beside the answer is something else
    name = introduced(text)
    if name and free(text.find(name), text.find(name) + len(name)):
        yield _Found("Name", name, "name")
    for match in _COUNTED.finditer(text):
        if free(*match.span()):
            yield _Found("", match.group())
    for words, start in proper(text):
        if words[0].isdigit() and free(start, start + len(words)):  # “5th and Main” is no date
            yield _Found("", words)
    yield from _entities(text, label, taken)
    for words, start in proper(text):
        if free(start, start + len(words)):
            yield _Found("", with_denial(words, text, start))
    card = any(entity.kind is Kind.CARD for entity in entities(text))
    for label, value, start in () if card else details(text):
        if free(start, start + len(value)):
            yield _Found(label, value if label else with_denial(value, text, start), detail=True)


def _wanted_in(text: str, want: Wanted) -> tuple[int, int] | None:
    """Return where ``text`` first gives a fact that a behaviour collects; what is wished for besides is left out."""
    for match in want.pattern.finditer(text) if want.pattern else iter(()):
        if not _begins(text, match.start()) or ruled_out(text, *match.span()):
            continue
        if " or " in want.name and _either(text, *match.span()):
            return None
        free = len(match.group().split()) >= _FEWEST_FREE
        if free and _WISHING.search(text, max(0, match.start() - _WISH_WITHIN), match.start()):
            continue
        wish = _WISH.search(match.group()) if free else None
        if wish is None:
            return match.span()
        left = match.group()[: wish.start()].rstrip(" ,;:–-")
        if len(left.split()) >= _FEWEST_LEFT:
            return match.start(), match.start() + len(left)
    return None


def _either(text: str, start: int, end: int) -> bool:
    """Return whether a choice is left open: “boots or my money back, I don't mind which”."""
    return bool(_OR_BEFORE.search(text[:start]) or _OR_AFTER.search(text[end:]))


def _answers(text: str, asked: Asked, taken: list[tuple[int, int]]) -> Iterator[_Found]:
    if not asked.question or asked.action or taken:
        return
    answer = answer_to(asked, text)
    if answer and not fits(asked.label, answer):
        return
    told = "" if answer else story_for(asked, text)
    if answer or told:
        start = text.find(answer or told)
        taken.append((start, start + len(answer or told)))
        yield _Found(asked.label, answer or told, "name" if asked.label == "Name" else "", bool(told))


def _entities(text: str, asked: str, taken: list[tuple[int, int]]) -> Iterator[_Found]:
    """Yield what identifies something; a number is what was ``asked`` for, but for one in a question."""
    found = entities(text)
    questions = [(s.start, s.end) for s in sentences(text) if s.text.endswith("?")]
    card = any(entity.kind is Kind.CARD for entity in found)
    for entity in found:
        if card and len(entity.text) <= _LONGEST_BESIDE_CARD:
            continue  # the date and the code that were pasted with a card
        wanted = "" if any(a <= entity.start < b for a, b in questions) else asked
        if entity.kind is Kind.CARD or (entity.kind is Kind.NUMBER and not wanted) or entity.text.endswith("%"):
            continue
        if not any(entity.start < b and a < entity.end for a, b in taken):
            taken.append((entity.start, entity.end))
            slot = "" if entity.kind is Kind.NUMBER else entity.kind.value
            yield _Found(_label(entity, text, wanted), entity.text, slot)


def _begins(text: str, start: int) -> bool:
    """Return whether a match at ``start`` begins a word: the “three days” of “twenty-three days” does not."""
    return start < 2 or text[start - 1] not in "-’'" or not text[start - 2].isalnum()  # noqa: PLR2004


def _unlabelled(value: str) -> str:
    return "Number" if len(value) > LONGEST_COUNT else ""


def _label(entity: Entity, text: str, asked: str) -> str:
    asked = asked if fits(asked, entity.text) else ""
    if entity.kind is Kind.IDENTIFIER:
        before = re.search(
            r"\b(order|account|tracking|ticket|invoice|booking|reference|ref|case|card|code|pin|id|"
            r"customer|club)\b(?: (?:number|no|code|id))?[^\w]{0,3}(?:is |was |it'?s |:)?[^\w]{0,2}$",
            text[max(0, entity.start - 60) : entity.start],
            re.IGNORECASE,
        )
        return before.group(1).capitalize() if before else asked or _unlabelled(entity.text)
    if entity.kind is Kind.NUMBER:
        return asked or _unlabelled(entity.text)
    return _KIND_LABELS.get(entity.kind, "")


def _without_parts(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """Leave out what says no more than another fact: its value, its label, or the value behind another preposition."""
    kept: list[Fact] = []
    for fact in facts:
        same = [k for k in kept if fact.value.lower() in k.value.lower()]
        alike = any(k.label == fact.label for k in same) or any(
            k.label == fact.label and _plain(k.value) == _plain(fact.value) for k in kept
        )
        named = not fact.label and any(k.label.lower() == fact.value.lower() for k in kept)
        if not (alike or named or (same and not fact.label)):
            kept.append(fact)
    return tuple(kept)


def _plain(value: str) -> str:
    return _PREPOSITION.sub("", value.lower())
