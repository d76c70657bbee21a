"""The vectors of what past customers came with, one row a case."""

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from console.assist.ports import Embed, Vectors
from console.past.moments import PastCase


def rows_of(matters: Sequence[str], known: Mapping[str, Vectors]) -> Vectors:
    """Return a row for each matter, shape (matters, dimensions), from ``known``; zeros for an empty one."""
    width = next((len(known[matter]) for matter in matters if matter), 0)
    rows = np.zeros((len(matters), width), dtype=np.float32)
    for place, matter in enumerate(matters):
        if matter:
            rows[place] = known[matter]
    return rows


def extended(
    cases: Sequence[PastCase], rows: Vectors, replaced: Collection[str], added: Sequence[PastCase], embed: Embed
) -> Vectors:
    """Return the rows of ``cases`` without those that are ``replaced``, and behind them those of ``added``."""
    matters = list(dict.fromkeys(case.matter for case in added if case.matter))
    known = dict(zip(matters, embed.encode(matters), strict=True)) if matters else {}
    fresh = rows_of([case.matter for case in added], known)
    kept = rows[[case.id not in replaced for case in cases]]
    width = max(kept.shape[1], fresh.shape[1])
    return np.concatenate([_widened(kept, width), _widened(fresh, width)])


def _widened(rows: Vectors, width: int) -> Vectors:
    """Return ``rows``, or zeros of that width where none of them holds anything."""
    return rows if rows.shape[1] == width else np.zeros((len(rows), width), dtype=np.float32)
