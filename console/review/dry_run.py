"""What would have happened to past conversations under another set of behaviours. Pure, but for the embedding."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from console.assist.packet import Handed
from console.assist.routing import FALLBACK, Router
from console.assist.talk import Talk
from console.content.conversations import Transcript
from console.content.library import Library
from console.conversation.assistance import Routing
from console.conversation.message import Author, Layer, Message
from console.conversation.people import Customer
from console.review.dry_triggers import Fires, wrote_on


class Outcome(StrEnum):
    """Who would have worked a conversation."""

    BOT = "the bot alone"
    HANDED_OVER = "the bot, then people"
    PEOPLE = "people with assistance"
    PEOPLE_ALONE = "people alone"


@dataclass(frozen=True, slots=True)
class Course:
    """How a conversation would have gone: its routing at the end, and what brought it to people, and at which message.

    ``why`` is empty where the bot kept it.
    """

    outcome: Outcome
    routing: Routing
    message: str = ""
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Compared:
    """A conversation under the rules in force and under the new ones."""

    conversation: str
    first_words: str
    before: Course
    after: Course

    @property
    def changes(self) -> tuple[str, ...]:
        """What is different: ``intent``, ``layer``, ``tier``, ``outcome``, ``moment`` (when people would come)."""
        pairs = {
            "intent": (self.before.routing.intent, self.after.routing.intent),
            "layer": (self.before.routing.layer, self.after.routing.layer),
            "tier": (self.before.routing.tier, self.after.routing.tier),
            "outcome": (self.before.outcome, self.after.outcome),
            "moment": (self.before.message, self.after.message),
        }
        return tuple(name for name, (before, after) in pairs.items() if before != after)


class Rules:
    """A set of behaviours, ready to be tried on conversations; ``fires`` tells what speaks for people."""

    def __init__(self, library: Library, router: Router, fires: Fires) -> None:
        self._library, self._router, self._fires = library, router, fires

    def course(self, transcript: Transcript) -> Course:
        """Return how a conversation would have gone."""
        talk = Talk(transcript.id, transcript.customer, ())
        came: tuple[str, tuple[str, ...]] | None = None
        botted = False
        for place, message in enumerate(transcript.messages):
            if message.role is not Author.CUSTOMER:
                continue
            talk = replace(talk, messages=transcript.messages[: place + 1])
            talk = replace(talk, routing=self._router.route(talk.as_read()))
            if came is None:
                why = self._why_people(talk)
                came = (message.id, why) if why else None
                botted = botted or not why
            if talk.routing and talk.routing.layer is Layer.HUMAN_ONLY:  # which is never left
                return Course(Outcome.PEOPLE_ALONE, talk.routing, message.id, self._why_people(talk))
        routing = talk.routing or FALLBACK
        if came is None:
            outcome = Outcome.BOT if botted else Outcome.PEOPLE
        else:
            outcome = Outcome.HANDED_OVER if botted else Outcome.PEOPLE
        message_id, reasons = came or ("", ())
        return Course(outcome, routing, message_id, reasons)

    def _why_people(self, talk: Talk) -> tuple[str, ...]:
        """Return why people come at the newest message; nothing where the bot may go on."""
        routing = talk.routing or FALLBACK
        behaviour = self._library.behaviour(routing.intent) if routing.intent else None
        match routing.layer:
            case Layer.HUMAN_ONLY:
                return tuple(f"reserved for people: {reason}" for reason in routing.reasons) or ("reserved for people",)
            case Layer.ASSISTED if behaviour is None:
                return ("no behaviour knows it",)
            case Layer.ASSISTED:
                return ("its layer is assisted",)
            case Layer.AUTONOMOUS:
                found = (*self._fires(talk, Handed()), *wrote_on(talk, behaviour))
                return tuple(trigger.reason for trigger in found)


@dataclass(frozen=True, slots=True)
class Misread:
    """An example of a behaviour that the same rules read as another intent."""

    intent: str
    example: str
    read_as: str


def misread(library: Library, router: Router) -> Iterator[Misread]:
    """Yield the examples that are not read as their own intent: two behaviours claim the same words.

    Conditions on customers are left aside: an example is nobody's.
    """
    for behaviour in library.behaviours:
        if behaviour.when:
            continue
        for example in behaviour.examples:
            talk = Talk("", Customer(id=""), (Message("m1", Author.CUSTOMER, example),))
            read = router.route(talk).intent
            if read != behaviour.intent:
                yield Misread(behaviour.intent, example, read)


def compared(transcripts: Iterable[Transcript], before: Rules, after: Rules) -> Iterator[Compared]:
    """Yield every conversation in which a customer wrote, under both sets of rules."""
    for transcript in transcripts:
        first = next((m.text for m in transcript.messages if m.role is Author.CUSTOMER), "")
        if first:
            yield Compared(transcript.id, first, before.course(transcript), after.course(transcript))


def summary_of(rows: Iterable[Compared]) -> Mapping[str, Any]:
    """Return the counts of a dry run, as JSON types.

    ``outcomes`` and ``intents`` give how many before and after, ``moves`` how many went from one to another;
    ``newly_with_bot`` and ``no_more_with_bot`` name the conversations that the bot would begin to work, or no more.
    """
    rows = list(rows)
    changed = Counter(name for row in rows for name in row.changes)
    moves = Counter((row.before.outcome.value, row.after.outcome.value) for row in rows)
    intents = {row.before.routing.intent for row in rows} | {row.after.routing.intent for row in rows}
    return {
        "conversations": len(rows),
        "changed": sum(bool(row.changes) for row in rows),
        "changes": {name: changed[name] for name in ("intent", "layer", "tier", "outcome", "moment")},
        "outcomes": {
            outcome.value: {
                "before": sum(row.before.outcome is outcome for row in rows),
                "after": sum(row.after.outcome is outcome for row in rows),
            }
            for outcome in Outcome
        },
        "moves": [
            {"from": old, "to": new, "conversations": count} for (old, new), count in moves.most_common() if old != new
        ],
        "intents": {
            intent: {
                "before": sum(row.before.routing.intent == intent for row in rows),
                "after": sum(row.after.routing.intent == intent for row in rows),
            }
            for intent in sorted(intents)
        },
        "newly_with_bot": [row.conversation for row in rows if _gained(row.before, row.after)],
        "no_more_with_bot": [row.conversation for row in rows if _gained(row.after, row.before)],
    }


def row_of(row: Compared) -> Mapping[str, Any]:
    """Return a conversation of a dry run as JSON types."""
    return {
        "conversation": row.conversation,
        "first_words": row.first_words,
        "before": _course(row.before),
        "after": _course(row.after),
        "changes": list(row.changes),
    }


def _course(course: Course) -> Mapping[str, Any]:
    return {
        "intent": course.routing.intent,
        "layer": course.routing.layer.value,
        "tier": course.routing.tier,
        "outcome": course.outcome.value,
        "people_at": course.message,
        "why": list(course.why),
    }


def _gained(old: Course, new: Course) -> bool:
    with_bot = {Outcome.BOT, Outcome.HANDED_OVER}
    return new.outcome in with_bot and old.outcome not in with_bot
