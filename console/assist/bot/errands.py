"""What the bot looks up and does: step by step to a tool's answer, and what is made of that."""

from collections.abc import Mapping, Sequence
from typing import Final

from console.assist.bot import agreeing, wording
from console.assist.bot.checking import Checker
from console.assist.bot.decision import Act, Answer, Ask, LookUp, Verdict
from console.assist.bot.matter import newest
from console.assist.bot.needs import IDENTIFY, ORDER, Given, given, identifying, same, wanted
from console.assist.bot.parting import Moment, Parting, Under, under
from console.assist.bot.several import Several, saying
from console.assist.bot.task_reading import lacks
from console.assist.bot.trust import plain
from console.assist.bot.typed import typed
from console.assist.facts import facts_of
from console.assist.ruled_out import ruled_out
from console.assist.shapes import plainly
from console.content.behaviours import Behaviour, Fact
from console.content.library import Library
from console.content.macros import SLOT
from console.content.tools import Tool, ToolKind
from console.conversation.assistance import Citation, SourceType
from console.conversation.bot_events import BotDecided, Decided, Outcome
from console.conversation.bot_record import Called
from console.conversation.handover import HandoverWhen
from console.conversation.message import Author
from console.conversation.people import Identity

MOST_MISMATCHES: Final = 2
"""Times that what an anonymous customer told may fit no record; at the last people take over."""

CONFIRM: Final = "confirm"
"""What is asked for before an action that the content wants confirmed."""

NO_RECORD: Final = "I still can't find a record that fits, so I can't show you anything here."

LEFT_ALONE: Final = "All right, I've left everything as it is."

_COUNTED: Final = {1: "one thing", 2: "two things", 3: "three things"}


