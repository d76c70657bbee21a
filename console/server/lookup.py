"""Looking things up by hand: the knowledge base, and the source behind any suggestion."""

from collections.abc import Callable
from dataclasses import replace
from time import perf_counter

from console.assist.flags.clauses import CLAUSES
from console.content.fitting import why_offered
from console.content.library import Library
from console.conversation.assistance import SourceType
from console.conversation.commands import SearchResult, Source
from console.desk.errors import NotReady
from console.server.articles import Articles, hits_of
from console.text import clean

PastCase = Callable[[str], str | None]
"""The text of a past conversation by its id, personal data as slots; ``None`` when it is gone."""


class ContentLookup:
    """Answers over published content."""

    def __init__(self, library: Library, articles: Articles, past_case: PastCase) -> None:
        self._library, self._articles, self._past_case = library, articles, past_case

    def search(self, query: str, k: int) -> SearchResult:
        """Return what the knowledge base holds on a query; raises :class:`NotReady` where there is none."""
        start = perf_counter()
        answer = self._articles.look_up(query, k)
        if answer is None:
            raise NotReady("there is no knowledge base yet; run 'secondchair index PATH' to make one")
        ms = round((perf_counter() - start) * 1000, 1)
        return SearchResult(query, answer.answerable, hits_of(answer), ms, self._articles.told(answer))

    @property
    def damage(self) -> str:
        """What the newest answer had to do without, in a line for staff."""
        return self._articles.damage

    @property
    def edition(self) -> int:
        """Counts the states of the knowledge base that were taken up."""
        return self._articles.edition

    def look(self) -> None:
        """Bring :attr:`damage` up to date; blocks, for a moment."""
        self._articles.look()

    def source(self, kind: SourceType, source_id: str, passage: str) -> Source | None:
        """Return a whole source; the passage is marked where it stands in it word for word."""
        match kind:
            case SourceType.ARTICLE:
                return self._article(source_id, passage)
            case SourceType.POLICY:
                return self._policy(source_id, passage)
            case SourceType.BEHAVIOUR:
                behaviour = self._library.behaviour(source_id)
                note = "a procedure; what is known or was asked for is left out"
                return (
                    _marked(kind, source_id, behaviour.title, behaviour.as_text, passage, note) if behaviour else None
                )
            case SourceType.MACRO:
                macro = self._library.macro(source_id)
                note = "why this macro is offered; the reply is it, filled from the record"
                return _marked(kind, source_id, macro.title, why_offered(macro), "", note) if macro else None
            case SourceType.PAST:
                text = self._past_case(source_id)
                note = "a past conversation; personal details are left out"
                return _marked(kind, source_id, "Similar past conversation", text, passage, note) if text else None
            case SourceType.MESSAGE:
                return None  # it stands in the conversation that the agent has before them

    def _policy(self, source_id: str, passage: str) -> Source | None:
        policy = self._library.policy(source_id)
        if policy is None:
            title, clause = CLAUSES.get(source_id, ("", ""))
            return _marked(SourceType.POLICY, source_id, title, clause, passage, "built in") if clause else None
        note = f"{policy.clause} · comes with Second Chair" if policy.built_in else policy.clause
        return _marked(SourceType.POLICY, source_id, policy.title, policy.text, passage, note)

    def _article(self, source_id: str, passage: str) -> Source | None:
        document = self._articles.document(source_id)
        if document is None:
            return None
        retired = document.status == "retired" or self._articles.is_retired(source_id)
        marks = [
            "retired: do not rely on it" if retired else "",
            "internal: not for customers" if document.audience == "internal" else "",
            f"updated {document.updated}" if document.updated else "",
        ]
        note = " · ".join(filter(None, marks))
        source = _marked(SourceType.ARTICLE, source_id, document.title, document.text, passage, note)
        return replace(source, internal=document.audience == "internal", retired=retired)


def _marked(kind: SourceType, source_id: str, title: str, text: str, passage: str, note: str) -> Source:
    text, passage = clean(text, 200_000), clean(passage)
    start = text.find(passage) if passage else -1
    return Source(kind, source_id, title, text, max(start, 0), start + len(passage) if start >= 0 else 0, note)
