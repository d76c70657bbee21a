"""The knowledge base as the assist engine and the look-up see it: an adapter over the retrieval engine."""

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Final

from console.assist.ports import Nearest
from console.assist.replies.retired import RetiredNow, articles_of, none_retired
from console.conversation.assistance import KnowledgeHit
from console.conversation.message import Message
from knowledge import Answer, Document, IndexMissing, KnowledgeError, KnowledgeIndex

PROBE: Final = "help"
"""What is asked where only the state of the index matters."""

BY_TOPIC: Final = 0.5
"""What remains of an article's score where the topic alone found it: it bears on the matter, not on what was asked."""

_WORDS: Final = re.compile(r"[\\/]lexical\b")
"""Where a store of words lies within an index."""


class Articles:
    """A knowledge base that follows its index: another generation put in use is noticed before each search.

    So is what a lead has retired: nobody who asks here, the bot, the engine or a person, finds anything of it.
    """

    def __init__(self, index: KnowledgeIndex, retired: RetiredNow = none_retired) -> None:
        self._index, self._retired = index, retired
        self._without: frozenset[str] = frozenset()
        """Ids of the retired articles, as of the newest question."""
        self._topics: dict[tuple[int, str, int], Answer | None] = {}
        self.edition = 0
        """Counts the states that were taken up: another generation, or other articles that are retired.

        What was worked out for an earlier one is out of date.
        """
        self.damage = ""
        """What the newest answer had to do without, in a line for staff; empty where all was well."""
        self.sound = True
        """Whether all that the index holds could be used for the newest answer; what was lost, it holds no more."""
        self._asked_of = -1
        """The edition that the newest answer came from."""

    def search(self, messages: Sequence[Message], k: int, topic: str = "") -> tuple[KnowledgeHit, ...]:
        """Return up to ``k`` articles for a conversation; none where there is no index or no answer in it.

        The ``topic`` is what the conversation is about in the company's own words. Where the customer's words find no
        answer, it is asked for alone.
        """
        answer = self._asked(lambda: self._conversation(messages, k, topic))
        if topic and answer and not answer.answerable:
            found = self._of_topic(topic, k)
            return _of_topic(hits_of(found)) if found and found.answerable else ()
        return hits_of(answer) if answer and answer.answerable else ()

    def _of_topic(self, topic: str, k: int) -> Answer | None:
        """Return what a topic alone finds; of each it is asked once, until the articles change."""
        self._follow()
        if (self.edition, topic, k) not in self._topics:
            edition = self.edition
            self._topics = {key: found for key, found in self._topics.items() if key[0] == edition}
            self._topics[edition, topic, k] = self.look_up(topic, k)
        return self._topics.get((self.edition, topic, k))

    def nearest(self, messages: Sequence[Message]) -> Nearest | None:
        """Return what there is for the question at the end of a conversation; ``None`` where there is no index."""
        answer = self._asked(lambda: self._conversation(messages, 1))
        return Nearest(answer.answerable, next(iter(hits_of(answer)), None)) if answer else None

    def look_up(self, query: str, k: int) -> Answer | None:
        """Return what a query finds; ``None`` where there is no index."""
        return self._asked(lambda: self._index.search(query, k, without=self._without))

    def look(self) -> None:
        """Bring :attr:`damage` up to date where nobody's question has: after a change, and while it may end by itself.

        What was lost is there again with another generation only.
        """
        self._follow()
        if not self.sound or self._asked_of != self.edition:
            with suppress(KnowledgeError):
                self.look_up(PROBE, 1)

    def document(self, name: str) -> Document | None:
        """Return a whole article, also a retired one: it may be cited by what was said before."""
        self._follow()
        try:
            return self._index.document(name)
        except IndexMissing:
            return None

    def text(self, name: str) -> str:
        """Return the whole text of an article; empty where there is none."""
        found = self.document(name)
        return found.text if found else ""

    def documents(self) -> tuple[Document, ...]:
        """Return every article but for those that a lead has retired; none where there is no index."""
        self._follow()
        try:
            return tuple(found for found in self._index.documents() if found.id not in self._without)
        except IndexMissing:
            return ()

    @property
    def version(self) -> str:
        """When the index was made; empty where there is none."""
        self._follow()
        try:
            return self._index.contents().made_at
        except IndexMissing:
            return ""

    def _asked(self, ask: Callable[[], Answer]) -> Answer | None:
        self._follow()
        edition = self.edition
        try:
            answer = ask()
        except IndexMissing:
            self.damage, self.sound, self._asked_of = "", True, edition
            return None
        except KnowledgeError as error:
            why = _without(self._index.folder, str(error))
            self.damage, self.sound, self._asked_of = f"The knowledge base cannot be searched: {why}", False, edition
            raise
        self.damage, self.sound, self._asked_of = self.told(answer), not answer.damage, edition
        return answer

    def told(self, answer: Answer) -> str:
        """Return what an answer had to do without, in a line for staff; empty where it had everything."""
        if not answer.damage:
            return "Articles were lost; 'secondchair doctor' says which" if answer.lost else ""
        by = "meaning" if _WORDS.search(answer.damage) else "words"
        lost = "articles were lost; " if answer.lost else ""
        return f"Searching by {by} only; {lost}'secondchair doctor' says why"

    def is_retired(self, name: str) -> bool:
        """Return whether a lead has retired an article."""
        self._follow()
        return name in self._without

    def _conversation(self, messages: Sequence[Message], k: int, topic: str = "") -> Answer:
        spoken = [_spoken(message) for message in messages]
        return self._index.search_conversation(spoken, k, topic=topic, without=self._without)

    def _follow(self) -> None:
        without = articles_of(self._retired())
        if self._index.changed():
            self._index.reload()
        elif without == self._without:
            return
        self._without = without
        self.edition += 1


def _of_topic(hits: Sequence[KnowledgeHit]) -> tuple[KnowledgeHit, ...]:
    return tuple(replace(hit, score=round(BY_TOPIC * hit.score, 4)) for hit in hits)


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


def _without(folder: Path, text: str) -> str:
    """Return what is said of an index without where that lies on the server."""
    return re.sub(rf"(?: in)? ?{re.escape(str(folder))}[\\/]?", " ", text).strip()


def _spoken(message: Message) -> dict[str, str]:
    return {"role": message.role.value, "text": message.text}
