"""A draft article out of a resolved conversation: what the customer asked and the agent's answer, quoted in order.

Nothing is invented: each line is a sentence somebody wrote, and names its message. What may be the customer's own is a
slot in square brackets, as is every word that is neither plain English, nor published by the company, nor in the
question that the article is to answer. A figure of the agent's stays where they state it of no one in particular.
Sentences about somebody's life, courtesies, questions back, what answers nothing, what was done for this one customer
and what was promised them are left out, as is every message that went out against a warning or by a lead's leave:
those are exceptions.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

from console.assist.asking import is_question, masked, without_head
from console.assist.flags.rules import steers
from console.assist.non_answers import answering
from console.assist.recognise.entities import canonical, entities
from console.assist.recognise.patterns import Kind
from console.assist.recognise.words import FIRST_NAMES
from console.assist.sentences import texts
from console.assist.slots import slot_values
from console.assist.slotting import NOBODYS, Known, known_in
from console.assist.talk import Talk
from console.content.conversations import Transcript
from console.content.macros import SLOT
from console.conversation.drafts import Drafted
from console.conversation.goodbyes import says_goodbye
from console.conversation.message import Author, DraftLine, Message
from console.conversation.upkeep import bracketed
from console.past.anonymity import VEIL, CommonWords
from console.past.circumstances import about_one
from console.past.tokens import tokens
from console.text import shorten

TITLE: Final = 90
"""Longest title, in characters."""

MOST_PROBLEM: Final = 3
"""Sentences of the customer that are quoted."""

MOST_STEPS: Final = 20
FEWEST_WORDS: Final = 4
VEILED: Final = 0.34
"""Share of a sentence's words from which, veiled, it says too little to be quoted."""

LEFT: Final = "[…]"
"""Stands for what may be somebody's own and has no name."""

_OF_SOMEBODY: Final = re.compile(
    r"\b(?:you|your|yours|i|me|my|it|its|that|this|he|she|they|him|her|them)\b", re.IGNORECASE
)
_CALLED: Final = re.compile(r",\s*\{(?:customer\.|said\.)?(?:first_)?name\}(?=\s*[,.;:!?])")
"""The name in “I see, Dana, that …”."""

_COURTESY: Final = re.compile(
    r"^(?:(?:i|we)(?:['’]?m| am|['’]?re| are)? (?:so |very |really |truly )?(?:sorry|apologi[sz]e|understand|see\b|"
    r"glad|happy to|pleased|hope|appreciate|hear)|(?:many |my )?(?:apologies|thanks|thank you)|sorry|"
    r"you(?:['’]?re| are) (?:very |most )?welcome|hello|hi\b|hey\b|dear\b|"
    r"good (?:morning|afternoon|evening)|welcome|have a |enjoy |"
    r"great\b|perfect\b|no problem|of course[.!]?$|sure[.!]?$|(?:just )?(?:a|one) moment|bear with|let me |"
    r"(?:i(?:['’]ll| will| can)|i am going to|i['’]m going to) (?:just )?(?:check|look|see|ask|find out|come back)|"
    r"please (?:wait|hold|bear)|is there anything|anything else|glad (?:i|we)|my name is|this is \w+ (?:from|at)|"
    r"take care|best wishes|kind regards|regards|it(?:['’]s| is| has)(?: now)? (?:gone|reserved|ordered|on its way)|"
    r"you(?:['’]re| are) (?:quite |absolutely )?right\b[^,;]{0,20}[,.])",
    re.IGNORECASE,
)


