"""What an agent's message does: how well acts are told by the shipped weights, and how long that takes.

    python -m bench.acts [DATA]

Judged on the last fifth of STAR's dialogues, of which nothing is learned, and on the sentences of support agents in
``acts_sentences.txt``, marked by hand before anything was recognised in them.
"""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bench.data import MODELS, arguments
from bench.figures import Figure, show
from console.assist.vectors import VectorCache
from console.practice.recognising_acts import acts_in
from knowledge import open_embedder
from tools.heads.judging_acts import by_hand, judged

VECTORS: Final = 200_000
SENTENCES: Final = 3
"""Sentences of a message whose reading is timed."""


def main() -> None:
    """Print the figures."""
    chosen = arguments(__doc__).parse_args()
    show("Acts", figures(chosen.data, chosen.models))


def figures(data: Path, models: Path = MODELS) -> Iterator[Figure]:
    """Yield all figures, ``data`` being the folder that holds star/."""
    embed = VectorCache(open_embedder(models), VECTORS)
    yield from judged(data, lambda text: acts_in(text, embed))
    yield from speed(embed)


def speed(embed: VectorCache) -> Iterator[Figure]:
    """Yield the processor time of a message of three sentences whose vectors are known: what is added to embedding."""
    pieces = [text for text, _ in by_hand()]
    messages = [" ".join(pieces[at : at + SENTENCES]) for at in range(0, len(pieces), SENTENCES)]
    times = []
    for message in messages:
        acts_in(message, embed)
        before = time.process_time()
        acts_in(message, embed)
        times.append((time.process_time() - before) * 1000)
    times.sort()
    yield Figure("acts of a message of three sentences, median", times[len(times) // 2], unit=" ms")
    yield Figure("acts of a message, 95th percentile", times[int(len(times) * 0.95)], 10, at_most=True, unit=" ms")


if __name__ == "__main__":
    main()
