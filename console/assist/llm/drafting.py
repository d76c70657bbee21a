"""A draft reply: what the model is asked, and what becomes of its answer."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from console.assist.flags.rules import steers
from console.assist.llm.checks import Check, Dropped, require_fit, tidy, whole_words
from console.assist.llm.grounding import claims_nothing, grounded, without_marks
from console.assist.llm.ports import Prompt, Purpose
from console.assist.llm.quoting import DATA_RULE, conversation, fenced, record
from console.assist.llm.record import known_texts, record_lines
from console.assist.redaction import Redaction
from console.assist.replies.claims import DONE, claims_a_deed
from console.assist.sentences import texts
from console.assist.talk import Talk
from console.conversation.assistance import Citation, KnowledgeHit, SourceType, Suggestion, Support, suggestion_id
from console.conversation.summaries import LLM as KIND
from console.text import clean

BEST: Final = 0.6
"""Score of a draft whose every claim a source says: it quotes nothing, so a good reply of the engine goes before it."""

NO_CLAIM: Final = 0.3
"""Score of a draft that claims nothing: it may be the right question, and no source tells."""

MOST_TOKENS: Final = 320
"""About 240 words: twice what an agent should send."""

MOST_SOURCES: Final = 6
PASSAGE: Final = 1_500
"""Characters of a source that are given."""

_GREETED: Final = re.compile(
    r"(?i:hi|hello|hey|dear|good (?:morning|afternoon|evening)) ((?:[A-Z][\w'’-]{0,40}\.? ?){1,4})"
)
_NAME: Final = re.compile(r"[^\W\d_]+")
_TITLES: Final = frozenset({"there", "mr", "mrs", "ms", "mx", "dr", "sir", "madam", "customer", "again"})

TASK: Final = f"""\
You draft one reply for a human support agent. The agent reads it, changes it and decides whether to send it.

{DATA_RULE}

Rules:
1. Answer the customer's newest message in two to four plain sentences, in the customer's language.
2. State only what a source or the record says. After each sentence that states something, put the mark of its \
source, such as [S1].
3. Use no figure, date, price, name or link that is not in the data.
4. Promise nothing, and do not say that anything has been done.
5. Where the data do not answer the question, say so or ask one question.
Write the reply alone: no heading, no explanation, no signature."""


class DraftTask:
    """One draft, from the question to the suggestion. Not shared between threads.

    ``suggestions`` and ``hits`` are what the embedded engine found; what of it customers may read becomes a source.
    ``published`` are the texts whose links may be used, ``check`` what stands against sending a text; a draft that
    scores less than ``least`` is dropped.
    """

    def __init__(
        self,
        talk: Talk,
        suggestions: Sequence[Suggestion],
        hits: Sequence[KnowledgeHit],
        published: Sequence[str],
        check: Check,
        least: float = 0.0,
    ) -> None:
        self._talk, self._published, self._check, self._least = talk, published, check, least
        self._sources = sources_of(suggestions, hits)
        self._redaction = Redaction.of(talk.customer, talk.messages)

    @property
    def prompt(self) -> Prompt:
        """What the model is asked; nothing in it is personal."""
        hidden = self._redaction.hidden
        blocks = [
            *(fenced(f"source S{n}, {s.cited.type.value}", hidden(s.text)) for n, s in enumerate(self._sources, 1)),
            record(record_lines(self._talk), self._redaction),
            conversation(self._talk, self._redaction),
        ]
        asked = f"Draft the agent's reply to message {self._talk.turn}."
        return Prompt(Purpose.DRAFT, TASK, "\n".join([*filter(None, blocks), asked]), MOST_TOKENS)

    def so_far(self, text: str) -> str | None:
        """Return what of a text that is being written may be seen; ``None`` while it may not."""
        shown = self._redaction.restored(without_marks(tidy(whole_words(text))))
        try:
            require_fit(shown, self._redaction, self._published, self._check)
        except Dropped:
            return None
        return shown

    def judged(self, text: str) -> Suggestion:
        """Return the suggestion that a whole answer makes; raises :class:`Dropped` where it makes none."""
        marked = self._redaction.restored(tidy(text))
        passages = (*(source.text for source in self._sources), "\n".join(record_lines(self._talk)))
        found = grounded(marked, passages, known_texts(self._talk))
        require_fit(found.text, self._redaction, self._published, self._check)
        if stranger := addressed_otherwise(found.text, known_texts(self._talk)):
            raise Dropped(f"the model addressed somebody else ({stranger}).")
        claiming = [piece for piece in texts(found.text) if not claims_nothing(piece)]
        if claiming and all(piece in found.unsupported for piece in claiming):
            raise Dropped("no source says what the model wrote.")
        claims = claims_a_deed(found.text)
        score = _score(len(claiming), sum(piece in found.unsupported for piece in claiming), claims=claims)
        if score < self._least:
            raise Dropped("the sources say too little of what the model wrote.")
        sources = tuple(self._sources[place].cited for place in found.used if place < len(self._sources))
        support = Support.PARTIAL if found.unsupported or claims else Support.FULL
        return Suggestion(
            id=suggestion_id(self._talk.turn, KIND, found.text),
            text=found.text,
            kind=KIND,
            score=score,
            support=support if sources else Support.NONE,
            sources=sources,
            claims=claims,
            unsupported=found.unsupported,
        )


def addressed_otherwise(text: str, known: Sequence[str]) -> str:
    """Return the name that a draft greets and that stands nowhere in the conversation or record; empty for none."""
    greeted = _GREETED.match(text.lstrip())
    words = set(_NAME.findall(" ".join(known).lower()))
    names = [name for name in _NAME.findall(greeted[1]) if name.lower() not in _TITLES] if greeted else []
    return next((name for name in names if name.lower() not in words), "")


def _score(claiming: int, unsupported: int, *, claims: bool) -> float:
    """Return the score of a draft, 0 to 1: the share of its claims that a source says, less where it claims a deed."""
    share = BEST * (claiming - unsupported) / claiming if claiming else NO_CLAIM
    return round(share * DONE if claims else share, 3)


@dataclass(frozen=True, slots=True)
class Source:
    """What a draft may rest on: its text as it reads for this customer, and how it is cited."""

    text: str
    cited: Citation


def sources_of(suggestions: Sequence[Suggestion], hits: Sequence[KnowledgeHit]) -> tuple[Source, ...]:
    """Return the sources of a draft: public, current articles, and what the embedded engine suggests, filled in.

    What tries to steer a model is none.
    """
    found: dict[tuple[SourceType, str], Source] = {}
    for hit in hits:
        if hit.status == "current" and hit.audience == "public":
            _add(found, hit.passage, Citation(SourceType.ARTICLE, hit.document, hit.passage, hit.title))
    for suggestion in suggestions:
        if suggestion.kind != KIND:
            for cited in suggestion.sources[:1]:
                _add(found, suggestion.text, cited)
    return tuple(found.values())[:MOST_SOURCES]


def _add(found: dict[tuple[SourceType, str], Source], text: str, cited: Citation) -> None:
    passage = clean(text[:PASSAGE])
    if passage and not steers(passage, lookup=cited.type is SourceType.ARTICLE):
        found.setdefault((cited.type, cited.id), Source(passage, cited))
