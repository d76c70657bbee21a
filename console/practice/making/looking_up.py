"""What was looked up in a run: it stands in the draft from the beginning, as whoever plays cannot look it up."""

from typing import Final

from console.conversation.message import Author, Message
from console.practice.acts import Act
from console.practice.making.escalation import Escalation
from console.practice.making.offers import Recognise
from console.practice.making.settling import settles
from console.text import shorten

MOST: Final = 5
LONGEST: Final = 600
"""Characters of what was looked up at once."""

_SAME: Final = 24
"""Characters by which two findings are the same one: a record that was read again once it was changed."""


def looked_up(source: Escalation, recognise: Recognise) -> list[Message]:
    """Return what tools had found, and what the agent told of it; what was done is no part of it."""
    found: dict[str, Message] = {}
    for message in source.messages:
        if message.id not in source.looked_up:
            continue
        told = message.text if message.role is Author.SYSTEM else _explained(message.text, recognise)
        if told:
            found.setdefault(told[:_SAME], Message(message.id, Author.SYSTEM, shorten(told, LONGEST)))
    return list(found.values())[:MOST]


def _explained(text: str, recognise: Recognise) -> str:
    said = list(recognise(text))
    done = any(settles(s) and s.main in {Act.DONE, Act.EXPLAIN} for s in said)
    return "" if done else " ".join(s.sentence.strip() for s in said if s.main is Act.EXPLAIN)
