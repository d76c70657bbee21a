"""The hand-over packet, put together from a conversation and what is known of it. Pure; every line is cited."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from rapidfuzz import fuzz

from console.assist.asked_for_person import asks_for_person
from console.assist.courtesy import is_courtesy
from console.assist.flags.rules import steers, without_steering
from console.assist.language import other_language
from console.assist.packet_facts import packet_facts
from console.assist.promises import promises_of
from console.assist.recognise.entities import entities
from console.assist.recognise.patterns import Kind
from console.assist.sentences import texts
from console.assist.shapes import completed, plainly
from console.assist.signals import standing_of
from console.assist.summary import story
from console.assist.summary.cards import without_cards
from console.assist.summary.lines import order_of
from console.assist.summary.wishes import wants
from console.assist.talk import Talk
from console.content.behaviours import Behaviour
from console.content.behaviours import Fact as Wanted
from console.conversation.assistance import Flag, Mood, SummaryKind, SummaryLine
from console.conversation.corrections import corrected
from console.conversation.handover import Trigger
from console.conversation.message import Author, Layer, Message
from console.conversation.packet import (
    Attempt,
    EarlierContact,
    FactKind,
    Packet,
    PacketFact,
    darkened,
)
from console.conversation.people import Customer, Identity
from console.text import shorten

MOST_TRIED: Final = 5
"""What was tried, the most often tried first."""

MOST_ASKS: Final = 6
"""Open questions, the newest."""

WIDTH: Final = 160
"""Characters of a line of the packet."""

_BESIDE: Final = re.compile(r" \([^()]{0,80}\)$")
"""What stands beside a fact's name for agents."""
_ALIKE: Final = 80
_FEWEST_WORDS: Final = 3


@dataclass(frozen=True, slots=True)
class Handed:
    """What the desk knows of a hand-over besides the conversation."""

    reason: str = ""
    triggers: tuple[Trigger, ...] = ()
    """Those that the hand-over named; what fires besides is added."""
    identity: Identity = Identity.ANONYMOUS
    flags: tuple[Flag, ...] = ()
    """The flags that stand."""
    moods: Mapping[str, Mood] = field(default_factory=dict)
    """The moods that were read, by message."""
    earlier: tuple[EarlierContact, ...] = ()
    """Earlier conversations of the same customer, the newest first."""
    notes: tuple[str, ...] = ()
    """Colleagues' notes, the newest last, each with who wrote it."""
    answers: tuple[str, ...] = ()
    """The bot's messages that rest on sources."""


def packet_of(talk: Talk, handed: Handed, behaviour: Behaviour | None = None) -> Packet:
    """Return the packet as of the newest message; in human-only, and where assistance is hidden, a dark one.

    ``talk.routing`` is the routing as of that message, ``behaviour`` the one that it names.
    """
    messages = talk.messages
    wanted = behaviour.collect if behaviour else ()
    foreign = other_language([m.text for m in messages if m.role is Author.CUSTOMER])
    facts = packet_facts(messages, talk.customer, wanted, detailed=not foreign, informed=handed.answers)
    told = came_with(talk)
    facts = _not_said(facts, told, talk.customer)
    scores = tuple(handed.moods[m.id].score for m in messages if m.id in handed.moods)
    newest = next((handed.moods[m.id] for m in reversed(messages) if m.id in handed.moods), None)
    packet = Packet(
        turn=talk.turn,
        reason=handed.reason,
        triggers=handed.triggers,
        standing=standing_of(talk, handed.earlier),
        identity=handed.identity,
        doubts=_doubts(talk, facts),
        notes=handed.notes,
        issue=told,
        tried=_tried(messages, handed.answers),
        promised=promises_of(messages, talk.corrections, handed.answers),
        against=_against(messages, handed.flags),
        facts=facts,
        asks=open_asks(messages, told),
        missing=tuple(
            want.name
            for want in wanted
            if not known(want.slot, want.name, want.pattern, facts, talk) and not on_record(want, talk.customer)
        ),
        moods=scores,
        mood=newest,
        matter=behaviour.title if behaviour else "",
    )
    dark = talk.hidden or (talk.routing is not None and talk.routing.layer is Layer.HUMAN_ONLY)
    return darkened(packet, messages) if dark else packet


def _not_said(facts: Sequence[PacketFact], told: Sequence[SummaryLine], customer: Customer) -> tuple[PacketFact, ...]:
    """Leave out names without a label that the issue or the customer's record says already: alone they say nothing."""
    record = (*(order.item for order in customer.orders), *customer.extra.values(), customer.contract)
    said = " ".join((*(line.text for line in told), *record)).lower()
    return tuple(f for f in facts if f.kind is not FactKind.DETAIL or f.label or f.value.lower() not in said)


def came_with(talk: Talk) -> tuple[SummaryLine, ...]:
    """Return what the customer came with and what they want, as people corrected it."""
    issue = story.issue(talk.messages) or _first_words(talk.messages)
    return _corrected((*issue, *wants(_besides_people(talk.messages), issue)), talk)


def _first_words(messages: Sequence[Message]) -> tuple[SummaryLine, ...]:
    """Return the customer's first message as the issue, where no sentence of it says by itself what it is about."""
    first = next((m for m in messages if m.role is Author.CUSTOMER and m.text.strip(" …")), None)
    text = shorten(without_cards(without_steering(first.text)), WIDTH) if first else ""
    return (SummaryLine(SummaryKind.ISSUE, text, (first.id,)),) if first and text else ()


