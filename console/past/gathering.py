"""A draft article for a question that many asked: out of the best answers of all conversations it was asked in. Pure.

An answer is taken where it is about the question, and the customer did not say that it was none. What several agents
said alike goes first, then what customers thanked for or rated well. Where nothing of the kind is left the draft says
so, and leaves a blank.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from console.assist.courtesy import hears
from console.assist.ports import Embed, Vectors
from console.assist.triggers import unhelped
from console.content.conversations import Transcript
from console.conversation.drafts import Drafted
from console.conversation.message import Author, DraftLine
from console.past.anonymity import CommonWords
from console.past.drafting import MOST_STEPS, Quoted, drafted, quoted_from, title_of

ABOUT: Final = 0.4
"""Cosine to the question from which a sentence is about it; the others of its message then count as well."""

ALIKE: Final = 0.8
"""Cosine from which two sentences say the same."""

GLAD: Final = 4
SORRY: Final = 2
"""A customer's rating from which they were glad of the conversation, and up to which they were not."""


@dataclass(frozen=True, slots=True)
class AskedOnce:
    """A conversation in which the question was asked."""

    transcript: Transcript
    turn: str = ""
    """The customer's message that asks; empty: the first that asks anything."""
    rating: int = 0
    """What the customer said of it in the end, 1 to 5; 0 where they said nothing."""
    poor: frozenset[str] = frozenset()
    """Messages that went out as suggestions which somebody rated low."""


@dataclass(frozen=True, slots=True)
class _Answer:
    """What a conversation says about the question."""

    asked: AskedOnce
    steps: tuple[DraftLine, ...]
    glad: bool
    """Whether the customer thanked for it, or rated it well."""


@dataclass(frozen=True, slots=True)
class _Said:
    """A sentence, who said it, and in which conversation."""

    answer: int
    line: DraftLine
    agent: str


def gathered(asked: Sequence[AskedOnce], question: str, common: CommonWords, embed: Embed, times: int = 0) -> Drafted:
    """Return an article that answers ``question``; ``times`` is how often it was asked, where that is known.

    The conversation of its first line is the one whose answer it was made from.
    """
    answers = [_answer(one, question, common) for one in asked if _counts(one)]
    said = [
        _Said(place, line, _agent(answer.asked, line)) for place, answer in enumerate(answers) for line in answer.steps
    ]
    if said:
        rows = embed.encode([question, *(one.line.text for one in said)])
        about = _about(said, rows[1:] @ rows[0])
        if about:
            return drafted(question, Quoted((), _chosen(answers, [said[n] for n in about], rows[1:][about])))
    return _blank(asked, question, times)


def _counts(one: AskedOnce) -> bool:
    return one.transcript.resolved and not 0 < one.rating <= SORRY


def _answer(one: AskedOnce, question: str, common: CommonWords) -> _Answer:
    quoted = quoted_from(one.transcript, one.turn, question, common)
    refused = one.poor | _refused(one.transcript)
    here = one.transcript.id
    steps = tuple(replace(line, conversation=here) for line in quoted.steps if refused.isdisjoint(line.sources))
    return _Answer(one, steps, one.rating >= GLAD or _thanked(one.transcript))


def _refused(transcript: Transcript) -> frozenset[str]:
    """Return the agent's messages after which the customer says that they were no answer."""
    found, last = set(), ""
    for message in transcript.messages:
        if message.role is Author.AGENT:
            last = message.id
        elif message.role is Author.CUSTOMER and last:
            if unhelped(message.text):
                found.add(last)
            last = ""
    return frozenset(found)


def _thanked(transcript: Transcript) -> bool:
    """Return whether the customer's last words, after an agent's, say that they have heard, or thank."""
    last = next((m for m in reversed(transcript.messages) if m.role is Author.CUSTOMER), None)
    answered = any(m.role is Author.AGENT for m in transcript.messages)
    return answered and last is not None and hears(last.text)


def _agent(one: AskedOnce, line: DraftLine) -> str:
    author = next((m.author for m in one.transcript.messages if m.id in line.sources), "")
    return author or one.transcript.agent


def _about(said: Sequence[_Said], nearness: Vectors) -> list[int]:
    """Return the places of the sentences of messages that are about the question."""
    near = {(one.answer, one.line.sources) for one, cosine in zip(said, nearness, strict=True) if cosine >= ABOUT}
    return [place for place, one in enumerate(said) if (one.answer, one.line.sources) in near]


def _chosen(answers: Sequence[_Answer], said: Sequence[_Said], rows: Vectors) -> tuple[DraftLine, ...]:
    """Return the best conversation's answer, and what several agents said elsewhere that it does not say."""
    alike = [np.flatnonzero(row).tolist() for row in rows @ rows.T >= ALIKE]
    agents = [len({said[other].agent for other in places}) for places in alike]
    by_answer: dict[int, list[int]] = {}
    for place, one in enumerate(said):
        by_answer.setdefault(one.answer, []).append(place)
    best = max(by_answer, key=lambda answer: _worth(by_answer[answer], agents, glad=answers[answer].glad))
    taken = _apart(by_answer[best], alike)
    others = sorted((n for n in range(len(said)) if agents[n] > 1), key=lambda n: (-agents[n], n))
    taken = _apart([*taken, *others], alike)[:MOST_STEPS]
    return tuple(replace(said[place].line, agents=agents[place]) for place in taken)


def _worth(places: Sequence[int], agents: Sequence[int], *, glad: bool) -> tuple[int, bool, int]:
    """Return what an answer is worth: that several said so, that the customer was glad of it, how much it says."""
    return max(agents[place] for place in places), glad, sum(agents[place] for place in places)


def _apart(places: Sequence[int], alike: Sequence[Sequence[int]]) -> list[int]:
    """Return the places without those that say what an earlier one says; ``alike`` are those that each is like."""
    kept: list[int] = []
    for place in places:
        if not any(other in alike[place] for other in kept):
            kept.append(place)
    return kept


def _blank(asked: Sequence[AskedOnce], question: str, times: int) -> Drafted:
    """Return what is honest where nobody's answer will do: the question, a blank, and where it was asked."""
    count = "once" if times == 1 else f"{times:,} times" if times else "before"
    said = f"No agent's answer was good enough to take over; the question was asked {count}."
    lines = (DraftLine("missing", said, _sources(one), one.transcript.id) for one in asked)
    return Drafted(title_of(question), tuple(lines))


def _sources(one: AskedOnce) -> tuple[str, ...]:
    messages = one.transcript.messages
    asking = [m.id for m in messages if m.id == one.turn] or [m.id for m in messages if m.role is Author.CUSTOMER][:1]
    return tuple(asking or [m.id for m in messages][:1])
