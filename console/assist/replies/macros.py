"""Replies from macros: the situations they answer against what the customer says, filled for this customer."""

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Final

import numpy as np

from console.assist.ports import Embed, Vectors
from console.assist.replies.candidate import Candidate
from console.assist.replies.retired import name_of
from console.assist.replies.tone import BAD
from console.assist.sentences import paragraphs, texts
from console.assist.slots import filled, record_of
from console.assist.talk import Talk
from console.assist.vectors import likeness
from console.content.conditions import Record, all_hold
from console.content.macros import SLOT, Macro, Stage
from console.conversation.assistance import Citation, SourceType
from console.conversation.goodbyes import gives_up, says_goodbye
from console.conversation.message import Author, Layer

KIND: Final = "macro"

FLOOR: Final = 0.45
"""Cosine with a situation below which a macro is not offered."""

INTENT_BONUS: Final = 0.1
"""Added where the macro belongs to the conversation's intent; a macro of another intent loses as much."""

EARLIER: Final = 0.8
"""What the customer's earlier words count for, beside those that wait for an answer."""

PLAINLY: Final = 0.6
"""Cosine with a situation from which earlier words count at all: what is over must have been plainly said."""

GOODBYE: Final = 0.75
"""The fit of a closing macro when the customer takes their leave: thanks come in too many words to be compared."""

ACKNOWLEDGES: Final = 0.6
"""What remains of the score of a macro that only acknowledges a feeling: what moves the matter on goes before it."""

SAID: Final = 0.65
"""Cosine with what the agent has sent from which a macro would say it again."""

MOST: Final = 12
_FEW_WORDS: Final = 3
_LOOKS_BACK: Final = 6
"""Customer's messages before the newest burst that are read for what is still unanswered."""


class MacroReplies:
    """The macros of a library, their situations and texts embedded once."""

    def __init__(self, macros: Sequence[Macro], embed: Embed) -> None:
        self._embed = embed
        self._macros = tuple(macros)
        situations = [(place, s) for place, macro in enumerate(macros) for s in (macro.situations or (macro.title,))]
        self._owner = np.array([place for place, _ in situations], dtype=np.intp)
        self._situations = embed.encode([s for _, s in situations])
        self._texts = embed.encode([SLOT.sub("", macro.text) for macro in macros])

    def propose(
        self, talk: Talk, values: Mapping[str, str], intent: str, retired: Container[str] = ()
    ) -> Iterator[Candidate]:
        """Yield the macros that have their place here, best first: what waits for an answer decides, then the intent.

        None says again what the agent has sent, asks for what is known, is false of this customer's order, or speaks of
        what has not been sent yet; one that acknowledges a feeling at the end needs a customer who was frustrated, and
        who leaves in anger is answered by such a one alone.
        None is ``retired`` (by ``macro:ID``).
        """
        if not talk.last_customer_text.strip() or not self._macros:
            return
        fits = self._fits(talk, intent)
        record, said = record_of(talk), self._already_said(talk)
        leaving = says_goodbye(talk.last_customer_text)
        answered = any(m.role is Author.AGENT for m in talk.messages)
        troubled, cross = min(talk.moods.values(), default=0.0) <= BAD, _leaves_cross(talk)
        offered = 0
        for place in np.argsort(-fits):
            macro, fit = self._macros[place], float(fits[place])
            if retired and name_of(SourceType.MACRO, macro.id) in retired:
                continue
            if macro.stage is Stage.CLOSING:
                due = leaving and answered and (troubled or cross if macro.acknowledges else not cross)
                fit = max(fit, GOODBYE) if due else 0.0
            elif leaving or (macro.stage is Stage.OPENING and answered):
                fit = 0.0
            if fit < FLOOR or said[place] or not _true_of(macro, record, values) or not _in_place(macro, talk):
                continue
            text = filled(macro.text, values)
            if text is None:
                continue
            score = _score(fit) * (ACKNOWLEDGES if macro.acknowledges else 1.0)
            yield Candidate(text, KIND, score, (Citation(SourceType.MACRO, macro.id, macro.text, macro.title),))
            offered += 1
            if offered == MOST:
                return

    def sentences(
        self, values: Mapping[str, str], record: Record, intent: str, retired: Container[str] = ()
    ) -> Iterator[str]:
        """Yield every sentence of every macro that fits the intent, is true of this customer and can be filled.

        None is of a ``retired`` macro.
        """
        for macro in self._macros:
            if not all_hold(macro.when, record) or (macro.intents and intent and intent not in macro.intents):
                continue
            if retired and name_of(SourceType.MACRO, macro.id) in retired:
                continue
            for sentence in texts(macro.text):
                text = filled(sentence, values)
                if text:
                    yield text

    def _fits(self, talk: Talk, intent: str) -> Vectors:
        """Return how well each macro answers: its best situation, with what its intents say."""
        newest = [t for t in texts(talk.last_customer_text) if len(t) > 1]
        # a word or two beside others is a sigh, not a situation
        newest = [t for t in newest if len(t.split()) >= _FEW_WORDS] or newest
        fits = self._nearest([*newest, *paragraphs(talk.last_customer_text)])
        earlier = _earlier(talk)
        if earlier and intent:
            mine = np.array([intent in macro.intents for macro in self._macros])
            below = min(EARLIER * float(fits.max()), 1.0) if fits.max() >= FLOOR else 1.0
            said = self._nearest(earlier)
            told = np.minimum(np.where(said >= PLAINLY, EARLIER * said, 0.0), below)
            fits = np.where(mine, np.maximum(fits, told), fits)
        bonus = [
            0.0 if not macro.intents or not intent else INTENT_BONUS if intent in macro.intents else -INTENT_BONUS
            for macro in self._macros
        ]
        return fits + np.array(bonus, dtype=np.float32)

    def _nearest(self, said: Sequence[str]) -> Vectors:
        """Return for each macro the best cosine of its situations with anything in ``said``."""
        cosines = likeness(self._embed.encode(said), self._situations).max(axis=0)
        best = np.zeros(len(self._macros), dtype=np.float32)
        np.maximum.at(best, self._owner, cosines)
        return best

    def _already_said(self, talk: Talk) -> Vectors:
        """Return for each macro whether the agent has sent it, in these words or in others."""
        sent = [m.text for m in talk.messages if m.role is Author.AGENT]
        if not sent:
            return np.zeros(len(self._macros), dtype=bool)
        again: Vectors = likeness(self._embed.encode(sent), self._texts).max(axis=0) >= SAID
        return again


