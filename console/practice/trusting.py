"""What an agent made of the suggestions of a session: planted ones and good ones, from its log. Pure.

Trusting too much is sending what was planted; trusting too little is writing by hand what a good suggestion had said.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from console.assist.ports import Embed
from console.conversation.assist_events import SuggestionDecided, SuggestionsShown
from console.conversation.assistance import Decision
from console.conversation.events import Event
from console.conversation.message import Author, Message
from console.conversation.practice_events import PlantKind, PlantsDisclosed, PlantStopped, SuggestionPlanted
from console.conversation.quality import Evidence
from console.conversation.state import Conversation, fold
from console.practice.still_there import still_there
from console.practice.turns_of_phrase import only_waits

ALIKE: Final = 0.7
"""Cosine from which on what was written by hand says what a suggestion on the screen said."""

_TAKEN: Final = frozenset({Decision.ACCEPTED, Decision.EDITED})


class Fate(StrEnum):
    """What became of a planted suggestion."""

    CAUGHT = "caught"
    """Put away, left alone, or taken and put right."""
    STOPPED = "stopped"
    """It stood in the draft until the check of drafts pointed at it; it was not sent."""
    SENT = "sent"
    OPEN = "open"
    """The agent wrote nothing after it, or was told of it before they did."""
    UNSEEN = "unseen"
    """It never stood on the screen."""


_TELLING: Final = {
    fate: place for place, fate in enumerate((Fate.UNSEEN, Fate.OPEN, Fate.CAUGHT, Fate.STOPPED, Fate.SENT))
}
"""Which fate holds of a plant that came more than once: the highest."""


@dataclass(frozen=True, slots=True)
class Met:
    """A planted suggestion and what became of it."""

    plant: SuggestionPlanted
    text: str
    fate: Fate
    did: str = ""
    """What the agent did with it, in words; empty where nothing."""
    evidence: Evidence | None = None
    """The agent's message that decided it."""

    @property
    def counts(self) -> bool:
        """Whether it says anything of the agent."""
        return self.fate not in {Fate.OPEN, Fate.UNSEEN}


@dataclass(frozen=True, slots=True)
class Trust:
    """How an agent dealt with the suggestions of a session."""

    plants: tuple[Met, ...] = ()
    used: tuple[Evidence, ...] = ()
    """Messages that were made of good suggestions."""
    passed: tuple[Evidence, ...] = ()
    """Messages written by hand that say what a good suggestion on the screen said."""


@dataclass(slots=True)
class _Course:
    """What happened, in the order in which it did."""

    state: Conversation
    plants: dict[str, SuggestionPlanted] = field(default_factory=dict)
    met: dict[str, Met] = field(default_factory=dict)
    shown: list[str] = field(default_factory=list)
    """What came on the screen since the agent's last message."""
    stopped: set[str] = field(default_factory=set)
    told: set[str] = field(default_factory=set)
    decided: dict[str, Decision] = field(default_factory=dict)
    sent: list[tuple[Message, tuple[str, ...], frozenset[str]]] = field(default_factory=list)
    """The agent's messages, what was on the screen, and what they took for it."""


def plants_met(history: Sequence[Event]) -> tuple[Met, ...]:
    """Return what became of each plant of a session that was suggested; ``history`` is all of its events."""
    return tuple(_course(history).met.values())


def trust_of(history: Sequence[Event], embed: Embed) -> Trust:
    """Return how an agent dealt with the suggestions of a session; ``history`` is all of its events."""
    course = _course(history)
    used, passed = [], []
    for message, shown, took in course.sent:
        offered = course.state.offered
        if took:
            used += [Evidence(message.id, message.text)] if took - course.plants.keys() else []
            continue
        good = [offered[name].text for name in shown if name in offered and name not in course.plants]
        if good:
            vectors = embed.encode([message.text, *good])
            if float((vectors[1:] @ vectors[0]).max()) >= ALIKE:
                passed.append(Evidence(message.id, message.text))
    return Trust(tuple(course.met.values()), tuple(used), tuple(passed))


