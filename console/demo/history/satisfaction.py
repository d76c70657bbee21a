"""How satisfied the customers of the generated history say they are: some answer the one question at the end.

What they say follows how it went: whether the matter was resolved, how they felt at the end, and how long they waited.
Drawn apart from everything else, so that the rest of a history is the same with it and without.
"""

import random
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

from console.conversation.assist_events import MoodRead
from console.conversation.events import ConversationClosed, HandedOver, MessageAdded, NewEvent, RoutingChanged
from console.conversation.generated_events import GENERATED
from console.conversation.message import Author, Layer
from console.conversation.satisfaction_events import HIGHEST, LOWEST, CsatGiven

ANSWERS: Final = 0.34
ANSWERS_STRONG: Final = 0.5
"""Customers who answer, and of those who are cross or content."""
LATE: Final = timedelta(minutes=10)
"""A wait for a person from which on it is held against the desk."""


def rated(events: Sequence[NewEvent], rng: random.Random) -> Iterator[NewEvent]:
    """Yield a conversation's events with what its customer says at its ends."""
    mood, dark, handed, late = 0.0, False, None, False
    for place, event in enumerate(events):
        yield event
        match event.data:
            case MoodRead(mood=read):
                mood = read.score
            case RoutingChanged(routing=routing):
                dark = routing.layer is Layer.HUMAN_ONLY
            case HandedOver():
                handed = event.at
            case MessageAdded(role=Author.AGENT):
                late = late or (handed is not None and event.at - handed > LATE)
                handed = None
            case ConversationClosed(resolved=resolved) if not dark:
                until = events[place + 1].at if place + 1 < len(events) else None
                score = _score(rng, mood, resolved=resolved, late=late)
                yield from _answered(events[0].actor, event, rng, until, score)
            case _:
                pass


def _answered(
    customer: str, closing: NewEvent, rng: random.Random, until: datetime | None, score: int
) -> Iterator[NewEvent]:
    at = closing.at + timedelta(seconds=round(rng.uniform(4, 90), 3))
    chance = ANSWERS if score == (LOWEST + HIGHEST) // 2 else ANSWERS_STRONG
    if rng.random() < chance and (until is None or at < until):
        yield NewEvent(closing.conversation, customer, CsatGiven(score), at, GENERATED)


def _score(rng: random.Random, mood: float, *, resolved: bool, late: bool) -> int:
    usual = (4.2 if resolved else 2.3) + mood - 0.7 * late
    return min(HIGHEST, max(LOWEST, round(rng.gauss(usual, 0.9))))
