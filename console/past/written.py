"""The sentences that agents wrote in past conversations: how often at all, and in moments like the present one."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

from console.assist.ports import PastReply, PastSentence
from console.assist.sentences import texts
from console.past.table import Table

HERE: Final = 0.5
"""Weight of what was written in moments like this one, against what is written at all."""

MOST: Final = 4_000
"""Sentences that are given, the most frequent; beyond them each was written once."""


class Written:
    """All sentences of a collection that may be used again: only everybody's words are in its table."""

    def __init__(self, table: Table) -> None:
        pieces = [texts(template) for template in table.templates]
        said: dict[str, set[int]] = defaultdict(set)
        for template, case in zip(table.template.tolist(), table.case.tolist(), strict=True):
            for sentence in pieces[template]:
                said[sentence].add(case)
        counts = Counter({sentence: len(cases) for sentence, cases in said.items()})
        self._counts: Mapping[str, int] = dict(counts.most_common(MOST))
        self._total = max(1, sum(counts.values()))

    def sentences(self, here: Sequence[PastReply]) -> list[PastSentence]:
        """Return sentences with their weights, which sum to 1 at most; ``here`` are the replies of like moments."""
        near: dict[str, float] = defaultdict(float)
        for reply in here:
            for sentence in texts(reply.templates[0]):
                near[sentence] += reply.weight
        most = max(1.0, sum(near.values()))
        known = dict.fromkeys((*self._counts, *near))
        return [
            PastSentence(
                sentence,
                (1.0 - HERE) * self._counts.get(sentence, 0) / self._total + HERE * near.get(sentence, 0.0) / most,
                self._counts.get(sentence, 1),
            )
            for sentence in known
        ]