_DAY: Final = (
    r"(?:today|tonight|tomorrow|the weekend"
    r"|(?:this|next|the end of the|end of the) (?:week|month|day|afternoon|evening)"
    r"|(?:next |this |coming )?(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|(?:the )?\d{1,2}(?:st|nd|rd|th)?(?: of)? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,7}"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,7} \d{1,2})"
)
_BY_A_DAY: Final = re.compile(
    rf"\b(?:(?:by|on|before|until|till|from) {_DAY}|today|tonight|tomorrow|this (?:week|morning|afternoon|evening))\b",
    re.IGNORECASE,
)
_AT_A_RATE: Final = re.compile(
    r"\b(?:rent|hir|lend|lent|book|charg|pa[iy]|let|price|cost|bill)[a-z]{0,4}\b[^.;!?]{0,30}?"
    r"\bby the (?:hour|day|night|week(?:end)?|month)\b",
    re.IGNORECASE,
)
"""What is rented or paid “by the weekend” has a rate, and no day."""
_OWN_WORD: Final = re.compile(
    r"\bI(?:['’]ll| will| shall|['’]m going to| am going to| (?:personally )?(?:promise|guarantee))\b"
    r"|\b(?:you have|that['’]s|that is|it['’]s|it is) (?:my|our) (?:word|promise)\b",
    re.IGNORECASE,
)
_WE_WILL: Final = re.compile(
    r"\bwe(?:['’]ll| will| shall|['’]re going to| are going to) (?:[a-z]{1,12} ){0,2}"
    r"(?:refund|send|credit|pay|reship|call|ring|write|e-?mail|let|give|get)(?: to)? (?:you|your)\b",
    re.IGNORECASE,
)
_IN_A_CASE: Final = re.compile(r"\b(?:if|when|once|where|after|within|as soon as)\b", re.IGNORECASE)
"""Makes a rule of what “we will” do: it holds for whoever is in that case."""


def promises(sentence: str) -> bool:
    """Return whether a sentence gives one customer somebody's word, or tells them of a day."""
    by_a_day = _BY_A_DAY.search(_AT_A_RATE.sub("", sentence))
    if _OWN_WORD.search(sentence) or (by_a_day and _OF_SOMEBODY.search(sentence)):
        return True
    return _WE_WILL.search(sentence) is not None and not _IN_A_CASE.search(sentence)


@dataclass(frozen=True, slots=True)
class Quoted:
    """What of a conversation can be quoted: what the customer asked, and what the agent answered, in order."""

    problem: tuple[DraftLine, ...]
    steps: tuple[DraftLine, ...]


def draft_of(transcript: Transcript, turn: str, question: str, common: CommonWords) -> Drafted | None:
    """Return an article drafted from a conversation; ``None`` where no sentence of the agent's can be quoted.

    ``turn`` is the customer's message that asks (empty: the first that does), ``question`` what goes before their words
    as the title. ``common`` says which words and figures are everybody's.
    """
    quoted = quoted_from(transcript, turn, question, common)
    return drafted(question, quoted) if quoted.steps else None


def drafted(question: str, quoted: Quoted) -> Drafted:
    """Return an article of what was quoted, at least one step; ``question`` goes before the customer's as the title."""
    problem, steps = quoted.problem, quoted.steps
    asked = question or next((line.text for line in problem if line.text.endswith("?")), "")
    return Drafted(title_of(asked or (problem[0].text if problem else steps[0].text)), (*problem, *steps))


def quoted_from(transcript: Transcript, turn: str, question: str, common: CommonWords) -> Quoted:
    """Return what can be quoted of a conversation, from the message that asks to its end."""
    messages = transcript.messages
    talk = Talk(transcript.id, transcript.customer, messages, transcript.agent)
    known = known_in(transcript.customer, messages, slot_values(talk, ()))
    start = _start(messages, turn)
    common = _with(common, (form for token in tokens(question) for form in _numbers(token.text)))
    told = " ".join(message.text for message in messages if message.role is not Author.AGENT)
    theirs = frozenset(canonical(entity) for entity in entities(f"{told} {_figures_of(transcript)}"))
    problem = list(_problem(messages, start, known, common))[:MOST_PROBLEM]
    steps = list(_steps(messages[start:], known, common, theirs))[:MOST_STEPS]
    return Quoted(tuple(problem), tuple(steps))


def _start(messages: tuple[Message, ...], turn: str) -> int:
    """Return the place of the message that asks: the one named, else the customer's first that asks anything."""
    mine = [place for place, message in enumerate(messages) if message.role is Author.CUSTOMER]
    named = [place for place in mine if messages[place].id == turn]
    asking = [place for place in mine if is_question(messages[place].text)]
    return next(iter((*named, *asking, *mine)), 0)


