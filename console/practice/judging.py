"""Judges a session that is over: its score and its debrief, from what stands in the log. Blocks and computes."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from console.assist.quality.case import Case, case_of
from console.assist.talk import Talk
from console.conversation.assistance import Suggestion
from console.conversation.events import Event
from console.conversation.message import Author, Message
from console.conversation.practice import Better, PracticeReport, TurnTold
from console.conversation.practice_events import PracticeBegan
from console.conversation.quality import CriterionMark
from console.conversation.state import Conversation, fold
from console.practice.customer import Ending
from console.practice.debrief import debriefed
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


def talk_of_played(played: Played, messages: Sequence[Message]) -> Talk:
    """Return what the engine sees of a session that is played without a desk, up to some of its messages."""
    return Talk(f"practice-{played.scenario.id}", played.scenario.customer, tuple(messages), "You")


def case_of_played(played: Played) -> Case:
    """Return such a session as the rubric marks it, once it is over."""
    talk = talk_of_played(played, played.messages).as_read()
    return Case(talk, resolved=played.ending is Ending.SETTLED)


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
    )
