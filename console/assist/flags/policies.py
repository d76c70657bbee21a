"""The company's policies against a text: the customer's, the bot's, or the agent's draft."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from console.assist.ports import Embed, Vectors
from console.assist.sentences import Sentence, sentences
from console.assist.vectors import likeness
from console.content.conditions import Record
from console.content.policies import Policy, Trigger, Watched
from console.conversation.assistance import Flag, flag_id

_AMOUNT: Final = re.compile(
    r"(?:[£$€¥]|\b(?:GBP|EUR|USD)\s?)\s?(\d[\d,]*+(?:\.\d++)?)\s?(k\b)?"
    r"|\b(\d[\d,]{0,99}+(?:\.\d++)?)\s?(k\b)?\s?(?:£|€|\$|(?:pounds?|quid|euros?|dollars?|GBP|EUR|USD)\b)",
    re.IGNORECASE,
)


class PolicyWatch:
    """All policies of a library, their examples embedded once."""

    def __init__(self, policies: Sequence[Policy], embed: Embed) -> None:
        self._policies, self._embed = tuple(policies), embed
        self._examples: dict[Trigger, Vectors] = {
            trigger: embed.encode(trigger.examples)
            for policy in policies
            for trigger in policy.triggers
            if trigger.examples
        }

    def check(self, text: str, watched: Watched, record: Record, message: str) -> Iterator[Flag]:
        """Yield a flag for each policy that ``text`` runs into, at the first words that do."""
        pieces = sentences(text)
        vectors: Vectors | None = None
        for policy in self._policies:
            if watched not in policy.on or not policy.applies_to(record):
                continue
            if vectors is None and any(t.examples for t in policy.triggers):
                vectors = self._embed.encode([piece.text for piece in pieces])
            span = next((s for t in policy.triggers if (s := self._fires(t, text, pieces, vectors))), "")
            if span:
                yield flag_of(policy, message, span)

    def _fires(self, trigger: Trigger, text: str, pieces: Sequence[Sentence], vectors: Vectors | None) -> str:
        """Return the words that fire ``trigger``; empty when none do."""
        if trigger.unless and trigger.unless.search(text):
            return ""
        if trigger.amount_over is not None and not any(a > trigger.amount_over for a in amounts(text)):
            return ""
        if trigger.pattern and (match := trigger.pattern.search(text)):
            return match.group().strip() or next((p.text for p in pieces if p.end >= match.start()), text)
        if trigger.examples and vectors is not None:
            cosines = likeness(vectors, self._examples[trigger])
            if cosines.size and cosines.max() >= trigger.threshold:
                return pieces[int(cosines.max(axis=1).argmax())].text
        return ""


def amounts(text: str) -> tuple[float, ...]:
    """Return the sums of money named in ``text``; ``2k`` is two thousand."""
    return tuple(float((a or b).replace(",", "")) * (1000 if k1 or k2 else 1) for a, k1, b, k2 in _AMOUNT.findall(text))


def flag_of(policy: Policy, message: str, span: str) -> Flag:
    """Return the flag that ``policy`` raises at ``span`` of ``message``."""
    return Flag(
        id=flag_id(policy.id, message, span),
        policy=policy.id,
        severity=policy.severity,
        message=message,
        span=span,
        advice=policy.advice,
        title=policy.title,
        clause=policy.clause,
    )
