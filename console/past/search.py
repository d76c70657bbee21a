"""Similar past moments: how like two moments are, and the vote of the nearest on what to say."""

from collections.abc import Callable, Mapping, Sequence
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

UNLEARNED: Final = 0.03
"""What the vote of the nearest counts where there is a trained head: it is cast for replies alone that the head has not
learned, rare ones and those added since. On learned ones the head is right more often, alone or together. One turn in
seven is followed by a rare reply, but the nearest of them is seldom it: at 0.1 they took places from better ones."""

WORDINGS: Final = 20
"""Nearest moments of a reply whose wordings are tried in turn until one can be filled."""

LEAST_LIKENESS: Final = 0.45
"""Likeness of the nearest moment (0 to 1) below which there is no similar past moment."""


def likenesses(cosines: Vectors, present: Sequence[bool], moments: Rows) -> Vectors:
    """Return how like each past moment is to the query, 0 to 1, shape (moments,).

    ``cosines`` are those of every text with every part of the query, shape (texts, parts). A part that both lack is as
    good as equal; one that only one has counts as quite different.
    """
    total = np.zeros(len(moments), dtype=np.float32)
    for part, weight in enumerate(WEIGHTS):
        total += np.float32(weight) * part_likeness(cosines, present, moments, part)
    return total / np.float32(sum(WEIGHTS))


def evidence_of(cosines: Vectors, present: Sequence[bool], moments: Rows) -> Vectors:
    """Return how like each past moment is to the query in the parts that either has, 0 to 1, shape (moments,).

    :func:`likenesses` ranks moments; this says whether the best of them is near at all: two first messages are not
    alike because nothing came before either.
    """
    total = np.zeros(len(moments), dtype=np.float32)
    weights = np.zeros(len(moments), dtype=np.float32)
    for part, weight in enumerate(WEIGHTS):
        either = (moments[:, part] != ABSENT) | present[part]
        total += np.where(either, np.float32(weight) * part_likeness(cosines, present, moments, part), np.float32(0.0))
        weights += np.where(either, np.float32(weight), np.float32(0.0))
    return np.asarray(total / np.maximum(weights, min(WEIGHTS)), dtype=np.float32)


def part_likeness(cosines: Vectors, present: Sequence[bool], moments: Rows, part: int) -> Vectors:
    """Return how like one part of each past moment is to the same part of the query, shape (moments,)."""
    rows = moments[:, part]
    absent = rows == ABSENT
    found = np.where(absent, np.float32(0.0), cosines[rows, part]) if present[part] else absent
    return found.astype(np.float32)


def shares_of(near: Vectors, groups: Rows, learned: Vectors | None, known: Rows | None) -> dict[int, float]:
    """Return for each reply (by its group) the share of the similar moments that went on with it.

    ``groups`` is the reply of each moment; ``learned`` are the trained head's probabilities of the groups ``known``, if
    there is a head. Empty where no past moment is like this one.
    """
    count = min(NEIGHBOURS, len(near))
    nearest = np.argpartition(-near, count - 1)[:count]
    best = float(near[nearest].max())
    if best < LEAST_LIKENESS:
        return {}
    strength = np.exp(SHARPNESS * (near[nearest] - best))
    strength /= strength.sum()
    shares: dict[int, float] = {}
    for group, value in zip(groups[nearest].tolist(), strength.tolist(), strict=True):
        shares[group] = shares.get(group, 0.0) + value
    if learned is None or known is None:
        return shares
    strangers = {group: UNLEARNED * share for group, share in shares.items() if group not in known}
    best_known = np.argsort(-learned)[:NEIGHBOURS]
    return strangers | {int(known[column]): (1.0 - UNLEARNED) * float(learned[column]) for column in best_known}


def replies_of(
    shares: Mapping[int, float],
    near: Vectors,
    groups: Rows,
    table: Table,
    conversations: Rows,
    k: int,
    *,
    words: Vectors,
    evidence: Vectors,
    fit: Callable[[int], float],
) -> list[PastReply]:
    """Return the ``k`` replies with the largest shares, each worded as in the moments nearest to this one.

    ``words`` is how like each moment's customer text is to this one's, ``evidence`` that of :func:`evidence_of`;
    ``fit`` tells how much a template is about what the customer wrote.
    """
    replies = []
    for group in sorted(shares, key=lambda g: (-shares[g], g))[:k]:
        members = np.flatnonzero(groups == group)
        members = members[np.argsort(-near[members], kind="stable")][:WORDINGS]
        wordings = dict.fromkeys(
            table.templates[t] for t in (*_preferred(table.template[members], near[members]), group)
        )
        replies.append(
            PastReply(
                templates=tuple(wordings),
                case=table.cases[table.case[members[0]]],
                weight=shares[group],
                likeness=float(near[members[0]]),
                conversations=int(conversations[group]),
                words=float(words[members[0]]),
                evidence=float(evidence[members[0]]),
                fit=fit(int(table.template[members[0]])),
            )
        )
    return replies


def _preferred(templates: Rows, near: Vectors) -> list[int]:
    """Return the different templates of the moments nearest to this one, the one with most of their vote first."""
    votes: dict[int, float] = {}
    for template, vote in zip(templates.tolist(), np.exp(SHARPNESS * (near - near[0])).tolist(), strict=True):
        votes[template] = votes.get(template, 0.0) + vote
    return sorted(votes, key=lambda template: -votes[template])
