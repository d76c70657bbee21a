"""Replies from macros: the situations they answer against what the customer says, filled for this customer."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import numpy as np

from console.assist.ports import Embed
from console.assist.replies.candidate import Candidate
from console.assist.sentences import texts
from console.assist.slots import filled, record_of
from console.assist.talk import Talk
from console.assist.vectors import likeness
from console.content.conditions import Record, all_hold
from console.content.macros import Macro
from console.conversation.assistance import Citation, SourceType
from console.conversation.message import Author, Layer

KIND: Final = "macro"

FLOOR: Final = 0.45
"""Cosine with a situation below which a macro is not offered."""

INTENT_BONUS: Final = 0.1
"""Added where the macro belongs to the conversation's intent; a macro of another intent loses as much."""


class MacroReplies:
    """The macros of a library, their situations embedded once."""

    def __init__(self, macros: Sequence[Macro], embed: Embed) -> None:
        self._embed = embed
        self._macros = tuple(macros)
        situations = [(place, s) for place, macro in enumerate(macros) for s in (macro.situations or (macro.title,))]
        self._owner = np.array([place for place, _ in situations], dtype=np.intp)
        self._situations = embed.encode([s for _, s in situations])

    def propose(self, talk: Talk, values: Mapping[str, str], intent: str) -> Iterator[Candidate]:
        """Yield the macros that answer what the customer has written since the last answer."""
        said = [t for t in texts(talk.last_customer_text) if len(t) > 1]
        if not said or not self._macros:
            return
        cosines = likeness(self._embed.encode([*said, talk.last_customer_text]), self._situations).max(axis=0)
        best = np.zeros(len(self._macros), dtype=np.float32)
        np.maximum.at(best, self._owner, cosines)
        record = record_of(talk)
        sent = [m.text for m in talk.messages if m.role is Author.AGENT]
        for place in np.argsort(-best)[:12]:
            macro, cosine = self._macros[place], float(best[place])
            if Layer.ASSISTED not in macro.layers or not all_hold(macro.when, record):
                continue
            bonus = (
                0.0 if not macro.intents or not intent else INTENT_BONUS if intent in macro.intents else -INTENT_BONUS
            )
            if cosine + bonus < FLOOR:
                continue
            text = filled(macro.text, values)
            if text is None or text in sent:
                continue
            source = Citation(SourceType.MACRO, macro.id, macro.text, macro.title)
            yield Candidate(text, KIND, _score(cosine + bonus), (source,))

    def sentences(self, values: Mapping[str, str], record: Record) -> Iterator[str]:
        """Yield every sentence of every macro that is true of this customer and can be filled."""
        for macro in self._macros:
            if not all_hold(macro.when, record):
                continue
            for sentence in texts(macro.text):
                text = filled(sentence, values)
                if text:
                    yield text


def _score(likeness_with_bonus: float) -> float:
    """Return a score on the common scale: 0.45 is 0.3, 0.8 is 0.9."""
    return min(0.97, 0.3 + (likeness_with_bonus - FLOOR) * 0.6 / 0.35)
