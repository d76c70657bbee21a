"""What speaks for giving a conversation to people, as of its newest message, each with a reason that an agent reads.

Some hold always: that somebody asks for a person, that a matter is reserved for people, that the bot has failed twice.
The others hold where the behaviour of the matter names them in its ``[[handover]]`` rules. Pure.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz

from console.assist.asked_for_person import asks_for_person
from console.assist.courtesy import answers_courtesy, hears, said_before
from console.assist.mood.risk import WARNS
from console.assist.recognise.entities import entities
from console.assist.recognise.patterns import Kind
from console.assist.talk import Talk
from console.content.behaviours import Behaviour, HandoverRule
from console.conversation.assistance import ESCALATION_RISK, Flag, Mood
from console.conversation.handover import HandoverWhen, Trigger
from console.conversation.message import Author, Layer, Message
from console.conversation.packet import EarlierContact
from console.conversation.people import HIGH_VALUE
from console.text import shorten

ANGRY: Final = -0.65
"""Mood at or below which a person takes over whatever the behaviour says: what consoles call angry."""

CROSS: Final = -0.4
"""The same where the behaviour names the mood: what consoles call frustrated."""

UNEASY: Final = -0.18
"""Mood at or below which, where it is falling, a behaviour that names the mood gives the conversation away."""

TURNS: Final = 2
"""Failed turns of the bot after which a person takes over, where no behaviour says another number."""

REMEMBERED: Final = 12
"""Answers of the bot in which the same again is looked for, the newest."""

ORDER: Final = (
    HandoverWhen.TOPIC,
    HandoverWhen.ASKED,
    HandoverWhen.MOOD,
    HandoverWhen.PREDICTED,
    HandoverWhen.REPEATED,
    HandoverWhen.UNRESOLVED,
    HandoverWhen.HIGH_VALUE,
    HandoverWhen.UNSURE,
)
"""The weightiest first."""

TOPICS: Final = {
    "legal-threat": "legal threat",
    "regulator": "regulator",
    "chargeback": "chargeback",
    "discrimination": "discrimination",
    "press": "press",
    "data-request": "data request",
    "injury-or-danger": "injury or danger",
    "safety-recall": "safety",
    "self-harm": "self-harm",
    "bereavement": "bereavement",
    "illness-or-disability": "illness or disability",
    "financial-hardship": "money trouble",
    "coercion-or-abuse": "coercion or abuse",
    "child": "a child",
    "vulnerable-record": "vulnerable customer",
    "high-value-leaving": "a customer of high value is leaving",
}
"""Policies on what customers write whose matter belongs to a person, in a word or two."""

_QUOTED: Final = 80
_COMPLAINT: Final = re.compile(
    r"\b(?:(?:formal|official|make|file|lodge|raise|register|submit|log|open)(?: \w+){0,2} complaint|"
    r"i(?:['’]m| am) complaining|complaints? (?:department|team|procedure|process|form))\b",
    re.IGNORECASE,
)
"""A complaint by its name; being unhappy alone is mood."""

_UNHELPED: Final = re.compile(
    r"\b(?:not what i (?:asked|meant|said|want)|(?:didn['’]?t|did not|doesn['’]?t|does not|isn['’]?t|not|never) "
    r"(?:\w+ )?(?:help(?:ed|ing|ful)?|work(?:ed|ing)?|answer(?:ed)?|the question|understand)|"
    r"i(?:['’]ve| have)? (?:said|told you|asked)\b|i(?:['’]ve| have)? just (?:said|told|tried|asked|did|looked)|"
    r"already (?:said|told|tried|done|asked|did|know|gave|looked|checked|have)|"
    r"read (?:the question|what i|my)|still (?:not|no|nothing|waiting|the same|doesn|isn|hasn|"
    r"haven|can)|no[,.!](?! ?#?\d)|again\b|wrong (?:order|one|answer|question)|that['’]s not|which terms|"
    r"i know (?:that|what|it)|"
    r"listen|useless|(?:just|already) tried|not true|you (?:both )?sa(?:id|y) (?:both|that)|how do you know|"
    r"das war nicht|ce n['’]est pas|nein|mais (?:justement )?non)",
    re.IGNORECASE,
)
"""What customers write where an answer was none."""

_LOST: Final = re.compile(
    r"\b(?:(?:didn['’]?t|did not|don['’]?t|do not|couldn['’]?t) (?:quite )?(?:get|catch|understand|follow)|"
    r"not sure (?:i|what)|rephrase|(?:i )?(?:can(?:no|['’]?)t|am unable to|am not able to) (?:help|answer|find))\b",
    re.IGNORECASE,
)
"""What the bot says where it has no answer."""

_PERSON: Final = re.compile(r"\b(?:person|human|manager|supervisor|agent|somebody|someone)\b", re.IGNORECASE)
_SETTLED: Final = re.compile(
    r"^\W*(?:thanks?|thank you|thx|ta|cheers|great|perfect|brilliant|lovely|ok(?:ay)?|got it|cool|wonderful)\b",
    re.IGNORECASE,
)
_SAME: Final = 80
"""Likeness of two answers (0 to 100) from which the bot says the same again."""

_WITHIN: Final = 95
"""The same of an answer of :data:`_SAYS` letters or more and the part of another one that is most like it."""

_SAYS: Final = 20

_GIVEN: Final = frozenset({Kind.IDENTIFIER, Kind.POSTCODE, Kind.PHONE, Kind.NUMBER})


@dataclass(frozen=True, slots=True)
class Seen:
    """What else is known as of a message, besides the conversation itself."""

    behaviour: Behaviour | None = None
    """The behaviour of the matter; without one nothing is."""
    flags: Sequence[Flag] = ()
    """All flags of the conversation so far."""
    mood: Mood | None = None
    """The customer's mood as of their newest message, where it was read."""
    earlier: Sequence[EarlierContact] = ()
    """Earlier conversations of the same customer."""
    answered: bool | None = None
    """Whether the bot has a supported answer to the newest message; ``None`` where nobody has looked."""


