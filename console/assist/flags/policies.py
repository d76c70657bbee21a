"""The company's policies against a text: the customer's, the bot's, or the agent's draft."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final

from console.assist.ports import Embed, Vectors
from console.assist.recognise.disguise import undisguised
from console.assist.sentences import Sentence, sentences
from console.assist.vectors import likeness
from console.content.conditions import Record
from console.content.policies import Policy, Trigger, Watched
from console.conversation.assistance import Flag, flag_id

KEPT: Final = 512
"""Texts whose findings are kept: the same few replies are weighed at every turn of a conversation."""

_AMOUNT: Final = re.compile(
    r"(?:[£$€¥]|\b(?:GBP|EUR|USD)\s?)\s?(\d[\d,]*+(?:\.\d++)?)\s?(k\b)?"
    r"|\b(\d[\d,]{0,99}+(?:\.\d++)?)\s?(k\b)?\s?(?:£|€|\$|(?:pounds?|quid|euros?|dollars?|GBP|EUR|USD)\b)",
    re.IGNORECASE,
)

_SAID_BY_BOT: Final = "The customer has read this from the bot: put it right in your next message."
"""Before the advice of a policy on drafts, which says how it should have been put."""


class PolicyWatch:
    """All policies of a library, their examples embedded once."""

    def __init__(self, policies: Sequence[Policy], embed: Embed) -> None:
        self._policies = tuple(sorted(policies, key=lambda policy: policy.built_in))
        self._embed = embed
        self._examples: dict[Trigger, Vectors] = {
            trigger: embed.encode(trigger.examples)
            for policy in policies
            for trigger in policy.triggers
            if trigger.examples
        }
        self._found = lru_cache(KEPT)(self._run_into)

    def check(self, text: str, watched: Watched, record: Record, message: str) -> Iterator[Flag]:
        """Yield a flag for each policy that ``text`` runs into, and each matter of it, at the first words that do.

        Where a policy of the company and one that comes with the product point at the same words, the company's speaks.
        """
        applying = [n for n, p in enumerate(self._policies) if watched in p.on and p.applies_to(record)]
        for place, span, matter in self._found(text, tuple(applying)):
            yield flag_of(self._policies[place], message, span, watched, matter)

    def _run_into(self, text: str, applying: tuple[int, ...]) -> tuple[tuple[int, str, str], ...]:
        """Return the places of policies that a text runs into, with the words that do and the matter."""
        pieces = sentences(text)
        vectors: Vectors | None = None
        spoken_for: list[str] = []
        raised: list[tuple[int, str, str]] = []
        for place in applying:
            policy = self._policies[place]
            if vectors is None and any(t.examples for t in policy.triggers):
                vectors = self._embed.encode([undisguised(piece.text).text for piece in pieces])
            found: dict[str, str] = {}
            for trigger in policy.triggers:
                if trigger.matter in found:
                    continue
                span = self._fires(trigger, text, pieces, vectors)
                if span and not any(_overlap(text, span, other) for other in found.values()):
                    found[trigger.matter] = span
            for matter, span in found.items():
                if policy.built_in and any(_overlap(text, span, own) for own in spoken_for):
                    continue
                if not policy.built_in:
                    spoken_for.append(span)
                raised.append((place, span, matter))
        return tuple(raised)

    def by_pattern(self, text: str) -> Iterator[Flag]:
        """Yield the flags that patterns alone raise on what a customer wrote, however long it is."""
        yield from by_pattern(self._policies, text, Watched.CUSTOMER)

    def _fires(self, trigger: Trigger, text: str, pieces: Sequence[Sentence], vectors: Vectors | None) -> str:
        """Return the words that fire ``trigger``; empty when none do."""
        if trigger.unless and found_in(trigger.unless, text):
            return ""
        if trigger.amount_over is not None and not any(a > trigger.amount_over for a in amounts(text)):
            return ""
        if trigger.pattern and (span := found_in(trigger.pattern, text)):
            return span
        if trigger.examples and vectors is not None:
            cosines = likeness(vectors, self._examples[trigger])
            if cosines.size and cosines.max() >= trigger.threshold:
                return pieces[int(cosines.max(axis=1).argmax())].text
        return ""


def by_pattern(policies: Iterable[Policy], text: str, watched: Watched) -> Iterator[Flag]:
    """Yield the flags that patterns alone raise on a text, whoever's it is; those that name a case are left out."""
    for policy in policies:
        if policy.when or watched not in policy.on:
            continue
        triggers = [t for t in policy.triggers if t.pattern and not t.examples and t.amount_over is None]
        found = ((t, found_in(t.pattern, text)) for t in triggers if t.pattern)
        allowed = (span for t, span in found if span and not (t.unless and found_in(t.unless, text)))
        if span := next(allowed, ""):
            yield flag_of(policy, "", span, watched)


def found_in(pattern: re.Pattern[str], text: str) -> str:
    """Return the words of ``text`` that a pattern matches, in whatever disguise they stand; empty where none do."""
    if match := pattern.search(text):
        return match.group().strip() or text.strip()
    plain = undisguised(text)
    match = pattern.search(plain.text) if plain.text != text else None
    return plain.original(text, *match.span()).strip() if match else ""


def amounts(text: str) -> tuple[float, ...]:
    """Return the sums of money named in ``text``; ``2k`` is two thousand."""
    return tuple(float((a or b).replace(",", "")) * (1000 if k1 or k2 else 1) for a, k1, b, k2 in _AMOUNT.findall(text))


def flag_of(policy: Policy, message: str, span: str, watched: Watched = Watched.DRAFT, matter: str = "") -> Flag:
    """Return the flag that ``policy`` raises at ``span`` of ``message``; one on the bot says whose words they are."""
    title, advice = policy.title, policy.advice
    if watched is Watched.BOT:
        title = title if "bot" in title.lower() else f"The bot said it: {title[:1].lower()}{title[1:]}"
        for_drafts = f"{_SAID_BY_BOT} {advice}" if Watched.DRAFT in policy.on else advice
        advice = policy.bot_advice or for_drafts
    return Flag(
        id=flag_id(policy.id, message, span),
        policy=policy.id,
        severity=policy.severity,
        message=message,
        span=span,
        advice=advice,
        title=title,
        clause=policy.clause,
        matter=matter,
    )


def _overlap(text: str, span: str, other: str) -> bool:
    """Return whether two pieces of a text, at the first place of each, share a character."""
    at, beside = text.find(span), text.find(other)
    return at >= 0 and beside >= 0 and at < beside + len(other) and beside < at + len(span)
