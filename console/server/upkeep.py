"""The upkeep of the knowledge base: its gaps and contradictions, looked for in the articles of today."""

from collections.abc import Sequence
from datetime import datetime
from threading import Lock

from console.assist.ports import Nearest
from console.conversation.upkeep import Contradiction, Gaps, Said
from console.review.gaps import gaps_of
from console.review.questions import Question
from console.server.articles import Articles, hits_of
from console.server.remembering import RememberingEmbedder
from console.workspace import Workspace
from knowledge import Embedder, KnowledgeIndex
from knowledge.contradictions import contradictions
from knowledge.statements import Statement

ANSWERS_KEPT = 50_000
"""Answers about questions that are remembered until the articles change."""


class Upkeep:
    """Looks over one knowledge base. Calls block and compute; they may come from any thread, one works at a time."""

    def __init__(self, workspace: Workspace, embedder: Embedder) -> None:
        self._embedder = RememberingEmbedder(embedder)
        self._articles = Articles(KnowledgeIndex(workspace.knowledge, self._embedder))
        self._lock = Lock()
        self._version = ""
        self._answers: dict[str, Nearest] = {}
        self._contradictions: tuple[Contradiction, ...] | None = None

    def gaps(self, questions: Sequence[Question], now: datetime) -> Gaps:
        """Return the gaps among these questions, the weightiest first."""
        with self._lock:
            self._follow()
            return gaps_of(questions, self._embedder, self._nearest, now)

    def contradictions(self) -> tuple[Contradiction, ...]:
        """Return the contradictions among the articles that hold, the plainest first."""
        with self._lock:
            self._follow()
            if self._contradictions is None:
                found = contradictions(self._articles.documents(), self._embedder.encode)
                self._contradictions = tuple(Contradiction(_said(c.first), _said(c.second), c.dimension) for c in found)
            return self._contradictions

    def _follow(self) -> None:
        """Forget what was found in articles that have changed since."""
        version = self._articles.version
        if version != self._version or len(self._answers) > ANSWERS_KEPT:
            self._version, self._answers, self._contradictions = version, {}, None

    def _nearest(self, text: str) -> Nearest:
        if text not in self._answers:
            answer = self._articles.look_up(text, 1)
            hit = next(iter(hits_of(answer)), None) if answer else None
            self._answers[text] = Nearest(bool(answer and answer.answerable), hit)
        return self._answers[text]


def _said(statement: Statement) -> Said:
    document = statement.document
    return Said(document.id, document.title, statement.text, document.updated, document.audience)
