"""What a planted suggestion that was sent takes away from a session's points. Pure.

A simulated customer takes a plant for what it says, and so do the marks of the rubric; that it was wrong is known here.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from console.conversation.practice_events import PlantKind, ScoredPoint
from console.conversation.quality import Evidence
from console.practice.debrief import Debrief
from console.practice.parts import Part
from console.practice.play import Played, Turn
from console.practice.still_there import still_there
from console.practice.trusting import Fate, Met

_WRONG: Final = frozenset({PlantKind.FACT, PlantKind.POLICY})
"""Plants that say what is not so or not allowed; one in the wrong tone or out of date says what was right once."""

_OWN: Final = frozenset(Part) - {Part.RESOLUTION, Part.MUSTS}
"""Points that do not rest on what the agent's messages say, or where that is spoken of already."""

HALF: Final = 0.5
"""What it is worth to settle a case with something wrong in it."""


def marred(points: Iterable[ScoredPoint], plants: Sequence[Met]) -> tuple[ScoredPoint, ...]:
    """Return the points as they are with what was sent of the plants: nothing is met by words that are wrong."""
    sent = _sent(plants)
    return tuple(_without(point, sent) for point in points) if sent else tuple(points)


def honest(debrief: Debrief, plants: Sequence[Met]) -> Debrief:
    """Return the debrief without what was won by a plant that was sent: turning points for the better, and “keep”."""
    sent = {met.evidence.message: met.plant.words for met in _sent(plants) if met.evidence}
    points = tuple(one for one in debrief.points if one.change < 0 or one.message not in sent)
    kept = any(words in debrief.keep for words in sent.values())
    return replace(debrief, points=points, keep="" if kept else debrief.keep)


def helpful(played: Played, used: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Return those messages that did the customer some good, or no harm at the beginning and the end."""
    turns = {turn.message: turn for turn in played.turns if turn.message}
    bad = {duty.id for duty in played.scenario.must_nots}
    bad |= {one.id for one in played.scenario.resolutions if not one.allowed}
    first = next(iter(turns), "")
    return tuple(e for e in used if e.message == first or e.message not in turns or _helps(turns[e.message], bad))


def _sent(plants: Sequence[Met]) -> list[Met]:
    return [met for met in plants if met.fate is Fate.SENT and met.evidence and met.plant.kind in _WRONG]


def _helps(turn: Turn, bad: set[str]) -> bool:
    answer, before = turn.answer, turn.before
    if any(effect.patience + effect.trust < 0 or effect.about in bad for effect in answer.effects):
        return False
    moved = answer.state.told != before.told or bool(answer.state.ending)
    return bool(answer.effects) or moved or bool(before.settled)


def _without(point: ScoredPoint, sent: Sequence[Met]) -> ScoredPoint:
    if point.id == Part.MUST_NOTS:
        return _promised(point, [met for met in sent if met.plant.kind is PlantKind.POLICY])
    if not point.value or point.id in _OWN or not point.evidence:
        return point
    right = tuple(one for one in point.evidence if not any(_rests_on(one, met) for met in sent))
    if len(right) == len(point.evidence):
        return point
    if point.id == Part.RESOLUTION:
        return replace(
            point, value=min(point.value, HALF), reason=f"{point.reason}; but what you sent for it was wrong"
        )
    value = point.value * len(right) / len(point.evidence)
    return replace(point, value=value, reason=f"{point.reason}; said with what is wrong, it does not count")


def _promised(point: ScoredPoint, sent: Sequence[Met]) -> ScoredPoint:
    """Return what must not be said with plants among it that are against a policy."""
    said = tuple(met.evidence for met in sent if met.evidence)
    if not said:
        return point
    words = "a planted suggestion against a policy was sent"
    reason = f"{point.reason}; {words}" if point.value == 0.0 else words
    return replace(point, value=0.0, reason=reason, evidence=(*point.evidence, *said))


def _rests_on(evidence: Evidence, met: Met) -> bool:
    """Return whether these words of a message are what is wrong in a plant, or hold it."""
    wrong = met.evidence
    if wrong is None or evidence.message != wrong.message:
        return False
    return still_there(met.plant, evidence.words) or evidence.words.rstrip("…. ") in met.plant.words
