"""Mood over a conversation: its label, its trend, and the risk that the customer escalates."""

from collections.abc import Sequence
from typing import Final

from console.assist.mood.reading import MoodReader, Reading, shouts
from console.assist.mood.risk import WARNS, Signs, reasons_of, risk_of, signs_of
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


def mood_of(talk: Talk, reader: MoodReader) -> Mood | None:
    """Return the mood as of the customer's newest message; ``None`` before they have written."""
    read = mood_and_signs(talk, reader)
    return read[0] if read else None


def mood_and_signs(talk: Talk, reader: MoodReader) -> tuple[Mood, Signs] | None:
    """Return the mood as of the customer's newest message and what its risk was worked out from."""
    said = [m for m in talk.messages if m.role is Author.CUSTOMER][-REMEMBERED:]
    if not said:
        return None
    habit = len(said) > 1 and all(shouts(m.text) for m in said)
    readings = [reader.read(m.text, always_shouts=habit) for m in said]
    scores = _course(talk, said, readings)
    now = scores[-1]
    reference = sum(scores[-4:-1]) / len(scores[-4:-1]) if len(scores) > 1 else 0.0
    step = now - reference
    trend = "rising" if step > TREND_STEP else "falling" if step < -TREND_STEP else "steady"
    signs = signs_of(talk, said, readings, now, falling=trend == "falling")
    risk = risk_of(signs)
    words = readings[-1].words if now < LABELS[3][0] or now > LABELS[4][0] else ()
    reasons = reasons_of(signs) if risk >= WARNS else ()
    return Mood(round(now, 3), label(now), trend, round(risk, 3), words, reasons), signs  # type: ignore[arg-type]


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
