"""The upkeep of the knowledge base: its gaps and contradictions, looked for in the articles of today."""

from collections.abc import Callable, Sequence
from datetime import datetime
from threading import Lock
from typing import Final

from console.assist.ports import Vectors
from console.assist.replies.retired import RetiredNow, none_retired
from console.content.conversations import Transcript
from console.conversation.drafts import Drafted
from console.conversation.events import Event
from console.conversation.upkeep import Contradiction, Gaps, Said
from console.past.anonymity import CommonWords
from console.past.drafting import draft_of
from console.past.gathering import AskedOnce, gathered
from console.review.aside import asides_of
from console.review.gaps import MOST, gaps_of, recent_of, texts_of
from console.review.published import published_in
from console.review.questions import questions_of
from console.server.articles import Articles
from console.server.asked import CHUNK, Asked
from console.server.index import open_index
from console.server.question_memory import QuestionMemory
from console.server.remembering import RememberingEmbedder
from console.settings import Settings
from console.workspace import Workspace
from knowledge import Embedder
from knowledge.contradictions import contradictions
from knowledge.statements import Statement

SPARE: Final = 1.25
"""How many times as many questions as are looked at may be known before those that are too old are forgotten."""


class Upkeep:
    """Looks over one knowledge base. Calls block and compute; they may come from any thread, one works at a time."""

    def __init__(
        self,
        workspace: Workspace,
        settings: Settings,
        embedder: Embedder,
        published: Sequence[str] = (),
        retired: RetiredNow = none_retired,
    ) -> None:
        """``published`` are texts beside the articles that the company says to everybody."""
        self._published = tuple(published)
        self._plain = embedder
        self._embedder = RememberingEmbedder(embedder, 2 * CHUNK)  # questions are kept by who asks them
        self._articles = Articles(open_index(workspace, settings, self._embedder), retired)
        self._lock = Lock()
        self._version = ("", 0)
        memory = QuestionMemory(workspace.questions, embedder.fingerprint)
        self._asked = Asked(self._embedder, self._articles, memory)
        self._ahead: dict[str, None] = {}
        self.progress = ""
        """How far a look at the gaps has come, in words; empty where there is none."""
        self._contradictions: tuple[Contradiction, ...] | None = None
        self._common: CommonWords | None = None

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one unit row a text: its meaning."""
        return self._plain.encode(texts)

    def gaps(self, history: Sequence[Event], now: datetime) -> Gaps:
        """Return what was asked in vain, as far as no article answers it by now, the weightiest first."""
        recent = recent_of(questions_of(history), now)
        texts = texts_of(recent)
        try:
            self._in_turns(texts)
            with self._lock:
                self._asked.prepare(texts, self._say)  # nothing, unless articles have changed just now
                self._asked.forget_others((*texts, *self._ahead))
                self._say(f"putting {len(recent):,} questions together")
                return gaps_of(recent, self._asked, self._asked.nearest, now, asides_of(history), published_in(history))
        finally:
            self._say("")

    def work_ahead(self, texts: Sequence[str], wanted: Callable[[], bool] = lambda: True) -> None:
        """Work out what a look at the gaps will need of these questions and of those told before, while ``wanted``."""
        with self._lock:
            if not texts and not self._asked.outdated():
                return
        for text in texts:
            self._ahead[text] = None
        while len(self._ahead) > MOST:
            del self._ahead[next(iter(self._ahead))]
        with self._lock:
            if len(self._asked) > SPARE * MOST:
                self._asked.forget_others(tuple(self._ahead))
        try:
            self._in_turns(tuple(self._ahead), wanted)
        finally:
            self._say("")

    def forget_others(self, texts: Sequence[str]) -> None:
        """Keep nothing of other questions than these, in memory or on disk: the others were erased."""
        kept = set(texts)
        with self._lock:
            self._ahead = {text: None for text in self._ahead if text in kept}
            self._asked.forget_others(texts)
            self._embedder.cache.clear()

    def _in_turns(self, texts: Sequence[str], wanted: Callable[[], bool] = lambda: True) -> None:
        """Prepare many questions, and let others have their turn between a few."""
        for at in range(0, len(texts), CHUNK):
            if not wanted():
                return
            with self._lock:
                self._asked.prepare(texts[at : at + CHUNK], lambda _: None)
            self._say(f"{min(at + CHUNK, len(texts)):,} of {len(texts):,} questions looked at")

    def _say(self, words: str) -> None:
        self.progress = words

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
        return draft_of(transcript, turn, question, self.common_words())

    def gather(self, asked: Sequence[AskedOnce], question: str, times: int) -> Drafted:
        """Return an article for a question, of the best answers; with a blank where none is good enough."""
        return gathered(asked, question, self.common_words(), self._plain, times)

    def published(self) -> list[str]:
        """Return what the company publishes: public articles, and what stands beside them."""
        return [*(d.text for d in self._articles.documents() if d.audience == "public"), *self._published]

    def common_words(self) -> CommonWords:
        """Return what is nobody's own: plain words, and what is published."""
        with self._lock:
            self._follow()
            if self._common is None:
                self._common = CommonWords.of((), self.published())
            return self._common

    def _follow(self) -> None:
        """Forget what was found in articles that have changed since."""
        version = (self._articles.version, self._articles.edition)
        if version != self._version:
            self._version, self._contradictions, self._common = version, None, None


def _said(statement: Statement) -> Said:
    document = statement.document
    return Said(document.id, document.title, statement.text, document.updated, document.audience)
