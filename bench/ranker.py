"""The learned ranker of replies, on STAR's real picks and on simulated ones whose truth is known.

    python -m bench.ranker [DATA]

STAR's agents typed a draft, were shown acts in an order that follows it, and picked one: this measures matching the
draft. The dialogues stand by their ids, as they were recorded. Of the first four fifths the first three are what is
remembered and the fourth is what weights are fitted on; then all four are remembered, and the last fifth is judged.
Turns with one option are left out. No feature knows where an option stood, and an option that stood twice counts once.

The simulated picks are the position-based model: what is looked at and good is taken. Lists stand by a feature that
says next to nothing of how good a reply is; the ranker that is not corrected learns to like it.
"""

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from rapidfuzz import fuzz

from bench.data import MODELS, arguments
from bench.figures import Figure, show
from bench.ranker_clicks import LOOKS, clicks
from bench.star import dialogues
from console.assist.ports import Embed, Vectors
from console.assist.vectors import VectorCache
from console.review.learning.examining import corrections, examined
from console.review.learning.fitting import ranking_weights
from console.review.learning.judging import firsts
from console.review.learning.table import Table
from console.review.rates import wilson
from knowledge import open_embedder

Row = dict[str, Any]
WORDINGS = 30
"""Texts of an act that a draft is held against, the most frequent."""
TURNS = 4_000


@dataclass(frozen=True)
class Pick:
    """A turn of STAR: what the agent typed, what was shown, and what they picked."""

    draft: str
    shown: tuple[str, ...]
    action: str
    text: str
    customer: str
    before: str
    """The act before it; with the newest look-up, what the moment is known by."""
    lookup: str

    @property
    def options(self) -> list[str]:
        """The acts to choose from, in the order of the alphabet: the shown order is not to be known."""
        return sorted(set(self.shown))


def picks(found: Iterable[Row]) -> list[Pick]:
    """Return the picks of dialogues from lists of two acts or more."""
    return [pick for row in found for pick in _picks(row) if len(pick.options) > 1]


def _picks(row: Row) -> Iterator[Pick]:
    before, customer, lookup = "begins", "", ""
    for event in row["events"]:
        if event["speaker"] == "customer":
            customer = event["text"]
        elif event["speaker"] == "kb":
            lookup = _outcome(event["text"])
        elif event["speaker"] == "agent":
            if event["kind"] == "picked":
                shown = tuple(event["options"])
                yield Pick(event["agent_draft"] or "", shown, event["action"], event["text"], customer, before, lookup)
            before, lookup = event.get("action", "typed"), ""


def _outcome(text: str) -> str:
    """Return what kind of answer a look-up gave."""
    try:
        told = json.loads(text)
    except ValueError:
        return "other"
    if not isinstance(told, dict):
        return "other"
    return f"{told.get('APIName')} {str(told.get('Message', told.get('ReservationStatus', '')))[:30]}"


class Memory:
    """What earlier picks say of an act: its wordings, the drafts and customers' words that led to it, how often."""

    def __init__(self, earlier: Sequence[Pick], embed: Embed) -> None:
        self._embed = embed
        wordings: dict[str, Counter[str]] = defaultdict(Counter)
        drafts: dict[str, set[str]] = defaultdict(set)
        customers: dict[str, set[str]] = defaultdict(set)
        self._shown: Counter[object] = Counter()
        self._picked: Counter[object] = Counter()
        for pick in earlier:
            wordings[pick.action][pick.text] += 1
            drafts[pick.action].add(pick.draft)
            customers[pick.action].add(pick.customer)
            for act in pick.options:
                for key in _keys(pick, act):
                    self._shown[key] += 1
                    self._picked[key] += act == pick.action
        self._wordings = {act: [text for text, _ in many.most_common(WORDINGS)] for act, many in wordings.items()}
        self._drafts = {act: self._vectors(sorted(many)) for act, many in drafts.items()}
        self._customers = {act: self._vectors(sorted(many)) for act, many in customers.items()}
        self._said = {act: self._vectors(many) for act, many in self._wordings.items()}

    def features(self, pick: Pick, act: str) -> list[float]:
        """Return what is known of an act at a turn."""
        draft, customer = self._vectors([pick.draft, pick.customer]) if pick.draft else (None, None)
        near = _nearest(self._drafts.get(act), draft)
        overlap = max(
            (fuzz.token_set_ratio(pick.draft.lower(), t.lower()) for t in self._wordings.get(act, [])[:5]), default=0.0
        )
        own, *moments = _keys(pick, act)
        usual = (self._picked[own] + 1) / (self._shown[own] + 2)
        seen = [(self._picked[key] + 2 * usual) / (self._shown[key] + 2) for key in moments]
        return [
            _nearest(self._said.get(act), draft)[0],
            overlap / 100,
            near[0],
            float(np.mean(near)),
            near[0] ** 8,  # the same words
            float(np.mean(_nearest(self._customers.get(act), customer))),
            *(float(np.log(share / (1 - share))) for share in (usual, *seen)),
        ]

    def _vectors(self, texts: Sequence[str]) -> Vectors:
        return self._embed.encode(texts)


