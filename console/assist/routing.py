"""Which behaviour a conversation belongs to, and so its layer and tier."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from threading import Lock
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

MOST: Final = 2_000
"""Sentences that are looked at in a turn."""

CAPACITY: Final = 40_000
"""Sentences whose strengths are kept, the newest; some ten megabytes in all."""

FALLBACK: Final = Routing(intent="", layer=Layer.ASSISTED, tier=1)
"""Where no behaviour matches."""


@dataclass(frozen=True, slots=True)
class Match:
    """How strongly the customer's words speak for a behaviour, and which words."""

    behaviour: Behaviour
    strength: float
    words: str


class Router:
    """Reads the intent from behaviours; pattern and example matches of each sentence of the customer.

    What a sentence speaks for is kept, because every turn looks at all of them again. Safe from several threads.
    """

    def __init__(self, behaviours: Sequence[Behaviour], embed: Embed) -> None:
        self._behaviours, self._embed = tuple(behaviours), embed
        self._examples = [embed.encode(b.examples) if b.examples else None for b in self._behaviours]
        self._read: OrderedDict[str, Vectors] = OrderedDict()
        self._lock = Lock()

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
        weights = np.array([weight for _, weight in spoken], dtype=np.float32)
        weighted = self._strengths([text for text, _ in spoken]) * weights[:, None]
        best = weighted.argmax(axis=0)
        found = [
            Match(behaviour, _ranked(float(weighted[place][at]), behaviour), spoken[place][0])
            for at, (behaviour, place) in enumerate(zip(self._behaviours, best, strict=True))
            if weighted[place][at]
        ]
        return tuple(sorted(found, key=lambda m: -m.strength))

    def _strengths(self, sentences: Sequence[str]) -> Vectors:
        """Return how strongly each sentence speaks for each behaviour, shape (sentences, behaviours)."""
        with self._lock:
            rows = {text: self._read[text] for text in sentences if text in self._read}
        missing = [text for text in dict.fromkeys(sentences) if text not in rows]
        if missing:
            rows.update(zip(missing, self._fresh(missing), strict=True))
            with self._lock:
                self._read.update((text, rows[text]) for text in missing)
                while len(self._read) > CAPACITY:
                    self._read.popitem(last=False)
        return np.stack([rows[text] for text in sentences])

    def _fresh(self, sentences: Sequence[str]) -> Vectors:
        strengths = np.zeros((len(sentences), len(self._behaviours)), dtype=np.float32)
        vectors = self._embed.encode(sentences)
        for at, (behaviour, examples) in enumerate(zip(self._behaviours, self._examples, strict=True)):
            if examples is not None:
                cosines = likeness(vectors, examples).max(axis=1)
                strengths[:, at] = np.where(cosines >= behaviour.threshold, cosines, 0.0)
            for place, text in enumerate(sentences):
                if any(pattern.search(text) for pattern in behaviour.patterns):
                    strengths[place, at] = max(strengths[place, at], PATTERN_STRENGTH)
        return strengths


def _ranked(strength: float, behaviour: Behaviour) -> float:
    return strength + (behaviour.priority - 50) * PRIORITY_WEIGHT


def _spoken(talk: Talk) -> list[tuple[str, float]]:
    """Return the customer's sentences, the newest :data:`MOST` of them, each with its weight.

    What was said before those was read when it was new, and has moved the routing then.
    """
    said = [m.text for m in reversed(talk.messages) if m.role is Author.CUSTOMER]
    pairs = ((text, RECENCY[min(age, len(RECENCY) - 1)]) for age, message in enumerate(said) for text in texts(message))
    return list(dict(reversed(list(islice(pairs, MOST)))).items())


def _darker(match: Match) -> bool:
    return match.behaviour.layer is Layer.HUMAN_ONLY


def _routing(match: Match, now: Routing | None) -> Routing:
    behaviour = match.behaviour
    if now is not None and (now.intent, now.layer, now.tier) == (behaviour.intent, behaviour.layer, behaviour.tier):
        return now
    reason = f"{behaviour.title}: “{shorten(match.words, 80)}”"
    return Routing(behaviour.intent, behaviour.layer, behaviour.tier, (reason,), behaviour.skills)