def _problem(messages: tuple[Message, ...], start: int, known: Known, common: CommonWords) -> Iterator[DraftLine]:
    """Yield what the customer said of the matter, from the message that asks to the agent's answer."""
    for message in messages[start:]:
        if message.role is Author.AGENT:
            return
        if message.role is Author.CUSTOMER:
            for sentence in _sentences(message.text):
                if is_question(sentence):
                    yield from _line("problem", without_head(sentence), message, known, common)


def _steps(
    messages: tuple[Message, ...], known: Known, common: CommonWords, theirs: frozenset[str]
) -> Iterator[DraftLine]:
    """Yield what the agent told them, in order; the bot's words are nobody's answer. ``theirs``: their figures."""
    said: set[str] = set()
    for message in messages:
        if message.role is not Author.AGENT or message.excepted:
            continue
        for whole in _sentences(message.text):
            sentence = answering(whole)
            if not sentence or _COURTESY.match(sentence) or says_goodbye(sentence) or promises(sentence):
                continue
            for line in _line("step", sentence, message, known, _with(common, _stated(sentence, theirs))):
                if line.text.lower() not in said:
                    said.add(line.text.lower())
                    yield line


def _with(common: CommonWords, words: Iterable[str]) -> CommonWords:
    """Return ``common`` with these words too, names apart."""
    more = [word for word in words if word.lower() not in FIRST_NAMES]
    return CommonWords((*common, *more)) if more else common


def _numbers(word: str) -> tuple[str, ...]:
    """Return a word in singular and plural, as far as an s makes the difference."""
    single = word.lower().removesuffix("s")
    return (word, single, f"{single}s")


def _stated(sentence: str, theirs: frozenset[str]) -> Iterator[str]:
    """Yield the figures of a sentence that is about nobody in particular, but for those of the customer's."""
    if _OF_SOMEBODY.search(sentence):
        return
    figures = [entity for entity in entities(sentence) if entity.kind in {Kind.AMOUNT, Kind.NUMBER}]
    if any(canonical(figure) in theirs for figure in figures):
        return
    starts = tuple(re.sub(r"\s+", " ", figure.text.lower()) for figure in figures)
    yield from (form for token in tokens(sentence) if token.text in starts for form in token.forms)


def _figures_of(transcript: Transcript) -> str:
    """Return the record's own figures, as one text."""
    customer = transcript.customer
    orders = (f"{order.total} {order.item} {order.number}" for order in customer.orders)
    return " ".join((*orders, *customer.extra.values()))


def _sentences(text: str) -> Iterable[str]:
    return (re.sub(r"^(?:[-*•–]|\d{1,2}[.)])\s+", "", piece) for piece in texts(text))


def _line(
    part: Literal["problem", "step"], sentence: str, message: Message, known: Known, common: CommonWords
) -> Iterator[DraftLine]:
    """Yield a sentence without anything that may be somebody's own; nothing where too little of it would be left."""
    if len(sentence.split()) < FEWEST_WORDS or about_one(sentence) or steers(sentence):
        return
    slotted = _CALLED.sub("", masked(sentence.replace("{", "(").replace("}", ")"), known))
    veiled = _veiled(slotted.replace(f"{{{NOBODYS}}}", VEIL), common)
    hidden = veiled.count(VEIL) + len(SLOT.findall(veiled)) / 2
    if hidden / len(veiled.split()) >= VEILED:
        return
    text = re.sub(rf"{VEIL}(?:[ -]{VEIL})*", LEFT, bracketed(veiled))
    yield DraftLine(part, text[:1].upper() + text[1:], (message.id,))


def _veiled(slotted: str, common: CommonWords) -> str:
    """Return a text with a veil for each word that may be somebody's own; slots, lengths of time and stops stay."""
    spans = [(entity.start, entity.end) for entity in entities(slotted) if entity.kind is Kind.DURATION]
    words, place = [], 0
    for word, shown in zip(slotted.split(" "), common.veiled(slotted).split(" "), strict=True):
        kept = any(start <= place < end for start, end in spans)
        stop = word[len(word.rstrip(".,;:!?)")) :]
        words.append(word if kept or shown != VEIL else f"{VEIL}{stop}")
        place += len(word) + 1
    return " ".join(words)


def title_of(text: str) -> str:
    """Return a question or sentence as an article's title."""
    plain = bracketed(without_head(text)).strip().rstrip(".")
    return shorten(plain[:1].upper() + plain[1:], TITLE)
