"""The upkeep of the knowledge base: what customers asked in vain, and articles that contradict each other."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from console.conversation.change_effects import Pace

_SLOT: Final = re.compile(r"\{([a-z0-9_.]+)\}")
_ORIGIN: Final = re.compile(r"^(?:said|fact|lookup|customer)\.")


@dataclass(frozen=True, slots=True)
class GapExample:
    """One time a question was asked: where, and by whom."""

    question: str
    """Personal details in it are slots, such as ``{order.number}``."""
    at: datetime
    conversation: str = ""
    """Empty for a look-up outside of a conversation."""
    message: str = ""
    """The customer's message; empty for a look-up."""
    agent: str = ""
    """Id of the member of staff who looked it up; empty where the customer asked."""


@dataclass(frozen=True, slots=True)
class Aside:
    """A lead's judgement that a gap is not worth an article."""

    by: str
    """Name of the lead."""
    at: datetime
    last: datetime
    """When it had been asked last, as far as the lead had seen."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Questions of one kind that no article answers."""

    question: str
    """The one that stands for all of them."""
    questions: int
    customers: int
    last: datetime
    minutes: float
    """Median length of the conversations they were asked in, from the first message to the last."""
    own_words: int
    """How many times the agent then had to write the answer without a suggestion."""
    mood: float | None
    """Mean mood of those who asked, -1 to 1; ``None`` where it is not known."""
    weight: float
    """What ranks it: customers, the recent ones more, those whose answer took effort more."""
    examples: tuple[GapExample, ...]
    """The newest few, of different conversations."""
    nearest: str = ""
    """Id of the article that comes nearest to it; empty where there is none. With its title and score, 0 to 1."""
    title: str = ""
    score: float = 0.0
    aside: Aside | None = None
    """That it was put aside; also of one that is back, because a customer has asked it since."""
    aside_as: str = ""
    """The question that stood for it then."""
    weeks: tuple[int, ...] = ()
    """How many of its questions were asked in each of the last weeks, the oldest first; a week has seven days."""


@dataclass(frozen=True, slots=True)
class Answered:
    """Questions that were asked in vain, and that an article answers by now."""

    article: str
    title: str
    questions: int
    weeks: tuple[int, ...]
    """How many were asked in vain in each of the last weeks, the oldest first: none once the article was there."""
    pace: Pace | None = None
    """How often was asked in vain before it was published here and after: these questions, and those of the same kind
    that no article answers. ``None`` of any other article."""
    still: int = 0
    """How many customers asked the same since it was published, in words that no article answers."""


@dataclass(frozen=True, slots=True)
class Gaps:
    """The gaps of the knowledge base, the weightiest first."""

    gaps: tuple[Gap, ...]
    asked: int = 0
    """Questions that were asked in vain in the days that are looked at."""
    answered: int = 0
    """How many of them an article answers by now."""
    days: int = 0
    aside: tuple[Gap, ...] = ()
    """Those that a lead has put aside and no customer has asked again, the newest first."""
    mended: tuple[Answered, ...] = ()
    """The articles that answer by now what was asked in vain, the one with the most questions first."""
    progress: str = ""
    """How far the look has come, where it is not done yet: then there is nothing else; ask again."""


@dataclass(frozen=True, slots=True)
class Said:
    """What an article says, with a figure in it."""

    article: str
    title: str
    text: str
    updated: str = ""
    audience: str = "public"


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two articles that say the same thing with different figures."""

    first: Said
    second: Said
    measures: str
    """What the figures measure: time, pounds, weight …"""


def bracketed(text: str) -> str:
    """Return ``text`` with its slots as people read them: ``{order.number}`` is ``[order number]``."""

    def words(slot: re.Match[str]) -> str:
        name = _ORIGIN.sub("", slot[1]).replace(".", " ").replace("_", " ")
        return f"[{'number' if name == 'identifier' else name}]"

    return _SLOT.sub(words, text)
