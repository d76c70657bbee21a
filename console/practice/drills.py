"""Escalation drills: taking over from the bot, passing on, going on without assistance; what was done, and when. Pure.

What counts is what the agent did, as it stands in the log, held against when and where to it was right.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from console.conversation.assist_events import AssistanceHidden
from console.conversation.events import (
    ConversationClaimed,
    Event,
    HandedOver,
    MessageAdded,
    NoteAdded,
    RoutingChanged,
)
from console.conversation.message import Author, Layer
from console.conversation.practice_events import PracticeBegan, ScoredPoint
from console.conversation.quality import Evidence
from console.conversation.queue_events import ConversationTransferred, LeadCalled
from console.practice.customer import Ending
from console.practice.parts import Part
from console.practice.play import Played
from console.practice.scenario import Deed, Does, Drill, Resolution, Scenario
from console.practice.scoring import WEIGHTS, Score

A_MESSAGE: Final = 1 / 3
"""What each message too early or too late costs."""

_TIER: Final = re.compile(r"tier \d+")

DEED: Final = "deed"
"""The id of the resolution by deed."""


def deed_done(history: Sequence[Event], scenario: Scenario) -> Event | None:
    """Return the event with which the agent gave the conversation away; ``None`` while they have not.

    Calling a lead does so only where the scenario is about that: in others one goes on meanwhile.
    """
    calls = scenario.deed is not None and scenario.deed.does is Does.LEAD
    kinds = (ConversationTransferred, LeadCalled) if calls else (ConversationTransferred,)
    return next((event for event in history if isinstance(event.data, kinds)), None)


def rightly(deed: Deed | None, done: Event) -> bool:
    """Return whether that is where the scenario wants it to go."""
    match done.data:
        case _ if deed is None:
            return False
        case LeadCalled():
            return deed.does is Does.LEAD
        case ConversationTransferred(skill=skill, tier=tier):
            to = {skill.casefold(), *(f"tier {n}" for n in range(1, tier + 1))} - {""}
            return deed.does is Does.TRANSFER and not to.isdisjoint(place.casefold() for place in deed.to)
        case _:
            return False


def skills_wanted(scenarios: Iterable[Scenario]) -> frozenset[str]:
    """Return the skills that drills of some scenarios want a conversation to be passed on for."""
    places = {place for scenario in scenarios if scenario.deed is not None for place in scenario.deed.to}
    return frozenset(place for place in places if not _TIER.fullmatch(place.casefold()))


def by_deed(played: Played, history: Sequence[Event]) -> Played:
    """Return the session as it ended by what the agent did: settled by the right deed, cut off by another."""
    scenario = played.scenario
    done = deed_done(history, scenario)
    if done is None or scenario.deed is None:
        return played
    if not rightly(scenario.deed, done):
        return replace(played, state=replace(played.state, settled="", ending=Ending.CUT_OFF))
    ways = (*scenario.resolutions, Resolution(DEED, scenario.deed.title, (), (), scenario.deed.needs))
    state = replace(played.state, settled=DEED, ending=Ending.SETTLED)
    return replace(played, scenario=replace(scenario, resolutions=ways), state=state)


def with_drill(score: Score, history: Sequence[Event], scenario: Scenario) -> Score:
    """Return the score with the points of the drill in front."""
    return Score((*_points(history, scenario), *score.points)) if scenario.drill else score


def _points(history: Sequence[Event], scenario: Scenario) -> Iterable[ScoredPoint]:
    match scenario.drill:
        case Drill.TAKE_OVER:
            yield _taken_over(history, scenario)
        case Drill.HUMAN_ONLY:
            yield _darkened(history, scenario)
        case _:
            yield from _passed_on(history, scenario)


def _taken_over(history: Sequence[Event], scenario: Scenario) -> ScoredPoint:
    title = "Taken over from the bot at the right moment"
    if any(isinstance(e.data, PracticeBegan) and e.data.replays for e in history):
        return _drill(title, None, "it was taken over before this session began")
    claimed = next((event for event in history if isinstance(event.data, ConversationClaimed)), None)
    given = next((event for event in history if isinstance(event.data, HandedOver)), None)
    if claimed is None or (given is not None and given.seq < claimed.seq):
        return _drill(title, 0.0, "too late: the bot had said all it had, and gave it away by itself")
    said = [event for event in _messages(history) if event.seq < claimed.seq]
    last = said[-1].data if said else None
    evidence = (Evidence(f"m{len(said)}", last.text),) if isinstance(last, MessageAdded) else ()
    return _timed(title, len(said), scenario, "messages of the conversation", evidence)


def _passed_on(history: Sequence[Event], scenario: Scenario) -> Iterable[ScoredPoint]:
    title, deed, done = "Passed on, and to the right place", scenario.deed, deed_done(history, scenario)
    if deed is None or done is None:
        yield _drill(title, 0.0, f"it was not passed on; right was: {deed.title if deed else 'to'}")
        return
    note = _note(history, done)
    evidence = (Evidence("", note),) if note else ()
    if not rightly(deed, done):
        yield _drill(title, 0.0, f"it went {_where(done)}; right was: {deed.title}", evidence)
    else:
        yield _timed(title, _answers(history, done), scenario, "messages of yours", evidence)
    if deed.hands_on:
        low = note.casefold()
        missing = [name for name, some in deed.hands_on.items() if not any(word.casefold() in low for word in some)]
        value = 1 - len(missing) / len(deed.hands_on)
        why = f"not in the note: {', '.join(missing)}" if missing else "the note says all that the next one needs"
        told = "What the next one has to know"
        yield ScoredPoint(Part.HANDED_ON, told, round(value, 2), WEIGHTS[Part.HANDED_ON], why, evidence)


def _darkened(history: Sequence[Event], scenario: Scenario) -> ScoredPoint:
    title = "Without assistance before the answer"
    first = next((e for e in _messages(history) if e.data.role is Author.AGENT), None)  # type: ignore[union-attr]
    before = [event for event in history if first is None or event.seq < first.seq]
    routed = [event.data.routing.layer for event in before if isinstance(event.data, RoutingChanged)]
    if routed and routed[-1] is Layer.HUMAN_ONLY:
        return _drill(title, None, "the behaviours left it to people alone by themselves")
    if any(isinstance(event.data, PracticeBegan) and event.data.assistance == "off" for event in history):
        return _drill(title, None, "it was played without assistance")
    hidden = next((e for e in history if isinstance(e.data, AssistanceHidden) and e.data.hidden), None)
    if hidden is None:
        return _drill(title, 0.0, "assistance was never hidden; this is for people alone")
    return _timed(title, _answers(history, hidden), scenario, "messages of yours", ())


def _drill(title: str, value: float | None, why: str, evidence: tuple[Evidence, ...] = ()) -> ScoredPoint:
    return ScoredPoint(Part.DRILL, title, value, WEIGHTS[Part.DRILL], why, evidence)


def _timed(title: str, when: int, scenario: Scenario, unit: str, evidence: tuple[Evidence, ...]) -> ScoredPoint:
    """Hold when it was done, in messages so far, against when it was right."""
    first, last = scenario.right_from, scenario.right_until
    off = first - when if when < first else max(0, when - last) if last is not None else 0
    right = "at any time" if last is None and not first else _span(first, last, unit)
    how = "too early" if when < first else "too late" if off else "in time"
    value = round(max(0.0, 1 - off * A_MESSAGE), 2)
    done = right if right == _span(when, when, unit) else f"after {when}; right: {right}"
    return _drill(title, value, f"{how}: {done}", evidence)


def _span(first: int, last: int | None, unit: str) -> str:
    """Return when something was, or ought to be, done: after so many messages."""
    if last is None:
        return f"from {first} {unit} on"
    if last == 0:
        return f"before any {unit.replace('messages', 'message', 1)}"
    if first == last:
        return f"after {last} {unit.replace('messages', 'message', 1) if last == 1 else unit}"
    return f"within {last} {unit}" if not first else f"after {first} to {last} {unit}"


def _messages(history: Sequence[Event]) -> list[Event]:
    return [event for event in history if isinstance(event.data, MessageAdded)]


def _answers(history: Sequence[Event], until: Event) -> int:
    """Return how many messages the agent had written by then."""
    said = [event.data for event in _messages(history) if event.seq < until.seq]
    return sum(isinstance(data, MessageAdded) and data.role is Author.AGENT for data in said)


def _note(history: Sequence[Event], done: Event) -> str:
    """Return the whole text that was handed on: the note that was written with the deed, or its own line."""
    note = next((e.data for e in history if e.seq == done.seq - 1 and isinstance(e.data, NoteAdded)), None)
    if isinstance(done.data, LeadCalled):
        return done.data.reason
    short = done.data.note if isinstance(done.data, ConversationTransferred) else ""
    return note.text.partition(": ")[2] if note is not None and short else short


def _where(done: Event) -> str:
    match done.data:
        case ConversationTransferred(name=name) if name:
            return f"to {name}"
        case ConversationTransferred(skill=skill) if skill:
            return f"to “{skill}”"
        case ConversationTransferred(tier=tier):
            return f"to tier {tier}"
        case _:
            return "to a lead"
