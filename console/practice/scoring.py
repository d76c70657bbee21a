"""What a practice session was worth: the rubric of live quality review, and what only practice can know. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from console.conversation.message import Author
from console.conversation.practice_events import ScoredPoint
from console.conversation.quality import VALUES, CriterionMark, Evidence, Mark
from console.practice.customer import Ending
from console.practice.marred import helpful, marred
from console.practice.parts import Part
from console.practice.play import Played, Turn
from console.practice.scenario import Duty, Fact, Resolution, Scenario, Told
from console.practice.trusting import Fate, Trust

WEIGHTS: Final = {
    Part.RESOLUTION: 4.0,
    Part.FACTS: 2.0,
    Part.MUSTS: 2.0,
    Part.MUST_NOTS: 3.0,
    Part.TIME: 1.0,
    Part.MOOD: 2.0,
    Part.STEPS: 2.0,
    Part.PLANTS: 3.0,
    Part.SUGGESTIONS: 1.0,
    Part.DRILL: 4.0,
    Part.HANDED_ON: 2.0,
}
"""Beside the rubric's own weights: that it is settled as the company allows counts most, and the drill as much."""

NEEDED: Final = frozenset({Part.RESOLUTION, Part.MUSTS, Part.MUST_NOTS, Part.DRILL, Part.HANDED_ON})
"""What a session is won with."""


@dataclass(frozen=True, slots=True)
class Score:
    """What a session was worth."""

    points: tuple[ScoredPoint, ...]

    @property
    def won(self) -> bool:
        """Settled in an allowed way, on the right facts, with all that must be said, nothing else, and the drill."""
        return won_by(self.points)

    @property
    def total(self) -> float:
        """All that applies, by its weights, 0 to 100."""
        return total_of(self.points)


def total_of(points: Iterable[ScoredPoint]) -> float:
    """Return what points are worth together, by their weights, 0 to 100."""
    counted = [(point.value, point.weight) for point in points if point.value is not None]
    weights = sum(weight for _, weight in counted)
    return round(100 * sum(value * weight for value, weight in counted) / weights, 1) if weights else 0.0


def won_by(points: Iterable[ScoredPoint]) -> bool:
    """Return whether a session with these points is won; a point that does not apply stands in nobody's way."""
    return all(point.value in {None, 1.0} for point in points if point.id in NEEDED)


@dataclass(frozen=True, slots=True)
class StepTaken:
    """A step of the behaviour's procedure, and what was written to take it; ``None`` where it was not taken."""

    title: str
    evidence: Evidence | None = None


def scored(
    played: Played, marks: Sequence[CriterionMark], trust: Trust | None = None, steps: Sequence[StepTaken] = ()
) -> Score:
    """Return the score of a session that has ended; ``marks`` are those of the rubric.

    ``trust`` says what became of the suggestions; without it, nothing is said of them. ``steps`` are those of the
    behaviour under which it is worked.
    """
    own = (_resolution(played), _facts(played), _musts(played), _must_nots(played), _time(played), _mood(played))
    rubric = tuple(
        ScoredPoint(m.criterion, m.title or m.criterion, VALUES.get(m.mark), m.weight, m.reason, m.evidence)
        for m in marks
        if m.mark is not Mark.DOES_NOT_APPLY
    )
    assisted = (*_plants(trust), *_suggestions(played, trust)) if trust else ()
    return Score(marred((*own, *_steps(steps), *assisted, *rubric), trust.plants if trust else ()))


def _resolution(played: Played) -> ScoredPoint:
    taken = _taken(played)
    title = "Settled as the company allows"
    if taken is None or played.ending is not Ending.SETTLED:
        how = {Ending.GAVE_UP: "the customer left", Ending.CUT_OFF: "it was closed before anything was settled"}
        why = how.get(played.ending, "nothing was settled") if played.ending else "it has not ended"
        return ScoredPoint(Part.RESOLUTION, title, 0.0, WEIGHTS[Part.RESOLUTION], why)
    when = next((turn for turn in played.turns if turn.answer.state.settled), None)  # none where it was a deed
    evidence = _said(played, when, taken.id) if when else ()
    if not taken.allowed:
        why = f"“{taken.title}” is not allowed"
        return ScoredPoint(Part.RESOLUTION, title, 0.0, WEIGHTS[Part.RESOLUTION], why, evidence)
    wrong = [name for name in taken.needs if name in played.state.mistaken]
    if wrong:
        why = f"settled on a mistake of the customer's: {played.scenario.fact(wrong[0]).about}"
        return ScoredPoint(Part.RESOLUTION, title, 0.5, WEIGHTS[Part.RESOLUTION], why, evidence)
    return ScoredPoint(Part.RESOLUTION, title, 1.0, WEIGHTS[Part.RESOLUTION], taken.title, evidence)


