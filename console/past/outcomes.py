"""How past conversations ended: what was done in each, in everybody's words, found by what the customer came with."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from console.assist.ports import PastOutcome, Vectors
from console.assist.replies.claims import claims_a_deed
from console.assist.sentences import texts
from console.content.macros import SLOT
from console.past.anonymity import CommonWords
from console.past.moments import PastCase
from console.text import shorten

LONGEST: Final = 80
"""Characters of what was done that are shown."""


class Outcomes:
    """The outcomes of a collection, ready to be looked through."""

    def __init__(self, cases: Sequence[PastCase], matters: Vectors, common: CommonWords) -> None:
        """``matters`` has the vector of each case's matter, zeros where it has none."""
        self._cases, self._matters, self._common = cases, matters, common

    def near(self, query: Vectors, k: int) -> list[PastOutcome]:
        """Return the ``k`` cases nearest to a unit vector, nearest first."""
        if not len(self._matters):
            return []
        likeness = self._matters @ query
        nearest = np.argsort(-likeness, kind="stable")[:k]
        return [
            PastOutcome(
                case=self._cases[place].id,
                matter=self._cases[place].matter,
                vector=self._matters[place],
                likeness=float(likeness[place]),
                done=done_in(self._cases[place], self._common),
                resolved=self._cases[place].resolved,
                intent=self._cases[place].intent,
            )
            for place in nearest.tolist()
            if self._cases[place].matter
        ]


def done_in(case: PastCase, common: CommonWords) -> str:
    """Return what was done in a case, only in everybody's words; empty where that cannot be said.

    That is its disposition; where the conversation has none, the last thing that its agent said to have done.
    """
    if case.disposition:
        return shorten(case.disposition, LONGEST) if _sayable(case.disposition, common) else ""
    for moment in reversed(case.moments):
        if claims_a_deed(moment.template) and common.allow(moment.template):
            deed = next(piece for piece in texts(moment.template) if claims_a_deed(piece))
            return f"“{shorten(deed, LONGEST)}”" if not SLOT.search(deed) else ""
    return ""


def _sayable(disposition: str, common: CommonWords) -> bool:
    return not SLOT.search(disposition) and common.allow(disposition)
