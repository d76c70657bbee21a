"""Replies from past conversations: what agents said in moments like this one, filled with this customer's facts."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from console.assist.moments import moment_before, with_course
from console.assist.ports import PastReplies, PastReply
from console.assist.replies.candidate import Candidate
from console.assist.replies.outcome import contradicts
from console.assist.replies.stating import states_a_case
from console.assist.slots import filled, slot_values
from console.assist.slotting import context_text, known_in
from console.assist.talk import Talk
from console.assist.templates import template_of
from console.conversation.assistance import Citation, SourceType
from console.conversation.message import Author

KIND: Final = "past"
CANDIDATES: Final = 12

MANY: Final = 3
"""Conversations in which a reply was given that make it common usage."""

NEAR: Final = 0.35
"""Likeness to the nearest past moment, in what there is to compare, from which common usage is offered: the best of
what there is may still be about something else."""

ALONE: Final = 0.6
"""Likeness of the customers' words from which a reply that is not common usage is offered …"""

FIT: Final = 0.25
"""… if it is also this much about what the customer wrote."""


SENTENCE: Final = 6
"""Words from which a value is taken for a sentence; names of places and things are shorter."""

_WITHIN: Final = re.compile(r"[a-z,] \{(?P<slot>lookup\.[a-z0-9_.]+)\}")


class PastCandidates:
    """Looks for similar past moments."""

    def __init__(self, past: PastReplies) -> None:
        self._past = past

    def propose(self, talk: Talk) -> Iterator[Candidate]:
        """Yield past replies that can be filled for this customer and do not say the opposite of what was looked up."""
        known = known_in(talk.customer, talk.messages, slot_values(talk, ()))
        moment = with_course(
            moment_before(talk.messages, lambda message: context_text(message, known)),
            talk.messages,
            lambda message: template_of(message.text, known),
            known.values,
        )
        found = self._past.search(moment, CANDIDATES)
        likeness = max((reply.likeness for reply in found), default=0.0)
        near = [reply for reply in found if _near(reply)]
        usual = any(map(_common, near))
        newest = talk.messages[-1] if talk.messages else None
        look_up = newest.text if newest and newest.role is Author.SYSTEM else ""
        for reply in near:
            fillings = ((template, filled(template, known.values)) for template in reply.templates)
            template, text = next(
                ((template, text) for template, text in fillings if text and _reads(template, known.values)), ("", None)
            )
            if text and (_common(reply) or not states_a_case(template)) and not contradicts(text, look_up):
                chats = "past chat" if reply.conversations == 1 else "past chats"
                source = Citation(SourceType.PAST, reply.case, template, f"Said in {reply.conversations} {chats}")
                score = _agreed(reply, likeness) if usual else _fitting(reply)
                yield Candidate(text, KIND, score, (source,))


def _reads(template: str, values: Mapping[str, str]) -> bool:
    """Return whether no whole sentence would stand within another: “the flight is Take two a day” is no reply.

    A slot of one name may have held a word then and hold a sentence now.
    """
    return not any(len(values[m["slot"]].split()) >= SENTENCE for m in _WITHIN.finditer(template))


def _common(reply: PastReply) -> bool:
    return reply.conversations >= MANY


def _near(reply: PastReply) -> bool:
    """Return whether the past moment is like this one; the less usual a reply is, the more it has to be."""
    if _common(reply):
        return reply.evidence >= NEAR
    return reply.words >= ALONE and reply.fit >= FIT


def _agreed(reply: PastReply, likeness: float) -> float:
    """Return a score on the common scale: how like the nearest past moment is, and how agreed the reply."""
    return min(0.95, likeness * (0.45 + 0.55 * reply.weight))


def _fitting(reply: PastReply) -> float:
    """Return the same where no common usage can agree: how near the moment is, and how much the reply is about it."""
    return min(0.95, reply.words * (0.6 + 0.4 * max(reply.weight, reply.fit)))
