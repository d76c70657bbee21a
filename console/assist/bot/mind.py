"""The bot's mind: from a conversation and what is known of it to one decision. Pure; nothing here obeys text.

It decides by the behaviour of the matter alone: what a customer, an article or a tool says is compared, quoted and
filled in, never followed.
"""

from dataclasses import replace
from typing import Final

from console.assist.bot import wording
from console.assist.bot.checking import Checker
from console.assist.bot.courtesies import Courtesies, introduced, without_that
from console.assist.bot.decision import Answer, Ask, Verdict, begun_with
from console.assist.bot.errands import Errands
from console.assist.bot.matter import Matters, doubtful, newest
from console.assist.bot.needs import needing
from console.assist.bot.parting import Moment, Parting, Under, under
from console.assist.bot.ports import Triggers
from console.assist.bot.quoting import Quote
from console.assist.bot.several import Several
from console.assist.bot.task import TaskMind
from console.assist.bot.together import Together, was_said
from console.assist.bot.whole import Whole
from console.assist.courtesy import asks_who_writes, hears
from console.assist.greetings import without_greeting
from console.assist.language import foreign_sentence, other_language
from console.assist.routing import Router
from console.assist.talk import READ, Talk
from console.assist.triggers import unhelped
from console.content.library import Library
from console.content.tools import Tool, ToolKind
from console.conversation.assistance import Routing
from console.conversation.bot_events import Decided
from console.conversation.bot_record import Called
from console.conversation.handover import HandoverWhen, Trigger
from console.conversation.message import Author, Layer
from console.text import shorten

MOST_CALLS: Final = 4
"""Calls of tools for one message; more would be a loop."""


