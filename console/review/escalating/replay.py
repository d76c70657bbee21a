"""Past conversations of a behaviour under other thresholds: at which message people would have come. Pure.

The triggers are the product's own (:mod:`console.assist.triggers`), the moods those that were read at the time. What
brought a conversation to people for another reason than a threshold (they asked, a system was down) does so still.
What the customer and the bot would have said after another moment is not known: a conversation that would have been
handed over later is only followed to where it was.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Final

from console.assist.talk import Talk
from console.assist.triggers import ANGRY, TURNS, Seen, failed_turns, triggers
from console.content.behaviours import Behaviour, HandoverRule
from console.conversation import events as e
from console.conversation.assist_events import FlagsRaised, MoodRead
from console.conversation.escalation_commands import FEWEST_TRIED, MOST_TURNS, Threshold, Trial, TrialMove
from console.conversation.handover import HandoverWhen
from console.conversation.message import Author, Message
from console.conversation.state import fold
from console.review.intervals import wilson

MOST: Final = 150
"""Conversations that are replayed, the newest."""

READ: Final = 12
"""Turns of a conversation that are replayed."""

SHOWN: Final = 50
"""Conversations that go otherwise and are shown."""

NOT_YET: Final = 10_000
"""The turn of what does not happen."""

BY_THRESHOLD: Final = frozenset({HandoverWhen.UNRESOLVED, HandoverWhen.MOOD})


@dataclass(frozen=True, slots=True)
class Judged:
    """What the review's rule knows of a conversation: turns from 1, :data:`NOT_YET` for what did not happen."""

    conversation: str
    handed: int
    due: int
    """The last turn at which a hand-over comes in time."""
    sufficed: bool
    """Whether one suggested reply of a person settled it."""
    settled: bool
    """Whether it ended at the bot, and that was right."""


@dataclass(frozen=True, slots=True)
class Replayed:
    """A conversation turn by turn, up to where people took it over or it ended."""

    judged: Judged
    messages: tuple[str, ...]
    """The customer's message of each turn."""
    failed: tuple[int, ...]
    """Turns of the bot that had failed by then."""
    anyway: tuple[bool, ...]
    """Whether something other than a threshold brings it to people."""
    cross: tuple[bool, ...]
    """Whether it would where the behaviour names the mood."""

    def moment(self, threshold: Threshold) -> int:
        """Return the turn at which people would have come."""
        most = TURNS if threshold.after is None else max(1, threshold.after)
        for turn, failed in enumerate(self.failed, 1):
            if self.anyway[turn - 1] or failed >= most or (threshold.mood and self.cross[turn - 1]):
                return turn
        return NOT_YET


def replayed(judged: Judged, behaviour: Behaviour, events: Sequence[e.Event]) -> Replayed | None:
    """Return a conversation turn by turn; ``None`` where nothing of it is left."""
    until = next((place for place, event in enumerate(events) if isinstance(event.data, e.HandedOver)), len(events))
    handed = events[until].data if until < len(events) else None
    state = fold(judged.conversation, events[:until])
    moods = {event.data.turn: event.data.mood for event in events[:until] if isinstance(event.data, MoodRead)}
    flags = [one for event in events[:until] if isinstance(event.data, FlagsRaised) for one in event.data.flags]
    turns = list(_turns(state.messages))[:READ]
    if not turns:
        return None
    naming = _naming_mood(behaviour)
    failed, anyway, cross = [], [], []
    for place in turns:
        said = tuple(state.messages[: place + 1])
        talk = Talk(state.id, state.customer, said, routing=state.routing).as_read()
        mood = next((moods[m.id] for m in reversed(said) if m.id in moods), None)
        raised = [flag for flag in flags if flag.message in {m.id for m in said}]
        failed.append(failed_turns(talk.messages)[0])
        fired = triggers(talk, Seen(naming, raised, mood))
        angry = mood is not None and mood.score <= ANGRY
        anyway.append(angry or any(trigger.when is not HandoverWhen.MOOD for trigger in fired))
        cross.append(bool(fired))
    if isinstance(handed, e.HandedOver) and not any(t.when in BY_THRESHOLD for t in handed.triggers[:1]):
        anyway[-1] = True
    return Replayed(
        judged, tuple(state.messages[place].id for place in turns), tuple(failed), tuple(anyway), tuple(cross)
    )


