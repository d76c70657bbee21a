"""Judges a session that is over: its score and its debrief, from what stands in the log. Blocks and computes."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from console.assist.ports import Embed
from console.assist.quality.case import Case, case_of
from console.assist.talk import Talk
from console.conversation.assistance import Suggestion
from console.conversation.events import Event
from console.conversation.message import Author, Message
from console.conversation.practice import Better, PlantTold, PracticeReport, TurnTold
from console.conversation.practice_events import PracticeBegan
from console.conversation.quality import CriterionMark
from console.conversation.state import Conversation, fold
from console.practice.customer import Ending
from console.practice.debrief import debriefed
from console.practice.keeping import played_of
from console.practice.play import Played, cut_off
from console.practice.scenario import Scenario
from console.practice.scoring import Score, scored
from console.practice.trusting import Met, trust_of

Marks = Callable[[Case], Sequence[CriterionMark]]
Turn = Callable[[Talk], Sequence[Suggestion]]
"""A conversation up to a customer's message to the replies that the engine would suggest."""

View = Callable[[Conversation, date], Talk]
"""A conversation to what the engine sees of it."""


def judged(
    history: Sequence[Event], scenario: Scenario, marks: Marks, replies: Turn, view: View, embed: Embed
) -> PracticeReport:
    """Return what a session was worth; ``history`` is all of its events."""
    began = next(event.data for event in history if isinstance(event.data, PracticeBegan))
    played = cut_off(played_of(history, scenario, began.seed))
    state = fold(history[0].conversation, history)
    talk = view(state, history[-1].at.date())
    settled = played.ending is Ending.SETTLED
    trust = trust_of(history, embed)
    score = scored(played, marks(replace(case_of(state, talk), resolved=settled)), trust)

    def suggest(messages: Sequence[Message]) -> Sequence[Suggestion]:
        return replies(replace(talk, messages=tuple(messages)))

    report = _report(state, scenario, began, played, score, suggest)
    return replace(report, plants=tuple(map(told_of, trust.plants)), over=trust.over, under=trust.under)


def told_of(met: Met) -> PlantTold:
    """Return what an agent is told of a plant."""
    plant, decided = met.plant, met.evidence.message if met.evidence else ""
    return PlantTold(
        plant.suggestion, plant.kind, met.text, plant.words, plant.wrong, plant.right, met.fate, met.did, decided
    )


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
        points=score.points,
        keep=debrief.keep,
        change=debrief.change,
        turns=tuple(turns),
        outside=tuple(words for turn in played.turns for words in turn.answer.outside),
        notes=scenario.notes,
        assistance=began.assistance,
    )
