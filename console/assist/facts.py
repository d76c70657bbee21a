"""The facts a customer gave: what they answered to a question for one, and what identifies things in their text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Final

from console.assist.questions import label_of, offers, question_in
from console.assist.recognise.entities import Entity, entities
from console.assist.recognise.names import answered, introduced
from console.assist.recognise.patterns import Kind
from console.assist.recognise.words import OPENERS, words_of
from console.assist.sentences import sentences, texts
from console.content.behaviours import Fact as Wanted
from console.conversation.message import Author, Message

LONGEST_ANSWER: Final = 8
"""Words up to which a whole message is taken as the answer to a question for a fact."""

LONGEST_COUNT: Final = 3
"""Digits up to which a bare number is a count and not a number of something."""

LONGEST_PLAIN_ANSWER: Final = 5
"""The same for a question of which nobody can tell what it asks for."""

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


_LEAD_IN: Final = re.compile(
    r"^(?:(?:(?:sure|yes|yeah|yep|hi|hello|ok|okay|well|oh|um+|hmm+|of course|certainly|alright|great|"
    r"thanks|thank you|no problem)\b[,.! ]*)|"
    r"(?:(?:it|that|this)(?: would be|'?s| is| was)|its|my (?:[\w-]+ ){1,3}(?:is|was)|the (?:[\w-]+ "
    r"){1,3}(?:is|was)|i am|i'?m|i was|i'?d like|i would like|i want|i need|"
    r"let'?s (?:say|do|go (?:with|for))|how about|maybe|please|at|on|for|in|from|to|around|about|a|an|the)\b[: ]*)+",
    re.IGNORECASE,
)
_TAIL: Final = re.compile(r"(?<![\s,])[\s,]*+(?:please|thanks|thank you|pls|thx)?[\s.!?,]{0,99}$", re.IGNORECASE)
_NO_FACT: Final = re.compile(
    r"^(?:yes|no|yeah|yep|nope|nah|ok|okay|sure|thanks?|thank you|please|hello|hi|hey|bye|goodbye|"
    r"good ?bye|great|perfect|correct|right|"
    r"i don'?t (?:know|remember|have .*+)|not sure|why|what|huh|sorry|go ahead|do it|that'?s (?:all|it|"
    r"right|fine|correct)|awesome|cool|fine|good|alright|"
    r"never ?mind|wait|one moment|nothing|none|both|either|any|again|really|so|well|and|of course|yes "
    r"please|no thanks|no thank you|"
    r"sounds (?:good|great)|that works|will do|a moment|moment|nice|wow|lol|haha|oh|uh|um|"
    r"hmm)?(?:[\s,.!?]+(?:yes|please|thanks?|thank you|sir|that'?s (?:it|all|fine|right)|you too|i do|"
    r"i am|it is|ok|okay|very much|great|so much|a lot|for now|bye))*[\s.!?]*$",
    re.IGNORECASE,
)
_NEEDS_DIGITS: Final = frozenset({"Phone", "Postcode", "Account", "Order", "Tracking", "PIN", "Reference"})
_LONGEST_BESIDE_CARD: Final = 7
_YES_NO: Final = re.compile(r"^(?:do|will|would|are|is|have|did) ", re.IGNORECASE)
_PLAIN_YES_NO: Final = re.compile(r"^(?:yes|no|yeah|yep|nope|nah)\b", re.IGNORECASE)
_KIND_LABELS: Final = {
    Kind.EMAIL: "E-mail", Kind.PHONE: "Phone", Kind.IDENTIFIER: "Number", Kind.POSTCODE: "Postcode",
    Kind.ADDRESS: "Address", Kind.IBAN: "IBAN", Kind.URL: "Link",
}  # fmt: skip
_COUNTED: Final = re.compile(
    r"(?<![\w-])(\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty) "
    r"(?:(?!at\b|in\b|on\b|per\b|a\b|of\b|by\b)\w+ )?(?:guests?|"
    r"people|persons?|adults?|children|kids|nights?|pairs?|items?|seats?|tickets?|rooms?|boxes|"
    r"parcels?)\b",
    re.IGNORECASE,
)
_PROPER: Final = re.compile(r"\b[A-Z][\w'’&-]*(?: (?:of |the |and |& )?[A-Z][\w'’&-]+)*")
_NOT_PROPER: Final = OPENERS | words_of(
    """
    human person people mr mrs ms miss dr i'm i'd i'll i've hey ai asap someone yo bye omg lol btw pls thx nope yep yeah
    """
)


def facts_of(messages: Sequence[Message], wanted: Sequence[Wanted] = ()) -> tuple[Fact, ...]:
    """Return the facts in the order they were given; what is repeated word for word is there once."""
    found: dict[tuple[str, str], Fact] = {}
    question = ""
    for message in messages:
        if message.role is Author.CUSTOMER:
            for label, value, slot in _facts_in(message.text, question, tuple(wanted)):
                found.setdefault((label, value.lower()), Fact(label, value, message.id, slot))
        elif message.role is not Author.SYSTEM:
            question = question_in(message.text)
    return _without_parts(tuple(found.values())[-MOST:])


@lru_cache(maxsize=8192)
def _facts_in(text: str, question: str, wanted: tuple[Wanted, ...]) -> tuple[tuple[str, str, str], ...]:
    """Return label, value and slot of each fact in a message of the customer that answers ``question``."""
    return tuple(islice(_read_facts(text, question, wanted), MOST_OF_MESSAGE))


def _read_facts(text: str, question: str, wanted: tuple[Wanted, ...]) -> Iterator[tuple[str, str, str]]:
    taken: list[tuple[int, int]] = []
    for want in wanted:
        match = (
            next((m for m in want.pattern.finditer(text) if _begins(text, m.start())), None) if want.pattern else None
        )
        if match:
            taken.append(match.span())
            yield want.name[:1].upper() + want.name[1:], match.group().strip(), want.slot
    label = label_of(question)
    answer = _answer(text, label, question) if question and not taken and not offers(question) else ""
    if answer:
        yield label, answer, "name" if label == "Name" else ""
        if label != "Name":
            return
        taken.append((text.find(answer), text.find(answer) + len(answer)))
    name = introduced(text)
    if name and name != answer:
        yield "Name", name, "name"
        taken.append((text.find(name), text.find(name) + len(name)))
    for match in _COUNTED.finditer(text):
        taken.append(match.span())
        yield "", match.group(), ""
    found = entities(text)
    card = any(entity.kind is Kind.CARD for entity in found)
    for entity in found:
        if card and len(entity.text) <= _LONGEST_BESIDE_CARD:
            continue  # the date and the code that were pasted with a card
        if entity.kind is Kind.CARD or (entity.kind is Kind.NUMBER and not label) or entity.text.endswith("%"):
            continue
        if not _overlaps(entity.start, entity.end, taken):
            taken.append((entity.start, entity.end))
            yield _label(entity, text, label), entity.text, "" if entity.kind is Kind.NUMBER else entity.kind.value
    for words, start in _proper(text):
        if not _overlaps(start, start + len(words), taken):
            yield "", words, ""


def _answer(text: str, label: str, question: str) -> str:
    """Return the customer's short answer to a question for ``label``, as they wrote it; empty when it is none."""
    if label == "Name":
        return answered(texts(text)[0]) if text.strip() else ""
    longest = LONGEST_ANSWER if label else LONGEST_PLAIN_ANSWER
    if text.rstrip().endswith("?") or len(text.split()) > longest:
        return ""
    if label and _YES_NO.match(question) and (plain := _PLAIN_YES_NO.match(text)):
        return plain.group()
    core = _TAIL.sub("", text[_LEAD_IN.match(text).end() :] if _LEAD_IN.match(text) else text)  # type: ignore[union-attr]
    if (label in _NEEDS_DIGITS and not any(c.isdigit() for c in core)) or (label == "E-mail" and "@" not in core):
        return ""  # talks about it, and does not give it
    return "" if _NO_FACT.match(core) else core


