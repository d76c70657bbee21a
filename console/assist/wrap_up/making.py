"""The wrap-up that is proposed when a conversation is closed. Pure: nothing in it but what messages and people say.

In human-only, where assistance is hidden, and in other languages than English nothing is read; what the agent confirmed
at an earlier closing is theirs and stands.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from console.assist.facts import Fact, facts_of
from console.assist.language import other_language
from console.assist.packet import came_with
from console.assist.packet_facts import packet_facts
from console.assist.recognise.entities import entities
from console.assist.recognise.patterns import Kind
from console.assist.summary.cards import without_cards
from console.assist.talk import Talk
from console.assist.wrap_up.follow_ups import follow_ups_of
from console.assist.wrap_up.note import ended, note_of, resolved_by
from console.content.behaviours import Behaviour
from console.content.behaviours import Fact as Wanted
from console.conversation.message import Author, Layer, Message
from console.conversation.packet import FactKind
from console.conversation.wrap_up import FilledField, FollowUp, NoteLine, Wrapped, WrapUp, WrapUpProposal

MOST_LOOSE: Final = 4
"""Identifiers that are proposed as fields where the behaviour asks for no facts."""

_OURS: Final = frozenset({Author.SYSTEM, Author.AGENT})
_NUMBERS: Final = frozenset({Kind.IDENTIFIER, Kind.POSTCODE})
"""What names one thing alone, whoever writes it; other words of a pattern mean something else in a look-up."""

RESERVED: Final = "For people alone: nothing was read."
HIDDEN: Final = "Assistance is hidden: nothing was read."
FOREIGN: Final = "Not in English: nothing was read."


@dataclass(frozen=True, slots=True)
class Ending:
    """What is known of a closing besides the conversation."""

    behaviour: Behaviour | None = None
    earlier: Wrapped | None = None
    """The wrap-up of an earlier closing; the new one begins with it."""
    disposition: str = ""
    usual: tuple[str, ...] = ()
    """Dispositions that past conversations of this kind ended with, the likeliest first."""


def wrap_up_of(talk: Talk, ending: Ending) -> WrapUpProposal:
    """Return the proposal as of the newest message."""
    wanted = ending.behaviour.collect if ending.behaviour else ()
    silent = silence(talk)
    if silent:
        empty = tuple(FilledField(_name(want), "") for want in wanted)
        return _with_earlier(talk, WrapUpProposal(talk.turn, fields=empty, silent=silent), ending.earlier)
    issue = came_with(talk)
    content = resolved_by(talk.messages)
    proposal = WrapUpProposal(
        turn=talk.turn,
        note=note_of(talk, issue),
        disposition=ending.disposition,
        usual=ending.usual,
        resolved=True if content else None,
        resolved_source=content,
        fields=_fields(talk, wanted),
        follow_ups=follow_ups_of(talk.messages, talk.corrections, talk.today),
    )
    return _with_earlier(talk, proposal, ending.earlier)


def silence(talk: Talk) -> str:
    """Return why nothing may be read from a conversation, in words for the agent; empty where it may."""
    if talk.routing is not None and talk.routing.layer is Layer.HUMAN_ONLY:
        return RESERVED
    if talk.hidden:
        return HIDDEN
    return FOREIGN if other_language([m.text for m in talk.messages if m.role is Author.CUSTOMER]) else ""


def _fields(talk: Talk, wanted: Sequence[Wanted]) -> tuple[FilledField, ...]:
    """Return the facts that the behaviour asks for, the newest word on each; without such, what identifies things."""
    if not wanted:
        facts = packet_facts(talk.messages, talk.customer, detailed=False)
        loose = [fact for fact in facts if fact.kind is FactKind.IDENTIFIER and fact.label]
        return tuple(FilledField(fact.label, fact.value, fact.sources) for fact in loose[:MOST_LOOSE])
    given: dict[str, Fact] = {fact.slot: fact for fact in facts_of(talk.messages, wanted) if fact.slot}
    return tuple(_field(want, given.get(want.slot), talk.messages) for want in wanted)


def _field(want: Wanted, fact: Fact | None, messages: Sequence[Message]) -> FilledField:
    if fact is None:
        return _looked_up(want, messages)
    sources = tuple(source for source in (fact.asked, fact.message) if source)
    return FilledField(_name(want), without_cards(fact.value), sources)


def _looked_up(want: Wanted, messages: Sequence[Message]) -> FilledField:
    """Return a number that the customer has not given from the newest look-up or colleague's message that has it."""
    for message in reversed(messages) if want.pattern else ():
        match = want.pattern.search(message.text) if want.pattern and message.role in _OURS else None
        if match and any(entity.kind in _NUMBERS for entity in entities(match.group())):
            return FilledField(_name(want), match.group().strip(), (message.id,))
    return FilledField(_name(want), "")


def _name(want: Wanted) -> str:
    return want.name[:1].upper() + want.name[1:]


def _with_earlier(talk: Talk, new: WrapUpProposal, earlier: Wrapped | None) -> WrapUpProposal:
    """Return the proposal on top of the wrap-up of an earlier closing: what people confirmed stands first."""
    if earlier is None:
        return new
    old = earlier.wrap_up
    places = {message.id: place for place, message in enumerate(talk.messages)}
    since = places.get(earlier.after, -1)
    newer = [line for line in ended(talk) if not new.silent and _newest(line.sources, places) > since]
    promised = [f for f in new.follow_ups if places.get(f.message, -1) > since]
    return replace(
        new,
        note=(*([NoteLine(old.note)] if old.note else []), *newer),
        disposition=new.disposition if newer and new.disposition else old.disposition,
        fields=_together(old, new),
        follow_ups=_without_twins((*old.follow_ups, *promised)),
        again=True,
    )


def _newest(sources: Sequence[str], places: dict[str, int]) -> int:
    return max((places.get(source, -1) for source in sources), default=-1)


def _together(old: WrapUp, new: WrapUpProposal) -> tuple[FilledField, ...]:
    known = {field.name: field for field in old.fields if field.value}
    first = tuple(known.pop(field.name, field) for field in new.fields)
    return (*first, *known.values())


def _without_twins(found: Sequence[FollowUp]) -> tuple[FollowUp, ...]:
    return tuple({follow_up.id: follow_up for follow_up in reversed(found)}.values())[::-1]
