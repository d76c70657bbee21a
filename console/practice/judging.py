"""Judges a session that is over: its score and its debrief, from what stands in the log. Blocks and computes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from console.assist.quality.case import Case, case_of
from console.assist.talk import Talk
from console.conversation.assistance import Suggestion
from console.conversation.events import Event
from console.conversation.message import Author, Message
from console.conversation.practice import Better, Overruling, PracticeReport, TurnTold
from console.conversation.practice_events import PointOverruled, PracticeBegan, ScoredPoint
from console.conversation.quality import CriterionMark
from console.conversation.state import Conversation, fold
from console.practice.customer import Ending
from console.practice.debrief import debriefed
from console.practice.holding import held, outcome
from console.practice.keeping import played_of
from console.practice.play import Played, cut_off
from console.practice.scenario import Scenario
from console.practice.scoring import Score, scored

Marks = Callable[[Case], Sequence[CriterionMark]]
Turn = Callable[[Talk], Sequence[Suggestion]]
"""A conversation up to a customer's message to the replies that the engine would suggest."""

View = Callable[[Conversation, date], Talk]
"""A conversation to what the engine sees of it."""


def judged(history: Sequence[Event], scenario: Scenario, marks: Marks, replies: Turn, view: View) -> PracticeReport:
    """Return what a session was worth; ``history`` is all of its events."""
    began = next(event.data for event in history if isinstance(event.data, PracticeBegan))
    played = cut_off(played_of(history, scenario, began.seed))
    state = fold(history[0].conversation, history)
    talk = view(state, history[-1].at.date())
    settled = played.ending is Ending.SETTLED
    score = scored(played, marks(replace(case_of(state, talk), resolved=settled)))

    def suggest(messages: Sequence[Message]) -> Sequence[Suggestion]:
        return replies(replace(talk, messages=tuple(messages)))

    return _report(state, scenario, began, played, score, suggest)


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


def _report(
    state: Conversation,
    scenario: Scenario,
    began: PracticeBegan,
    played: Played,
    score: Score,
    suggest: Callable[[Sequence[Message]], Sequence[Suggestion]],
) -> PracticeReport:
    debrief = debriefed(played, suggest)
    written = {message.id: message.text for message in played.messages if message.role is Author.AGENT}
    turns = (
        TurnTold(
            point.message,
            written.get(point.message, ""),
            point.change,
            tuple(effect.cause for effect in point.effects),
            tuple(Better(one.text, one.sources) for one in point.better),
        )
        for point in debrief.points
    )
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
        points=tuple(ScoredPoint(p.id, p.title, p.value, p.weight, p.reason, p.evidence) for p in score.points),
        keep=debrief.keep,
        change=debrief.change,
        turns=tuple(turns),
        outside=tuple(words for turn in played.turns for words in turn.answer.outside),
        notes=scenario.notes,
    )
