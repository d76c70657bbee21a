"""What is sampled for a lead's judgement, and what leads have said of it.

Each queue is in an order that chance made once (a digest of the ids): who judges from its head judges a fair sample of
it, whenever they look, and the share judged right is that of the whole queue.
"""

import hashlib
from collections.abc import Iterator
from typing import Final

import numpy as np

from console.conversation.assistance import A_LOOK, Decision
from console.conversation.reviews import FEWEST, Figure, Judgement, Measure, QueueCount, ReviewQueue
from console.review.learning.choices import POOR_STARS
from console.review.promises.fold import Promises
from console.review.rates import wilson
from console.review.reviewing.columns import NONE, Columns, Flags, Numbers
from console.review.reviewing.ledger import DECISIONS, JUDGEMENTS, QUEUES, Ledger, microseconds
from console.review.reviewing.window import TAKEN, Window

SURE: Final = 0.7
"""Score from which the engine counts as sure of a reply that was overridden."""


def counts(ledger: Ledger, window: Window) -> Iterator[QueueCount]:
    """Yield how full each queue is, and what was judged of it."""
    for queue in ReviewQueue:
        held, rows = held_by(ledger, window, queue)
        verdicts, asked = held.where(rows, "judgement"), held.where(rows, "queue")
        mine = verdicts[asked == QUEUES.index(queue)]
        right, wrong, unclear = (int((mine == JUDGEMENTS.index(judgement)).sum()) for judgement in Judgement)
        waiting = int((verdicts == NONE).sum())
        yield QueueCount(queue, waiting, right + wrong + unclear, unclear, _figure(right, right + wrong))


def sample(ledger: Ledger, window: Window, queue: ReviewQueue, most: int) -> tuple[Numbers, int]:
    """Return the rows of what is to be judged next, in the queue's order, and how many wait in all."""
    held, rows = held_by(ledger, window, queue)
    waiting = rows[held.where(rows, "judgement") == NONE]
    numbers = held.where(waiting, "conversation")
    promised = window.promises is not None and queue is ReviewQueue.PROMISES_BROKEN
    names = window.promises.conversations if window.promises and promised else ledger.conversations
    keys = [_order(names[int(c)], held.text[int(row)]) for c, row in zip(numbers, waiting, strict=True)]
    return waiting[np.argsort(np.array(keys, dtype=np.uint64), kind="stable")][:most], len(waiting)


def held_by(ledger: Ledger, window: Window, queue: ReviewQueue) -> tuple[Columns, Numbers]:
    """Return all rows of a queue, judged or not, and the columns they are of."""
    if queue is ReviewQueue.FLAGS_DISMISSED:
        at = ledger.flags.of("at")
        chosen = (at != NONE) & (at >= microseconds(window.since)) & (at <= microseconds(window.until))
        return ledger.flags, np.flatnonzero(chosen)
    if queue is ReviewQueue.PROMISES_BROKEN:
        kept = window.promises or Promises(window.since)
        return kept.promises, np.flatnonzero(kept.broken(window.since, window.until))
    held = ledger.suggestions
    return held, window.rows[_chosen(held, window, queue)]


def _chosen(held: Columns, window: Window, queue: ReviewQueue) -> Flags:
    match queue:
        case ReviewQueue.SURE_OVERRIDDEN:
            sure = held.where(window.rows, "score") >= round(SURE * 1000)
            return np.asarray(sure & (window.decision == DECISIONS.index(Decision.OVERRIDDEN)))
        case ReviewQueue.TAKEN_WRONG:
            return window.wrong
        case ReviewQueue.RATED_LOW:
            thumb, stars = held.where(window.rows, "thumb"), held.where(window.rows, "stars")
            return np.asarray((thumb == 0) | ((thumb == NONE) & (stars > 0) & (stars <= POOR_STARS)))
        case _:
            looked = held.where(window.rows, "waited") >= round(A_LOOK * 1000)
            evidence = held.where(window.rows, "evidence") == 1
            return np.asarray(looked & evidence & ~_used(held, window))


def _used(held: Columns, window: Window) -> Flags:
    """Return whether any reply of a suggestion's turn was taken."""
    turns = held.where(window.rows, "turn")
    keys = window.conversation * (int(turns.max(initial=0)) + 1) + turns
    return np.isin(keys, keys[np.isin(window.decision, TAKEN)])


def _figure(right: int, judged: int) -> Figure:
    limits = wilson(right, judged)
    if limits is None or judged < FEWEST:
        return Figure(Measure.JUDGED_RIGHT, right, judged, judged)
    low, high = (round(limit, 4) for limit in limits)
    return Figure(Measure.JUDGED_RIGHT, right, judged, judged, right / judged, low, high)


def _order(conversation: str, subject: str) -> int:
    digest = hashlib.blake2b(f"{conversation}\0{subject}".encode(), digest_size=8)
    return int.from_bytes(digest.digest(), "big")