def _course(history: Sequence[Event]) -> _Course:
    state = fold(history[0].conversation, history) if history else Conversation("")
    course = _Course(state)
    written = {message.seq: message for message in state.messages if message.role is Author.AGENT}
    for place, event in enumerate(history):
        message = written.get(event.seq)
        match event.data:
            case SuggestionPlanted(suggestion=name) as plant if name in state.offered:
                course.plants[name] = plant
                course.met[name] = Met(plant, state.offered[name].text, Fate.UNSEEN)
            case PlantStopped(suggestion=name):
                course.stopped.add(name)
            case PlantsDisclosed(suggestions=told):
                course.told.update(told)
            case SuggestionsShown(suggestions=shown):
                course.shown += shown
                _seen(course, shown)
            case SuggestionDecided(suggestion=name, decision=decision):
                course.decided[name] = decision
            case _ if message is not None:
                _written(course, message, history[place + 1 :])
            case _:
                pass
    for name, met in course.met.items():  # put away, or pointed at, and nothing written after it
        if met.fate is Fate.OPEN and name not in course.told:
            _decide(course, name, None, frozenset())
    course.met = _each_once(course.met)
    return course


def _each_once(met: Mapping[str, Met]) -> dict[str, Met]:
    """Return each plant once: one that was made anew for what the customer wrote next is the same, sent if ever."""
    found: dict[tuple[PlantKind, str], str] = {}
    for name, one in met.items():
        what = (one.plant.kind, one.plant.words)
        if what not in found or _TELLING[one.fate] > _TELLING[met[found[what]].fate]:
            found[what] = name
    kept = set(found.values())
    return {name: one for name, one in met.items() if name in kept}


def _seen(course: _Course, shown: Sequence[str]) -> None:
    for name in shown:
        met = course.met.get(name)
        if met and met.fate is Fate.UNSEEN:
            course.met[name] = Met(met.plant, met.text, Fate.OPEN)


def _written(course: _Course, message: Message, after: Sequence[Event]) -> None:
    """Take in a message of the agent; what they decided with it stands right behind it."""
    took = set()
    for event in after:
        if not isinstance(event.data, SuggestionDecided) or event.data.final_text not in {"", message.text}:
            break
        course.decided[event.data.suggestion] = event.data.decision
        took |= {event.data.suggestion} if event.data.decision in _TAKEN else set()
    if not took and only_waits(message.text):
        return  # nothing is decided yet by who asks for a moment
    shown, taken = tuple(course.shown), frozenset(took)
    course.sent.append((message, shown, taken))
    for name in {*shown, *taken} & course.met.keys():
        if name not in course.told and course.met[name].fate is not Fate.SENT:
            _decide(course, name, message, taken)
    course.shown.clear()


def _decide(course: _Course, name: str, message: Message | None, taken: frozenset[str]) -> None:
    """Judge a plant by the message that came after it; without one, by what was done with it on the screen."""
    met, decision = course.met[name], course.decided.get(name)
    evidence = Evidence(message.id, message.text) if message else None
    if message and still_there(met.plant, message.text):
        did = "as it stood" if decision is Decision.ACCEPTED else "with what is wrong in it"
        fate, evidence = Fate.SENT, Evidence(message.id, met.plant.words)
    elif name in course.stopped:
        fate, did = Fate.STOPPED, ""
    elif decision is Decision.DISMISSED:
        fate, did = Fate.CAUGHT, "you put it away"
    elif message is None:
        return
    elif name in taken:
        fate, did = Fate.CAUGHT, "you took it and put it right"
    else:
        fate, did = Fate.CAUGHT, "you took another one" if taken else "you wrote something else"
    course.met[name] = Met(met.plant, met.text, fate, did, evidence)
