"""How many seconds suggestions save: an estimate from how long turns took, and no experiment. Pure; arrays.

What a taken reply saves is the time that own words of that length take the same team, less the time that it took.
The first is the mean over the turns in which they wrote their own with suggestions beside them, less the time that
reading those takes; the reading time is that of their characters at :data:`READS`, and no more than the turn. What is
not taken costs its reading. Intervals are percentiles of a bootstrap over blocks of conversations (Efron and
Tibshirani 1993, An Introduction to the Bootstrap, 13.3), in which own words and taken replies are drawn anew together.
"""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from console.conversation.assistance import Decision
from console.conversation.edits import Saved, Seconds
from console.conversation.reviews import FEWEST, FEWEST_CONVERSATIONS
from console.review.intervals import LEVEL, Floats
from console.review.reviewing.columns import Flags, Numbers
from console.review.reviewing.ledger import DECISIONS
from console.review.reviewing.window import Window

READS: Final = 22.6
"""Characters a second: 238 words a minute (Brysbaert 2019, J. Memory and Language 109, silent reading of English
non-fiction), at 5.7 characters a word with its space."""

LONGEST: Final = 600.0
"""Seconds from which a turn counts as left open, and is left out."""

EDGES: Final = (40, 80, 120, 160, 200, 260, 340, 480)
"""Characters at which lengths are divided."""

BLOCKS: Final = 200
DRAWN: Final = 1_000
_SEED: Final = 5
ACCEPTED, EDITED, OWN, UNANSWERED = range(4)


@dataclass(frozen=True, slots=True)
class Turns:
    """Turns with suggestions, one value each."""

    conversation: Numbers
    team: Numbers
    kind: Numbers
    """:data:`ACCEPTED`, :data:`EDITED`, :data:`OWN` words, or :data:`UNANSWERED`: none of these."""
    seconds: Floats
    length: Numbers
    """Characters sent."""
    reading: Floats
    """Seconds that reading what was suggested takes."""


def saved_of(window: Window) -> Saved:
    """Return what the suggestions of a window saved, by what became of them."""
    read = _parts(turns_of(window, READS))
    return replace(read, unread=_parts(turns_of(window, np.inf)).all)


def _parts(turns: Turns) -> Saved:
    usable = (turns.seconds > 0) & (turns.seconds < LONGEST)
    bins = np.searchsorted(np.array(EDGES), turns.length, side="right")
    own_time = np.maximum(turns.seconds - turns.reading, 0.0)
    stratum, known = _strata(turns, bins, usable)
    taken = usable & np.isin(turns.kind, (ACCEPTED, EDITED))
    compared = taken & known
    refused = usable & np.isin(turns.kind, (OWN, UNANSWERED))
    own = usable & (turns.kind == OWN)
    sums = _Sums(turns.conversation % BLOCKS, stratum, own, own_time)
    rng = np.random.default_rng(_SEED)
    weights = rng.multinomial(BLOCKS, np.full(BLOCKS, 1 / BLOCKS), size=DRAWN).astype(np.float64)
    weights = np.vstack([np.ones(BLOCKS), weights])  # the first is the data themselves
    parts = {
        "accepted": compared & (turns.kind == ACCEPTED),
        "edited": compared & (turns.kind == EDITED),
        "refused": refused,
        "all": compared | refused,
    }
    costs = np.where(taken, turns.seconds, turns.reading)
    found = {
        name: _seconds(turns, chosen, *sums.saved(weights, chosen, taken, costs)) for name, chosen in parts.items()
    }
    return Saved(**found, left_out=int((~usable).sum() + (taken & ~known).sum()))


def turns_of(window: Window, reads: float) -> Turns:
    """Return the turns of a window's suggestions, of which so many characters are read a second."""
    held = window.ledger.suggestions
    turn = held.where(window.rows, "turn")
    keys, first, place = np.unique(
        window.conversation * (int(turn.max(initial=0)) + 2) + turn, return_index=True, return_inverse=True
    )
    names = (Decision.ACCEPTED, Decision.EDITED, Decision.OVERRIDDEN)
    kinds = np.full(len(window.rows), UNANSWERED, dtype=np.int64)
    for number, name in enumerate(names):
        kinds[window.decision == DECISIONS.index(name)] = number
    kind = np.full(len(keys), UNANSWERED, dtype=np.int64)
    np.minimum.at(kind, place, kinds)
    decisive = kinds == kind[place]
    waited = np.where(decisive, held.where(window.rows, "waited"), 0) / 1000
    seconds, length = np.zeros(len(keys)), np.zeros(len(keys), dtype=np.int64)
    np.maximum.at(seconds, place, waited)
    np.maximum.at(length, place, np.where(decisive, held.where(window.rows, "length"), 0))
    size = np.bincount(place, weights=np.maximum(held.where(window.rows, "size"), 0), minlength=len(keys))
    reading = np.minimum(size / reads, seconds)
    return Turns(window.conversation[first], window.team[first], kind, seconds, length, reading)


