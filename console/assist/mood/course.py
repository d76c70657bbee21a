"""Mood over a conversation: its label, its trend, and the risk that the customer escalates."""

import re
from collections.abc import Sequence
from typing import Final

from rapidfuzz import fuzz

from console.assist.mood.reading import MoodReader, Reading, shouts
from console.assist.talk import Talk
from console.conversation.assistance import Mood
from console.conversation.message import Author, Message

LABELS: Final = (
    (-0.85, "furious"),
    (-0.65, "angry"),
    (-0.4, "frustrated"),
    (-0.18, "uneasy"),
    (0.25, "neutral"),
    (0.7, "pleased"),
)
"""Upper bounds of the labels, worst first; above the last one: delighted."""

CARRY: Final = 0.35
"""How much of the mood before is still felt in the next message."""

LINGERS: Final = 0.7
"""The same where the mood before was bad and the message says nothing either way: anger does not end by itself."""

SILENT: Final = 0.2
"""A message whose own score is nearer to 0 than this says nothing either way."""

REMEMBERED: Final = 40
"""Messages of the customer that the mood comes from; of older ones nothing would be left."""

TREND_STEP: Final = 0.15
"""Smallest change that counts as a trend."""

_ASKS_FOR_PERSON: Final = re.compile(
    r"\b(?:manager|supervisor|team lead(?:er)?|your boss|real person|a person|human|escalate|"
    r"ombudsman|lawyer|solicitor|"
    r"formal complaint|trading standards|legal action|head office|chargeback|review|social media|press)\b",
    re.IGNORECASE,
)
_REPEATED: Final = 80
"""Likeness of two messages (0 to 100) from which the customer repeats themselves."""


def mood_of(talk: Talk, reader: MoodReader) -> Mood | None:
    """Return the mood as of the customer's newest message; ``None`` before they have written."""
    said = [m for m in talk.messages if m.role is Author.CUSTOMER][-REMEMBERED:]
    if not said:
        return None
    habit = len(said) > 1 and all(shouts(m.text) for m in said)
    readings = [reader.read(m.text, always_shouts=habit) for m in said]
    scores = _course(talk, said, readings)
    now, before = scores[-1], scores[-2] if len(scores) > 1 else 0.0
    reference = sum(scores[-4:-1]) / len(scores[-4:-1]) if len(scores) > 1 else 0.0
    step = now - reference
    trend = "rising" if step > TREND_STEP else "falling" if step < -TREND_STEP else "steady"
    risk = _risk(talk, said, readings[-1], now, before)
    words = readings[-1].words if now < LABELS[3][0] or now > LABELS[4][0] else ()
    return Mood(round(now, 3), label(now), trend, round(risk, 3), words)  # type: ignore[arg-type]


def label(score: float) -> str:
    """Return the word for a mood score."""
    return next((word for bound, word in LABELS if score <= bound), "delighted")


def _course(talk: Talk, said: Sequence[Message], readings: Sequence[Reading]) -> list[float]:
    scores: list[float] = []
    for message, reading in zip(said, readings, strict=True):
        known = talk.moods.get(message.id)
        if known is not None and message is not said[-1]:
            scores.append(known)
            continue
        scores.append(_felt(reading.score, scores[-1] if scores else 0.0))
    return scores


def _felt(read: float, before: float) -> float:
    """Return the mood after a message that reads as ``read``, given the one before it."""
    if abs(read) > abs(before):
        return max(-1.0, min(1.0, read))
    carry = LINGERS if before < 0 and abs(read) < SILENT else CARRY
    return max(-1.0, min(1.0, (1 - carry) * read + carry * before))


def _risk(talk: Talk, said: Sequence[Message], reading: Reading, now: float, before: float) -> float:
    text = said[-1].text
    risk = 0.1 + 0.5 * max(0.0, -now)
    risk += 0.3 * bool(_ASKS_FOR_PERSON.search(text))
    risk += 0.1 * reading.shouting + 0.05 * ("!!" in text or "??" in text)
    risk += 0.15 * max(0.0, before - now)
    risk += 0.12 * min(2, _repeats(said))
    risk += 0.08 * min(2, _failed_bot_turns(talk))
    risk += 0.1 * _unanswered(talk)
    return min(1.0, risk)


def _repeats(said: Sequence[Message]) -> int:
    last = said[-1].text.lower()
    return sum(len(last) > 12 and fuzz.ratio(last, m.text.lower()) >= _REPEATED for m in said[-6:-1])  # noqa: PLR2004


def _failed_bot_turns(talk: Talk) -> int:
    """Return how often the bot said again what it had said before."""
    bot = [m.text for m in talk.messages if m.role is Author.BOT]
    return sum(any(fuzz.ratio(text, other, score_cutoff=_REPEATED) for other in bot[:n]) for n, text in enumerate(bot))


def _unanswered(talk: Talk) -> bool:
    """Return whether the customer has written twice or more since anybody answered."""
    tail = 0
    for message in reversed(talk.messages):
        if message.role is Author.CUSTOMER:
            tail += 1
        elif message.role is not Author.SYSTEM:
            break
    return tail > 1
