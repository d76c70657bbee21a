"""Judges a session that is over: its score and its debrief, from what stands in the log. Blocks and computes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from console.assist.ports import Embed
from console.assist.quality.case import Case, case_of
from console.assist.talk import Talk
from console.conversation.assistance import Suggestion
from console.conversation.events import Event
from console.conversation.message import Message
from console.conversation.practice import Better, Overruling, PlantTold, PracticeReport, TriedBefore, TurnTold
from console.conversation.practice_events import PointOverruled, PracticeBegan, PracticeScored
from console.conversation.quality import CriterionMark
from console.conversation.state import Conversation, fold
from console.practice.customer import Ending
from console.practice.debrief import Debrief, TurningPoint, debriefed, point_of, strong, telling
from console.practice.drills import by_deed, deed_done, with_drill
from console.practice.hearing import Ear
from console.practice.holding import held, outcome
from console.practice.keeping import in_own_words, played_of
from console.practice.marred import honest
from console.practice.play import Played, cut_off
from console.practice.replaying import then_and_now
from console.practice.scenario import Scenario
from console.practice.scoring import Score, StepTaken, scored
from console.practice.trusting import Met, trust_of

Marks = Callable[[Case], Sequence[CriterionMark]]
Turn = Callable[[Talk], Sequence[Suggestion]]
"""A conversation up to a customer's message to the replies that the engine would suggest."""

View = Callable[[Conversation, date], Talk]
"""A conversation to what the engine sees of it."""


Steps = Callable[[Talk, str], Sequence[StepTaken]]
"""A conversation and an intent to the steps of that behaviour, and which of them were taken."""


@dataclass(frozen=True, slots=True)
class Judges:
    """What a session is judged with."""

    marks: Marks
    replies: Turn
    view: View
    steps: Steps
    embed: Embed


def judged(
    history: Sequence[Event], scenario: Scenario, judges: Judges, ear: Ear, earlier: Sequence[Event] = ()
) -> PracticeReport:
    """Return what a session was worth; ``history`` is all of its events, ``earlier`` of the one that it takes up.

    What a language model worded counts in the customer's own words; the transcript has what was sent.
    """
    sent, history = history, in_own_words(history)
    began = next(event.data for event in history if isinstance(event.data, PracticeBegan))
    played = by_deed(cut_off(played_of(history, scenario, began.seed)), history)
    state = fold(history[0].conversation, history)
    talk = judges.view(state, history[-1].at.date())
    settled = played.ending is Ending.SETTLED
    case = replace(case_of(state, talk), resolved=settled, passed_on=deed_done(history, scenario) is not None)
    marks, trust = judges.marks(case), trust_of(history, judges.embed)
    marked = scored(played, marks, trust, judges.steps(talk, scenario.intent))
    score = with_drill(marked, history, scenario)

    def suggest(messages: Sequence[Message], told: frozenset[str]) -> Sequence[Suggestion]:
        return strong(judges.replies(replace(talk, messages=tuple(messages))), ear, scenario, told)

    debrief = honest(debriefed(played, suggest), trust.plants)
    report = _report(state, scenario, began, played, score, debrief)
    transcript = tuple(fold(state.id, sent).messages)
    report = replace(report, transcript=transcript, plants=tuple(map(told_of, trust.plants)))
    report = replace(report, used=len(trust.used), passed=len(trust.passed))
    return replace(report, earlier=_tried(earlier, scenario, began, played)) if earlier else report


def told_of(met: Met) -> PlantTold:
    """Return what an agent is told of a plant."""
    plant, decided = met.plant, met.evidence.message if met.evidence else ""
    return PlantTold(
        plant.suggestion, plant.kind, met.text, plant.words, plant.wrong, plant.right, met.fate, met.did, decided
    )


def with_overrulings(report: PracticeReport, found: Mapping[str, PointOverruled]) -> PracticeReport:
    """Return the engine's report with the values that trainers gave instead."""
    engine = {point.id: point.value for point in report.points}
    told = tuple(
        Overruling(one.point, engine[one.point], one.value, one.reason, one.by)
        for one in found.values()
        if one.value is not None and one.point in engine
    )
    total, won = outcome(report.points, found)
    return replace(report, points=held(report.points, found), total=total, won=won, overruled=told) if told else report


def talk_of_played(played: Played, messages: Sequence[Message]) -> Talk:
    """Return what the engine sees of a session that is played without a desk, up to some of its messages."""
    return Talk(f"practice-{played.scenario.id}", played.scenario.customer, tuple(messages), "You")


def case_of_played(played: Played) -> Case:
    """Return such a session as the rubric marks it, once it is over."""
    talk = talk_of_played(played, played.messages).as_read()
    return Case(talk, resolved=played.ending is Ending.SETTLED)


def _report(
    state: Conversation, scenario: Scenario, began: PracticeBegan, played: Played, score: Score, debrief: Debrief
) -> PracticeReport:
    return PracticeReport(
        conversation=state.id,
        scenario=scenario.id,
        title=scenario.title,
        difficulty=scenario.difficulty,
        agent=began.name,
        seed=began.seed,
        ending=played.ending or "",
        won=score.won,
        total=score.total,
        points=score.points,
        keep=debrief.keep,
        change=debrief.change,
        turns=tuple(_told(played, point) for point in debrief.points),
        outside=tuple(words for turn in played.turns for words in turn.answer.outside),
        notes=scenario.notes,
        assistance=began.assistance,
        transcript=played.messages,
    )


def _told(played: Played, point: TurningPoint) -> TurnTold:
    return TurnTold(
        point.message,
        next((message.text for message in played.messages if point.message and message.id == point.message), ""),
        point.change,
        tuple(effect.cause for effect in point.effects),
        tuple(Better(one.text, one.sources) for one in point.better),
        telling(point.effects, point.change),
        point.place,
    )


def _tried(history: Sequence[Event], scenario: Scenario, began: PracticeBegan, played: Played) -> TriedBefore:
    earlier = played_of(history, scenario, began.seed)
    score = next((event.data for event in history if isinstance(event.data, PracticeScored)), None)
    then, now = then_and_now(earlier, played, began.before)
    return TriedBefore(
        began.replays,
        score.won if score else None,
        score.total if score else None,
        _told(earlier, point_of(then)) if then else None,
        _told(played, point_of(now)) if now else None,
    )