def _begins(text: str, start: int) -> bool:
    """Return whether a match at ``start`` begins a word: the “three days” of “twenty-three days” does not."""
    return start < 2 or text[start - 1] not in "-’'" or not text[start - 2].isalnum()  # noqa: PLR2004


def _label(entity: Entity, text: str, asked: str) -> str:
    if entity.kind is Kind.IDENTIFIER:
        before = re.search(
            r"\b(order|account|tracking|ticket|invoice|booking|reference|ref|case|card|code|pin|id|"
            r"customer|club)\b(?: (?:number|no|code|id))?[^\w]{0,3}(?:is |was |it'?s |:)?[^\w]{0,2}$",
            text[max(0, entity.start - 60) : entity.start],
            re.IGNORECASE,
        )
        return (
            before.group(1).capitalize() if before else asked or ("Number" if len(entity.text) > LONGEST_COUNT else "")
        )
    if entity.kind is Kind.NUMBER:
        return asked
    return _KIND_LABELS.get(entity.kind, "")


def _proper(text: str) -> Iterator[tuple[str, int]]:
    """Yield runs of capitalised words with their places; a capital that only opens a sentence does not count."""
    for sentence in sentences(text):
        if sentence.text.isupper():
            continue
        for match in _PROPER.finditer(sentence.text):
            words, start = match.group(), match.start()
            if start == 0 or sentence.text[:start].rstrip().endswith((".", "!", "?", ":", '"')):
                opener, _, rest = words.partition(" ")
                if opener.lower() in OPENERS or opener.lower() in _NOT_PROPER or not rest:
                    words, start = rest, start + len(opener) + 1
            if (
                len(words) > 1
                and not words.isupper()
                and words.lower() not in _NOT_PROPER
                and words.split()[0].lower() not in _NOT_PROPER
            ):
                yield words, sentence.start + start


def _overlaps(start: int, end: int, taken: Sequence[tuple[int, int]]) -> bool:
    return any(start < b and a < end for a, b in taken)


def _without_parts(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """Leave out what says no more than another fact of the same message, or repeats a value under no label."""
    kept: list[Fact] = []
    for fact in facts:
        same = [k for k in kept if fact.value.lower() in k.value.lower()]
        if not (same and (not fact.label or any(k.label == fact.label for k in same))):
            kept.append(fact)
    return tuple(kept)
