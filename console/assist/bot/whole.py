"""Whether all of the customer's newest words belong to the matter: the bot answers all of a message, or none of it."""

import re
from collections.abc import Sequence
from typing import Final

from console.assist.bot.matter import newest
from console.assist.greetings import without_greeting
from console.assist.ports import Embed, Vectors
from console.assist.recognise.disguise import undisguised
from console.assist.recognise.entities import entities
from console.assist.recognise.words import words_of
from console.assist.sentences import texts
from console.assist.talk import Talk
from console.assist.vectors import likeness
from console.content.behaviours import Behaviour
from console.conversation.message import Author, Layer

NEAR: Final = 0.33
"""Cosine with what the bot's behaviours and courtesy know from which one clause of several belongs to them.

The only clause of a message has to match a behaviour in any case. At 0.33 none of 75 hostile messages is answered, at
0.30 one is; at 0.40 it still costs none of the questions that were tuned on.
"""


FEWEST: Final = 2
"""Words with a meaning of their own below which a clause says nothing that must be answered."""

MOST: Final = 40
"""Clauses that are compared; whoever writes more of them is read by people."""

_CLAUSE: Final = re.compile(
    r"[,;:()–—]|\b(?:because|otherwise|although|since)\b|\b(?:and|but|or) (?=(?:i|my|we|our|your|the|he|she)\b)",
    re.IGNORECASE,
)
_WORD: Final = re.compile(r"[a-z]{3,}", re.IGNORECASE)
_EMPTY: Final = words_of(
    """
    the and for you your our are can could would does did how what when where why which who will with have has had not
    this that any there here from into was were been being please need want like get got know tell let may its they
    them then than too also just about much many long hello thanks thank sorry but him her his she out still really
    """
)
_COURTESY: Final = (
    "Hello, I hope you are well.",
    "Thank you for your help.",
    "Sorry to bother you.",
    "Can you help me with something?",
    "I have a question.",
    "I ordered something from you last week.",
    "I am a customer of yours.",
    "I looked on the website and could not find it.",
    "I am not sure how this works.",
    "I would like to know today if possible.",
    "Is that possible?",
    "I have been waiting for an answer.",
    "My order number is here.",
    "I want to come to the shop.",
    "I need it for the weekend.",
)


class Whole:
    """Tells what of a message is not the bot's; what it compares with is embedded once."""

    def __init__(self, behaviours: Sequence[Behaviour], embed: Embed) -> None:
        self._embed = embed
        known = list(_COURTESY)
        for behaviour in behaviours:
            if behaviour.layer is Layer.AUTONOMOUS:
                known += [behaviour.title, *behaviour.examples]
                known += [example for tool in behaviour.tools for example in tool.examples]
                known += [fact.ask for fact in behaviour.collect]
        self._known: Vectors = embed.encode(known)

    def beside(self, talk: Talk) -> str:
        """Return the first clause of the newest words that is neither the bot's matter nor courtesy; empty for none."""
        clauses = [c for m in newest(talk).messages if m.role is Author.CUSTOMER for c in _clauses(m.text)]
        if len(clauses) <= 1:
            return ""
        if len(clauses) > MOST:
            return clauses[MOST]
        near = likeness(self._embed.encode(clauses), self._known).max(axis=1)
        return next((clause for clause, cosine in zip(clauses, near, strict=True) if cosine < NEAR), "")


def _clauses(text: str) -> list[str]:
    said = texts(without_greeting(undisguised(text).text))
    found = (clause.strip() for sentence in said for clause in _CLAUSE.split(_without_entities(sentence)))
    return list(dict.fromkeys(clause for clause in found if len(_telling(clause)) >= FEWEST))


def _telling(clause: str) -> list[str]:
    return [word for word in _WORD.findall(clause.lower()) if word not in _EMPTY]


def _without_entities(text: str) -> str:
    for entity in reversed(entities(text)):
        text = f"{text[: entity.start]} {text[entity.end :]}"
    return text
