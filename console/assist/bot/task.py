"""What the bot does next in a task that was delegated to it: one decision, pure.

It asks for the facts one after the other and says nothing else. Whatever is not an answer (a question, anger, the wish
for a person, another language, that they do not have it) brings the conversation back to the agent at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from console.assist.bot import task_wording as wording
from console.assist.bot.checking import Checker
from console.assist.bot.ports import Triggers
from console.assist.bot.task_reading import asks, holds_on, lacks, told, values, wants_a_deed
from console.assist.bot.wording import PROGRAM
from console.assist.courtesy import asks_who_writes, without_who_writes
from console.assist.guard import guard
from console.assist.language import other_language
from console.assist.packet import Handed, known
from console.assist.packet_facts import packet_facts
from console.assist.routing import Router
from console.assist.talk import Talk
from console.assist.triggers import unhelped
from console.content.behaviours import Fact
from console.content.library import Library
from console.conversation.assistance import Citation, SourceType
from console.conversation.handover import HandoverWhen
from console.conversation.message import Author, Layer, Message, Status
from console.conversation.tasks import MOST_ASKS, MOST_FACTS, Got, Task, TaskFact, TaskKind, TaskOutcome
from console.text import shorten

PATIENCE: Final = timedelta(minutes=10)
"""How long the bot waits for an answer; who looks for a number needs minutes, who is gone longer is back with a
person."""

FILE: Final = "file"
"""The slot of a photo or file."""

OWN: Final = "question"
"""The slot of the agent's own question."""

_QUOTED: Final = 80
_ENDS: Final = frozenset({HandoverWhen.TOPIC, HandoverWhen.ASKED, HandoverWhen.MOOD, HandoverWhen.PREDICTED})
"""Triggers that end a task, where what the customer wrote since it began fires them."""


@dataclass(frozen=True, slots=True)
class TaskMoment:
    """What is decided on: the conversation, how it stands, the task, and the time."""

    talk: Talk
    task: Task
    status: Status
    agent: str
    """Id of the agent who has the conversation."""
    now: datetime
    handed: Handed = field(default_factory=Handed)


@dataclass(frozen=True, slots=True)
class AskFor:
    """Ask the customer for a fact."""

    fact: TaskFact
    text: str


@dataclass(frozen=True, slots=True)
class End:
    """End the task; ``text`` is the last thing the customer reads of the bot, empty where it leaves in silence."""

    outcome: TaskOutcome
    reason: str
    text: str = ""
    owed: bool = True


@dataclass(frozen=True, slots=True)
class TaskVerdict:
    """What came in, and what is done now: nothing (wait), a question, or the end."""

    got: tuple[Got, ...] = ()
    step: AskFor | End | None = None


