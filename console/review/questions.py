"""The questions nobody's article answered, read from the log with what came of them. A pure fold of events."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from console.assist.asking import is_question, masked
from console.assist.slotting import known_in
from console.conversation import assist_events as a
from console.conversation import events as e
from console.conversation.message import Author
from console.conversation.people import Customer

WEEKS: Final = 13
"""Weeks whose questions are counted apart."""


@dataclass(slots=True)
class Question:
    """A question that was asked in vain."""

    text: str
    """Personal details in it are slots."""
    at: datetime
    conversation: str = ""
    message: str = ""
    agent: str = ""
    """Who looked it up by hand; empty where the customer asked."""
    who: str = ""
    """The customer whose question it was, as far as that is known: to count people."""
    minutes: float = 0.0
    """Length of its conversation."""
    own_words: bool = False
    """Whether the agent's next message came from no suggestion."""
    mood: float | None = None


@dataclass(slots=True)
class _Talk:
    """What has to be known of a conversation while its events are read."""

    customer: Customer = field(default_factory=lambda: Customer(id=""))
    messages: int = 0
    asked: str = ""
    """The customer's newest message."""
    first: datetime | None = None
    last: datetime | None = None
    moods: dict[str, float] = field(default_factory=dict)
    open: list[Question] = field(default_factory=list)
    """Questions that no agent has written after yet."""
    questions: dict[str, Question] = field(default_factory=dict)


def questions_of(history: Iterable[e.Event]) -> list[Question]:
    """Return the questions in the order they were asked, one a message.

    Logs from before such questions were kept tell them by messages for which no article was found.
    """
    talks: dict[str, _Talk] = {}
    found: list[Question] = []
    for event in history:
        talk = talks.setdefault(event.conversation, _Talk())
        question = _take_in(talk, event)
        if question is not None:
            found.append(question)
    for question in found:
        if question.conversation:
            _finish(question, talks[question.conversation])
    return found


def per_week(asked: Iterable[Question], now: datetime) -> tuple[int, ...]:
    """Return how many questions were asked in each of the last weeks of seven days, the oldest first."""
    counts = [0] * WEEKS
    for question in asked:
        ago = int((now - question.at) / timedelta(weeks=1))
        if 0 <= ago < WEEKS:
            counts[WEEKS - 1 - ago] += 1
    return tuple(counts)


def _take_in(talk: _Talk, event: e.Event) -> Question | None:
    match event.data:
        case e.ConversationOpened(customer=customer) | e.IdentityChanged(customer=customer):
            talk.customer = customer
        case e.MessageAdded() as message:
            _message(talk, message, event.at)
        case a.MoodRead(turn=turn, mood=mood):
            talk.moods[turn] = mood.score
        case a.QuestionUnanswered(question=text, turn=turn):
            return _asked(talk, event, text, turn)
        case a.KnowledgeFound(turn=turn, hits=()) if turn == f"m{talk.messages}" and is_question(talk.asked):
            return _asked(talk, event, masked(talk.asked, known_in(talk.customer, (), {})), turn)
        case _:
            pass
    return None


def _message(talk: _Talk, message: e.MessageAdded, at: datetime) -> None:
    talk.messages += 1
    talk.first, talk.last = talk.first or at, at
    talk.asked = message.text if message.role is Author.CUSTOMER else ""
    if message.role is Author.AGENT:
        for question in talk.open:
            question.own_words = not message.suggestion
        talk.open.clear()


def _asked(talk: _Talk, event: e.Event, text: str, turn: str) -> Question | None:
    earlier = talk.questions.get(turn) if turn else None
    if earlier is not None:
        earlier.text = text  # the event that was made for it says it better than what was read from the message
        return None
    agent = event.actor.removeprefix("agent:") if event.actor.startswith("agent:") else ""
    question = Question(text, event.at, event.conversation, turn, agent, f"agent:{agent}" if agent else "")
    if turn:
        talk.questions[turn] = question
    if event.conversation:
        talk.open.append(question)
    return question


def _finish(question: Question, talk: _Talk) -> None:
    question.who = talk.customer.id or question.conversation
    question.mood = talk.moods.get(question.message)
    if talk.first and talk.last:
        question.minutes = (talk.last - talk.first).total_seconds() / 60
