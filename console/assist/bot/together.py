"""The answers to several wishes of one message, one after the other, in one turn where that can be."""

from collections.abc import Callable
from dataclasses import replace

from console.assist.bot import wording
from console.assist.bot.decision import Answer, Ask, HandOver, Verdict, begun_with
from console.assist.bot.errands import Errands
from console.assist.bot.parting import Moment, Parting, Under, under
from console.assist.bot.quoting import Quote
from console.assist.bot.several import Several, Wish
from console.assist.talk import Talk
from console.conversation.assistance import Routing
from console.conversation.handover import HandoverWhen
from console.conversation.message import Author

Quoted = Callable[[Under, Quote], Verdict | None]
"""Makes an answer of a passage; ``None`` where it may not be said."""


class Together:
    """Puts answers together; ``quoted`` makes those of passages."""

    def __init__(self, several: Several, errands: Errands, parting: Parting, quoted: Quoted) -> None:
        self._several, self._errands, self._parting, self._quoted = several, errands, parting, quoted

    def begun(self, moment: Moment, routing: Routing) -> Verdict | None:
        """Return the first step towards several answers; ``None`` where the newest words ask for one thing.

        The step is one to a tool where one is wanted: passages need none. Where one of the wishes is not the bot's, it
        answers what it can say at once and gives the rest to people.
        """
        plan = self._several.of(moment)
        if plan.stray:
            answers = [answer for wish in plan.wishes if (answer := self._passage(moment, wish))]
            routing = under(moment, plan.people).routing if plan.people else routing
            when = HandoverWhen.TOPIC if plan.people else HandoverWhen.UNSURE
            gone = self._parting.give_up(moment, routing, plan.stray, when)
            return _headed(gone, answers)
        errand = next((wish for wish in plan.wishes if wish.tool), None)
        if errand is not None and errand.tool is not None:
            return self._errands.use(under(moment, errand.behaviour), errand.tool)
        first = next(iter(plan.wishes), None)
        return self._quoted(under(moment, first.behaviour), first.quote) if first and first.quote else None

    def with_others(self, moment: Moment, verdict: Verdict) -> Verdict:
        """Return a verdict with what answers the other wishes of the message, or with the step to the next of them."""
        decision = verdict.decision
        plan = self._several.of(moment) if isinstance(decision, Answer | Ask) else None
        if plan is None or plan.stray or not plan.wishes:
            return verdict
        begun = {verdict.errand, *(step.errand for step in moment.under_way)}
        waiting = [wish for wish in plan.wishes if wish.tool and wish.tool.name not in begun]
        if isinstance(decision, Answer) and waiting and waiting[0].tool:
            step = self._errands.use(under(moment, waiting[0].behaviour), waiting[0].tool)
            return _headed(step, [decision]) if isinstance(step.decision, HandOver) else self.with_others(moment, step)
        others = [answer for wish in plan.wishes if (answer := self._other(moment, wish, verdict))]
        if isinstance(decision, Ask) and waiting and not decision.failed:
            verdict = begun_with(verdict, wording.ONE_BY_ONE)
        return _headed(verdict, others)

    def _other(self, moment: Moment, wish: Wish, verdict: Verdict) -> Answer | None:
        """Return the answer to another wish that has not been said yet; ``None`` where there is none to say."""
        if wish.tool is None:
            answer = self._passage(moment, wish)
        else:
            other = wish.tool.name != verdict.errand
            answer = self._errands.told(moment, wish.behaviour, wish.tool) if other else None
        text = verdict.decision.text if isinstance(verdict.decision, Answer | Ask) else ""
        return None if answer is None or answer.text in text or was_said(answer.text, moment.talk) else answer

    def _passage(self, moment: Moment, wish: Wish) -> Answer | None:
        found = self._quoted(under(moment, wish.behaviour), wish.quote) if wish.quote else None
        return found.decision if found and isinstance(found.decision, Answer) else None


def was_said(text: str, talk: Talk) -> bool:
    """Return whether the bot has said this already."""
    return any(m.role is Author.BOT and text in m.text for m in talk.messages)


def _headed(verdict: Verdict, answers: list[Answer]) -> Verdict:
    """Return a verdict with other answers, and what they rest on, before its words."""
    if not answers or not isinstance(verdict.decision, Answer | Ask | HandOver):
        return verdict
    sources = tuple(source for answer in answers for source in answer.sources)
    decision = replace(verdict.decision, sources=(*sources, *verdict.decision.sources))
    return begun_with(replace(verdict, decision=decision), " ".join(answer.text for answer in answers))
