"""What is wrong within a behaviour, and between two of them."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Final

from console.content.behaviours import PARTS, Behaviour, Stakes
from console.content.checks.authored import Authored, Doubt, Finding, nearest
from console.content.macros import KNOWN_SLOTS, SLOT
from console.content.tools import ToolKind
from console.conversation.message import Layer

FACT: Final = "fact."
"""What begins the slot of a fact that the conversation gave."""

AT_HANDOVER: Final = ("customer.first_name", "customer.name", "order.number", "order.item", "order.due", "today")
"""Slots that `say` is likely to want, for the nearest name."""

Behaviours = Sequence[Authored[Behaviour]]


def alone(authored: Authored[Behaviour]) -> Iterator[Finding]:
    """Yield what is wrong with one behaviour by itself."""
    behaviour = authored.item
    if behaviour.layer is Layer.AUTONOMOUS and behaviour.stakes is Stakes.HIGH:
        yield authored.fault(
            "high stakes and yet autonomous: the bot works alone only where little is lost; make it "
            "assisted or human-only, or lower the stakes",
            "stakes",
        )
    if behaviour.layer is Layer.HUMAN_ONLY:
        yield from _dark(authored)
    elif not behaviour.say and behaviour.layer is Layer.AUTONOMOUS:
        yield authored.doubt("the bot has nothing to say when it hands over; give it a sentence in 'say'", "title")
    yield from _found(authored)
    yield from _said(authored)
    yield from _handovers(authored)
    yield from _asked_twice(authored)
    yield from _goes_along(authored)
    yield from _unconfirmed(authored)


def reserved(authored: Authored[Behaviour], shipped: Mapping[str, Behaviour]) -> Iterator[Finding]:
    """Yield what a company does to a matter that the product reserves for people, by a file of the same name."""
    behaviour = authored.item
    if behaviour.built_in or behaviour.intent not in shipped:
        return
    if behaviour.layer is Layer.AUTONOMOUS:
        problem = f"'{behaviour.intent}' is reserved for people and cannot be autonomous; use human-only or assisted"
        yield authored.fault(problem, "layer")
    elif behaviour.layer is Layer.ASSISTED:
        problem = f"'{behaviour.intent}' is reserved for people until this file: agents are now assisted with it"
        yield authored.doubt(problem, "layer")


def between(behaviours: Behaviours) -> Iterator[Finding]:
    """Yield what two behaviours say against each other."""
    for one, other in combinations(behaviours, 2):
        first, second = sorted((one, other), key=_firmness)  # the first is the one to change
        yield from _alike(first, second)
        yield from _taken(first, second)
        yield from _taken(second, first)


def never_asked(behaviours: Behaviours) -> Iterator[Finding]:
    """Yield the steps and words that need a fact which their behaviour never asks for."""
    for authored in behaviours:
        behaviour = authored.item
        collected = {fact.slot for fact in behaviour.collect}
        texts = [(("step", place, "say"), step.say) for place, step in enumerate(behaviour.steps)]
        for key, text in texts:
            for slot in SLOT.findall(text):
                if slot.startswith(FACT) and slot.removeprefix(FACT) not in collected:
                    problem = (
                        f"{{{slot}}} is never asked for: add a [[collect]] with slot = '{slot.removeprefix(FACT)}'"
                        f"{nearest(slot.removeprefix(FACT), collected) if collected else ''}"
                    )
                    yield authored.fault(problem, *key)


def _unconfirmed(authored: Authored[Behaviour]) -> Iterator[Doubt]:
    """Yield actions that may be done with something else than the customer meant, and nobody would see it before."""
    for place, tool in enumerate(authored.item.tools):
        unseen = [slot for slot in (*tool.needs, *tool.takes) if slot not in tool.returns]
        if tool.kind is ToolKind.ACTION and unseen and not tool.confirm:
            problem = (
                f"tool '{tool.name}' is done unasked with what was understood; "
                f"give it a question that names it in 'confirm', with {{{unseen[0]}}}"
            )
            yield authored.doubt(problem, "tool", place, "name")


def _dark(authored: Authored[Behaviour]) -> Iterator[Finding]:
    behaviour = authored.item
    if "tool" in tomllib.loads(authored.text):
        yield authored.fault("reserved for people and yet with a [[tool]] for the bot; take the tool out", "tool", 0)
    if not behaviour.say:
        yield authored.doubt("the customer is told nothing when a person takes over; give a sentence in 'say'", "title")
    if behaviour.steps:
        yield authored.doubt("steps are never suggested where a person works alone", "step", 0)


def _found(authored: Authored[Behaviour]) -> Iterator[Doubt]:
    behaviour = authored.item
    if not (behaviour.patterns or behaviour.examples or behaviour.policies):
        yield authored.doubt("no pattern, example or policy finds it, so no conversation will have it", "triggers")
    for example in _twice([_bare(text) for text in behaviour.examples]):
        yield authored.doubt(f"the example “{example}” stands here twice", "triggers", "examples")


def _said(authored: Authored[Behaviour]) -> Iterator[Finding]:
    """Yield what nothing fills in the words for the hand-over, when no agent is there yet."""
    behaviour = authored.item
    collected = {fact.slot for fact in behaviour.collect}
    for slot in SLOT.findall(behaviour.say):
        if slot == "agent.name":
            yield authored.fault("'say' names {agent.name}, but no agent has it yet at the hand-over", "say")
        elif slot.startswith(FACT):
            if slot.removeprefix(FACT) not in collected:
                yield authored.fault(f"nothing fills {{{slot}}} in 'say': no [[collect]] has that slot", "say")
        elif not KNOWN_SLOTS.fullmatch(slot):
            near = nearest(slot, AT_HANDOVER)
            yield authored.fault(f"nothing fills {{{slot}}} in 'say'{near}", "say")
    if "{" in SLOT.sub("", behaviour.say):
        yield authored.doubt("'say' has a brace that is no slot; customers would read it as it stands", "say")


def _handovers(authored: Authored[Behaviour]) -> Iterator[Finding]:
    rules = authored.item.handover
    for when in _twice([rule.when.value for rule in rules]):
        place = max(at for at, rule in enumerate(rules) if rule.when.value == when)
        yield authored.fault(
            f"'{when}' stands in two [[handover]] tables; put what they say into one", "handover", place, "when"
        )


def _goes_along(authored: Authored[Behaviour]) -> Iterator[Doubt]:
    for place, rule in enumerate(authored.item.handover):
        for name in rule.context:
            if name not in PARTS:
                near = nearest(name, PARTS)
                yield authored.doubt(f"nothing called '{name}' goes along{near}", "handover", place, "with")


def _asked_twice(authored: Authored[Behaviour]) -> Iterator[Finding]:
    facts = authored.item.collect
    for slot in _twice([fact.slot for fact in facts]):
        place = max(at for at, fact in enumerate(facts) if fact.slot == slot)
        yield authored.fault(f"two [[collect]] tables fill the slot '{slot}'", "collect", place, "slot")


def _alike(first: Authored[Behaviour], second: Authored[Behaviour]) -> Iterator[Finding]:
    """Yield the patterns and examples that both have: words can mean one of the two only."""
    one, other = first.item, second.item
    ours = {pattern.pattern for pattern in one.patterns}
    same = [("pattern", p.pattern, "patterns") for p in other.patterns if p.pattern in ours]
    said = {_bare(text): text for text in one.examples}
    same += [("example", said[_bare(text)], "examples") for text in other.examples if _bare(text) in said]
    for kind, words, key in same:
        against = {one.layer, other.layer} == {Layer.AUTONOMOUS, Layer.HUMAN_ONLY}
        beside = f"the {kind} “{words}” also stands in '{other.intent}' ({other.layer.value})"
        where = ("triggers", key)
        if against:
            problem = f"{beside}, and this one is {one.layer.value}: take it out of one of them"
            yield first.fault(problem, *where, words=words)
        else:
            yield first.doubt(f"{beside}, so it tells the two apart no more", *where, words=words)


def _taken(ours: Authored[Behaviour], reserved_one: Authored[Behaviour]) -> Iterator[Doubt]:
    """Yield the examples of a behaviour that a pattern reserves for people: they will never count as its own."""
    if reserved_one.item.layer is not Layer.HUMAN_ONLY or ours.item.layer is Layer.HUMAN_ONLY:
        return
    for text in ours.item.examples:
        if any(pattern.search(text) for pattern in reserved_one.item.patterns):
            problem = f"the example “{text}” goes to people: a pattern of '{reserved_one.item.intent}' matches it"
            yield ours.doubt(problem, "triggers", "examples", words=text)


def _firmness(authored: Authored[Behaviour]) -> tuple[bool, bool]:
    return authored.item.built_in, authored.item.layer is Layer.HUMAN_ONLY


def _twice(names: Sequence[str]) -> list[str]:
    return [name for at, name in enumerate(names) if name in names[:at]]


def _bare(text: str) -> str:
    """Return an example as it is compared: in small letters, blanks and closing signs aside."""
    return " ".join(text.lower().split()).rstrip(".!?… ")
