"""The upkeep of the knowledge base: its gaps and contradictions, looked for in the articles of today."""

from collections.abc import Sequence
from datetime import datetime
from threading import Lock

from console.assist.ports import Nearest
from console.content.conversations import Transcript
from console.conversation.drafts import Drafted
from console.conversation.events import Event
from console.conversation.upkeep import Contradiction, Gaps, Said
from console.past.anonymity import CommonWords
from console.past.drafting import draft_of
from console.review.aside import asides_of
from console.review.gaps import gaps_of
from console.review.questions import questions_of
from console.server.articles import Articles, hits_of
from console.server.index import open_index
from console.server.remembering import RememberingEmbedder
from console.settings import Settings
from console.workspace import Workspace
from knowledge import Embedder
from knowledge.contradictions import contradictions
from knowledge.statements import Statement

ANSWERS_KEPT = 50_000
"""Answers about questions that are remembered until the articles change."""


class Upkeep:
    """Looks over one knowledge base. Calls block and compute; they may come from any thread, one works at a time."""

    def __init__(
        self, workspace: Workspace, settings: Settings, embedder: Embedder, published: Sequence[str] = ()
    ) -> None:
        """``published`` are texts beside the articles that the company says to everybody."""
        self._published = tuple(published)
        self._embedder = RememberingEmbedder(embedder)
        self._articles = Articles(open_index(workspace, settings, self._embedder))
        self._lock = Lock()
        self._version = ("", 0)
        self._answers: dict[str, Nearest] = {}
        self._contradictions: tuple[Contradiction, ...] | None = None
        self._common: CommonWords | None = None

    def gaps(self, history: Sequence[Event], now: datetime) -> Gaps:
        """Return what was asked in vain, as far as no article answers it by now, the weightiest first."""
        questions = questions_of(history)
        with self._lock:
            self._follow()
            return gaps_of(questions, self._embedder, self._nearest, now, asides_of(history))

    def was_asked(self, history: Sequence[Event], question: str) -> bool:
        """Return whether somebody has asked a question in vain, in these very words."""
        return any(asked.text == question for asked in questions_of(history))

    def contradictions(self) -> tuple[Contradiction, ...]:
        """Return the contradictions among the articles that hold, the plainest first."""
        with self._lock:
            self._follow()
            if self._contradictions is None:
                found = contradictions(self._articles.documents(), self._embedder.encode)
                self._contradictions = tuple(Contradiction(_said(c.first), _said(c.second), c.dimension) for c in found)
            return self._contradictions

    def draft(self, transcript: Transcript, turn: str, question: str) -> Drafted | None:
        """Return an article drafted from a conversation; only words that are plain or published stay in it."""
        with self._lock:
            self._follow()
            if self._common is None:
                public = (d.text for d in self._articles.documents() if d.audience == "public")
                self._common = CommonWords.of((), (*public, *self._published))
            common = self._common
        return draft_of(transcript, turn, question, common)

    def _follow(self) -> None:
        """Forget what was found in articles that have changed since."""
        version = (self._articles.version, self._articles.edition)
        if version != self._version or len(self._answers) > ANSWERS_KEPT:
            self._version, self._answers, self._contradictions, self._common = version, {}, None, None

    def _nearest(self, text: str) -> Nearest:
        if text not in self._answers:
            answer = self._articles.look_up(text, 1)
            hit = next(iter(hits_of(answer)), None) if answer else None
            self._answers[text] = Nearest(bool(answer and answer.answerable), hit)
        return self._answers[text]


def _said(statement: Statement) -> Said:
    document = statement.document
    return Said(document.id, document.title, statement.text, document.updated, document.audience)
