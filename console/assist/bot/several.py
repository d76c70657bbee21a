"""Several wishes in one message: what each of them is, and what answers it. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from console.assist.asking import self_contained, without_head
from console.assist.bot.deeds import asks_for_deed
from console.assist.bot.matter import Matters, newest
from console.assist.bot.needs import needing
from console.assist.bot.parting import Moment
from console.assist.bot.quoting import Quote
from console.assist.greetings import without_greeting
from console.assist.sentences import texts
from console.assist.talk import Talk
from console.content.behaviours import Behaviour
from console.content.tools import Tool
from console.conversation.message import Author, Layer
from console.text import shorten

MOST: Final = 4
"""Wishes of a message that are told apart; whoever has more of them is read by people."""

_FEWEST_WORDS: Final = 3
_QUOTED: Final = 80
_KEPT: Final = 256

_OPENS: Final = (
    r"(?:(?:also|then|please|secondly|second|besides|oh|btw|by the way),? )*(?:where|when|what|how|which|who|why|is|"
    r"are|do|"
    r"does|did|can|could|will|would|may|has|have|am|i(?: also)? (?:want|need|would like)|i['’]d(?: also)? like|"
    r"cancel|move|send|change|track|tell|give|book|rebook|reschedule|resend|reset|check)\b"
)
_BETWEEN: Final = re.compile(rf"(?:[,;]? (?:and|plus|&)|[,;])(?: also)? (?={_OPENS})", re.IGNORECASE)
_ASKS: Final = re.compile(
    r"\?\W*$|^\W*(?:(?:also|and|then|oh|so),? )*(?:where|when|what|how|which|who|why|is|are|do|does|did|can|could|"
    r"will|would|(?:tell|show|let) me)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Wish:
    """A wish of the customer, in their words, and what of a behaviour answers it: a tool, or a passage."""

    words: str
    behaviour: Behaviour
    tool: Tool | None = None
    quote: Quote | None = None

    @property
    def key(self) -> tuple[str, str]:
        """What is the same where two wishes have one answer."""
        return (self.behaviour.intent, self.tool.name) if self.tool else ("", self.quote.text if self.quote else "")


def wishes_in(text: str) -> tuple[str, ...]:
    """Return the parts of a message that each ask for something; what only tells goes with the one before it."""
    parts = [part.strip() for sentence in texts(without_greeting(text)) for part in _BETWEEN.split(sentence)]
    found: list[str] = []
    ahead = ""
    for part in filter(None, parts):
        if is_wish(part):
            found.append(f"{ahead} {part}".strip())
            ahead = ""
        elif found:
            found[-1] = f"{found[-1]} {part}"
        else:
            ahead = f"{ahead} {part}".strip()
    return tuple(found)


def is_wish(text: str) -> bool:
    """Return whether words ask for something."""
    return len(text.split()) >= _FEWEST_WORDS and (asks(text) or asks_for_deed(text))


def asks(text: str) -> bool:
    """Return whether words are a question."""
    return _ASKS.search(text) is not None


def saying(talk: Talk, message: str, words: str) -> Talk:
    """Return a conversation up to a message of the customer, of which no more than ``words`` was said."""
    start = place = _place(talk, message)
    while start and talk.messages[start - 1].role in {Author.CUSTOMER, Author.SYSTEM}:
        start -= 1
    said = replace(talk.messages[place], text=words)
    return replace(talk, messages=(*talk.messages[:start], said))


def told_apart(wishes: Sequence[Wish]) -> tuple[Wish, ...]:
    """Return the wishes that have answers of their own, in their order; none where one answer is for all."""
    own = tuple({wish.key: wish for wish in reversed(wishes)}.values())[::-1]
    return own if len(own) > 1 else ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What a message asks for: ``wishes`` with answers of their own, or ``stray`` words that people have to read."""

    wishes: tuple[Wish, ...] = ()
    stray: str = ""
    people: Behaviour | None = None
    """The behaviour of stray words that people work, where there is one."""


class Several:
    """Tells several wishes of one message apart."""

    def __init__(self, matters: Matters, behaviours: Sequence[Behaviour]) -> None:
        self._matters, self._behaviours = matters, behaviours
        self._read: dict[tuple[str, str, str], Plan] = {}
        """What messages ask for that were read lately: every step of one turn asks for it again."""

    def of(self, moment: Moment) -> Plan:
        """Return what the message asks for in which what is under way began; empty where it asks for one thing."""
        origin = moment.origin
        if not origin:
            return Plan()
        until = replace(moment.talk, messages=moment.talk.messages[: 1 + _place(moment.talk, origin)])
        said = newest(until).last_customer_text
        parts = wishes_in(said)
        if not 1 < len(parts) <= MOST:
            return Plan()
        key = moment.talk.conversation, origin, said
        plan = self._read.get(key)
        if plan is None:
            if len(self._read) >= _KEPT:
                self._read.clear()
            plan = self._read[key] = self._planned(moment, origin, parts)
        return plan

    def _planned(self, moment: Moment, origin: str, parts: Sequence[str]) -> Plan:
        wishes: list[Wish] = []
        stray, people = "", None
        for part in parts:
            talk = saying(moment.talk, origin, part)
            matches = self._matters.matches(talk)
            if matches and matches[0].behaviour.layer is not Layer.AUTONOMOUS:
                stray = stray or f"“{shorten(part, _QUOTED)}” is worked by people"
                people = people or matches[0].behaviour
            elif wish := self._wish(talk, matches[0].behaviour if matches else None, part):
                wishes.append(wish)
            elif not matches and asks(part) and self_contained(without_head(part)):
                stray = stray or f"nothing that the bot may say answers “{shorten(part, _QUOTED)}”"
        return Plan(tuple(wishes), stray, people) if stray and wishes else Plan(told_apart(wishes))

    def words(self, moment: Moment, tool: Tool) -> str:
        """Return the customer's words that ask for a tool, where they ask for something else as well; else none."""
        return next((w.words for w in self.of(moment).wishes if w.tool and w.tool.name == tool.name), "")

    def _wish(self, talk: Talk, behaviour: Behaviour | None, words: str) -> Wish | None:
        if behaviour is None:
            bare = needing(talk, self._behaviours)
            return Wish(words, *bare) if bare else None
        found = self._matters.best(talk, behaviour)
        if isinstance(found, Tool):
            return Wish(words, behaviour, found)
        return Wish(words, behaviour, quote=found) if found else None


def _place(talk: Talk, message: str) -> int:
    return next(n for n, m in enumerate(talk.messages) if m.id == message)
