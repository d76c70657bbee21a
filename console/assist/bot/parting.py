"""Where the bot goes no further: another try, or people."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Final

from console.assist.bot import wording
from console.assist.bot.checking import Checker
from console.assist.bot.decision import Ask, HandOver, Verdict
from console.assist.bot.needs import wanted
from console.assist.facts import facts_of
from console.assist.packet import Handed
from console.assist.slots import filled, slot_values
from console.assist.talk import Talk
from console.content.behaviours import Behaviour
from console.content.library import Library
from console.conversation.assistance import Citation, Routing, SourceType
from console.conversation.bot_events import BotDecided, Decided
from console.conversation.bot_record import BotRecord
from console.conversation.handover import HandoverWhen, Trigger
from console.conversation.message import Author, Layer
from console.conversation.people import Identity

_OWN_WORDS: Final = {
    HandoverWhen.ASKED: wording.OF_COURSE,
    HandoverWhen.MOOD: wording.SORRY,
    HandoverWhen.PREDICTED: wording.SORRY,
}
"""What the bot says where the reason matters more to the customer than the matter."""

_ON_THE_WAY: Final = frozenset({Decided.ASK, Decided.LOOK_UP, Decided.ACT})
MOST_FAILED: Final = 2
"""Turns that may bring a customer no further; at the last of them people take over instead of another try."""


@dataclass(frozen=True, slots=True)
class Moment:
    """What the bot decides on: the conversation, who the customer is, and what the bot did in it so far."""

    talk: Talk
    identity: Identity
    record: BotRecord
    handed: Handed = field(default_factory=Handed)
    """What else is known: flags, mood, earlier conversations."""
    before: int = 0
    """Messages at the beginning that do not tell any more who the customer is."""

    @property
    def turn(self) -> str:
        """The customer's newest message; empty where they have written nothing."""
        return next((m.id for m in reversed(self.talk.messages) if m.role is Author.CUSTOMER), "")

    @property
    def under_way(self) -> tuple[BotDecided, ...]:
        """The newest decisions that lead to one tool after the other, with nothing answered among them."""
        steps = takewhile(lambda d: bool(d.errand) and d.decision in _ON_THE_WAY, reversed(self.record.decisions))
        return tuple(steps)[::-1]

    @property
    def origin(self) -> str:
        """The message in which what is under way was asked for; the newest one where nothing is."""
        return next((decision.turn for decision in self.under_way), self.turn)


@dataclass(frozen=True, slots=True)
class Under:
    """A moment under the behaviour of its matter."""

    moment: Moment
    behaviour: Behaviour
    routing: Routing


def under(moment: Moment, behaviour: Behaviour, reason: str = "") -> Under:
    """Return a moment under a behaviour, with the routing that stands already where it is the same."""
    now = moment.talk.routing
    if now is not None and (now.intent, now.layer) == (behaviour.intent, behaviour.layer):
        return Under(moment, behaviour, now)
    reasons = (reason or behaviour.title,)
    return Under(
        moment, behaviour, Routing(behaviour.intent, behaviour.layer, behaviour.tier, reasons, behaviour.skills)
    )


class Parting:
    """Words and reasons by a library; ``checker`` passes what is not the product's own wording, as it does answers."""

    def __init__(self, library: Library, checker: Checker) -> None:
        self._library, self._checker = library, checker

    def to_people(self, moment: Moment, routing: Routing, triggers: Sequence[Trigger]) -> Verdict:
        """Return the hand-over for these reasons, in the words of the behaviour."""
        behaviour = self._library.behaviour(routing.intent) if routing.intent else None
        said = self._said(moment.talk, behaviour) if behaviour else ""
        own = _OWN_WORDS.get(triggers[0].when, "") if routing.layer is not Layer.HUMAN_ONLY else ""
        text = own or said or wording.PASSED_ON
        return Verdict(HandOver(tuple(triggers), text), "; ".join(t.reason for t in triggers), routing)

    def give_up(self, moment: Moment, routing: Routing, reason: str, when: HandoverWhen, text: str = "") -> Verdict:
        """Return the hand-over for one reason, in words of its own where there are any."""
        trigger = Trigger(when, reason, moment.turn)
        source = Citation(SourceType.BEHAVIOUR, routing.intent, text)
        if text and self._checker.may_say(text, (source,), moment.talk):
            return Verdict(HandOver((trigger,), text), reason, routing)
        return self.to_people(moment, routing, (trigger,))

    def _said(self, talk: Talk, behaviour: Behaviour) -> str:
        """Return the behaviour's words for the hand-over; empty where it has none, or none that may be said."""
        values = slot_values(talk, facts_of(talk.messages, behaviour.collect))
        text = filled(behaviour.say, values)
        source = Citation(SourceType.BEHAVIOUR, behaviour.intent, behaviour.say, behaviour.title)
        return text if text and self._checker.may_say(text, (source,), talk, " ".join(values.values())) else ""

    def failed(self, moment: Moment, routing: Routing, reason: str, again: BotDecided | None = None) -> Verdict:
        """Return another try at what was asked (``again``) or meant, or people where it would be one too many."""
        if moment.record.failed + 1 >= self._most(routing):
            return self.give_up(moment, routing, reason, HandoverWhen.UNRESOLVED)
        if again is None:
            return Verdict(Ask("", wording.lost(self._library.behaviours), failed=True), reason, routing)
        behaviour = self._library.behaviour(again.intent)
        facts = wanted(behaviour, self._library) if behaviour else ()
        text = next((fact.ask for fact in facts if fact.slot == again.fact), wording.YES_OR_NO)
        ask = Ask(again.fact, f"Sorry, I didn't get that. {text}", again.tool, failed=True)
        return Verdict(ask, reason, routing, again.errand)

    def _most(self, routing: Routing) -> int:
        behaviour = self._library.behaviour(routing.intent) if routing.intent else None
        rules = behaviour.handover if behaviour else ()
        after = next((rule.after for rule in rules if rule.when is HandoverWhen.UNRESOLVED), MOST_FAILED)
        return max(1, min(MOST_FAILED, after))
