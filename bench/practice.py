"""How long a simulated customer takes to answer, and how rankings of scripted agents come out.

    python -m bench.practice [SEEDS]

Every scripted agent of the tests plays every practice scenario of the demo; a message is timed from its text to the
customer's answer, with nothing remembered from the one before. The rankings are those that the tests hold, with
the marks of the demo's rubric by the embedded engine.
"""

import argparse
import tempfile
import time
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from statistics import mean, quantiles
from typing import Final

from bench.figures import Figure, show
from console.practice.hearing import Ear, Heard
from console.practice.scenario import Difficulty
from console.practice.scoring import Score, scored
from console.practice.voice import messages
from knowledge import open_embedder
from tests.practice.scripted import Marks, Remembering, Skilled, by_the_rubric, ear, played, scenarios

FASTEST: Final = 150
"""Milliseconds to the customer's next message that nobody waits for."""


class Timed(Ear):
    """An ear that notes how long it took, by the clock and by the processor."""

    def __init__(self, inner: Ear, took: list[float], worked: list[float]) -> None:
        self._inner, self._took, self._worked = inner, took, worked

    def hear(self, text: str) -> Heard:
        """Return what a message says."""
        began, at_work = time.perf_counter(), time.process_time()
        heard = self._inner.hear(text)
        self._took.append(1_000 * (time.perf_counter() - began))
        self._worked.append(1_000 * (time.process_time() - at_work))
        return heard


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("seeds", nargs="?", type=int, default=10)
    show("Practice", figures(parser.parse_args().seeds))


def figures(seeds: int) -> Iterator[Figure]:
    """Yield times to an answer, then who ranks above whom and who wins."""
    embedder = open_embedder(Path(tempfile.gettempdir()) / "secondchair-bench-models", threads=1)
    took, worked = list[float](), list[float]()
    for scenario in scenarios():
        hears = Timed(ear(scenario, embedder), took, worked)
        hears.hear("Hello.")  # its examples are embedded once, before the first message
        took.pop()
        worked.pop()
        for skilled in Skilled:
            session = played(scenario, hears, skilled, 0)
            messages(session.turns[-1].answer.says, scenario.persona, 0, 0)
    for what, times in (("to an answer", took), ("of processor time", worked)):
        cuts = quantiles(times, n=100)
        yield Figure(f"p50 {what}, {len(times)} messages", cuts[49], FASTEST, at_most=True, unit="ms")
        yield Figure(f"p95 {what}", cuts[94], FASTEST, at_most=True, unit="ms")
    with tempfile.TemporaryDirectory() as folder:
        yield from _rankings(Remembering(embedder), by_the_rubric(Path(folder), embedder), seeds)


def _rankings(embed: Remembering, marks: Marks, seeds: int) -> Iterator[Figure]:
    scores: dict[tuple[str, Skilled, int], Score] = {}
    for scenario in scenarios():
        hears = ear(scenario, embed)
        for skilled in Skilled:
            for seed in range(seeds):
                session = played(scenario, hears, skilled, seed)
                scores[scenario.id, skilled, seed] = scored(session, marks(session))
    for better, worse in combinations(Skilled, 2):
        above = [
            scores[one.id, better, seed].total > scores[one.id, worse, seed].total
            for one in scenarios()
            for seed in range(seeds)
        ]
        yield Figure(f"{better} above {worse}, {len(above)} pairs", sum(above) / len(above), 0.95, of=len(above))
    hard = {one.id for one in scenarios() if one.difficulty is Difficulty.HARD}
    for skilled in Skilled:
        yield Figure(
            f"points of {skilled}, mean", mean(score.total for key, score in scores.items() if key[1] is skilled)
        )
        won = [score.won for key, score in scores.items() if key[1] is skilled]
        yield Figure(f"won by {skilled}, {len(won)} sessions", sum(won) / len(won), of=len(won))
    lost = [score.won for key, score in scores.items() if key[1] is Skilled.POOR and key[0] in hard]
    yield Figure(f"hard ones won by poor, {len(lost)} sessions", sum(lost) / len(lost), 0.0, at_most=True, of=len(lost))


if __name__ == "__main__":
    main()
