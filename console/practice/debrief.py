"""What is told after a practice session: its turning points, one thing to keep and one to change. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from console.conversation.assistance import Suggestion
from console.conversation.message import Message
from console.practice.effects import Cause, Effect
from console.practice.play import Played, Turn

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
    Cause.SILENT: "Write a line when you need time: what you look at, and how long it takes.",
    Cause.HURRIED: "Settle it, or say who takes it further and by when, before you say goodbye.",
}
"""By what hurt; what must not be said is named by its own title."""

Suggest = Callable[[Sequence[Message]], Sequence[Suggestion]]
"""Messages up to a customer's to what a strong agent might answer, best first, each with its sources."""


@dataclass(frozen=True, slots=True)
class TurningPoint:
    """A message of the agent, or their silence, that moved the customer."""

    message: str
    """Id of the agent's message; empty for silence."""
    change: float
    """What it did to patience and trust together, -2 to 2."""
    effects: tuple[Effect, ...]
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
    points = tuple(_point(played, turn, suggest) for turn in played.turns if abs(change_of(turn)) >= TURNS)
    effects = [(turn, effect) for turn in played.turns for effect in turn.answer.effects]
    best = max(effects, key=lambda pair: pair[1].patience + pair[1].trust, default=None)
    worst = min(effects, key=lambda pair: pair[1].patience + pair[1].trust, default=None)
    return Debrief(points, _kept(played, best), _changed(played, worst))


def change_of(turn: Turn) -> float:
    """Return what a turn did to patience and trust together."""
    after = turn.answer.state
    return round(after.patience + after.trust - turn.before.patience - turn.before.trust, 3)


def _point(played: Played, turn: Turn, suggest: Suggest | None) -> TurningPoint:
    change = change_of(turn)
    better: tuple[Suggestion, ...] = ()
    if change < 0 and suggest is not None:
        before = played.messages[: turn.place - (1 if turn.message else 0)]
        better = tuple(suggest(before))[:BETTER]
    return TurningPoint(turn.message, change, turn.answer.effects, better)


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
