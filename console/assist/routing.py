"""Which behaviour a conversation belongs to, and so its layer and tier."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from console.assist.ports import Embed, Vectors
from console.assist.sentences import texts
from console.assist.talk import Talk
from console.assist.vectors import likeness
from console.content.behaviours import Behaviour
from console.conversation.assistance import Routing
from console.conversation.message import Author, Layer
from console.text import shorten

PATTERN_STRENGTH: Final = 0.85
"""What a matching pattern is worth beside a cosine: authored on purpose, so as much as a near-identical example."""

RECENCY: Final = (1.0, 0.94, 0.88, 0.82)
"""Weight of the customer's newest message, the one before, and so on; the last weight holds for all older ones."""

PRIORITY_WEIGHT: Final = 0.001
"""Strength added for each point of priority above 50: it decides between matches that are nearly alike."""

MARGIN: Final = 0.1
"""How much stronger another intent must be before the conversation moves to it, so that it does not flap."""

FALLBACK: Final = Routing(intent="", layer=Layer.ASSISTED, tier=1)
"""Where no behaviour matches."""


@dataclass(frozen=True, slots=True)
class Match:
    """How strongly the customer's words speak for a behaviour, and which words."""

    behaviour: Behaviour
    strength: float
    words: str


class Router:
    """Reads the intent from behaviours; pattern and example matches of each sentence of the customer."""

    def __init__(self, behaviours: Sequence[Behaviour], embed: Embed) -> None:
        self._behaviours, self._embed = tuple(behaviours), embed
        self._examples = [embed.encode(b.examples) if b.examples else None for b in self._behaviours]

    def route(self, talk: Talk) -> Routing:
        """Return the routing as of the newest message; human-only is never left."""
        now = talk.routing
        if now is not None and now.layer is Layer.HUMAN_ONLY:
            return now
        matches = self.matches(talk)
        if not matches:
            return now or FALLBACK
        # what is reserved for people is so whatever else is asked beside it
        best = next((match for match in matches if _darker(match)), matches[0])
        if now is not None and now.intent and best.behaviour.intent != now.intent and not _darker(best):
            standing = next((m.strength for m in matches if m.behaviour.intent == now.intent), 0.0)
            if best.strength < standing + MARGIN:
                return now
        return _routing(best, now)

    def matches(self, talk: Talk) -> tuple[Match, ...]:
        """Return the behaviours that match, strongest first."""
        spoken = _spoken(talk)
        if not spoken or not self._behaviours:
            return ()
        vectors = self._embed.encode([text for text, _ in spoken])
        weights = np.array([weight for _, weight in spoken], dtype=np.float32)
        found = (
            self._match(behaviour, examples, spoken, vectors, weights)
            for behaviour, examples in zip(self._behaviours, self._examples, strict=True)
        )
        return tuple(sorted((m for m in found if m), key=lambda m: -m.strength))

    def _match(
        self,
        behaviour: Behaviour,
        examples: Vectors | None,
        spoken: Sequence[tuple[str, float]],
        vectors: Vectors,
        weights: Vectors,
    ) -> Match | None:
        strengths = np.zeros(len(spoken), dtype=np.float32)
        if examples is not None:
            cosines = likeness(vectors, examples).max(axis=1)
            strengths = np.where(cosines >= behaviour.threshold, cosines, 0.0).astype(np.float32)
        for place, (text, _) in enumerate(spoken):
            if any(pattern.search(text) for pattern in behaviour.patterns):
                strengths[place] = max(strengths[place], PATTERN_STRENGTH)
        weighted = strengths * weights
        best = int(weighted.argmax())
        if not weighted[best]:
            return None
        strength = float(weighted[best]) + (behaviour.priority - 50) * PRIORITY_WEIGHT
        return Match(behaviour, strength, spoken[best][0])


def _spoken(talk: Talk) -> list[tuple[str, float]]:
    """Return the customer's sentences, newest message first, each with its weight."""
    said = [m.text for m in reversed(talk.messages) if m.role is Author.CUSTOMER]
    pairs = ((text, RECENCY[min(age, len(RECENCY) - 1)]) for age, message in enumerate(said) for text in texts(message))
    return list(dict(reversed(list(pairs))).items())


def _darker(match: Match) -> bool:
    return match.behaviour.layer is Layer.HUMAN_ONLY


def _routing(match: Match, now: Routing | None) -> Routing:
    behaviour = match.behaviour
    if now is not None and (now.intent, now.layer, now.tier) == (behaviour.intent, behaviour.layer, behaviour.tier):
        return now
    reason = f"{behaviour.title}: “{shorten(match.words, 80)}”"
    return Routing(behaviour.intent, behaviour.layer, behaviour.tier, (reason,), behaviour.skills)