class Errands:
    """Runs errands by a library."""

    def __init__(self, library: Library, parting: Parting, checker: Checker, several: Several) -> None:
        self._library, self._parting, self._checker, self._several = library, parting, checker, several
        self._identify = identifying(library)

    def tool(self, intent: str, name: str) -> Tool | None:
        """Return a tool as the behaviour of an intent allows it; ``None`` where it does not."""
        if name == IDENTIFY:
            return self._identify
        behaviour = self._library.behaviour(intent)
        return behaviour.tool(name) if behaviour else None

    def use(self, here: Under, tool: Tool) -> Verdict:
        """Return the next step to a tool's answer: who it is, what it needs, a yes where one is wanted, the call."""
        moment = here.moment
        facts = {fact.slot: fact for fact in wanted(here.behaviour, self._library)}
        known = given(moment.talk, tuple(facts.values()), moment.identity, self._typed(moment, tuple(facts.values())))
        known = self._of_this_wish(moment, tool, known, tuple(facts.values()))
        if not moment.identity.reaches(tool.identity):
            return self._who(here, tool, known)
        missing = next((slot for slot in tool.needs if slot not in known), "")
        if missing:
            ask = Ask(missing, facts[missing].ask, tool.name)
            return Verdict(ask, f"{tool.title}: asks for the {facts[missing].name}", here.routing, tool.name)
        doubled = next(
            (facts[slot] for slot in tool.needs if self._doubled(moment, tool, facts[slot], known[slot])), None
        )
        if doubled is not None:
            reason = f"{tool.title}: more than one {doubled.name} in one message"
            return self._parting.give_up(moment, here.routing, reason, HandoverWhen.UNSURE)
        arguments = {slot: known[slot].value for slot in (*tool.needs, *tool.takes) if slot in known}
        if tool.kind is ToolKind.LOOK_UP:
            return Verdict(LookUp(tool.name, arguments), tool.title, here.routing, tool.name)
        question, template = wording.told(tool.confirm, arguments)
        if question:
            named = {*tool.needs, *SLOT.findall(template)}
            arguments = {slot: value for slot, value in arguments.items() if slot in named}
        if question and not _agreed(moment, tool, question):
            ask = Ask(CONFIRM, question, tool.name)
            return Verdict(ask, f"{tool.title}: asks for a yes", here.routing, tool.name)
        return Verdict(Act(tool.name, arguments), tool.title, here.routing, tool.name)

    def _of_this_wish(
        self, moment: Moment, tool: Tool, known: Mapping[str, Given], facts: Sequence[Fact]
    ) -> Mapping[str, Given]:
        """Return what is known, where a message asks for several things with what was said of this one first.

        What was told later still counts before it.
        """
        origin = moment.origin
        words = self._several.words(moment, tool)
        if not words:
            return known
        places = {message.id: place for place, message in enumerate(moment.talk.messages)}
        own = given(saying(moment.talk, origin, words), facts, Identity.ANONYMOUS)
        mine = {slot: value for slot, value in own.items() if value.message == origin}
        later = {s for s, v in known.items() if places.get(v.message, -1) > places.get(origin, -1)}
        return {**known, **{slot: value for slot, value in mine.items() if slot not in later}}

    def _doubled(self, moment: Moment, tool: Tool, fact: Fact, value: Given) -> bool:
        """Return whether the message that gives a code gives another one too: answering for one drops the other."""
        if fact.pattern is None or not any(c.isdigit() for c in value.value):
            return False
        said = next((m.text for m in moment.talk.messages if m.id == value.message), "")
        if value.message == moment.origin:
            said = self._several.words(moment, tool) or said
        found = (m for m in fact.pattern.finditer(plainly(said)) if not ruled_out(plainly(said), *m.span()))
        return len({plain(match.group()) for match in found}) > 1

    def after_asking(self, moment: Moment, last: BotDecided) -> Verdict | None:
        """Return what follows from the answer to a question for a fact; ``None`` where it tells none."""
        behaviour, tool = self._library.behaviour(last.intent), self.tool(last.intent, last.errand)
        if behaviour is None or tool is None:
            return None
        here, said = under(moment, behaviour), newest(moment.talk)
        if last.fact == CONFIRM:
            answer = _answer(moment)
            if answer is agreeing.Answer.UNCLEAR:
                return None
            declined = Verdict(Answer(LEFT_ALONE), "the customer says no", here.routing)
            return self.use(here, tool) if answer is agreeing.Answer.YES else declined
        facts = wanted(behaviour, self._library)
        slots = {fact.slot for fact in facts}
        told = any(fact.slot in slots for fact in facts_of(said.messages, facts))
        told = told or not {m.id for m in said.messages}.isdisjoint(
            g.message for g in self._typed(moment, facts).values()
        )
        if told:
            return self.use(here, tool)
        if lacks(said.last_customer_text):
            reason = f"{tool.title}: the customer cannot give what is asked for"
            return self._parting.give_up(moment, here.routing, reason, HandoverWhen.UNRESOLVED)
        return None

    def _typed(self, moment: Moment, facts: Sequence[Fact]) -> Mapping[str, Given]:
        identifying = frozenset(fact.slot for fact in self._library.identify)
        return typed(moment.talk, moment.record, facts, identifying)

    def asked_again(self, moment: Moment, last: BotDecided) -> Verdict | None:
        """Return the question that waits for an answer once more, as no failure; ``None`` where none waits."""
        behaviour, tool = self._library.behaviour(last.intent), self.tool(last.intent, last.errand)
        if last.decision is not Decided.ASK or behaviour is None or tool is None:
            return None
        verdict = self.use(under(moment, behaviour), tool)
        return verdict if isinstance(verdict.decision, Ask) else None

    def told(self, moment: Moment, behaviour: Behaviour, tool: Tool) -> Answer | None:
        """Return what a tool has told on the way to where the bot is; ``None`` where it has not, or nothing to say."""
        turns = {decision.turn for decision in moment.under_way} | {moment.turn}
        found = [
            c
            for c in moment.record.calls
            if c.call.tool == tool.name and c.call.turn in turns and c.call.outcome is Outcome.FOUND
        ]
        decision = self._told(under(moment, behaviour), tool, found[-1]).decision if found else None
        return decision if isinstance(decision, Answer) else None

    def cut_off(self, moment: Moment, last: BotDecided) -> Verdict:
        """Return what follows where nobody knows how an action ended: the same again under its key, or people."""
        behaviour, tool = self._library.behaviour(last.intent), self.tool(last.intent, last.tool)
        if behaviour is not None and tool is not None and last.turn == moment.turn:
            return self.use(under(moment, behaviour), tool)
        routing = moment.talk.routing or under(moment, behaviour or self._library.behaviours[0]).routing
        reason = f"{tool.title if tool else last.tool}: it was cut off; whether it was done is not known"
        text = wording.trouble(Outcome.DOWN, deed=True)
        return self._parting.give_up(moment, routing, reason, HandoverWhen.UNSURE, text)

    def after_call(self, moment: Moment, called: Called, last: BotDecided) -> Verdict:
        """Return what follows from a tool's answer."""
        call = called.call
        behaviour, tool = self._library.behaviour(last.intent), self.tool(last.intent, call.tool)
        if behaviour is None or tool is None:
            routing = moment.talk.routing or under(moment, self._library.behaviours[0]).routing
            return self._parting.give_up(moment, routing, "the behaviours changed meanwhile", HandoverWhen.UNSURE)
        here = under(moment, behaviour)
        if call.outcome is Outcome.NOT_FOUND:
            return self._not_found(here, tool, call.arguments)
        if call.outcome is not Outcome.FOUND:
            reason = f"{tool.title}: no answer that can be used ({call.outcome.value})"
            deed = tool.kind is ToolKind.ACTION
            if deed and call.outcome is not Outcome.REFUSED:
                reason += "; whether it was done is not known"
            text = wording.trouble(call.outcome, deed=deed)
            return self._parting.give_up(moment, here.routing, reason, HandoverWhen.UNSURE, text)
        if call.tool == IDENTIFY:
            errand = behaviour.tool(moment.record.errand)
            if errand is None:
                reason = "the behaviours changed meanwhile"
                return self._parting.give_up(moment, here.routing, reason, HandoverWhen.UNSURE)
            return self.use(here, errand)
        return self._told(here, tool, called)

    def _told(self, here: Under, tool: Tool, called: Called) -> Verdict:
        fields = called.call.fields
        text, template = wording.told(tool.say, fields)
        source = Citation(SourceType.BEHAVIOUR, here.behaviour.intent, template, here.behaviour.title)
        messages = here.moment.talk.messages
        known = " ".join((*(m.text for m in messages if m.id == called.message), *map(wording.shown, fields.values())))
        if not text or not self._checker.may_say(text, (source,), here.moment.talk, known):
            reason = f"{tool.title}: an answer that cannot be told"
            text = wording.trouble(Outcome.DOUBTED)
            return self._parting.give_up(here.moment, here.routing, reason, HandoverWhen.UNSURE, text)
        return Verdict(Answer(text, (source,)), f"{tool.title}: as the system says", here.routing, tool.name)

    def _who(self, here: Under, tool: Tool, known: Mapping[str, Given]) -> Verdict:
        """Return the next step to knowing who the customer is."""
        moment = here.moment
        if self._identify is None or not Identity.MATCHED.reaches(tool.identity):
            reason = f"{tool.title}: needs a customer who is signed in"
            return self._parting.give_up(moment, here.routing, reason, HandoverWhen.UNSURE)
        old = {message.id for message in moment.talk.messages[: moment.before]}
        known = {slot: value for slot, value in known.items() if value.message not in old}
        missing = [fact for fact in self._library.identify if fact.slot not in known]
        arguments = {fact.slot: known[fact.slot].value for fact in self._library.identify if fact.slot in known}
        tried = any(
            c.call.tool == IDENTIFY and c.call.outcome is Outcome.NOT_FOUND and same(c.call.arguments, arguments)
            for c in moment.record.calls
        )
        if not missing and not tried:
            reason = f"{tool.title}: finds out who the customer is"
            return Verdict(LookUp(IDENTIFY, arguments), reason, here.routing, tool.name)
        asked = missing or list(self._library.identify)
        text = " ".join(fact.ask for fact in asked)
        if len(missing) == len(self._library.identify):
            text = f"So that nobody but you gets this, I need {_COUNTED.get(len(asked), 'a few things')}. {text}"
        reason = f"{tool.title}: asks who the customer is"
        return Verdict(Ask(asked[0].slot, text, IDENTIFY), reason, here.routing, tool.name)

    def _not_found(self, here: Under, tool: Tool, arguments: Mapping[str, str]) -> Verdict:
        moment, routing = here.moment, here.routing
        if tool.name == IDENTIFY:
            if moment.record.missed(IDENTIFY) >= MOST_MISMATCHES:
                reason = "what the customer told fits no record, twice"
                return self._parting.give_up(moment, routing, reason, HandoverWhen.UNSURE, _parted(NO_RECORD))
            facts = " and the ".join(fact.name for fact in self._library.identify)
            text = f"I can't find anything that fits all of this. Could you check the {facts}, and send them again?"
            ask = Ask(self._library.identify[0].slot, text, IDENTIFY)
            return Verdict(ask, "what the customer told fits no record", routing, moment.record.errand)
        value = arguments.get(tool.needs[0], "") if tool.needs else ""
        reason = f"{tool.title}: {'none for ' + value if value else 'nothing there'}"
        if tool.needs[:1] != (ORDER,) or moment.record.failed:
            return self._parting.give_up(moment, routing, reason, HandoverWhen.UNRESOLVED, _parted(tool.nothing))
        text = f"I can't find {value} among your orders. Could you check the number and send it again?"
        return Verdict(Ask(tool.needs[0], text, tool.name, failed=True), reason, routing, tool.name)


