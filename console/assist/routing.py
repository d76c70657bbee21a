"""Which behaviour a conversation belongs to, and so its layer and tier.

Behaviours with many examples are told apart by a head that is fitted from them; those with few by the nearest example.
"""

import re
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice
from threading import Lock
from typing import Final

import numpy as np

from console.assist.flags.policies import PolicyWatch, found_in
from console.assist.heads.intent import FORMAT
from console.assist.heads.opened import BehaviourHead, opened
from console.assist.ports import Embed, KeptArrays, Vectors
from console.assist.recognise.disguise import undisguised
from console.assist.recognise.entities import entities
from console.assist.recognise.words import words_of
from console.assist.sentences import LONGEST_WHOLE, texts
from console.assist.slots import record_of
from console.assist.talk import Talk
from console.assist.vectors import likeness
from console.content.behaviours import Behaviour
from console.content.conditions import Record
from console.content.policies import Policy, Watched
from console.conversation.assistance import Routing
from console.conversation.message import Author, Layer
from console.conversation.people import Customer
from console.text import shorten

PATTERN_STRENGTH: Final = 0.85
"""What a matching pattern is worth beside a cosine: authored on purpose, so as much as a near-identical example."""

RECENCY: Final = (1.0, 0.94, 0.88, 0.82)
"""Weight of the customer's newest message, the one before, and so on; the last weight holds for all older ones."""

PRIORITY_WEIGHT: Final = 0.001
"""Strength added for each point of priority above 50: it decides between matches that are nearly alike."""

MARGIN: Final = 0.1
"""How much stronger another intent must be before the conversation moves to it, so that it does not flap."""

MOST: Final = 2_000
"""Sentences that are looked at in a turn."""

CAPACITY: Final = 16_000
"""Sentences whose strengths are kept, the newest: as many as five hundred chats have. Some ten megabytes in all."""

FALLBACK: Final = Routing(intent="", layer=Layer.ASSISTED, tier=1)
"""Where no behaviour matches."""


_NOBODY: Final = Record(Customer(id=""))