def _strata(turns: Turns, bins: Numbers, usable: Flags) -> tuple[Numbers, Flags]:
    """Return with which own words each turn is compared, and whether there are enough of them.

    Those of the same team and length, where they are too few those of all teams, of that length.
    """
    width = len(EDGES) + 1
    teams = int(turns.team.max(initial=0)) + 1
    own = usable & (turns.kind == OWN)
    fine = (turns.team + 1) * width + bins
    count = (teams + 1) * width
    of_team, of_all = (
        _enough(fine[own], turns.conversation[own], count),
        _enough(bins[own], turns.conversation[own], count),
    )
    stratum = np.where(of_team[fine], fine, bins)
    return stratum, of_team[fine] | of_all[bins]


def _enough(strata: Numbers, conversations: Numbers, count: int) -> Flags:
    many = np.bincount(strata, minlength=count)
    width = int(conversations.max(initial=0)) + 1
    talks = np.bincount(np.unique(strata * width + conversations) // width, minlength=count)
    enough: Flags = (many >= FEWEST) & (talks >= FEWEST_CONVERSATIONS)
    return enough


class _Sums:
    """Sums by block and stratum: from these, any draw of blocks is reckoned at once."""

    def __init__(self, block: Numbers, stratum: Numbers, own: Flags, own_time: Floats) -> None:
        self._block, self._stratum = block, stratum
        self._bins = len(EDGES) + 1
        self._count = int(stratum.max(initial=0)) + 1
        self._of_own = self._table(own) + self._pooled(own)
        self._times = self._table(own, own_time) + self._pooled(own, own_time)

    def saved(self, weights: Floats, chosen: Flags, taken: Flags, costs: Floats) -> tuple[Floats, Floats]:
        """Return the mean saving of the chosen turns in each draw, and how many there are."""
        own = (weights @ self._times) / np.maximum(weights @ self._of_own, 1e-9)
        replaced = weights @ self._table(chosen & taken)
        spent = weights @ np.bincount(self._block[chosen], weights=costs[chosen], minlength=BLOCKS)
        many = weights @ np.bincount(self._block[chosen], minlength=BLOCKS).astype(np.float64)
        return ((own * replaced).sum(axis=1) - spent) / np.maximum(many, 1e-9), many

    def _table(self, rows: Flags, values: Floats | None = None) -> Floats:
        keys = self._block[rows] * self._count + self._stratum[rows]
        found = np.bincount(keys, weights=None if values is None else values[rows], minlength=BLOCKS * self._count)
        return found.astype(np.float64).reshape(BLOCKS, self._count)

    def _pooled(self, rows: Flags, values: Floats | None = None) -> Floats:
        """Return the same of all teams together, in the strata that have no team; what stands there already, less."""
        teamed = rows & (self._stratum >= self._bins)
        keys = self._block[teamed] * self._count + self._stratum[teamed] % self._bins
        found = np.bincount(keys, weights=None if values is None else values[teamed], minlength=BLOCKS * self._count)
        return found.astype(np.float64).reshape(BLOCKS, self._count)


def _seconds(turns: Turns, chosen: Flags, means: Floats, many: Floats) -> Seconds:
    of, talks = int(chosen.sum()), len(np.unique(turns.conversation[chosen]))
    if of < FEWEST or talks < FEWEST_CONVERSATIONS:
        return Seconds(of, talks)
    drawn = means[1:][many[1:] > 0]
    low, high = np.quantile(drawn, ((1 - LEVEL) / 2, (1 + LEVEL) / 2))
    return Seconds(of, talks, round(float(means[0]), 2), round(float(low), 2), round(float(high), 2))
