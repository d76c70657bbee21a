"""What marking needs from outside, as a port, and the engine's own parts behind it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, Protocol

import numpy as np

from console.assist.flags.watch import Watch
from console.assist.mood.course import mood_of
from console.assist.mood.reading import MoodReader
from console.assist.ports import Embed, KnowledgeBase, Vectors
from console.assist.slots import record_of
from console.assist.talk import Talk
from console.assist.vectors import likeness
from console.conversation.assistance import Flag, KnowledgeHit
from console.conversation.message import Message

HITS: Final = 5
"""Articles that a statement is held against."""


class Tools(Protocol):
    """What the engine reads with."""

    def flags(self, talk: Talk, text: str) -> Sequence[Flag]:
        """Return the policies that a text of an agent breaks, as of ``talk``."""

    def mood(self, talk: Talk) -> float:
        """Return the customer's mood as of their newest message, from -1 to 1; 0 before they have written."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one unit row a text; rows of nought where there is no model."""

    def articles(self, messages: Sequence[Message]) -> Sequence[KnowledgeHit]:
        """Return what the knowledge base has for what is asked at the end of these messages."""


class EngineTools:
    """The parts of the embedded engine; safe from several threads, as they are."""

    def __init__(self, watch: Watch, moods: MoodReader, embed: Embed, knowledge: KnowledgeBase | None) -> None:
        self._watch, self._moods, self._embed, self._knowledge = watch, moods, embed, knowledge

    def flags(self, talk: Talk, text: str) -> Sequence[Flag]:
        """Return the policies that a text of an agent breaks, as of ``talk``."""
        return self._watch.on_draft(text, record_of(talk))

    def mood(self, talk: Talk) -> float:
        """Return the customer's mood as of their newest message."""
        mood = mood_of(talk, self._moods)
        return mood.score if mood else 0.0

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one unit row a text."""
        return self._embed.encode(texts)

    def articles(self, messages: Sequence[Message]) -> Sequence[KnowledgeHit]:
        """Return what the knowledge base has for it."""
        return self._knowledge.search(messages, HITS) if self._knowledge else ()


def nearest(tools: Tools, sentences: Sequence[str], examples: Sequence[str]) -> tuple[int, float]:
    """Return the place of the sentence that is most like any of the examples, and its cosine; -1 and 0 for none."""
    if not sentences or not examples:
        return -1, 0.0
    best = likeness(tools.encode(sentences), tools.encode(examples)).max(axis=1)
    place = int(np.argmax(best))
    return place, float(best[place])


def moods_of(talk: Talk, tools: Tools) -> dict[str, float]:
    """Return the mood at each message of the customer: as it was read then, and read now where it was not."""
    known = dict(talk.moods)
    for place, message in enumerate(talk.messages):
        if message.role == "customer" and message.id not in known:
            known[message.id] = tools.mood(replace(talk, messages=talk.messages[: place + 1], moods=known))
    return known
