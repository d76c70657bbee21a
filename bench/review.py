"""The lead's review: whether its intervals hold the truth. How long it takes, :mod:`bench.review_speed` tells.

    python -m bench.review

Worlds of 60 conversations of one to eight decisions each are drawn 2,000 times, alike and unlike one another, and the
intervals compared with those that take every decision for a case of its own.
"""

from typing import Final

import numpy as np

from console.conversation.reviews import Measure
from console.review.intervals import wilson
from console.review.reviewing.counting import Cells

RUNS: Final = 2_000
TALKS: Final = 60


def coverage() -> None:
    """Print how often the intervals hold the truth."""
    for rate in (0.1, 0.3):
        for name, alike in (("unlike", 4.0), ("alike", np.inf)):
            rng, held, plain = np.random.default_rng(11), 0, 0
            for _ in range(RUNS):
                talks = np.repeat(np.arange(TALKS), rng.integers(1, 9, TALKS))
                chances = rng.beta(rate * alike, (1 - rate) * alike, TALKS) if np.isfinite(alike) else rate
                hits = rng.random(len(talks)) < np.broadcast_to(chances, TALKS)[talks]
                figure = Cells(np.zeros(len(talks), dtype=np.int64), 1, talks).counted(hits).figure(Measure.ACCEPTED, 0)
                held += (figure.low or 0) <= rate <= (figure.high or 0)
                low, high = wilson(hits.mean(), len(talks))
                plain += bool(low <= rate <= high)
            said = f"rate {rate}, conversations {name}: held by {held / RUNS:.1%}"
            print(f"{said}, were each decision a case of its own by {plain / RUNS:.1%}")


def main() -> None:
    """Measure."""
    coverage()


if __name__ == "__main__":
    main()