def triggers(talk: Talk, seen: Seen) -> tuple[Trigger, ...]:
    """Return what speaks for a person, the weightiest first, at most one of each kind; empty where nothing does."""
    rules = {rule.when: rule for rule in seen.behaviour.handover} if seen.behaviour else {}
    found: dict[HandoverWhen, Trigger] = {}
    for trigger in _fired(talk, seen, rules):
        found.setdefault(trigger.when, trigger)
    return tuple(found[when] for when in ORDER if when in found)


def failed_turns(messages: Sequence[Message]) -> tuple[int, str]:
    """Return how many turns of the bot failed, and the newest message that shows it; people's turns do not count.

    A turn failed where the bot said that it did not understand, where it said again what it had said, or where the
    customer's next words say that it was no help. An answer to a courtesy is none, and who asks for the rest of what
    was given in part does not say the same again.
    """
    failed, shown = 0, ""
    said: list[str] = []
    for place, message in enumerate(messages):
        if message.role is Author.AGENT:
            failed, shown, said = 0, "", []
        if message.role is not Author.BOT:
            continue
        if answers_courtesy(messages, place):
            continue
        reply = next((m for m in messages[place + 1 :] if m.role in {Author.CUSTOMER, Author.BOT}), None)
        again = not any(map(_gives, said_before(messages, place))) and any(
            _alike(message.text, other) for other in said[-REMEMBERED:]
        )
        no_help = reply is not None and reply.role is Author.CUSTOMER and unhelped(reply.text)
        if reply is not None and (_LOST.search(message.text) or again or no_help):
            failed, shown = failed + 1, reply.id
        said.append(message.text)
    return failed, shown


def _gives(text: str) -> bool:
    """Return whether a customer's message gives what names something."""
    return any(
        (e.kind in _GIVEN and sum(c.isdigit() for c in e.text) > 1) or e.kind is Kind.EMAIL for e in entities(text)
    )


def _alike(text: str, other: str) -> bool:
    """Return whether two answers say the same, or the shorter stands in the longer one."""
    within = min(len(text), len(other)) >= _SAYS and fuzz.partial_ratio(text, other) >= _WITHIN
    return within or fuzz.ratio(text, other) >= _SAME


def unhelped(text: str) -> bool:
    """Return whether a customer's message, right after an answer, says that it was none."""
    return bool(_UNHELPED.search(text)) and not _SETTLED.search(text) and not hears(text)