@dataclass(frozen=True, slots=True)
class Match:
    """How strongly the customer's words speak for a behaviour, and which words."""

    behaviour: Behaviour
    strength: float
    words: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence or a whole message of the customer; ``whole`` says that nothing else of its message tells more."""

    text: str
    whole: bool
    spoken: bool
    """Whether it is a sentence, as patterns and single examples are."""


_WORD: Final = re.compile(r"[a-z]+")
_LABELS: Final = words_of(
    """
    order orders number numbers no nr code postcode post zip reference ref tracking account customer my our the is was
    it its s are and for here name email mail e phone telephone mobile id hi hello please thanks this that a i m
    """
)
"""Words that stand beside what names something, and say nothing of it."""


class Router:
    """Reads the intent from behaviours: patterns, examples and the head against what the customer wrote.

    What a piece speaks for is kept, because every turn looks at all of them again. Safe from several threads. ``kept``
    is where the fitted head is kept from one start to the next; of ``policies`` those are read that behaviours name.
    """

    def __init__(
        self,
        behaviours: Sequence[Behaviour],
        embed: Embed,
        kept: KeptArrays | None = None,
        policies: Sequence[Policy] = (),
    ) -> None:
        self._behaviours, self._embed = tuple(behaviours), embed
        self._head: BehaviourHead | None = opened(self._behaviours, embed, kept)
        read = self._head.places if self._head else frozenset()
        self._examples = [
            embed.encode(b.examples) if b.examples and at not in read else None for at, b in enumerate(self._behaviours)
        ]
        self._by_intent = {behaviour.intent: behaviour for behaviour in self._behaviours}
        named = {name for behaviour in self._behaviours for name in behaviour.policies}
        self._policies = PolicyWatch([policy for policy in policies if policy.id in named], embed)
        self._dark = np.array([b.layer is Layer.HUMAN_ONLY for b in self._behaviours], dtype=np.bool_)
        self._read: OrderedDict[Piece, Vectors] = OrderedDict()
        self._lock = Lock()

    @property
    def versions(self) -> tuple[str, ...]:
        """The head with the digest of the examples that it was fitted from; empty where there is none."""
        return (f"{FORMAT} {self._head.version}",) if self._head else ()

    def route(self, talk: Talk) -> Routing:
        """Return the routing as of the newest message.

        Human-only is left by a lead's word alone; then what was said before it is no reason any more, nor is the same
        matter, but for behaviours that say ``again``.
        """
        now = talk.routing
        if now is not None and now.layer is Layer.HUMAN_ONLY:
            return now
        matches = self.matches(talk)
        # what is reserved for people is so whatever else is asked beside it
        best = self._reserved(talk, matches) or next((m for m in matches if not _darker(m)), None)
        if best is None:
            return now or FALLBACK
        if now is not None and now.intent and best.behaviour.intent != now.intent and not _darker(best):
            standing = next((m.strength for m in matches if m.behaviour.intent == now.intent), 0.0)
            if best.strength < standing + MARGIN:
                return now
        return _routing(replace(best, behaviour=self._onward(best.behaviour, talk)), now)

    def _reserved(self, talk: Talk, matches: Sequence[Match]) -> Match | None:
        """Return what of it all keeps the conversation to people."""
        if talk.judged:
            matches = self.matches(replace(talk, messages=talk.messages[talk.judged :]))
        if behind := self._behind(talk):
            matches = (*matches, *behind)
        open_by_now = [b.intent for b in self._behaviours if b.intent in talk.allowed and not b.again]
        return next((m for m in matches if _darker(m) and m.behaviour.intent not in open_by_now), None)

    def _behind(self, talk: Talk) -> tuple[Match, ...]:
        """Return what reserves the conversation by a pattern in what lies behind the part that is read of messages."""
        judged = {message.id for message in talk.messages[: talk.judged]}
        found = []
        for text in (m.text for m in talk.unread if m.id not in judged):
            named = {flag.policy: flag.span for flag in self._policies.by_pattern(text)}
            for behaviour in (b for b in self._behaviours if b.layer is Layer.HUMAN_ONLY and not b.when):
                words = next(filter(None, (found_in(pattern, text) for pattern in behaviour.patterns)), "")
                words = words or next((named[name] for name in behaviour.policies if name in named), "")
                if words:
                    found.append(Match(behaviour, _ranked(PATTERN_STRENGTH, behaviour), words))
        return tuple(found)

    def _onward(self, behaviour: Behaviour, talk: Talk) -> Behaviour:
        """Return the behaviour under which it goes on after what brought it to people."""
        seen: set[str] = set()
        while behaviour.intent not in seen:
            seen.add(behaviour.intent)
            rule = next((r for r in behaviour.handover if r.to and r.when in talk.handed), None)
            if rule is None or rule.to in talk.allowed or rule.to not in self._by_intent:
                return behaviour
            behaviour = self._by_intent[rule.to]
        return behaviour

    def matches(self, talk: Talk) -> tuple[Match, ...]:
        """Return the behaviours that match, strongest first."""
        spoken = _spoken(talk)
        if not spoken or not self._behaviours:
            return ()
        weights = np.array([weight for _, weight in spoken], dtype=np.float32)
        weighted = self._strengths([piece for piece, _ in spoken]) * weights[:, None]
        best = weighted.argmax(axis=0)
        record = record_of(talk) if any(b.when for b in self._behaviours) else None
        found = [
            Match(behaviour, _ranked(float(weighted[place][at]), behaviour), spoken[place][0].text)
            for at, (behaviour, place) in enumerate(zip(self._behaviours, best, strict=True))
            if weighted[place][at] and (record is None or behaviour.applies_to(record))
        ]
        return tuple(sorted(found, key=lambda m: -m.strength))

    def _strengths(self, pieces: Sequence[Piece]) -> Vectors:
        """Return how strongly each piece speaks for each behaviour, shape (pieces, behaviours)."""
        with self._lock:
            rows = {piece: self._read[piece] for piece in pieces if piece in self._read}
        missing = [piece for piece in dict.fromkeys(pieces) if piece not in rows]
        if missing:
            rows.update(zip(missing, self._fresh(missing), strict=True))
            with self._lock:
                self._read.update((piece, rows[piece]) for piece in missing)
                while len(self._read) > CAPACITY:
                    self._read.popitem(last=False)
        return np.stack([rows[piece] for piece in pieces])

    def _fresh(self, pieces: Sequence[Piece]) -> Vectors:
        strengths = np.zeros((len(pieces), len(self._behaviours)), dtype=np.float32)
        if self._head:
            read = self._head.strengths([undisguised(piece.text).text for piece in pieces], self._embed)
            # beside a whole message its sentences are heard only for what is reserved for people
            whole = np.array([piece.whole for piece in pieces])
            bare = np.array([_names_only(piece.text) for piece in pieces])
            strengths = np.where((whole & ~bare)[:, None] | self._dark, read, strengths)
        for place, piece in enumerate(pieces):
            named = self._policies_on(piece.text) if piece.whole else frozenset()
            for at, behaviour in enumerate(self._behaviours):
                if not named.isdisjoint(behaviour.policies):
                    strengths[place, at] = max(strengths[place, at], PATTERN_STRENGTH)
        spoken = [place for place, piece in enumerate(pieces) if piece.spoken]
        telling = np.array([not _names_only(pieces[place].text) for place in spoken])
        if not spoken:
            return strengths
        vectors = self._embed.encode([undisguised(pieces[place].text).text for place in spoken])
        for at, (behaviour, examples) in enumerate(zip(self._behaviours, self._examples, strict=True)):
            if examples is not None:
                cosines = likeness(vectors, examples).max(axis=1)
                heard = telling | (behaviour.layer is Layer.HUMAN_ONLY)
                near = np.where(heard & (cosines >= behaviour.threshold), cosines, 0.0)
                strengths[spoken, at] = np.maximum(strengths[spoken, at], near)
            for place in spoken:
                if any(found_in(pattern, pieces[place].text) for pattern in behaviour.patterns):
                    strengths[place, at] = max(strengths[place, at], PATTERN_STRENGTH)
        return strengths

    def _policies_on(self, text: str) -> frozenset[str]:
        """Return the policies, of those that behaviours name, that a customer's words run into.

        Those with conditions on the customer's record are not heard: a piece is read for whoever writes it.
        """
        found = self._policies.check(text, Watched.CUSTOMER, _NOBODY, "")
        return frozenset(flag.policy for flag in found)


def _ranked(strength: float, behaviour: Behaviour) -> float:
    return strength + (behaviour.priority - 50) * PRIORITY_WEIGHT


def _spoken(talk: Talk) -> list[tuple[Piece, float]]:
    """Return what the customer wrote in pieces, the newest :data:`MOST` of them, each with its weight.

    What was said before those was read when it was new, and has moved the routing then.
    """
    said = [m.text for m in reversed(talk.messages) if m.role is Author.CUSTOMER]
    pairs = ((p, RECENCY[min(age, len(RECENCY) - 1)]) for age, message in enumerate(said) for p in _pieces(message))
    return list(dict(reversed(list(islice(pairs, MOST)))).items())


def _pieces(message: str) -> list[Piece]:
    """Return the sentences of a message, and before them the message itself where it is no longer than an example."""
    said = texts(message)
    together = len(said) > 1 and len(message.split()) <= LONGEST_WHOLE
    pieces = [Piece(text, whole=not together, spoken=True) for text in said]
    return [Piece(message, whole=True, spoken=False), *pieces] if together else pieces


def _names_only(text: str) -> bool:
    """Return whether a piece names things and says nothing of them: by meaning it is near all that names things."""
    found = entities(text)
    for entity in reversed(found):
        text = f"{text[: entity.start]} {text[entity.end :]}"
    return bool(found) and _LABELS.issuperset(_WORD.findall(text.lower()))


def _darker(match: Match) -> bool:
    return match.behaviour.layer is Layer.HUMAN_ONLY


def _routing(match: Match, now: Routing | None) -> Routing:
    behaviour = match.behaviour
    if now is not None and (now.intent, now.layer, now.tier) == (behaviour.intent, behaviour.layer, behaviour.tier):
        return now
    reason = f"{behaviour.title}: “{shorten(match.words, 80)}”"
    return Routing(
        behaviour.intent, behaviour.layer, behaviour.tier, (reason,), behaviour.skills, behaviour.stakes.value
    )