def _parted(words: str) -> str:
    """Return words for the customer with who goes on; empty where there are none."""
    return f"{words} {wording.COLLEAGUE}" if words else ""


def _agreed(moment: Moment, tool: Tool, question: str) -> bool:
    """Return whether the customer has just said yes to this very action, with the facts that ``question`` names."""
    last = moment.record.last
    if last is not None and (last.decision, last.tool, last.turn) == (Decided.ACT, tool.name, moment.turn):
        return True  # it was agreed to before the desk stopped
    asked = last is not None and (last.decision, last.fact, last.tool) == (Decided.ASK, CONFIRM, tool.name)
    return asked and _question(moment).endswith(question) and _answer(moment) is agreeing.Answer.YES


def _answer(moment: Moment) -> agreeing.Answer:
    """Return what the customer's words since the bot asked last come to."""
    said = [m.text for m in newest(moment.talk).messages if m.role is Author.CUSTOMER]
    return agreeing.answer_of(said, _question(moment))


def _question(moment: Moment) -> str:
    """Return the bot's words that ask for a yes: its newest but for “is that a yes or a no?”, which names nothing."""
    said = (m.text for m in reversed(moment.talk.messages) if m.role is Author.BOT)
    return next((text for text in said if not text.endswith(wording.YES_OR_NO)), "")