class TaskMind:
    """Decides by a library; safe from several threads."""

    def __init__(self, library: Library, router: Router, checker: Checker, triggers: Triggers) -> None:
        self._library, self._router, self._checker, self._triggers = library, router, checker, triggers

    def offer(self, talk: Talk, *, files: bool = False) -> tuple[TaskFact, ...]:
        """Return what the bot can ask for: what the behaviour collects and nobody told yet, and a file where kept."""
        behaviour = self._library.behaviour(talk.routing.intent) if talk.routing else None
        wanted = behaviour.collect if behaviour else ()
        facts = packet_facts(talk.messages, talk.customer, wanted)
        missing = [fact for fact in wanted if not known(fact.slot, fact.name, fact.pattern, facts, talk)]
        intent = behaviour.intent if behaviour else ""
        found = [TaskFact(f.slot, f.name, f.ask, TaskKind.FACT, intent) for f in missing if f.slot not in {FILE, OWN}]
        file = [TaskFact(FILE, wording.FILE_NAME, wording.FILE_ASK, TaskKind.FILE)] if files else []
        return (*found, *file)

    def for_waiting(self, talk: Talk) -> tuple[TaskFact, ...]:
        """Return what somebody who waits is asked for, in its bounds."""
        facts = self.offer(talk)[:MOST_FACTS]
        return () if self.foreign(talk) or any(self.barred(fact, talk) for fact in facts) else facts

    def foreign(self, talk: Talk) -> str:
        """Return the language of a customer whom the bot does not understand; empty where it does."""
        return other_language([m.text for m in talk.messages if m.role is Author.CUSTOMER])

    def barred(self, fact: TaskFact, talk: Talk) -> bool:
        """Return whether a policy, or somebody else's data in it, stands against a question."""
        return not self._may_say(fact.ask, fact, talk)

    def decide(self, moment: TaskMoment) -> TaskVerdict:
        """Return what is done at this moment."""
        moment = replace(moment, talk=moment.talk.as_read())
        gone = _gone(moment)
        if gone:
            return TaskVerdict(step=gone)
        fresh = _fresh(moment)
        if not fresh:
            return TaskVerdict(step=self._without_words(moment))
        wonders = moment.task.last is not None and all(_wonders(message) for message in fresh)
        if wonders and self._router.route(moment.talk).layer is not Layer.HUMAN_ONLY:
            return TaskVerdict(step=self._honest(moment, moment.task.open[0]))
        reserved = self._reserved(moment)
        if reserved:
            return TaskVerdict(step=reserved)
        got = self._got(moment, fresh)
        step = self._next(moment, moment.task.with_got(got), fresh, bool(got))
        return TaskVerdict(got, step or _late(moment))

    def _without_words(self, moment: TaskMoment) -> AskFor | End | None:
        """Return the first question, or the end where no answer has come in time."""
        task = moment.task
        if task.last is None:
            return self._asking(moment, task.open[0], wording.first(task, task.open[0], self._library.company))
        return _late(moment)

    def _reserved(self, moment: TaskMoment) -> End | None:
        """Return the end where what the customer wrote is for a person."""
        talk = moment.talk
        routing = self._router.route(talk)
        if routing.layer is Layer.HUMAN_ONLY:
            return End(TaskOutcome.RESERVED, f"reserved for people: {', '.join(routing.reasons)}")
        since = talk.messages[moment.task.begun :]
        ids = {message.id for message in since}
        handed = replace(moment.handed, flags=tuple(f for f in moment.handed.flags if f.message in ids), moods={})
        fired = self._triggers(replace(talk, messages=since, moods={}, routing=routing), handed)
        ends = [t.reason for t in fired if t.when in _ENDS and t.message in ids]
        if ends:
            return End(TaskOutcome.BROKEN_OFF, "; ".join(ends))
        language = self.foreign(talk)
        if language:
            return End(TaskOutcome.BROKEN_OFF, f"the customer seems to write in {language}")
        return None

    def _got(self, moment: TaskMoment, fresh: Sequence[Message]) -> tuple[Got, ...]:
        """Return the facts that the newest words bring."""
        task = moment.task
        asked_for = task.last.slot if task.last else ""
        got = values(task.open, [self._shape(fact) for fact in task.open], fresh, asked_for)
        there = {one.slot for one in got}
        asked = next((f for f in task.open if task.last and f.slot == task.last.slot and f.slot not in there), None)
        if asked is None or got or asked.kind is TaskKind.FILE or self._pattern(asked):
            return got
        answer = told(asked, fresh)
        return (answer,) if answer else ()

    def _next(self, moment: TaskMoment, task: Task, fresh: Sequence[Message], anything: bool) -> AskFor | End | None:
        """Return what follows from words of which ``anything`` may have been an answer."""
        fresh = [replace(m, text=without_who_writes(m.text)) if asks_who_writes(m.text) else m for m in fresh]
        said = "\n".join(message.text for message in fresh)
        question = next((q for q in (asks(message.text) for message in fresh) if q), "")
        asked = f"the customer asks: “{shorten(question, _QUOTED)}”" if question else ""
        if not task.open:
            text = "" if asked else wording.complete(task)
            reason = "; ".join(filter(None, ("all is there", asked)))
            return self._checked(moment, End(TaskOutcome.COMPLETE, reason, text))
        missing = wording.wanted(task.open)
        if asked:
            return End(TaskOutcome.BROKEN_OFF, f"{asked}; missing: {missing}")
        fact = task.open[0]
        if lacks(said):
            return End(TaskOutcome.WITHOUT, f"the customer cannot give: {missing}")
        if task.last is None:
            return self._asking(moment, fact, wording.first(task, fact, self._library.company))
        return self._further(moment, task, missing) if anything else self._once_more(moment, fact, said)

    def _honest(self, moment: TaskMoment, fact: TaskFact) -> AskFor | End:
        """Return the answer to who asks whether a person writes, and what was asked; once it was, the agent."""
        if moment.task.asks(fact.slot) < MOST_ASKS:
            return self._asking(moment, fact, f"{PROGRAM} {fact.ask}")
        end = End(TaskOutcome.BROKEN_OFF, f"the customer asks who writes; missing: {wording.wanted(moment.task.open)}")
        return self._checked(moment, replace(end, text=PROGRAM))

    def _further(self, moment: TaskMoment, task: Task, missing: str) -> AskFor | End:
        """Return the question for what is still open, or the end where all of it was asked for twice."""
        fact = next((one for one in task.open if task.asks(one.slot) < MOST_ASKS), None)
        if fact is None:
            return End(TaskOutcome.WITHOUT, f"asked twice without an answer; missing: {missing}")
        return self._asking(moment, fact, wording.further(fact))

    def _once_more(self, moment: TaskMoment, fact: TaskFact, said: str) -> AskFor | End | None:
        """Return what follows from words that are no answer: wait, a second try, or the end."""
        if holds_on(said):
            return None
        missing = wording.wanted(moment.task.open)
        if unhelped(said) or wants_a_deed(said):
            return End(TaskOutcome.BROKEN_OFF, f"the customer writes something else; missing: {missing}")
        if moment.task.asks(fact.slot) < MOST_ASKS:
            return self._asking(moment, fact, wording.again(fact))
        return End(TaskOutcome.WITHOUT, f"asked twice without an answer; missing: {missing}")

    def _asking(self, moment: TaskMoment, fact: TaskFact, text: str) -> AskFor | End:
        if self._may_say(text, fact, moment.talk, moment.task.name):
            return AskFor(fact, text)
        return End(TaskOutcome.BARRED, f"a policy stands against asking for {wording.plain(fact.name)}")

    def _checked(self, moment: TaskMoment, end: End) -> End:
        """Return the end without its words where they may not be said."""
        fact = moment.task.facts[0]
        return end if self._may_say(end.text, fact, moment.talk, moment.task.name) else replace(end, text="")

    def _may_say(self, text: str, fact: TaskFact, talk: Talk, known: str = "") -> bool:
        """Return whether nothing stands against a text, of which the behaviour's words are the company's own."""
        public = (known, self._library.company, "" if fact.kind is TaskKind.QUESTION else fact.ask)
        if any(guard(text, talk, public)):
            return False
        source = Citation(SourceType.BEHAVIOUR, fact.intent or OWN, text, fact.name)
        return self._checker.may_say(text, (source,), talk, known)

    def _shape(self, fact: TaskFact) -> Fact | None:
        behaviour = self._library.behaviour(fact.intent) if fact.intent else None
        return next((one for one in behaviour.collect if one.slot == fact.slot), None) if behaviour else None

    def _pattern(self, fact: TaskFact) -> bool:
        shape = self._shape(fact)
        return shape is not None and shape.pattern is not None


