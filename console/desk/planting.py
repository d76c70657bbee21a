"""The engine as the practice desk asks it: some suggestions of a session may be wrong on purpose."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from textwrap import shorten
from typing import Final, Protocol

from console.assist.completions import Completion
from console.assist.packet import Handed
from console.assist.ports import Embed
from console.assist.talk import Talk
from console.content.policies import Policy, Watched
from console.conversation.assist_events import RepliesSuggested
from console.conversation.assistance import Flag, Severity, Suggestion
from console.conversation.events import EventData
from console.conversation.message import Author, Message
from console.conversation.packet import Packet
from console.conversation.practice_events import SuggestionPlanted
from console.conversation.wrap_up import Wrapped, WrapUpProposal
from console.desk.assistant import Assistant
from console.practice.planting import Breach, Moment, Passed, planted
from console.practice.scenario import Scenario
from console.practice.still_there import still_there

NEAR: Final = 0.33
"""Cosine from which on an example of a policy is about the same as what is suggested: else nobody would believe it."""

TRIED: Final = 4
"""Examples that are tried, the nearest first."""

SAID: Final = 0.75
"""Cosine from which on the agent has said what is suggested."""

PASSED: Final = 0.1
"""By how much nearer a reply has to be to what the customer wrote then than to what they write now, as a cosine."""

BACK: Final = 2
"""Answers of the agent after which what the customer wrote before them is an earlier matter, if all else says so."""

_QUOTED: Final = 60
"""Characters of a message that are quoted where a plant is explained."""

_STOPPING: Final = frozenset({Severity.WARN, Severity.BLOCK})


class Plants(Protocol):
    """What the practice desk knows of its sessions."""

    def planted(self, conversation: str) -> tuple[Scenario, int] | None:
        """Return the scenario and the seed of a session that is played with plants; ``None`` for any other."""

    def plants(self, conversation: str) -> Sequence[SuggestionPlanted]:
        """Return what was planted in a session so far."""

    def stopped(self, conversation: str, suggestion: str, policy: str) -> None:
        """Note that the check of drafts pointed at a plant; called in worker threads."""


class Planting:
    """An :class:`Assistant` that plants suggestions among those of another, and sees which the draft check catches."""

    def __init__(self, assistant: Assistant, sessions: Plants, policies: Sequence[Policy], embed: Embed) -> None:
        self._assistant, self._sessions, self._embed = assistant, sessions, embed
        self._examples = [(example, policy) for policy in policies for example in _examples(policy)]

    def turn(self, talk: Talk, cancelled: Callable[[], bool]) -> Iterator[EventData]:
        """Yield what the engine says, with a plant among the replies where one is due; the plant is named before."""
        played = self._sessions.planted(talk.conversation)
        for part in self._assistant.turn(talk, cancelled):
            if played and isinstance(part, RepliesSuggested):
                scenario, seed = played
                found = planted(part.suggestions, scenario.plants, self._moment(talk, scenario, seed, part))
                if found:
                    yield found.plant
                    yield replace(part, suggestions=found.suggestions)
                    continue
            yield part

    def check(self, talk: Talk, draft: str) -> Sequence[Flag]:
        """Return the flags of a draft, as ever; where one is about a plant that stands in it, that is noted."""
        flags = self._assistant.check(talk, draft)
        for plant in self._sessions.plants(talk.conversation):
            about = (flag for flag in flags if flag.severity in _STOPPING and _about(flag, plant))
            flag = next(about, None)
            if flag is not None and still_there(plant, draft):
                self._sessions.stopped(talk.conversation, plant.suggestion, flag.policy)
        return flags

    def published(self, talk: Talk) -> Sequence[str]:
        """Return what the engine does."""
        return self._assistant.published(talk)

    def packet(self, talk: Talk, handed: Handed) -> Packet:
        """Return what the engine does."""
        return self._assistant.packet(talk, handed)

    def wrap_up(self, talk: Talk, earlier: Wrapped | None) -> WrapUpProposal:
        """Return what the engine does."""
        return self._assistant.wrap_up(talk, earlier)

    def completions(self, talk: Talk, suggestions: tuple[Suggestion, ...]) -> Sequence[Completion]:
        """Return what the engine does, of what is right: who writes for themselves is led astray by nobody."""
        wrong = {plant.suggestion for plant in self._sessions.plants(talk.conversation)}
        return self._assistant.completions(talk, tuple(one for one in suggestions if one.id not in wrong))

    def _moment(self, talk: Talk, scenario: Scenario, seed: int, part: RepliesSuggested) -> Moment:
        before = scenario.opening
        answers = [place for place, m in enumerate(talk.messages) if m.role is Author.AGENT and place >= before]
        last = answers[-1] if answers else 0
        found = frozenset(one.source for one in part.passed_over)
        return Moment(
            seed=seed,
            answers=len(answers),
            planted=len({(plant.kind, plant.words) for plant in self._sessions.plants(talk.conversation)}),
            said=_said(talk.messages[last:]),
            said_before=_said(talk.messages[:last]),
            turn=talk.turn,
            orders=tuple(order.number for order in talk.customer.orders),
            breaches=partial(self._breaches, talk),
            passed=partial(self._passed, talk, answers, found),
        )

    def _breaches(self, talk: Talk, text: str) -> Iterator[Breach]:
        """Yield what might be added to a suggestion, the nearest first, if the check of drafts speaks against it."""
        if not self._examples:
            return
        vectors = self._embed.encode([text, *(example for example, _ in self._examples)])
        near = vectors[1:] @ vectors[0]
        for place in sorted(range(len(near)), key=lambda place: -near[place])[:TRIED]:
            example, policy = self._examples[place]
            flags = self._assistant.check(talk, example) if near[place] >= NEAR else ()
            if any(flag.policy == policy.id and flag.severity in _STOPPING for flag in flags):
                yield Breach(example, f"“{policy.title}” ({policy.clause})", policy.advice, float(near[place]))

    def _passed(self, talk: Talk, answers: Sequence[int], found: frozenset[str]) -> Iterator[Passed]:
        """Yield what fitted before one of the agent's newest answers: what they have said since, and what is past.

        ``found`` names sources that bear on the present turn, though nothing of them is shown.
        """
        for back, answer in enumerate(reversed(answers[-BACK:]), 1):
            before = talk.messages[:answer]
            while before and before[-1].role is not Author.CUSTOMER:
                before = before[:-1]
            replies = self._replies(replace(talk, messages=before))
            then = [reply for reply in replies if reply.sources and _source(reply) not in found]
            if then:
                yield from self._of_then(talk.messages[answer:], before[-1], then, far=back == BACK)

    def _of_then(
        self, since: Sequence[Message], asked: Message, then: Sequence[Suggestion], *, far: bool
    ) -> Iterator[Passed]:
        """Yield which of these replies have been said ``since``, or fit what was ``asked`` and not what is now."""
        said = [message for message in since if message.role is Author.AGENT]
        now = _said(since[since.index(said[-1]) :])
        vectors = self._embed.encode([*(m.text for m in (*said, asked)), now, *(reply.text for reply in then)])
        own, asked_for, current = vectors[: len(said)], vectors[len(said)], vectors[len(said) + 1]
        for reply, vector in zip(then, vectors[len(said) + 2 :], strict=True):
            likest = int((own @ vector).argmax())
            if own[likest] @ vector >= SAID:
                yield Passed(reply, f"You have said it already, in {said[likest].id}.")
            elif far and vector @ (asked_for - current) >= PASSED:
                quoted = shorten(asked.text, _QUOTED, placeholder="…")
                yield Passed(reply, f"It answers what the customer wrote two answers ago, in {asked.id}: “{quoted}”.")

    def _replies(self, talk: Talk) -> tuple[Suggestion, ...]:
        """Return what the engine would suggest."""
        parts = self._assistant.turn(talk, lambda: False) if talk.messages else iter(())
        return next((part.suggestions for part in parts if isinstance(part, RepliesSuggested)), ())


def _said(messages: Sequence[Message]) -> str:
    return "\n".join(m.text for m in messages if m.role is Author.CUSTOMER)


def _source(reply: Suggestion) -> str:
    """Return the first source of a reply, as :class:`PassedOver` names it."""
    return f"{reply.sources[0].type}:{reply.sources[0].id}"


def _examples(policy: Policy) -> Iterator[str]:
    """Yield sentences of which the company says that its policy speaks against them in a draft."""
    if not policy.built_in and Watched.DRAFT in policy.on and policy.severity in _STOPPING:
        for trigger in policy.triggers:
            yield from trigger.examples


def _about(flag: Flag, plant: SuggestionPlanted) -> bool:
    span, words = flag.span.casefold(), plant.words.casefold()
    return bool(span) and (span in words or words in span)
