"""Replies from past conversations: what agents said in moments like this one, filled with this customer's facts."""

from collections.abc import Iterator
from typing import Final

from console.assist.moments import moment_before
from console.assist.ports import PastReplies
from console.assist.replies.candidate import Candidate
from console.assist.slots import filled, slot_values
from console.assist.slotting import context_text, known_in
from console.assist.talk import Talk
from console.conversation.assistance import Citation, SourceType

KIND: Final = "past"
CANDIDATES: Final = 12

MANY: Final = 3
"""Conversations in which a reply was given that make it common usage."""

ALONE: Final = 0.6
"""Likeness of the customers' words from which a reply that is not common usage is still offered."""


class PastCandidates:
    """Looks for similar past moments."""

    def __init__(self, past: PastReplies) -> None:
        self._past = past

    def propose(self, talk: Talk) -> Iterator[Candidate]:
        """Yield past replies that can be filled for this customer."""
        known = known_in(talk.customer, talk.messages, slot_values(talk, ()))
        moment = moment_before(talk.messages, lambda message: context_text(message, known))
        replies = self._past.search(moment, CANDIDATES)
        likeness = max((reply.likeness for reply in replies), default=0.0)
        for reply in replies:
            if reply.conversations < MANY and reply.words < ALONE:
                continue
            fillings = ((template, filled(template, known.values)) for template in reply.templates)
            template, text = next(((template, text) for template, text in fillings if text), ("", None))
            if text:
                chats = "past chat" if reply.conversations == 1 else "past chats"
                source = Citation(SourceType.PAST, reply.case, template, f"Said in {reply.conversations} {chats}")
                yield Candidate(text, KIND, _score(reply.weight, likeness), (source,))


def _score(weight: float, likeness: float) -> float:
    """Return a score on the common scale: how like the nearest past moment is, and how agreed the reply."""
    return min(0.95, likeness * (0.45 + 0.55 * weight))