def _besides_people(messages: Sequence[Message]) -> list[Message]:
    """Return the messages without the sentences that ask for a person: the hand-over fulfils that wish."""
    return [
        replace(m, text=" ".join(text for text in texts(m.text) if not asks_for_person(text)))
        if m.role is Author.CUSTOMER and asks_for_person(m.text)
        else m
        for m in messages
    ]


def _corrected(lines: Sequence[SummaryLine], talk: Talk) -> tuple[SummaryLine, ...]:
    shown = [replace(line, text=without_cards(line.text)) for line in lines if not steers(line.text)]
    kinds = {SummaryKind.ISSUE, SummaryKind.WANTS}
    return corrected(shown, [c for c in talk.corrections if c.kind in kinds])


def _tried(messages: Sequence[Message], answers: Sequence[str]) -> tuple[Attempt, ...]:
    """Return what the bot answered and what else was tried, in this order, with what the customer said to it."""
    lines = [line for line in map(_answer, messages) if line is not None and line.sources[0] in answers]
    lines = [*lines[-MOST_TRIED:], *(t for t in story.tried(messages, MOST_TRIED) if not {*t.sources} & {*answers})]
    found = []
    for line in lines[:MOST_TRIED]:
        last = line.sources[-1]
        after = next((n for n, m in enumerate(messages) if m.id == last), len(messages)) + 1
        answer = next((m for m in messages[after:] if m.role is Author.CUSTOMER), None)
        outcome = shorten(without_cards(without_steering(answer.text)), WIDTH) if answer else ""
        found.append(Attempt(line.text, line.sources, outcome, answer.id if answer and outcome else ""))
    return tuple(found)


def _answer(message: Message) -> SummaryLine | None:
    """Return a message of the bot as an attempt: its first sentence that is neither a question nor on itself."""
    if message.role is not Author.BOT:
        return None
    said = [t for t in texts(message.text) if not t.endswith("?") and not story.introduces(t)]
    text = shorten(without_cards(said[0]), WIDTH) if said else ""
    return SummaryLine(SummaryKind.TRIED, f"bot: {text}", (message.id,)) if text else None


def _against(messages: Sequence[Message], flags: Sequence[Flag]) -> tuple[Flag, ...]:
    """Return the flags on what the customer has read from here."""
    ours = {m.id for m in messages if m.role in {Author.BOT, Author.AGENT}}
    return tuple(flag for flag in flags if flag.message in ours)


def open_asks(messages: Sequence[Message], told: Sequence[SummaryLine]) -> tuple[SummaryLine, ...]:
    """Return the customer's questions that no person has answered, the newest last; the bot's word is no answer.

    A wish for a person is fulfilled by the hand-over, and what the issue says already is not said again.
    """
    last = max((n for n, m in enumerate(messages) if m.role is Author.AGENT), default=-1)
    found: list[SummaryLine] = []
    for message in messages[last + 1 :]:
        if message.role is not Author.CUSTOMER:
            continue
        for text in texts(without_steering(message.text)):
            asks = text.endswith("?") and len(text.split()) >= _FEWEST_WORDS and not asks_for_person(text)
            asks = asks and not is_courtesy(text)
            line = SummaryLine(SummaryKind.OPEN, shorten(without_cards(text), WIDTH), (message.id,))
            if asks and not any(fuzz.ratio(line.text.lower(), o.text.lower()) >= _ALIKE for o in (*found, *told)):
                found.append(line)
    return tuple(found[-MOST_ASKS:])


def _doubts(talk: Talk, facts: Sequence[PacketFact]) -> tuple[str, ...]:
    """Return orders and e-mails that the customer named and that are not in their record."""
    customer, found = talk.customer, []
    said = {m.id: m for m in talk.messages if m.role is Author.CUSTOMER}
    shapes = {_shape(order.number) for order in customer.orders}
    for fact in facts:
        message = next((said[source] for source in fact.sources if source in said), None)
        if fact.kind is not FactKind.IDENTIFIER or message is None:
            continue
        ordered = fact.label == "Order" or _shape(fact.value) in shapes
        if shapes and ordered and order_of(customer, fact.value) is None:
            found.append(f"order {fact.value} ({message.id}) is not in this customer's record")
        mail = any(entity.kind is Kind.EMAIL for entity in entities(fact.value))
        if mail and customer.email and fact.value.lower() != customer.email.lower():
            found.append(f"{fact.value} ({message.id}) is not the e-mail of the record")
    return tuple(found)


def _shape(number: str) -> str:
    """Return how a number is written: letters as they are, each digit as 0."""
    return "".join("0" if c.isdigit() else c for c in number.upper())


def on_record(want: Wanted, customer: Customer) -> bool:
    """Return whether a fact is the number of the customer's only order, which the packet shows from their record.

    What proves who they are has to come from them.
    """
    numbers = [order.number for order in customer.orders]
    return len(numbers) == 1 and _only(want.pattern, numbers[0]) and "identity" not in want.name.lower()


def _only(pattern: re.Pattern[str] | None, text: str) -> bool:
    return pattern is not None and pattern.fullmatch(text) is not None


def known(slot: str, name: str, pattern: re.Pattern[str] | None, facts: Sequence[PacketFact], talk: Talk) -> bool:
    """Return whether a fact that a behaviour collects, called ``name``, has been told.

    Figures alone count where a fact of that name was asked for and they are one without its prefix.
    """
    said = plainly(" ".join(m.text for m in talk.messages if m.role is not Author.BOT))
    if pattern is not None and pattern.search(said):
        return True
    labels = {slot, *slot.split("."), name.lower(), _BESIDE.sub("", name.lower())}
    same = [fact.value for fact in facts if fact.label.lower() in labels]
    return any(pattern is None or completed(value, pattern) for value in same)
