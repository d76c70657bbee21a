"""Replies from behaviours: the fact that is still missing, asked for in the behaviour's words, or the step that is due.

Nothing is asked for that is known, or that an agent or the bot has asked for before; one such reply a turn at most, and
none once the matter is dealt with. An agent who has answered twice without a fact, or a step, can do without it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from console.assist.matter import open_matter
from console.assist.ports import Embed
from console.assist.questions import label_of, question_in
from console.assist.replies.candidate import Candidate
from console.assist.sentences import texts
from console.assist.slots import filled
from console.assist.talk import Talk
from console.assist.vectors import likeness
from console.content.behaviours import Behaviour, Fact, Step
from console.content.macros import Macro
from console.conversation.assistance import Citation, SourceType
from console.conversation.message import Author, Message

KIND: Final = "procedure"

ASKED: Final = 0.6
"""Cosine of a question with a behaviour's own from which it asks for the same."""

SAID: Final = 0.65
"""Cosine of a sentence that was sent with one of a step's from which the step is taken; as for macros."""

ANSWERS: Final = 2
"""Answers of agents from which no fact is asked for any more: a question that was offered twice was not wanted. Nor is
a step that was due for as many."""

ALONE: Final = 0.5
"""Score of a procedure's reply where nothing else is proposed; an answer that has less is no better than to go on."""

HIGHEST: Final = 0.98
_NEXT_TO: Final = 0.001


@dataclass(frozen=True, slots=True)
class Due:
    """The reply that is due by the procedure."""

    candidate: Candidate
    fact: Fact | None = None
    """The fact that it asks for; a step asks for none."""
    first: bool = False
    """Whether other answers of this intent wait for the fact it asks for."""


class Procedure:
    """What the behaviours say comes next."""

    def __init__(self, behaviours: Sequence[Behaviour], macros: Sequence[Macro], embed: Embed) -> None:
        self._behaviours = {behaviour.intent: behaviour for behaviour in behaviours}
        self._macros, self._embed = tuple(macros), embed

    def due(self, talk: Talk, values: Mapping[str, str], intent: str) -> Due | None:
        """Return what is due; ``None`` where all is known, asked and done, or the customer takes their leave."""
        behaviour = self._behaviours.get(intent)
        if behaviour is None or not open_matter(talk):
            return None
        missing = self._missing(behaviour, talk, values)
        if missing:
            return Due(_asking(behaviour, missing), missing, self._waited_for(missing, intent))
        step = self._step(behaviour.steps, talk)
        text = filled(step.say, values) if step else None
        return Due(_stepping(behaviour, step, text)) if step and text else None

    def placed(self, chosen: Sequence[Candidate], due: Due | None, most: int) -> tuple[Candidate, ...]:
        """Return the best replies with the one that is due among them, in place of the last where there are enough.

        It goes right behind the best, or before it where answers wait for the fact or the best is a weak one; nowhere
        where one of them asks or says the same.
        """
        if due is None or any(self._same(due, other.text) for other in chosen):
            return tuple(chosen[:most])
        if not chosen:
            return (replace(due.candidate, score=ALONE),)
        if chosen[0].score < ALONE:
            return (replace(due.candidate, score=ALONE), *chosen)[:most]
        place = 0 if due.first else 1
        below = chosen[place].score if place < len(chosen) else 0.0
        score = min(HIGHEST, below + _NEXT_TO) if due.first else max(below, chosen[0].score - _NEXT_TO)
        return (*chosen[:place], replace(due.candidate, score=score), *chosen[place:])[:most]

    def _same(self, due: Due, text: str) -> bool:
        asked = question_in(text)
        return due.candidate.text in text or bool(asked and due.fact and self.asks([asked], due.fact))

    def _missing(self, behaviour: Behaviour, talk: Talk, values: Mapping[str, str]) -> Fact | None:
        """Return the first fact that is not known and that nobody has asked for."""
        if sum(message.role is Author.AGENT for message in talk.messages) >= ANSWERS:
            return None
        told = [m.text for m in talk.messages if m.role in {Author.CUSTOMER, Author.SYSTEM}]
        unknown = [
            fact
            for fact in behaviour.collect
            if fact.slot not in values
            and f"fact.{fact.slot}" not in values
            and not (fact.pattern and any(fact.pattern.search(text) for text in told))
        ]
        asked = [q for q in map(question_in, _sent(talk)) if q]
        return next((fact for fact in unknown if not self.asks(asked, fact)), None)

    def asks(self, questions: Sequence[str], fact: Fact) -> bool:
        """Return whether one of the questions asks for the fact, in these words or in others."""
        if not questions:
            return False
        label = label_of(fact.ask)
        if any(fact.name.lower() in q.lower() or (label and label_of(q) == label) for q in questions):
            return True
        return bool(likeness(self._embed.encode(questions), self._embed.encode([fact.ask])).max() >= ASKED)

    def _waited_for(self, fact: Fact, intent: str) -> bool:
        """Return whether a macro of the intent cannot be filled without the fact."""
        needed = {fact.slot, f"fact.{fact.slot}"}
        return any(intent in macro.intents and needed & set(macro.slots) for macro in self._macros)

    def course(self, talk: Talk, intent: str) -> list[tuple[Step, Message | None]]:
        """Return the steps of a behaviour in their order, each with the first message that took it, if any did."""
        behaviour = self._behaviours.get(intent)
        steps = behaviour.steps if behaviour else ()
        return [(step, next((m for m in talk.messages if self._takes(m, step)), None)) for step in steps]

    def _step(self, steps: Sequence[Step], talk: Talk) -> Step | None:
        """Return the first step after the last one taken; none once agents have answered so often without it."""
        taken = [place for place, step in enumerate(steps) if any(self._takes(m, step) for m in talk.messages)]
        left = steps[taken[-1] + 1 :] if taken else steps
        moved = [at for at, m in enumerate(talk.messages) if any(self._takes(m, step) for step in steps)]
        since = talk.messages[moved[-1] + 1 :] if moved else talk.messages
        answers = sum(message.role is Author.AGENT for message in since)
        # where none was taken, the first answers may still have gone to the facts
        return left[0] if left and answers < (ANSWERS if moved else 2 * ANSWERS) else None

    def _takes(self, message: Message, step: Step) -> bool:
        """Return whether a message takes a step: in the step's words or others, or by what shows that it is done."""
        by_us = message.role in {Author.AGENT, Author.BOT}
        if step.done_when and message.role in {Author.AGENT, Author.SYSTEM} and step.done_when.search(message.text):
            return True
        sent = texts(message.text) if by_us else ()
        if not sent:
            return False
        return bool(likeness(self._embed.encode(sent), self._embed.encode(texts(step.say))).max() >= SAID)


def _sent(talk: Talk) -> list[str]:
    return [m.text for m in talk.messages if m.role in {Author.AGENT, Author.BOT}]


def _asking(behaviour: Behaviour, fact: Fact) -> Candidate:
    title = f"{behaviour.title}: {fact.name}"
    return Candidate(fact.ask, KIND, ALONE, (Citation(SourceType.BEHAVIOUR, behaviour.intent, fact.ask, title),))


def _stepping(behaviour: Behaviour, step: Step, text: str) -> Candidate:
    title = f"{behaviour.title}: {step.title}"
    return Candidate(text, KIND, ALONE, (Citation(SourceType.BEHAVIOUR, behaviour.intent, step.say, title),))
