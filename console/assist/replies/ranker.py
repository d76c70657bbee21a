"""In which order replies stand: a port, and the ranker that is learned from decisions.

What a ranker may look at is what the engine knows of a reply; never where it stood, for what is first gets picked.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Final, Protocol

from console.assist.replies import articles, past
from console.conversation.assistance import SourceType, Suggestion, Support
from console.conversation.ranker_events import RankerWeights
from console.conversation.ranking import version_of

RANKED: Final = frozenset({"macro", articles.KIND, past.KIND})
"""Kinds of replies that are ranked; a procedure's step and a language model's draft have places of their own."""

AUTHORED: Final = frozenset({SourceType.ARTICLE, SourceType.MACRO, SourceType.POLICY, SourceType.BEHAVIOUR})
"""Sources with a track record of their own; a past conversation is one customer's, and is no one's source again."""


class Ranker(Protocol):
    """Says which of several replies are worth more."""

    @property
    def version(self) -> str:
        """The name of this ranker's content."""

    def scores(self, replies: Sequence[Suggestion]) -> Sequence[float]:
        """Return a number a reply, the highest the best; they mean something beside each other only."""


RankerNow = Callable[[], Ranker | None]
"""Gives the ranker in force; ``None`` where replies stand by the engine's own scores."""


def none_learned() -> Ranker | None:
    """Order replies by the engine's own scores."""
    return None


class LearnedRanker:
    """A linear ranker; names in the weights that it does not know count for nothing."""

    def __init__(self, weights: RankerWeights) -> None:
        self._weights = weights
        self.version = version_of(weights)

    def scores(self, replies: Sequence[Suggestion]) -> Sequence[float]:
        """Return what each reply is worth."""
        return [self._worth(reply) for reply in replies]

    def _worth(self, reply: Suggestion) -> float:
        weights = self._weights.features
        worth = sum(weights.get(name, 0.0) * value for name, value in features_of(reply).items())
        return worth + self._weights.sources.get(source_of(reply), 0.0)


def features_of(reply: Suggestion) -> Mapping[str, float]:
    """Return what is known of a reply, by name; all of it stands in the log as it was then."""
    kind, score = reply.kind, reply.score
    return {
        "score": score,
        **{f"kind:{other}": float(kind == other) for other in sorted(RANKED)},
        **{f"score:{other}": score * (kind == other) for other in sorted(RANKED)},
        "partial": float(reply.support is Support.PARTIAL),
        "unsupported": float(reply.support is Support.NONE),
        "claims": float(reply.claims),
        "asks": float(reply.text.rstrip().endswith("?")),
        "words": math.log1p(len(reply.text.split())),
        "near": reply.near,
        "repeats": reply.repeats,
    }


def source_of(reply: Suggestion) -> str:
    """Return the article, macro or the like that a reply rests on, such as ``macro:reship``; empty for none."""
    cited = next((source for source in reply.sources if source.type in AUTHORED), None)
    return f"{cited.type.value}:{cited.id}" if cited else ""
