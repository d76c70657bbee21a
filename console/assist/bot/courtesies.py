"""What the bot says to who asks whether a person writes, and to who thanks or takes their leave."""

from dataclasses import replace

from console.assist.bot import wording
from console.assist.bot.decision import Answer, Ask, Verdict, begun_with
from console.assist.bot.errands import CONFIRM, Errands
from console.assist.bot.parting import Moment
from console.assist.courtesy import asks_who_writes, without_who_writes
from console.content.library import Library
from console.conversation.assistance import Routing
from console.conversation.bot_events import Decided
from console.conversation.goodbyes import says_goodbye
from console.conversation.message import Author


class Courtesies:
    """Answers by a library what is of no matter; ``errands`` know which question waits for an answer."""

    def __init__(self, library: Library, errands: Errands) -> None:
        self._library, self._errands = library, errands

    def who_writes(self, moment: Moment, routing: Routing) -> Verdict:
        """Return the honest answer to who only asks whether a person writes; what was asked before is asked again."""
        last, text = moment.record.last, wording.honest(introduced(moment))
        again = self._errands.asked_again(moment, last) if last is not None else None
        if again is not None:
            return begun_with(replace(again, reason=_WONDERS), text)
        offer = "" if introduced(moment) else f" {wording.offer(self._library.behaviours)}"
        return Verdict(Answer(f"{text} {wording.HOW}{offer}"), _WONDERS, routing)

    def heard(self, moment: Moment, routing: Routing, said: str) -> Verdict | None:
        """Return the answer to who thanks, takes their leave or has only heard; ``None`` where a yes or no is owed."""
        last = moment.record.last
        if last is None:
            text = f"{wording.HOW} {wording.offer(self._library.behaviours)}"
            return Verdict(Ask("", text), "a greeting", routing)
        asked = last.decision is Decided.ASK and last.errand
        if asked and not says_goodbye(said):
            waits = self._errands.asked_again(moment, last) if last.fact != CONFIRM else None
            return replace(waits, reason="the customer has heard") if waits else None
        helped = any(d.decision is Decided.ANSWER and (d.sources or d.errand) for d in moment.record.decisions)
        text = wording.WELCOME if helped and not asked else wording.GOODBYE
        return Verdict(Answer(text), "the customer thanks or takes their leave", routing)


_WONDERS = "the customer asks who writes"


def introduced(moment: Moment) -> bool:
    """Return whether the bot has said what it is; where not, its next words begin with that."""
    return any(message.role is Author.BOT for message in moment.talk.messages)


def without_that(moment: Moment) -> Moment:
    """Return a moment without the customer's questions whether a person writes; messages keep their places."""
    messages = (
        replace(m, text=without_who_writes(m.text)) if m.role is Author.CUSTOMER and asks_who_writes(m.text) else m
        for m in moment.talk.messages
    )
    return replace(moment, talk=replace(moment.talk, messages=tuple(messages)))
