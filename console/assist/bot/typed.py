"""What customers type where the bot has asked for a fact: numbers without their prefix, and letters of full width.

Nowhere else is a bare figure a fact: “4711” may be anything to somebody who was not asked for a number.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from console.assist.bot.needs import IDENTIFY, Given
from console.assist.bot.task_reading import told_in, value_in
from console.assist.greetings import without_greeting
from console.assist.talk import Talk
from console.content.behaviours import Fact
from console.conversation.bot_events import Decided
from console.conversation.bot_record import BotRecord
from console.conversation.message import Author, Message

_LONGEST_TOLD: Final = 80
"""Characters of an answer to a question whose answers look in no certain way."""


def typed(talk: Talk, record: BotRecord, facts: Sequence[Fact], identifying: frozenset[str]) -> Mapping[str, Given]:
    """Return the newest value of each fact that was asked for and answered so, by slot, as the pattern has it.

    ``identifying`` are the slots that are asked for together where the bot finds out who it is.
    """
    found: dict[str, Given] = {}
    for message, slots in _answers(talk, record, identifying):
        asked = [fact for fact in facts if fact.slot in slots]
        for fact in asked:
            others = [other for other in asked if other is not fact]
            value = _value(message.text, fact, others)
            if value:
                found[fact.slot] = Given(value, message.id)
    return found


def _answers(talk: Talk, record: BotRecord, identifying: frozenset[str]) -> Iterator[tuple[Message, frozenset[str]]]:
    """Yield the customer's messages that follow a question of the bot's, with the slots that it asked for."""
    places = {message.id: place for place, message in enumerate(talk.messages)}
    for decision in record.decisions:
        if decision.decision is not Decided.ASK or not decision.fact or decision.turn not in places:
            continue
        slots = identifying if decision.tool == IDENTIFY else frozenset({decision.fact})
        spoken = [
            message for message in talk.messages[places[decision.turn] + 1 :] if message.role is not Author.SYSTEM
        ]
        while spoken and spoken[0].role is Author.CUSTOMER:  # written before the question stood there
            spoken.pop(0)
        for message in spoken[1:]:
            if message.role is not Author.CUSTOMER:
                break
            yield message, slots


def _value(text: str, fact: Fact, others: Sequence[Fact]) -> str:
    """Return a fact's value in an answer; empty where there is none or no saying which."""
    return (
        value_in(text, fact.pattern, [o.pattern for o in others if o.pattern]) if fact.pattern else _told(text, others)
    )


def _told(text: str, others: Sequence[Fact]) -> str:
    """Return a short answer to the one question that was asked, whatever it looks like; empty where it tells none."""
    said = without_greeting(text)
    if others or len(said) > _LONGEST_TOLD or not told_in(said):
        return ""
    return " ".join(said.split())
