"""What is told after a practice session: its turning points, one thing to keep and one to change. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from console.conversation.assistance import SourceType, Suggestion, Support
from console.conversation.message import Message
from console.practice.effects import Cause, Effect
from console.practice.hearing import Ear
from console.practice.play import Played, Turn, begin, keep_silent, say
from console.practice.scenario import Scenario

TURNS: Final = 0.12
"""Change of patience and trust together, from one message, that makes it a turning point."""

BETTER: Final = 2
"""Ways to answer better that are named at a turning point for the worse."""

REMEDIES: Final[Mapping[Cause, str]] = {
    Cause.EMPTY: "Say what you are sorry for once, and go on to what you can do.",
    Cause.ASKED_AGAIN: "Read what stands there before you ask: the customer had told it.",
    Cause.ASKED_OUTSIDE: "Ask for what decides the case; the customer cannot know this.",
    Cause.NO_USE: "Find out first what would help, and what you need to know for it.",
    Cause.REFUSED_BARELY: "Give the reason with a no, and the next best thing that you can do.",
    Cause.MEANT_NOTHING: "Write whole sentences about the customer's matter.",
    Cause.PASTED: "Take from the article the one sentence that answers this customer.",
    Cause.INSULTED: "Stay civil whatever is written to you; set a limit once, and call a lead.",
    Cause.BRUSHED_OFF: "Say what you can do, not whose fault it is or where else to look; nobody writes in for fun.",
    Cause.SILENT: "Write a line when you need time: what you look at, and how long it takes.",
    Cause.HURRIED: "Settle it, or say who takes it further and by when, before you say goodbye.",
}
"""By what hurt; what must not be said is named by its own title."""

FIRST: Final = (SourceType.MACRO, SourceType.PAST)
"""What agents have sent before is named before what is put together from articles."""

Suggest = Callable[[Sequence[Message], frozenset[str]], Sequence[Suggestion]]
"""Messages up to a customer's, and the facts they had told by then, to what a strong agent might answer, best first,
each with its sources."""


@dataclass(frozen=True, slots=True)
class TurningPoint:
    """A message of the agent, or their silence, that moved the customer."""

    message: str
    """Id of the agent's message; empty for silence."""
    change: float
    """What it did to patience and trust together, -2 to 2."""
    effects: tuple[Effect, ...]
    place: int = 0
    """Messages that stood before the customer's answer."""
    better: tuple[Suggestion, ...] = ()
    """What might have been said instead; none where it was for the better, or nothing supported is known."""


@dataclass(frozen=True, slots=True)
class Debrief:
    """What is told."""

    points: tuple[TurningPoint, ...]
    keep: str
    """One thing that went well, in words; empty where nothing did."""
    change: str
    """One thing to do otherwise; empty where nothing went wrong."""


def debriefed(played: Played, suggest: Suggest | None = None) -> Debrief:
    """Return the debrief of a session; ``suggest`` is asked at each turning point for the worse."""
    points = tuple(_better(played, turn, suggest) for turn in played.turns if abs(change_of(turn)) >= TURNS)
    effects = [(turn, effect) for turn in played.turns for effect in turn.answer.effects]
    better = [(turn, effect) for turn, effect in effects if _is_good(played, turn, effect)]
    best = max(better, key=lambda pair: pair[1].patience + pair[1].trust, default=None)
    worst = min(effects, key=_harm, default=None)
    return Debrief(points, _kept(played, best), _changed(played, worst))


def strong(
    suggestions: Sequence[Suggestion], ear: Ear, scenario: Scenario, told: frozenset[str] = frozenset()
) -> Sequence[Suggestion]:
    """Return what a strong agent might have said: fully supported, and nothing that must not be said in this scenario.

    Nor does it ask for what was told. What agents have sent before comes first; the order is kept otherwise.
    """
    forbidden = {duty.id for duty in scenario.must_nots} | {one.id for one in scenario.resolutions if not one.allowed}

    def breaks(text: str) -> bool:
        heard = ear.hear(text)
        return not (forbidden.isdisjoint({*heard.duties, *heard.offered}) and told.isdisjoint(heard.asked))

    fitting = (one for one in suggestions if one.support is Support.FULL and not breaks(one.text))
    return sorted(fitting, key=lambda one: not any(source.type in FIRST for source in one.sources))