class Mind:
    """Decides by a library; safe from several threads."""

    def __init__(
        self, library: Library, router: Router, matters: Matters, whole: Whole, checker: Checker, triggers: Triggers
    ) -> None:
        self._library, self._router, self._matters = library, router, matters
        self._whole = whole
        self._checker, self._triggers = checker, triggers
        self.tasks = TaskMind(library, router, checker, triggers)
        self._parting = Parting(library, checker)
        several = Several(matters, library.behaviours)
        self._errands = Errands(library, self._parting, checker, several)
        self._courtesies = Courtesies(library, self._errands)
        self._together = Together(several, self._errands, self._parting, self._quoted)

    @property
    def version(self) -> str:
        """The version of the behaviours."""
        return self._library.versions.get("behaviours", "")

    @property
    def works(self) -> bool:
        """Whether there is anything for the bot to do: a behaviour that is autonomous."""
        return any(b.layer is Layer.AUTONOMOUS for b in self._library.behaviours)

    def tool(self, intent: str, name: str) -> Tool | None:
        """Return a tool as the behaviour of an intent allows it; ``None`` where it does not."""
        return self._errands.tool(intent, name)

    def decide(self, moment: Moment) -> Verdict:
        """Return what to do about the customer's newest message."""
        long = any(len(m.text) > READ for m in newest(moment.talk).messages if m.role is Author.CUSTOMER)
        moment = replace(moment, talk=moment.talk.as_read())
        wonders = any(asks_who_writes(m.text) for m in newest(moment.talk).messages if m.role is Author.CUSTOMER)
        if not wonders:
            return self._decided(moment, long=long)
        rest = without_that(moment)
        routing = self._router.route(moment.talk)
        if routing.layer is not Layer.HUMAN_ONLY and not newest(rest.talk).last_customer_text.strip():
            return self._courtesies.who_writes(rest, routing)
        return begun_with(self._decided(rest, long=long), wording.honest(introduced(moment)))

    def _decided(self, moment: Moment, *, long: bool) -> Verdict:
        talk = moment.talk
        routing = self._router.route(talk)
        fired = tuple(self._triggers(replace(talk, routing=routing), moment.handed))
        if routing.layer is Layer.HUMAN_ONLY or fired:
            reserved = Trigger(HandoverWhen.TOPIC, f"reserved for people: {', '.join(routing.reasons)}", moment.turn)
            return self._parting.to_people(moment, routing, fired or (reserved,))
        beyond = self._beyond(moment, long=long)
        if beyond:
            return self._parting.give_up(moment, routing, beyond, HandoverWhen.UNSURE)
        return self._together.with_others(
            moment, self._going_on(moment, routing) or self._on_new_words(moment, routing)
        )

    def _beyond(self, moment: Moment, *, long: bool) -> str:
        """Return why the customer's words are beyond what the bot may answer; empty where they are not."""
        language = other_language([m.text for m in moment.talk.messages if m.role is Author.CUSTOMER])
        if language:
            return f"the customer seems to write in {language}, which the bot does not speak"
        if long:
            return "the customer wrote more than the bot reads of a message"
        return "" if _unsaid(moment) else self._beside(moment.talk)

    def _going_on(self, moment: Moment, routing: Routing) -> Verdict | None:
        """Return what follows from what the bot has begun; ``None`` where the customer's words begin something."""
        last, called = moment.record.last, _unsaid(moment)
        if len(called) >= MOST_CALLS:
            return self._parting.give_up(moment, routing, "the bot went in circles", HandoverWhen.UNSURE)
        if last is not None and last.decision is Decided.ACT and not moment.record.answered(last):
            return self._errands.cut_off(moment, last)
        if called and last is not None:
            return self._errands.after_call(moment, called[-1], last)
        asked = last is not None and last.decision is Decided.ASK and last.errand
        return self._errands.after_asking(moment, last) if asked and last is not None else None

    def _beside(self, talk: Talk) -> str:
        """Return why the newest words hold more than the bot may answer; empty where they do not."""
        said = newest(talk).last_customer_text
        if foreign := foreign_sentence(said):
            return f"a sentence is in a language that the bot does not speak: “{shorten(foreign, 80)}”"
        if hears(said):
            return ""
        more = self._whole.beside(talk)
        return f"there is more in this message than the bot may answer: “{shorten(more, 80)}”" if more else ""

    def _on_new_words(self, moment: Moment, routing: Routing) -> Verdict:
        said, last = newest(moment.talk).last_customer_text, moment.record.last
        if hears(said) and (found := self._courtesies.heard(moment, routing, said)):
            return found
        if last is not None and last.decision is Decided.ANSWER and (last.sources or last.errand) and unhelped(said):
            return self._parting.give_up(moment, routing, "what the bot said was no help", HandoverWhen.UNRESOLVED)
        return self._together.begun(moment, routing) or self._on_one_matter(moment, routing, said)

    def _on_one_matter(self, moment: Moment, routing: Routing, said: str) -> Verdict:
        matches = self._matters.matches(moment.talk)
        if not matches:
            return self._on_no_matter(moment, routing, said)
        best = matches[0].behaviour
        here = under(moment, best, f"{best.title}: “{shorten(matches[0].words, 80)}”")
        if best.layer is not Layer.AUTONOMOUS:
            reason = f"“{best.title}” is worked by people"
            return self._parting.give_up(moment, here.routing, reason, HandoverWhen.TOPIC)
        if doubtful(matches):
            reason = f"between “{best.title}” and what is worked by people"
            return self._parting.give_up(moment, here.routing, reason, HandoverWhen.UNSURE)
        return self._on_matter(here)

    def _on_no_matter(self, moment: Moment, routing: Routing, said: str) -> Verdict:
        last = moment.record.last
        if last is not None and last.decision is Decided.ASK and last.errand:
            return self._parting.failed(moment, routing, "the customer did not tell what was asked", last)
        bare = needing(moment.talk, self._library.behaviours)
        if bare is not None:
            return self._errands.use(under(moment, bare[0]), bare[1])
        told = self._matters.told_by_an_article(moment.talk, self._library.behaviours)
        if told is not None:
            found = self._quoted(under(moment, told[0]), told[1])
            if found is not None:
                return found
        standing = self._library.behaviour(last.intent) if last is not None else None
        if standing is not None and standing.layer is Layer.AUTONOMOUS:
            found = self._found(under(moment, standing))
            if found is not None:
                return found
        if not without_greeting(said) and last is None:
            return Verdict(Ask("", f"How can I help? {wording.offer(self._library.behaviours)}"), "a greeting", routing)
        return self._parting.failed(moment, routing, "no behaviour matches what the customer wrote")

    def _on_matter(self, here: Under) -> Verdict:
        found = self._found(here)
        if found is not None:
            return found
        standing = next((tool for tool in here.behaviour.tools if tool.kind is ToolKind.LOOK_UP), None)
        if standing is not None:
            return self._errands.use(here, standing)
        reason = f"nothing that “{here.behaviour.title}” allows answers it"
        return self._parting.failed(here.moment, here.routing, reason)

    def _found(self, here: Under) -> Verdict | None:
        """Return what answers the newest words: the passage of an article or a tool, whichever is nearer to them."""
        best = self._matters.best(here.moment.talk, here.behaviour)
        if isinstance(best, Tool):
            return self._errands.use(here, best)
        return self._quoted(here, best) if best else None

    def _quoted(self, here: Under, quote: Quote) -> Verdict | None:
        moment = here.moment
        if was_said(quote.text, moment.talk):
            return self._parting.give_up(moment, here.routing, "nothing else to say", HandoverWhen.UNRESOLVED)
        if not self._checker.may_say(quote.text, (quote.source,), moment.talk):
            return None
        title = quote.source.title or quote.source.id
        return Verdict(Answer(quote.text, (quote.source,)), f"answered by “{title}”", here.routing)


def _unsaid(moment: Moment) -> tuple[Called, ...]:
    """Return the calls that nothing was said of yet: those for the newest message, and what was done before it came."""
    recent = {message.id for message in newest(moment.talk).messages}
    return tuple(
        called
        for called in moment.record.calls
        if called.message in recent and (called.call.turn == moment.turn or called.call.key)
    )