def _keys(pick: Pick, act: str) -> list[object]:
    """Return what an act's shares of picks are counted by: itself, the act before it, the look-up."""
    return [act, ("before", pick.before, act), ("lookup", pick.lookup, act)]


def _nearest(known: Vectors | None, vector: Vectors | None, most: int = 5) -> list[float]:
    """Return the highest cosines with what is known, the highest first; one nought where nothing is."""
    if known is None or vector is None:
        return [0.0]
    return [float(cosine) for cosine in np.sort(known @ vector)[::-1][:most]]


def table_of(found: Sequence[Pick], memory: Memory) -> Table:
    """Return the picks as a ranker's trainer takes them."""
    rows = [(turn, pick, act) for turn, pick in enumerate(found) for act in pick.options]
    return Table(
        np.array([memory.features(pick, act) for _, pick, act in rows]),
        np.array([turn for turn, _, _ in rows]),
        np.array([pick.shown.index(act) for _, pick, act in rows]),
        np.array([float(act == pick.action) for _, pick, act in rows]),
    )


def star_figures(data: Path, embed: Embed) -> Iterator[Figure]:
    """Train on the first four fifths of STAR by id, judge on the last."""
    found = sorted(dialogues(data), key=lambda row: int(row["id"]))
    fifth = len(found) // 5
    remembered, fitted, last = (
        picks(found[a:b]) for a, b in ((0, 3 * fifth), (3 * fifth, 4 * fifth), (4 * fifth, None))
    )
    table = table_of(fitted, Memory(remembered, embed))
    weights = ranking_weights(table, np.ones(len(table.gain)))
    judged = table_of(last, Memory([*remembered, *fitted], embed))
    hits = float(np.sum(firsts(judged.features @ weights, judged) * judged.gain))
    low, high = wilson(round(hits), len(last)) or (0.0, 0.0)
    yield Figure("STAR, last fifth: turns with two options or more", len(last))
    yield Figure("STAR, last fifth: first as shown", float(np.mean([pick.shown[0] == pick.action for pick in last])))
    nearest = judged.features[:, 2]
    yield Figure(
        "STAR, last fifth: the nearest earlier draft alone",
        float(np.sum(firsts(nearest, judged) * judged.gain)) / len(last),
    )
    yield Figure("STAR, last fifth: learned, without the shown place", hits / len(last), 0.92)
    yield Figure("  the same, 95 % interval from", low)
    yield Figure("  to", high)


def simulated_figures() -> Iterator[Figure]:
    """Say what the correction recovers, the mean of five runs."""
    errors, corrected, plain = [], [], []
    for seed in range(5):
        table, unseen = clicks(seed, TURNS).table, clicks(seed + 1_000, TURNS)
        looked = examined(table)
        errors.append(float(np.abs(looked - np.array(LOOKS)).max()))
        corrected.append(unseen.finds_the_best(ranking_weights(table, corrections(table, looked))))
        plain.append(unseen.finds_the_best(ranking_weights(table, np.ones(len(table.gain)))))
    yield Figure(
        "simulated: largest error of how often a place is looked at", float(np.mean(errors)), 0.05, at_most=True
    )
    yield Figure("simulated: the truly best reply first, corrected", float(np.mean(corrected)), 0.95)
    yield Figure("simulated: the same, not corrected", float(np.mean(plain)))


def figures(data: Path, models: Path = MODELS) -> Iterator[Figure]:
    """Measure; ``data`` holds star/."""
    yield from simulated_figures()
    yield from star_figures(data, VectorCache(open_embedder(models), 60_000))


def main() -> None:
    """Print the figures."""
    parser: argparse.ArgumentParser = arguments(__doc__)
    chosen = parser.parse_args()
    show("ranker", figures(chosen.data, chosen.models))


if __name__ == "__main__":
    main()
