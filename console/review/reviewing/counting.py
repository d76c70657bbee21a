"""Shares of what was counted, group by group, with intervals that know which cases hang together. Pure; arrays.

Decisions on replies of one conversation are not independent: one customer, one matter, mostly one agent. So a group's
number of cases is replaced by an effective one (Kish 1965, Survey Sampling, 8.2): the number divided by the design
effect, the variance of the share as a ratio of sums over conversations (Cochran 1977, Sampling Techniques, 11.8), over
what independent cases would have. Where all or none of the cases are hits that cannot be told, and the conversations
are counted instead. It is never more than the number of cases.
"""

from dataclasses import dataclass

import numpy as np

from console.conversation.reviews import FEWEST, FEWEST_CONVERSATIONS, Figure, Measure, Share
from console.review.intervals import Floats, wilson
from console.review.reviewing.columns import Flags, Numbers


@dataclass(frozen=True, slots=True)
class Counted:
    """One measure by group; each array has one number a group."""

    part: Numbers
    of: Numbers
    conversations: Numbers
    effective: Floats
    """Effective numbers of cases; 0 where there are none."""
    low: Floats
    high: Floats
    """The limits of each share."""

    def figure(self, measure: Measure, group: int) -> Figure:
        """Return a group's share with its interval; the counts alone where too little was seen."""
        part, of = int(self.part[group]), int(self.of[group])
        figure = Figure(measure, part, of, int(self.conversations[group]))
        if not self.enough(group):
            return figure
        low, high = round(float(self.low[group]), 4), round(float(self.high[group]), 4)
        return Figure(measure, part, of, figure.conversations, part / of, low, high)

    def share(self, group: int) -> Share:
        """Return a group's share of whatever was counted; the counts alone where too little was seen."""
        figure = self.figure(Measure.ACCEPTED, group)
        return Share(figure.part, figure.of, figure.conversations, figure.rate, figure.low, figure.high)

    def enough(self, group: int) -> bool:
        """Return whether a group's share may be given."""
        return bool(self.of[group] >= FEWEST and self.conversations[group] >= FEWEST_CONVERSATIONS)


class Cells:
    """Cases put together by group and conversation, so that any number of measures is counted fast."""

    def __init__(self, groups: Numbers, count: int, conversations: Numbers) -> None:
        """``groups`` are from 0 to ``count`` - 1, one a case, as ``conversations`` are."""
        self._count = count
        width = int(conversations.max(initial=0)) + 1
        keys, self._cell = np.unique(groups * width + conversations, return_inverse=True)
        self._group = keys // width
        self._cases = np.bincount(self._cell, minlength=len(keys)).astype(np.float64)
        self.of = self._summed(self._cases)
        self.conversations: Numbers = np.bincount(self._group, minlength=count).astype(np.int64)

    def counted(self, hits: Flags) -> Counted:
        """Return the share of the cases that are hits."""
        parts: Floats = np.bincount(self._cell, weights=hits, minlength=len(self._cases)).astype(np.float64)
        part, of, many = self._summed(parts), self.of, self.conversations
        share = part / np.maximum(of, 1)
        left = self._summed((parts - share[self._group] * self._cases) ** 2)
        hanging = left * many / np.maximum(many - 1, 1) / np.maximum(of, 1) ** 2
        alone = share * (1 - share) / np.maximum(of, 1)
        told = (alone > 0) & (many > 1)
        effect = np.where(told, hanging / np.where(told, alone, 1.0), 1.0)
        effective = np.where(told, of / np.maximum(effect, 1.0), many)
        low, high = wilson(share, np.maximum(effective, 1.0))
        return Counted(np.rint(part).astype(np.int64), np.rint(of).astype(np.int64), many, effective, low, high)

    def _summed(self, values: Floats) -> Floats:
        sums: Floats = np.bincount(self._group, weights=values, minlength=self._count).astype(np.float64)
        return sums