def trials(past: Sequence[Replayed], now: Threshold) -> tuple[Trial, ...]:
    """Return what each threshold would have done, the best first.

    That is the one with the fewest too late or too early; of several the one that hands over the fewest before anybody
    was due, then the nearest to the one in force.
    """
    tried = [trial(past, threshold) for threshold in thresholds(now)]
    usual = now.after or TURNS

    def cost(one: Trial) -> tuple[int, int, bool, int]:
        wrong, far = one.late_after + one.early_after, abs((one.threshold.after or TURNS) - usual)
        return wrong, one.sooner, one.threshold.mood != now.mood, far

    return tuple(sorted(tried, key=cost))


def thresholds(now: Threshold) -> Iterator[Threshold]:
    """Yield the thresholds that are tried: each number of turns, with and without the mood; the one in force first."""
    yield now
    most = min(MOST_TURNS, max(now.after or TURNS, TURNS + 2))
    for after in range(1, most + 1):
        for mood in (now.mood, not now.mood):
            if (one := Threshold(after, mood)) != now:
                yield one


def trial(past: Sequence[Replayed], threshold: Threshold) -> Trial:
    """Return what a threshold would have done."""
    moments = [(one, one.moment(threshold)) for one in past]
    earlier = [one.judged.handed - moment for one, moment in moments if moment < one.judged.handed]
    later = sum(moment > one.judged.handed for one, moment in moments)
    known = [gain for gain in earlier if gain < NOT_YET // 2]
    moved = [_move(one, moment) for one, moment in moments if moment != one.judged.handed]
    return Trial(
        threshold,
        len(earlier),
        later,
        len(past) - len(earlier) - later,
        sum(_late(one, one.judged.handed) for one in past),
        sum(_late(one, moment) for one, moment in moments),
        sum(_early(one, one.judged.handed) for one in past),
        sum(_early(one, moment) for one, moment in moments),
        sum(moment < min(one.judged.due, one.judged.handed) for one, moment in moments),
        float(median(known)) if known else None,
        tuple(moved[:SHOWN]),
    )


def proposed(past: Sequence[Replayed], found: Sequence[Trial], now: Threshold) -> tuple[Threshold | None, str]:
    """Return the threshold that is proposed, and why; it has to be better than the one in force beyond chance."""
    if len(past) < FEWEST_TRIED:
        return (
            None,
            f"Not enough data: {len(past)} conversations, and {FEWEST_TRIED} are needed to propose a threshold.",
        )
    best = found[0]
    if best.threshold == now:
        return None, "The threshold in force is the best of those tried."
    better = sum(_wrong(one, one.judged.handed) and not _wrong(one, one.moment(best.threshold)) for one in past)
    worse = sum(not _wrong(one, one.judged.handed) and _wrong(one, one.moment(best.threshold)) for one in past)
    low = float(wilson(better / (better + worse), better + worse)[0]) if better + worse else 0.0
    if low <= 0.5:  # noqa: PLR2004 - as many better as worse is what chance gives
        return None, "None is better than the one in force beyond chance."
    lost = f", {worse} that were right would not be" if worse else ""
    return (
        best.threshold,
        f"{better} of {len(past)} would have come at the right moment instead of the wrong one{lost}.",
    )


def _turns(messages: Sequence[Message]) -> Iterator[int]:
    """Yield the place of the last message of each turn of the customer."""
    for place, message in enumerate(messages):
        following = next((m.role for m in messages[place + 1 :] if m.role is not Author.SYSTEM), None)
        if message.role is Author.CUSTOMER and following is not Author.CUSTOMER:
            yield place


def _naming_mood(behaviour: Behaviour) -> Behaviour:
    """Return a behaviour whose turns without progress never run out, and which names the mood."""
    rules = tuple(rule for rule in behaviour.handover if rule.when not in BY_THRESHOLD)
    own = HandoverRule(HandoverWhen.UNRESOLVED, NOT_YET), HandoverRule(HandoverWhen.MOOD)
    return replace(behaviour, handover=(*rules, *own))


def _late(one: Replayed, moment: int) -> bool:
    """Whether a hand-over at this turn comes too late, or not at all where it was due."""
    return moment > one.judged.due


def _early(one: Replayed, moment: int) -> bool:
    """Whether a hand-over at this turn takes away what the bot could settle."""
    return (one.judged.settled and moment < NOT_YET) or (one.judged.sufficed and moment < one.judged.due)


def _wrong(one: Replayed, moment: int) -> bool:
    return _late(one, moment) or _early(one, moment)


def _move(one: Replayed, moment: int) -> TrialMove:
    handed = one.judged.handed
    turns = 0 if NOT_YET in (handed, moment) else handed - moment
    return TrialMove(one.judged.conversation, _at(one.messages, handed), _at(one.messages, moment), turns)


def _at(messages: Sequence[str], turn: int) -> str:
    return messages[min(turn, len(messages)) - 1] if turn < NOT_YET and messages else ""
