"""Suggested replies of a turn: every kind proposes, the best few are shown."""

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from console.assist.guard import foreign, unfilled
from console.assist.ports import Embed, PastReplies
from console.assist.replies.articles import ArticleReplies, OutOfPlace, nothing
from console.assist.replies.candidate import Candidate
from console.assist.replies.claims import claims_a_deed
from console.assist.replies.delicate import without_harm
from console.assist.replies.macros import MacroReplies
from console.assist.replies.past import PastCandidates
from console.assist.replies.procedure import Procedure
from console.assist.replies.rank import MOST, as_scored, best_of
from console.assist.replies.ranker import Ranker
from console.assist.replies.retired import name_of, rests_on
from console.assist.replies.support import support_of, unsupported_in
from console.assist.replies.tone import in_tone
from console.assist.sentences import paragraphs
from console.assist.talk import Talk
from console.assist.vectors import likeness
from console.content.library import Library
from console.conversation.assistance import (
    Citation,
    KnowledgeHit,
    PassedOver,
    SourceType,
    Suggestion,
    Support,
    suggestion_id,
)
from console.conversation.message import Author

NAMED: Final = 5
"""Candidates that are named, of those that were found and not chosen."""


@dataclass(frozen=True, slots=True)
class Suggested:
    """The replies of a turn, best first, and the best of what was found beside them."""

    replies: tuple[Suggestion, ...]
    passed_over: tuple[PassedOver, ...]


class Replies:
    """Makes suggestions from macros, articles, past conversations and the procedures of behaviours."""

    def __init__(
        self, library: Library, embed: Embed, past: PastReplies | None, out_of_place: OutOfPlace = nothing
    ) -> None:
        self._embed = embed
        self.macros = MacroReplies(library.macros, embed)
        self._articles = ArticleReplies(embed, out_of_place)
        self._procedure = Procedure(library.behaviours, library.macros, embed)
        self._past = PastCandidates(past) if past else None

    def suggest(
        self,
        talk: Talk,
        values: Mapping[str, str],
        intent: str,
        hits: Sequence[KnowledgeHit],
        ranker: Ranker | None = None,
        retired: Container[str] = (),
    ) -> Suggested:
        """Return up to three replies, best first; none where nothing is supported or would give data away.

        Without a ``ranker`` those with the highest scores are the best. Nothing rests on a ``retired`` source.
        """
        candidates = [*self.macros.propose(talk, values, intent, retired), *self._articles.propose(talk, hits)]
        if self._past:
            candidates += self._past.propose(talk)
        candidates = [c for c in candidates if not rests_on(c.sources, retired)]
        answered = [m.text for m in talk.messages if m.role is Author.AGENT]
        safe = without_harm((c for c in candidates if _safe(c, talk)), talk)
        made = partial(self._suggestion, talk=talk, values=values)
        order = partial(_ordered, ranker=ranker, made=made) if ranker else as_scored
        best = best_of(in_tone(safe, talk.mood, answered), self._embed, order)
        chosen = self._procedure.placed(best, self._procedure.due(talk, values, intent), MOST)
        kept = tuple(without_harm(chosen, talk))
        return Suggested(tuple(made(c) for c in kept), _passed_over(candidates, kept))

    def _suggestion(self, candidate: Candidate, talk: Talk, values: Mapping[str, str]) -> Suggestion:
        """Return a candidate with all that is known of it."""
        known = " ".join((*values.values(), *(m.text for m in talk.messages)))
        support = support_of(candidate.text, candidate.sources, known)
        unsupported = unsupported_in(candidate.text, candidate.sources, known)
        claims = claims_a_deed(candidate.text)
        if support is Support.FULL and claims:
            support = Support.PARTIAL  # no source knows whether it has been done
        return Suggestion(
            id=suggestion_id(talk.turn, candidate.kind, candidate.text),
            text=candidate.text,
            kind=candidate.kind,
            score=round(candidate.score, 3),
            support=support,
            sources=candidate.sources,
            claims=claims,
            unsupported=unsupported,
            near=self._nearest(candidate.text, paragraphs(talk.last_customer_text)),
            repeats=self._nearest(candidate.text, [m.text for m in talk.messages if m.role is Author.AGENT]),
        )

    def _nearest(self, text: str, others: Sequence[str]) -> float:
        """Return the highest cosine with the others; their vectors are known, for macros were held against them."""
        if not others:
            return 0.0
        return round(float(likeness(self._embed.encode([text]), self._embed.encode(others)).max()), 3)


def _passed_over(candidates: Sequence[Candidate], chosen: Sequence[Candidate]) -> tuple[PassedOver, ...]:
    """Return the surest candidates that were not chosen, each source once; past replies have no name to give."""
    known = {passed_over(one.sources, 0.0, "").source for one in chosen}
    found: dict[str, PassedOver] = {}
    for one in sorted(candidates, key=lambda candidate: -candidate.score):
        passed = passed_over(one.sources, one.score, "others say it better, or it would say the same again")
        if passed.source and passed.source not in known:
            found.setdefault(passed.source, passed)
    return tuple(found.values())[:NAMED]


def passed_over(sources: Sequence[Citation], score: float, why: str) -> PassedOver:
    """Return a reply that is not shown, by its first source."""
    source = next((name_of(s.type, s.id) for s in sources if s.type is not SourceType.PAST), "")
    return PassedOver(source, round(score, 3), why)


def _safe(candidate: Candidate, talk: Talk) -> bool:
    """Return whether nothing in the text is another customer's; articles and macros vouch for their own words."""
    vouched = [s.passage for s in candidate.sources if s.type is not SourceType.PAST]
    return not unfilled(candidate.text) and not any(foreign(candidate.text, talk, vouched))


def _ordered(
    candidates: Sequence[Candidate], ranker: Ranker, made: Callable[[Candidate], Suggestion]
) -> Sequence[Candidate]:
    """Return the candidates in the order of a ranker; what it finds alike stays as it was."""
    scores = ranker.scores([made(candidate) for candidate in candidates])
    places = sorted(range(len(candidates)), key=lambda place: -scores[place])
    return [candidates[place] for place in places]
