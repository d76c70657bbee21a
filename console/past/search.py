"""Similar past moments: how like two moments are, and the vote of the nearest on what to say."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from console.assist.ports import PastReply, Vectors
from console.past.table import ABSENT, Rows, Table

WEIGHTS: Final = (1.0, 1.0, 1.5, 0.3, 0.3)
"""What each part of a moment counts: what the customer wrote, the answer before it, look-ups, what came earlier, and
how it began; from a search over part of the STAR dialogues."""

NEIGHBOURS: Final = 40
SHARPNESS: Final = 10.0
"""How fast a neighbour's vote falls with its distance: exp(sharpness × difference of likeness)."""

LEAST_LIKENESS: Final = 0.45
"""Likeness of the nearest moment (0 to 1) below which there is no similar past moment."""


def likenesses(query: Vectors, present: Sequence[bool], vectors: Vectors, moments: Rows) -> Vectors:
    """Return how like each past moment is to the query, 0 to 1, shape (moments,).

    ``query`` has one row a part, zeros where it is absent. A part that both lack is as good as equal; one that only one
    has counts as quite different.
    """
    cosines = vectors @ query.T
    total = np.zeros(len(moments), dtype=np.float32)
    for part, weight in enumerate(WEIGHTS):
        rows = moments[:, part]
        absent = rows == ABSENT
        if present[part]:
            total += weight * np.where(absent, 0.0, cosines[rows, part])
        else:
            total += weight * absent
    return total / np.float32(sum(WEIGHTS))


def vote(near: Vectors, table: Table, leader: Rows, conversations: Rows, k: int) -> list[PastReply]:
    """Return the ``k`` replies for which the nearest moments speak most; ``conversations`` counts them by leader."""
    if not len(near):
        return []
    count = min(NEIGHBOURS, len(near))
    nearest = np.argpartition(-near, count - 1)[:count]
    nearest = nearest[np.argsort(-near[nearest], kind="stable")]
    best = float(near[nearest[0]])
    if best < LEAST_LIKENESS:
        return []
    votes: dict[int, float] = {}
    first: dict[int, int] = {}
    strength = np.exp(SHARPNESS * (near[nearest] - best))
    for moment, value in zip(nearest.tolist(), strength.tolist(), strict=True):
        group = int(leader[table.template[moment]])
        votes[group] = votes.get(group, 0.0) + value
        first.setdefault(group, moment)
    whole = float(strength.sum())
    ordered = sorted(votes, key=lambda group: -votes[group])[:k]
    return [
        PastReply(
            templates=tuple(dict.fromkeys((table.templates[table.template[first[group]]], table.templates[group]))),
            case=table.cases[table.case[first[group]]],
            weight=votes[group] / whole,
            likeness=float(near[first[group]]),
            conversations=int(conversations[group]),
        )
        for group in ordered
    ]