def _true_of(macro: Macro, record: Record, values: Mapping[str, str]) -> bool:
    known = any(slot in values or f"fact.{slot}" in values for slot in macro.asks)
    return Layer.ASSISTED in macro.layers and not known and all_hold(macro.when, record)


def _leaves_cross(talk: Talk) -> bool:
    """Return whether the customer's last words are angry, or say that they give up."""
    said = [m.id for m in talk.messages if m.role is Author.CUSTOMER]
    mood = talk.moods.get(said[-1], 0.0) if said else 0.0
    return mood <= BAD or gives_up(talk.last_customer_text)


def _in_place(macro: Macro, talk: Talk) -> bool:
    """Return whether what a macro speaks of has been sent, and what it is for has not been done."""

    def has(pattern: re.Pattern[str], author: Author) -> bool:
        return any(pattern.search(m.text) for m in talk.messages if m.role in {author, Author.SYSTEM})

    sent = macro.after is None or has(macro.after, Author.CUSTOMER)
    return sent and not (macro.done_when and has(macro.done_when, Author.AGENT))


def _earlier(talk: Talk) -> list[str]:
    """Return the customer's sentences from before the newest burst, short ones left out."""
    said = [m.text for m in talk.messages if m.role is Author.CUSTOMER]
    burst = talk.last_customer_text.split("\n")
    older = [text for text in said[-_LOOKS_BACK - len(burst) :] if text not in talk.last_customer_text]
    return [t for text in older for t in texts(text) if len(t.split()) >= _FEW_WORDS]


def _score(fit: float) -> float:
    """Return a score on the common scale: 0.45 is 0.3, 0.8 is 0.9."""
    return min(0.97, 0.3 + (fit - FLOOR) * 0.6 / 0.35)