def _facts(played: Played) -> ScoredPoint:
    wanted = [fact for fact in played.scenario.facts if _is_to_be_found_out(fact, played.scenario)]
    title = "Facts found out"
    if not wanted:
        return ScoredPoint(Part.FACTS, title, None, WEIGHTS[Part.FACTS], "there was nothing to find out")
    told = played.state.told - played.state.mistaken - played.state.volunteered
    known = [f for f in wanted if f.id in told]
    missing = ", ".join(f.about for f in wanted if f not in known)
    why = f"{len(known)} of {len(wanted)}" + (f"; not: {missing}" if missing else "")
    return ScoredPoint(Part.FACTS, title, len(known) / len(wanted), WEIGHTS[Part.FACTS], why)


def _is_to_be_found_out(fact: Fact, scenario: Scenario) -> bool:
    """Return whether somebody has to ask for it: a number of the record that nothing needs stands on the screen."""
    if fact.told is Told.FIRST:
        return bool(fact.wrong)
    if fact.wrong or any(fact.id in resolution.needs for resolution in scenario.resolutions):
        return True
    numbers = [number for order in scenario.customer.orders for number in (order.number, order.tracking) if number]
    return not all(any(number in words for number in numbers) for words in fact.says)


def _steps(steps: Sequence[StepTaken]) -> tuple[ScoredPoint, ...]:
    if not steps:
        return ()
    evidence = tuple(step.evidence for step in steps if step.evidence)
    missing = ", ".join(step.title for step in steps if step.evidence is None)
    why = f"{len(evidence)} of {len(steps)}" + (f"; not: {missing}" if missing else "")
    value = len(evidence) / len(steps)
    return (ScoredPoint(Part.STEPS, "Steps of the procedure", value, WEIGHTS[Part.STEPS], why, evidence),)


def _musts(played: Played) -> ScoredPoint:
    duties = played.scenario.musts
    if not duties:
        return ScoredPoint(Part.MUSTS, "What has to be said", None, WEIGHTS[Part.MUSTS], "nothing has to be said here")
    said = _duties_said(played, duties)
    missing = ", ".join(duty.title for duty in duties if duty.id not in said)
    why = f"{len(said)} of {len(duties)}" + (f"; not: {missing}" if missing else "")
    evidence = tuple(said.values())
    return ScoredPoint(Part.MUSTS, "What has to be said", len(said) / len(duties), WEIGHTS[Part.MUSTS], why, evidence)


def _must_nots(played: Played) -> ScoredPoint:
    duties = played.scenario.must_nots
    title = "Nothing that must not be said"
    if not duties:
        return ScoredPoint(
            Part.MUST_NOTS, title, None, WEIGHTS[Part.MUST_NOTS], "nothing is forbidden here beside the policies"
        )
    said = _duties_said(played, duties)
    why = "; ".join(duty.title for duty in duties if duty.id in said) or "none of it was said"
    return ScoredPoint(Part.MUST_NOTS, title, 0.0 if said else 1.0, WEIGHTS[Part.MUST_NOTS], why, tuple(said.values()))


def _time(played: Played) -> ScoredPoint:
    """How fast the agent answered, the median held against what this customer takes calmly."""
    times, last = [], None
    for message in played.messages[played.scenario.opening :]:
        if message.role is Author.AGENT and last is not None and message.at is not None:
            times.append((message.at - last).total_seconds())
            last = None
        elif message.role is Author.CUSTOMER and message.at is not None:
            last = last or message.at
        elif message.role is Author.BOT:
            last = None
    if not times:
        return ScoredPoint(Part.TIME, "Answered in time", 0.0, WEIGHTS[Part.TIME], "nobody answered")
    typical, calm = median(times), played.scenario.persona.waits
    value = 1.0 if typical <= calm else max(0.0, 1 - (typical - calm) / (2 * calm))
    why = f"{typical:.0f} s to an answer; this customer takes {calm:.0f} calmly"
    return ScoredPoint(Part.TIME, "Answered in time", round(value, 2), WEIGHTS[Part.TIME], why)


