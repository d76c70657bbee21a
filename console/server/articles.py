"""The knowledge base as the assist engine and the look-up see it: an adapter over the retrieval engine."""

from collections.abc import Callable, Sequence

import structlog

from console.conversation.assistance import KnowledgeHit
from console.conversation.message import Message
from knowledge import Answer, Document, IndexMissing, KnowledgeIndex, StoreUnavailable

_log = structlog.get_logger(__name__)


class Articles:
    """A knowledge base that follows its index: another generation put in use is noticed before each search."""

    def __init__(self, index: KnowledgeIndex) -> None:
        self._index = index

    def search(self, messages: Sequence[Message], k: int, topic: str = "") -> tuple[KnowledgeHit, ...]:
        """Return up to ``k`` articles for a conversation; none where there is no index or no answer in it.

        Where the customer's words find no answer, the ``topic`` is asked for instead.
        """
        try:
            answer = self._asked(lambda: self._index.search_conversation([_spoken(m) for m in messages], k))
            if topic and answer and not answer.answerable:
                answer = self.look_up(topic, k)
        except StoreUnavailable as error:  # flags, mood, summary and other replies do without
            _log.error("knowledge base not searched", why=str(error))
            return ()
        return hits_of(answer) if answer and answer.answerable else ()

    def look_up(self, query: str, k: int) -> Answer | None:
        """Return what a query finds; ``None`` where there is no index."""
        return self._asked(lambda: self._index.search(query, k))

    def document(self, name: str) -> Document | None:
        """Return a whole article."""
        self._follow()
        try:
            return self._index.document(name)
        except IndexMissing:
            return None

    @property
    def version(self) -> str:
        """When the index was made; empty where there is none, or its vectors cannot be reached."""
        self._follow()
        try:
            return self._index.contents().made_at
        except (IndexMissing, StoreUnavailable):
            return ""

    def _asked(self, ask: Callable[[], Answer]) -> Answer | None:
        self._follow()
        try:
            return ask()
        except IndexMissing:
            return None

    def _follow(self) -> None:
        if self._index.changed():
            self._index.reload()


def hits_of(answer: Answer) -> tuple[KnowledgeHit, ...]:
    """Return an answer's hits as the console's own."""
    return tuple(
        KnowledgeHit(
            document=hit.document,
            title=hit.title,
            passage=hit.passage,
            score=round(max(0.0, min(1.0, hit.score)), 4),
            start=hit.start,
            end=hit.end,
            status=hit.status,
            audience=hit.audience,
            updated=hit.updated,
        )
        for hit in answer.hits
    )


def _spoken(message: Message) -> dict[str, str]:
    return {"role": message.role.value, "text": message.text}
