"""Replies from articles: the sentences of a public, current passage that answer the customer, quoted as they stand."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from console.assist.ports import Embed
from console.assist.replies.candidate import Candidate
from console.assist.sentences import paragraphs, texts
from console.assist.talk import Talk
from console.assist.vectors import likeness
from console.conversation.assistance import Citation, KnowledgeHit, SourceType

KIND: Final = "article"

FLOOR: Final = 0.5
"""Cosine of the best sentence with the customer's words below which nothing is quoted."""

GOOD_ENOUGH: Final = 0.6
"""Score from which no further article is read for a quotation."""

MOST_ARTICLES: Final = 2
AS_NEAR: Final = 0.95
"""Share of the first article's score from which a second one is quoted too: below it, it is about something else."""

MOST_READ: Final = 8
"""Sentences of a passage that are looked at."""

MOST_CHARACTERS: Final = 320
_FEWEST_WORDS: Final = 5
_NEIGHBOUR: Final = 0.3
"""Cosine from which the sentence beside the best one is quoted with it."""


OutOfPlace = Callable[[str], Sequence[str]]
"""Gives the sentences of a passage that somebody has planted there."""


def nothing(_: str) -> Sequence[str]:
    """Find nothing out of place."""
    return ()


class ArticleReplies:
    """Quotes articles; internal and retired ones never, nor what is ``out_of_place`` in a passage."""

    def __init__(self, embed: Embed, out_of_place: OutOfPlace = nothing) -> None:
        self._embed, self._out_of_place = embed, out_of_place

    def propose(self, talk: Talk, hits: Sequence[KnowledgeHit]) -> Iterator[Candidate]:
        """Yield a quotation of each of the first hits that has one."""
        question = talk.last_customer_text
        if not question:
            return
        for hit in hits[:MOST_ARTICLES]:
            if hit.status != "current" or hit.audience != "public" or hit.score < AS_NEAR * hits[0].score:
                continue
            candidate = self._quote(question, hit)
            if candidate:
                yield candidate
                if candidate.score >= GOOD_ENOUGH:
                    return

    def _quote(self, question: str, hit: KnowledgeHit) -> Candidate | None:
        pieces = texts(hit.passage)
        planted = self._out_of_place(hit.passage)
        usable = [place for place, piece in enumerate(pieces) if _quotable(piece) and piece not in planted][:MOST_READ]
        if not usable:
            return None
        asked = [t for t in texts(question) if len(t.split()) > 2] or [question]  # noqa: PLR2004
        vectors = self._embed.encode([pieces[place] for place in usable])
        cosines = likeness(vectors, self._embed.encode([*asked, *paragraphs(question)])).max(axis=1)
        best = int(cosines.argmax())
        if cosines[best] < FLOOR:
            return None
        text = pieces[usable[best]]
        follows = best + 1 < len(usable) and usable[best + 1] == usable[best] + 1
        if follows and cosines[best + 1] >= _NEIGHBOUR:
            longer = f"{text} {pieces[usable[best + 1]]}"
            text = longer if len(longer) <= MOST_CHARACTERS else text
        source = Citation(SourceType.ARTICLE, hit.document, text, hit.title)
        return Candidate(text, KIND, _score(float(cosines[best]), hit.score), (source,))


def _quotable(sentence: str) -> bool:
    """Return whether a sentence can stand alone: complete, not a heading, a table row or a list mark."""
    return (
        len(sentence.split()) >= _FEWEST_WORDS
        and sentence[-1] in ".!"
        and not sentence.startswith(("#", "|", "-", "*", ">"))
        and sentence[0].isupper()
    )


def _score(cosine: float, hit: float) -> float:
    """Return a score on the common scale, from the best sentence mostly and the hit's own score a little."""
    return min(0.9, 0.3 + (cosine - FLOOR) * 1.2 + 0.15 * max(0.0, min(1.0, hit)))