def _fired(talk: Talk, seen: Seen, rules: dict[HandoverWhen, HandoverRule]) -> Iterator[Trigger]:
    yield from _topics(talk, seen)
    yield from _asked(talk)
    yield from _feeling(seen, rules, talk)
    yield from _repeated(seen)
    rule = rules.get(HandoverWhen.UNRESOLVED)
    most = rule.after if rule else TURNS
    failed, message = failed_turns(talk.messages)
    if failed >= max(1, most):
        yield Trigger(HandoverWhen.UNRESOLVED, f"not solved after {failed} turns of the bot", message)
    troubled = failed > 0 or bool(seen.flags) or (seen.mood is not None and seen.mood.score <= UNEASY)
    if talk.customer.value >= HIGH_VALUE and (HandoverWhen.HIGH_VALUE in rules or troubled):
        yield Trigger(HandoverWhen.HIGH_VALUE, f"a customer of high value: {talk.customer.value:,.0f} spent")
    if seen.answered is False:
        yield Trigger(HandoverWhen.UNSURE, "no supported answer to what was asked", _newest(talk))
    elif talk.routing is not None and not talk.routing.intent and failed:
        yield Trigger(HandoverWhen.UNSURE, "no kind of matter that the bot knows", _newest(talk))


def _topics(talk: Talk, seen: Seen) -> Iterator[Trigger]:
    said = {m.id: m for m in talk.messages if m.role is Author.CUSTOMER}
    dark = talk.routing is not None and talk.routing.layer is Layer.HUMAN_ONLY
    if dark and talk.routing:
        title = seen.behaviour.title if seen.behaviour else talk.routing.intent
        why = f": {talk.routing.reasons[0]}" if talk.routing.reasons else ""
        yield Trigger(HandoverWhen.TOPIC, f"for people alone: {title}" if not why else f"for people alone{why}")
    for flag in seen.flags:
        if flag.policy in TOPICS and flag.message in said:
            reason = f"{TOPICS[flag.policy]}: “{shorten(flag.span, _QUOTED)}”"
            yield Trigger(HandoverWhen.TOPIC, reason, flag.message)
    for message in said.values():
        if found := _COMPLAINT.search(message.text):
            yield Trigger(HandoverWhen.TOPIC, f"complaint: “{found.group()}”", message.id)


def _asked(talk: Talk) -> Iterator[Trigger]:
    for message in reversed(talk.messages):
        if message.role is Author.AGENT:
            return
        if message.role is Author.CUSTOMER and (words := asks_for_person(message.text)):
            yield Trigger(HandoverWhen.ASKED, f"asked for a person: “{shorten(words, _QUOTED)}”", message.id)
            return


def _feeling(seen: Seen, rules: dict[HandoverWhen, HandoverRule], talk: Talk) -> Iterator[Trigger]:
    mood = seen.mood
    if mood is None:
        return
    newest = next((m.id for m in reversed(talk.messages) if m.role is Author.CUSTOMER), "")
    named = HandoverWhen.MOOD in rules
    falling = mood.trend == "falling"
    if mood.score > ANGRY and mood.words and all(_PERSON.search(word) for word in mood.words):
        named = False  # to ask for a person is no feeling, and counts by itself
    if mood.score <= ANGRY or (named and (mood.score <= CROSS or (falling and mood.score <= UNEASY))):
        course = ", and getting worse" if falling else ""
        words = f" (“{', '.join(mood.words[:2])}”)" if mood.words else ""
        yield Trigger(HandoverWhen.MOOD, f"{mood.label}{course}{words}", newest)
    warned = any(flag.policy == ESCALATION_RISK for flag in seen.flags)
    if mood.escalation_risk >= WARNS or warned:
        why = "; ".join(mood.reasons) or "unhappy for several messages"
        yield Trigger(HandoverWhen.PREDICTED, f"likely to escalate: {why}", newest)


def _repeated(seen: Seen) -> Iterator[Trigger]:
    same = [contact for contact in seen.earlier if contact.same]
    if same:
        newest = same[0]
        ended = f", {newest.outcome}" if newest.outcome else ""
        count = "second contact" if len(same) == 1 else f"contact {len(same) + 1}"
        yield Trigger(HandoverWhen.REPEATED, f"{count} about the same matter: {newest.subject} ({newest.at}{ended})")


def _newest(talk: Talk) -> str:
    return next((m.id for m in reversed(talk.messages) if m.role is Author.CUSTOMER), "")
