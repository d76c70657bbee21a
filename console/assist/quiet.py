"""How sure the second chair must be before it speaks: silence is better than noise. Pure."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from console.conversation.assistance import KnowledgeHit, Suggestion

RAISED: Final = 0.25
"""How much higher the least score is for a kind that the agent mostly passes over."""


@dataclass(frozen=True, slots=True)
class Quiet:
    """The least score (0 to 1) to be shown of each kind of reply, and of an article."""

    macro: float = 0.2
    article: float = 0.2
    past: float = 0.2
    llm: float = 0.2
    procedure: float = 0.2
    knowledge: float = 0.0

    def least(self, kind: str) -> float:
        """Return the least score of a kind of reply; 0 for one that has none."""
        return float(getattr(self, kind, 0.0))

    def replies(self, replies: Iterable[Suggestion], fewer: Container[str] = ()) -> tuple[Suggestion, ...]:
        """Return the replies that are worth showing, in their order.

        ``fewer`` holds the kinds that this agent mostly passes over: of those one is shown, and a surer one.
        """
        shown: list[Suggestion] = []
        spent = False
        for reply in replies:
            scarce = reply.kind in fewer
            if reply.score < self.least(reply.kind) + RAISED * scarce or (scarce and spent):
                continue
            spent = spent or scarce
            shown.append(reply)
        return tuple(shown)

    def hits(self, hits: Sequence[KnowledgeHit]) -> tuple[KnowledgeHit, ...]:
        """Return the articles that are worth showing, in their order."""
        return tuple(hit for hit in hits if hit.score >= self.knowledge)
