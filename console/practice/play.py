"""A practice session as it is played: the agent's messages in, the customer's out, everything kept for the debrief."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from console.conversation.message import Author, Message
from console.practice.customer import Answer, Ending, State, answered, at_first, left_waiting
from console.practice.hearing import Ear, Heard
from console.practice.scenario import Scenario
from console.practice.voice import messages


@dataclass(frozen=True, slots=True)
class Turn:
    """What the agent wrote (or that they wrote nothing for too long), and what came of it."""

    place: int
    """Messages that stood before the customer's answer."""
    heard: Heard | None
    answer: Answer
    before: State
    message: str = ""
    """Id of the agent's message; empty for silence."""


@dataclass(frozen=True, slots=True)
class Played:
    """A session so far; the same scenario, seed and messages at the same times give the same."""

    scenario: Scenario
    seed: int
    state: State
    messages: tuple[Message, ...]
    turns: tuple[Turn, ...] = ()

    @property
    def ending(self) -> Ending | None:
        """How it ended; ``None`` while it goes on."""
        return self.state.ending


def begin(scenario: Scenario, seed: int, now: datetime) -> Played:
    """Return a session that begins: what was before the agent came stands there, and what the customer says first."""
    at = now - timedelta(minutes=scenario.minutes_ago)
    found: list[Message] = []
    for line in scenario.before:
        at = min(at + timedelta(seconds=line.after if found else 0.0), now)
        found.append(Message(f"m{len(found) + 1}", line.role, line.text, at))
    found += _customers(scenario.begins, len(found), now)
    return Played(scenario, seed, at_first(scenario), tuple(found))


def say(played: Played, ear: Ear, text: str, at: datetime, agent: str = "", suggestion: str = "") -> Played:
    """Return the session after the agent wrote ``text``, with the customer's answer."""
    message = Message(f"m{len(played.messages) + 1}", Author.AGENT, text, at, agent, suggestion)
    heard = ear.hear(text)
    answer = answered(played.scenario, played.state, heard, played.seed)
    return _after(replace(played, messages=(*played.messages, message)), heard, answer, at, message.id)


def keep_silent(played: Played, at: datetime) -> Played:
    """Return the session after the agent wrote nothing for as long as the customer waits."""
    return _after(played, None, left_waiting(played.scenario, played.state, played.seed), at)


def cut_off(played: Played) -> Played:
    """Return the session after the agent closed it; what was settled stays so."""
    ending = played.ending or (Ending.SETTLED if played.state.settled else Ending.CUT_OFF)
    return replace(played, state=replace(played.state, ending=ending))


def _after(played: Played, heard: Heard | None, answer: Answer, at: datetime, message: str = "") -> Played:
    turn = Turn(len(played.messages), heard, answer, played.state, message)
    written = messages(answer.says, played.scenario.persona, played.seed, len(played.turns))
    said = _customers(written, len(played.messages), at)
    return replace(played, state=answer.state, messages=(*played.messages, *said), turns=(*played.turns, turn))


def _customers(texts: Iterable[str], after: int, at: datetime) -> list[Message]:
    return [Message(f"m{after + n}", Author.CUSTOMER, text, at) for n, text in enumerate(texts, 1)]