def _wonders(message: Message) -> bool:
    """Return whether a message only asks whether a person writes."""
    return not message.attachments and asks_who_writes(message.text) and not without_who_writes(message.text)


def _gone(moment: TaskMoment) -> End | None:
    """Return the end where the conversation is not the bot's to speak in any more."""
    task, talk = moment.task, moment.talk
    if talk.hidden or (talk.routing is not None and talk.routing.layer is Layer.HUMAN_ONLY):
        return End(TaskOutcome.RESERVED, "the second chair is silent here now")
    if any(message.role is Author.AGENT for message in talk.messages[task.begun :]):
        return End(TaskOutcome.TAKEN_BACK, "an agent wrote", owed=False)
    if moment.status is Status.CLOSED:
        return End(TaskOutcome.TAKEN_BACK, "the conversation was closed", owed=False)
    if task.waiting:
        taken = moment.status is not Status.WAITING
        return End(TaskOutcome.TAKEN_BACK, f"{talk.agent or 'an agent'} has the conversation") if taken else None
    held = moment.status in {Status.ACTIVE, Status.PARKED} and moment.agent == task.agent
    return None if held else End(TaskOutcome.TAKEN_BACK, f"{task.name} does not have the conversation any more")


def _late(moment: TaskMoment) -> End | None:
    """Return the end where the last question is as old as the bot waits for an answer."""
    last = moment.task.last
    if last is None or moment.now - last.at < PATIENCE:
        return None
    missing = wording.wanted(moment.task.open)
    return End(TaskOutcome.SILENT, f"no answer in {PATIENCE.seconds // 60} minutes; missing: {missing}")


def _fresh(moment: TaskMoment) -> tuple[Message, ...]:
    """Return what the customer wrote in the task since the bot last spoke."""
    found: list[Message] = []
    for message in reversed(moment.talk.messages[moment.task.begun :]):
        if message.role is Author.BOT:
            break
        if message.role is Author.CUSTOMER:
            found.append(message)
    return tuple(reversed(found))