def _mood(played: Played) -> ScoredPoint:
    """Where patience and trust ended, held against where they began and the best there is."""
    persona = played.scenario.persona
    began, ended = persona.patience + persona.trust, played.state.patience + played.state.trust
    most = max(0.3, 1.2 - began / 2)
    value = min(1.0, max(0.0, 0.5 + (ended - began) / (2 * most)))
    way = "better than" if ended > began + 0.05 else "worse than" if ended < began - 0.05 else "much as"
    why = f"the customer left {way} they came: {_of_hundred(played)}"
    if 0 < value < 1:
        why += f"; half is for no change, all of it for {100 * most:.0f} more, the two together"
    return ScoredPoint(Part.MOOD, "The customer's mood", round(value, 2), WEIGHTS[Part.MOOD], why)


def _of_hundred(played: Played) -> str:
    """Return where patience and trust were at the beginning and at the end, of a hundred each."""
    persona, end = played.scenario.persona, played.state
    return (
        f"patience {100 * persona.patience:.0f}, then {100 * end.patience:.0f} of 100, "
        f"trust {100 * persona.trust:.0f}, then {100 * end.trust:.0f}"
    )


def _plants(trust: Trust) -> tuple[ScoredPoint, ...]:
    """How many planted suggestions the agent caught by themselves; what the draft check stopped is not theirs."""
    counted = [met for met in trust.plants if met.counts]
    if not trust.plants:
        return ()
    title, weight = "Planted suggestions caught", WEIGHTS[Part.PLANTS]
    if not counted:
        return (ScoredPoint(Part.PLANTS, title, None, weight, "none of them was on your screen when you wrote"),)
    count = {fate: sum(met.fate is fate for met in counted) for fate in Fate}
    why = f"{count[Fate.CAUGHT]} of {len(counted)}"
    for fate, words in ((Fate.STOPPED, "stopped by the check of the draft"), (Fate.SENT, "sent")):
        why += f"; {count[fate]} {words}" if count[fate] else ""
    evidence = tuple(met.evidence for met in counted if met.evidence and met.fate is not Fate.CAUGHT)
    caught = count[Fate.CAUGHT], len(counted)
    return (ScoredPoint(Part.PLANTS, title, caught[0] / caught[1], weight, why, evidence, *caught),)


def _suggestions(played: Played, trust: Trust) -> tuple[ScoredPoint, ...]:
    """How many good suggestions were used, of all that were sent and of the ones that were written by hand instead."""
    used, passed = len(helpful(played, trust.used)), len(trust.passed)
    useless = len(trust.used) - used
    if not used + useless + passed:
        return ()
    why = f"{used} used"
    why += f"; {useless} sent that did not fit" if useless else ""
    why += f"; {passed} written by hand though much the same was suggested" if passed else ""
    weight, of, title = WEIGHTS[Part.SUGGESTIONS], used + useless + passed, "Good suggestions used"
    return (ScoredPoint(Part.SUGGESTIONS, title, used / of, weight, why, trust.passed, used, of),)


def _taken(played: Played) -> Resolution | None:
    return next((one for one in played.scenario.resolutions if one.id == played.state.settled), None)


def _duties_said(played: Played, duties: Sequence[Duty]) -> dict[str, Evidence]:
    found: dict[str, Evidence] = {}
    for turn in played.turns:
        for name, words in turn.heard.duties.items() if turn.heard else ():
            if name in {duty.id for duty in duties}:
                found.setdefault(name, Evidence(turn.message, words))
    return found


def _said(played: Played, turn: Turn, about: str) -> tuple[Evidence, ...]:
    effects = (effect for effect in turn.answer.effects if effect.about == about and effect.words)
    return tuple(Evidence(turn.message, effect.words) for effect in effects)
