"""Rankers of suggested replies: weights as data, named by their content, and which of them is in force.

A ranker orders replies that the engine found good enough to show; it does not decide whether they are.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from console.conversation.ranker_events import RankerPublished, RankerTrained, RankerWeights

BUILT_IN: Final = "built-in"
"""The version of the engine's own order, by its scores: the champion until one is learned that is better."""


def version_of(weights: RankerWeights) -> str:
    """Return the name of a ranker: the first 12 hexadecimal digits of the SHA-256 of its weights."""
    told = {"features": dict(weights.features), "sources": dict(weights.sources)}
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:12]


@dataclass(slots=True)
class Rankers:
    """The fold over a workspace's events: every ranker that was trained, and the one in force."""

    trained: dict[str, RankerTrained] = field(default_factory=dict)
    """By version, as it was trained and judged last."""
    left: set[str] = field(default_factory=set)
    """Versions that somebody went back from."""
    _published: list[str] = field(default_factory=list)
    """What came into force and was not gone back from, the newest last."""

    def apply(self, data: object) -> None:
        """Take in what an event says; those of other kinds say nothing."""
        match data:
            case RankerTrained(version=version):
                self.trained[version] = data
            case RankerPublished(before=before, back=True):
                self.left.add(before)
                del self._published[-1:]
            case RankerPublished(version=version):
                self._published.append(version)
            case _:
                pass

    @property
    def in_force(self) -> str:
        """The version by which replies are ordered."""
        return self._published[-1] if self._published else BUILT_IN

    @property
    def before(self) -> str | None:
        """The version that going back leads to; ``None`` where the engine's own order is in force."""
        if not self._published:
            return None
        return self._published[-2] if len(self._published) > 1 else BUILT_IN

    @property
    def weights(self) -> RankerWeights | None:
        """The weights in force; ``None`` for the engine's own order."""
        found = self.trained.get(self.in_force)
        return found.weights if found else None


def as_json(trained: RankerTrained) -> Mapping[str, object]:
    """Return a ranker with how it was judged, as JSON types."""
    return {
        "challenger": {"version": trained.version, "first": trained.first},
        "champion": {"version": trained.champion, "first": trained.champion_first},
        "difference": {"low": trained.low, "high": trained.high},
        "better": trained.better,
        "until": trained.until.isoformat(),
        "turns": {"trained": trained.turns, "judged": trained.judged},
        "examined": list(trained.examined),
        "weights": {"features": dict(trained.weights.features), "sources": dict(trained.weights.sources)},
    }
