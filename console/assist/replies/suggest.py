"""Suggested replies of a turn: every kind proposes, the best few are shown."""

from collections.abc import Mapping, Sequence

from console.assist.guard import foreign, unfilled
from console.assist.ports import Embed, PastReplies
from console.assist.replies.articles import ArticleReplies, OutOfPlace, nothing
from console.assist.replies.candidate import Candidate
from console.assist.replies.claims import claims_a_deed
from console.assist.replies.delicate import without_harm
from console.assist.replies.macros import MacroReplies
from console.assist.replies.past import PastCandidates
from console.assist.replies.procedure import Procedure
from console.assist.replies.rank import MOST, best_of
from console.assist.replies.support import support_of, unsupported_in
from console.assist.replies.tone import in_tone
from console.assist.talk import Talk
from console.content.library import Library
from console.conversation.assistance import KnowledgeHit, SourceType, Suggestion, Support, suggestion_id
from console.conversation.message import Author


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
        self, talk: Talk, values: Mapping[str, str], intent: str, hits: Sequence[KnowledgeHit]
    ) -> tuple[Suggestion, ...]:
        """Return up to three replies, best first; none where nothing is supported or would give data away."""
        candidates = [*self.macros.propose(talk, values, intent), *self._articles.propose(talk, hits)]
        if self._past:
            candidates += self._past.propose(talk)
        answered = [m.text for m in talk.messages if m.role is Author.AGENT]
        safe = without_harm((c for c in candidates if _safe(c, talk)), talk)
        best = best_of(in_tone(safe, talk.mood, answered), self._embed)
        chosen = self._procedure.placed(best, self._procedure.due(talk, values, intent), MOST)
        return tuple(_suggestion(c, talk, values) for c in without_harm(chosen, talk))


def _safe(candidate: Candidate, talk: Talk) -> bool:
    """Return whether nothing in the text is another customer's; articles and macros vouch for their own words."""
    vouched = [s.passage for s in candidate.sources if s.type is not SourceType.PAST]
    return not unfilled(candidate.text) and not any(foreign(candidate.text, talk, vouched))


def _suggestion(candidate: Candidate, talk: Talk, values: Mapping[str, str]) -> Suggestion:
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
    )
