"""What a tool needs to be called: facts that the customer gave, and who they are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from console.assist.bot.called import NAMES
from console.assist.bot.matter import newest
from console.assist.bot.trust import plain
from console.assist.facts import facts_of, newest_facts
from console.assist.slots import order_in_play
from console.assist.talk import Talk
from console.content.behaviours import Behaviour, Fact
from console.content.library import Library
from console.content.tools import Tool, ToolKind
from console.conversation.message import Layer
from console.conversation.people import Identity

IDENTIFY: Final = "identify"
"""The tool that matches what an anonymous customer told to a record."""

ORDER: Final = "order.number"

_ANYTHING: Final = r"[^\n]{1,80}"


@dataclass(frozen=True, slots=True)
class Given:
    """A fact's newest value, and the message that says it; no message where it is the company's record that does."""

    value: str
    message: str = ""


def identifying(library: Library) -> Tool | None:
    """Return the tool that matches an anonymous customer; ``None`` where the company does not say what it asks for.

    Names that cannot be any are left out before its answer is looked at, see :mod:`console.assist.bot.called`.
    """
    import re

    if not library.identify:
        return None
    slots = tuple(fact.slot for fact in library.identify)
    returns = {slot: re.compile(_ANYTHING) for slot in slots}
    returns |= {name: re.compile(_ANYTHING) for name in NAMES}
    return Tool(IDENTIFY, ToolKind.LOOK_UP, "Who the customer is", slots, identity=Identity.ANONYMOUS, returns=returns)


def wanted(behaviour: Behaviour, library: Library) -> tuple[Fact, ...]:
    """Return every fact that a conversation under this behaviour may give, the behaviour's own wording first."""
    by_slot = {fact.slot: fact for fact in (*library.identify, *behaviour.collect)}
    return tuple(by_slot.values())


def given(
    talk: Talk, facts: Sequence[Fact], identity: Identity, typed: Mapping[str, Given] | None = None
) -> Mapping[str, Given]:
    """Return the newest value of each of these facts, by slot; ``typed`` is what answers to questions for them say.

    The order is also known where the customer is, and the record leaves no doubt which one they mean.
    """
    slots = {fact.slot for fact in facts}
    told = newest_facts(talk.messages, facts)
    found = {slot: Given(fact.value, fact.message) for slot, fact in told.items() if slot in slots}
    places = {message.id: place for place, message in enumerate(talk.messages)}
    for slot, value in (typed or {}).items():
        if slot in slots and (slot not in found or places[value.message] >= places[found[slot].message]):
            found[slot] = value
    if ORDER in slots and ORDER not in found and identity.reaches(Identity.MATCHED):
        order = order_in_play(talk)
        if order:
            found[ORDER] = Given(order.number)
    return found


def same(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Return whether two calls ask for the same."""
    return {k: plain(v) for k, v in one.items()} == {k: plain(v) for k, v in other.items()}


def needing(talk: Talk, behaviours: Sequence[Behaviour]) -> tuple[Behaviour, Tool] | None:
    """Return the bot's look-up that needs a fact which the newest words give, where there is but one such look-up.

    For words that say no more: “any news on LF-88213?”.
    """
    found = []
    for behaviour in behaviours:
        if behaviour.layer is Layer.AUTONOMOUS:
            told = {fact.slot for fact in facts_of(newest(talk).messages, behaviour.collect)}
            look_ups = (tool for tool in behaviour.tools if tool.kind is ToolKind.LOOK_UP)
            found += [(behaviour, tool) for tool in look_ups if not told.isdisjoint(tool.needs)]
    return found[0] if len(found) == 1 else None
