"""What the customer of a conversation knew: told before the agent came, or in answer to an agent's question."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from console.assist.consent import consent_to
from console.assist.courtesy import is_courtesy
from console.assist.packet_facts import packet_facts
from console.assist.sentences import texts
from console.content.behaviours import Fact as Wanted
from console.conversation.message import Author, Message
from console.conversation.packet import FactKind
from console.practice.making.escalation import Escalation
from console.practice.making.settling import asks_leave
from console.practice.turns_of_phrase import CONSENT, OPENING
from console.text import shorten

MOST: Final = 8
"""Facts of a draft; nobody is asked for more of them in one session."""

MOST_FIRST: Final = 4
MOST_ASKED: Final = 6
"""Questions that ask for one fact."""

LONGEST_ITEM: Final = 8
"""Words of what is asked for in a list."""

LONGEST: Final = 300
"""Characters of what is told at once."""

_ELSE: Final = re.compile(r"\b(?:anything|something|what) (?:else|more)\b|\bhow are you\b", re.IGNORECASE)
_TELLING: Final = re.compile(r"^(?:and |so |then )?(?:where|when|how (?:many|much|long)|to whom)\b", re.IGNORECASE)
"""How a question begins that no “yes” answers, whatever else stands in it."""

_PLEASE: Final = re.compile(
    r"^(?:and |so |then )?(?:please|kindly) (?=(?:provide|tell|send|give|let|share|describe)\b)", re.I
)
_THESE: Final = re.compile(
    r"\b(?:these|the following|following) (?:details|information|things|questions)\b", re.IGNORECASE
)
_ITEM: Final = re.compile(r"^[ \t]*(?:[-*•]|\d{1,3}[.)])[ \t]+(\S.*)$", re.MULTILINE)
_WORD: Final = re.compile(r"[a-z]{3,}")
_REQUEST: Final = re.compile(
    r"^(?:(?:and|so|but|then|also|first|please)\b[, ]*)*(?:(?:can|could|would|will) you|"
    r"(?:can|could|may) i (?:have|ask|take)|tell me|send me|let me have|provide|describe|"
    r"let me know(?! (?:if|when|whether|should)\b)|"
    r"give me(?! (?:just )?(?:a|an|one|two|five|ten) (?:minute|moment|second|hour|day)s?\b)|"
    r"(?:what|when|how|where|why|which|who)\b(?! (?:i|you|we|they|he|she|it|the|this|that|your|our)\b)|"
    r"do you|does|did|is|are|have you|has)\b",
    re.IGNORECASE,
)
"""How a sentence begins that asks for something, with a question mark or without one."""


@dataclass(frozen=True, slots=True)
class Known:
    """A fact as the draft tells it."""

    about: str
    says: tuple[str, ...]
    asked: tuple[str, ...]
    first: bool = False
    """Whether they had told it before the agent came."""
    place: int = 0
    """Place of the message in which they told it."""


def facts_in(source: Escalation, wanted: Sequence[Wanted]) -> list[Known]:
    """Return the facts of a conversation, those that were told first before the others."""
    first = list(_first(source, wanted))[:MOST_FIRST]
    later: list[Known] = []
    for fact in _answers(source, wanted):
        if all(fact.about != other.about and fact.says != other.says for other in (*first, *later)):
            later.append(fact)
    told = {fact.about.lower() for fact in (*first, *later)}
    return [*first, *later, *(fact for fact in _recorded(source, wanted) if fact.about.lower() not in told)][:MOST]


def _recorded(source: Escalation, wanted: Sequence[Wanted]) -> Iterator[Known]:
    """Yield what the customer can tell though nobody asked: a number of their only order that is to be collected."""
    if len(source.customer.orders) != 1:
        return
    (order,) = source.customer.orders
    for want in wanted:
        number = next((n for n in (order.number, order.tracking) if n and want.pattern and want.pattern.search(n)), "")
        if number:
            yield Known(want.name, (f"It's {number}.",), (want.ask,), place=len(source.messages))


def _first(source: Escalation, wanted: Sequence[Wanted]) -> Iterator[Known]:
    before = source.messages[: source.taken_up]
    own = {m.id: (n, m) for n, m in enumerate(before) if m.role is Author.CUSTOMER}
    known: set[str] = set()
    for fact in packet_facts(before, source.customer, wanted):
        at = next((own[name] for name in fact.sources if name in own), None)
        said = next((s for s in texts(at[1].text) if fact.value in s), "") if at else ""
        if at is None or not said or fact.kind is FactKind.LOOK_UP:
            continue
        about = fact.label.lower()
        if not about or about in known:
            continue
        known.add(about)
        ask = next((one.ask for one in wanted if one.name.lower() == about), f"Could you tell me the {about} please?")
        yield Known(about, (shorten(said, LONGEST),), (ask,), first=True, place=at[0])


def _answers(source: Escalation, wanted: Sequence[Wanted]) -> Iterator[Known]:
    messages = source.messages
    for place in range(source.taken_up, len(messages)):
        questions = _questions(messages[place]) if messages[place].role is Author.AGENT else ()
        after = list(_next(messages, place)) if questions else []
        said = " ".join(message.text for message in after)
        if not said or is_courtesy(said) or consent_to(said) or all(text.endswith("?") for text in texts(said)):
            continue
        want = next((one for one in wanted if _is(one, questions, said)), None)
        about = want.name if want else shorten(f"their answer to “{questions[0]}”", 120)
        asked = tuple(dict.fromkeys((*_listed(messages[place]), *questions, *((want.ask,) if want else ()))))[
            :MOST_ASKED
        ]
        yield Known(about, (shorten(said, LONGEST),), asked, place=place + len(after))


def _listed(message: Message) -> tuple[str, ...]:
    """Return what a message asks for in a list, each as a question; a plain request as one, too.

    “Could you provide these details?” asks for nothing that anybody else would ask in these words.
    """
    asked = [f"Could you {_PLEASE.sub('', s).rstrip('.')}?" for s in texts(message.text) if _PLEASE.match(s)]
    if not (asked or _THESE.search(message.text)):
        return ()
    items = (re.sub(r"[*_]|\s*[(:].*$|\.$", "", found) for found in _ITEM.findall(message.text))
    short = (item.strip() for item in items if 0 < len(item.split()) <= LONGEST_ITEM)
    return (*(f"Could you tell me {item[:1].lower()}{item[1:]}?" for item in short), *asked)


def _questions(message: Message) -> tuple[str, ...]:
    asks = (s for s in texts(message.text) if s.endswith("?") or (_REQUEST.match(s) and not s.endswith("!")))
    return tuple(
        s
        for s in asks
        if _TELLING.match(s) or not (CONSENT.search(s) or OPENING.search(s) or _ELSE.search(s) or asks_leave(s))
    )


def _next(messages: Sequence[Message], place: int) -> Iterator[Message]:
    """Yield what the customer wrote before anybody else did."""
    for message in messages[place + 1 :]:
        if message.role is Author.SYSTEM:
            continue
        if message.role is not Author.CUSTOMER:
            return
        yield message


def _is(want: Wanted, questions: Sequence[str], said: str) -> bool:
    """Return whether an answer gives a fact that is to be collected: by its looks, or as the question asks for it."""
    if want.pattern is not None and want.pattern.search(said):
        return True
    words = {word for question in questions for word in _WORD.findall(question.lower())}
    asks = set(_WORD.findall(want.ask.lower()))
    return len(words & asks) * 2 > len(asks)