def change_of(turn: Turn) -> float:
    """Return what a turn did to patience and trust together."""
    after = turn.answer.state
    return round(after.patience + after.trust - turn.before.patience - turn.before.trust, 3)


def replayed(played: Played, ear: Ear, until: str) -> Played:
    """Return the same session as it stood when the agent wrote the message ``until``, to go on otherwise from there.

    Raises :class:`KeyError` where the agent wrote no such message.
    """
    if until not in {turn.message for turn in played.turns}:
        raise KeyError(until)
    written = {message.id: message for message in played.messages}
    first = played.messages[0].at if played.messages else None
    last = next((m.at for m in reversed(played.messages[: played.turns[0].place]) if m.at is not None), first)
    assert last is not None  # noqa: S101 - every message of a session has its time
    again = begin(played.scenario, played.seed, last)
    for turn in played.turns:
        if turn.message == until:
            break
        if not turn.message:
            silent = played.messages[turn.place].at if turn.place < len(played.messages) else last
            again = keep_silent(again, silent or last)
            continue
        message = written[turn.message]
        again = say(again, ear, message.text, message.at or last, message.author, message.suggestion)
    return again


def point_of(turn: Turn) -> TurningPoint:
    """Return what a turn did, with nothing that might have been said instead."""
    return TurningPoint(turn.message, change_of(turn), turn.answer.effects, turn.place)


def _better(played: Played, turn: Turn, suggest: Suggest | None) -> TurningPoint:
    point = point_of(turn)
    if point.change >= 0 or suggest is None:
        return point
    before = played.messages[: turn.place - (1 if turn.message else 0)]
    written = {message.text for message in played.messages if message.id == turn.message}
    better = (one for one in suggest(before, turn.before.told) if one.text not in written)
    return replace(point, better=tuple(better)[:BETTER])


def telling(effects: Sequence[Effect], change: float) -> str:
    """Return the sentence that moved the customer most in the direction of ``change``; empty where it was no one."""
    moved = [(effect.patience + effect.trust, effect.words) for effect in effects if effect.words]
    alike = [(abs(by), words) for by, words in moved if by * change > 0]
    return max(alike, key=lambda pair: pair[0])[1] if alike else ""


def _is_good(played: Played, turn: Turn, effect: Effect) -> bool:
    """Return whether something may be kept: no kind word of an unkind message, or beside what must not be said."""
    said = turn.heard.duties if turn.heard else {}
    forbidden = {said[duty.id] for duty in played.scenario.must_nots if duty.id in said}
    return change_of(turn) > 0 and (not effect.words or effect.words not in forbidden)


def _harm(pair: tuple[Turn, Effect]) -> tuple[float, float]:
    """Return what sorts what hurt: by what the whole message did, and in it by what did most of that."""
    turn, effect = pair
    return min(0.0, change_of(turn)), effect.patience + effect.trust


def _kept(played: Played, best: tuple[Turn, Effect] | None) -> str:
    if best is None or best[1].patience + best[1].trust <= 0:
        return ""
    effect = best[1]
    return f"You {_told(played, effect)}: “{effect.words}”" if effect.words else f"You {_told(played, effect)}."


def _changed(played: Played, worst: tuple[Turn, Effect] | None) -> str:
    if worst is None or worst[1].patience + worst[1].trust >= 0:
        return ""
    effect = worst[1]
    remedy = REMEDIES.get(effect.cause) or f"Not here: {_title(played, effect.about)}."
    return f"{remedy} You wrote: “{effect.words}”" if effect.words else remedy


def _told(played: Played, effect: Effect) -> str:
    return (
        f"said what counts here, {_title(played, effect.about)}" if effect.cause is Cause.SAID else effect.cause.value
    )


def _title(played: Played, name: str) -> str:
    duties = (*played.scenario.musts, *played.scenario.must_nots)
    return next((duty.title for duty in duties if duty.id == name), name)
