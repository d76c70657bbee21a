"""The head for manners: who is brushed off by an agent. Its training and its cross-validated figures."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np

from bench.figures import Figure
from console.assist.heads.abuse import abuse_rows
from console.assist.ports import Embed, Vectors
from console.practice.manners import NAME, Manners, brushes_off
from tools.heads.acts import own_examples
from tools.heads.material import own
from tools.heads.star_acts import labelled
from tools.heads.writing import weights_of, write

VERSION: Final = 1
FOLDS: Final = 4
STRENGTH: Final = 2.0
CIVIL_WEIGHT: Final = 4.0
"""Weight of a civil sentence that looks like a rude one: to be heard so wrongly costs an agent more than a miss."""

AGENTS: Final = 3000
JUDGED: Final = 4000
"""Sentences of STAR's agents that are learned from, and others on which alarms are counted."""


def train(data: Path, embed: Embed) -> Path:
    """Fit on everything and write the weights."""
    return write(NAME, VERSION, embed, weights=_fit(_rude(), own("civil"), _agents(data)[:AGENTS], embed))


def figures(data: Path, embed: Embed) -> Iterator[Figure]:
    """Cross-validate on our own sentences; the alarms are those on agents of STAR that nothing was learned from."""
    rude, civil, agents = _rude(), own("civil"), _agents(data)
    caught, alarms = [], []
    for fold in range(FOLDS):
        weights = _fit(_without(rude, fold), _without(civil, fold), agents[:AGENTS], embed)
        manners = Manners(embed, weights)
        caught += manners.brushed_off(rude[fold::FOLDS])
        alarms += manners.brushed_off(civil[fold::FOLDS])
    manners = Manners(embed, _fit(rude, civil, agents[:AGENTS], embed))
    yield Figure("manners, our rude sentences: by the rules alone", float(np.mean([brushes_off(one) for one in rude])))
    yield Figure("manners, our rude sentences: by rules and head", float(np.mean(caught)))
    yield Figure("manners, our civil sentences that look like them: alarms", float(np.mean(alarms)), 0.1, at_most=True)
    star = float(np.mean(manners.brushed_off(agents[AGENTS : AGENTS + JUDGED])))
    yield Figure("manners, agents of STAR: alarms", star, 0.002, at_most=True)


def _rude() -> list[str]:
    """Return the rude sentences, those that are like each other no longer side by side."""
    sentences = own("rude")
    return [sentences[at] for at in np.random.default_rng(0).permutation(len(sentences))]


def _without(sentences: Sequence[str], fold: int) -> list[str]:
    return [text for place, text in enumerate(sentences) if place % FOLDS != fold]


def _agents(data: Path) -> list[str]:
    """Return what STAR's agents sent and typed, each once, shuffled."""
    said = list(dict.fromkeys(t for row in labelled(data, held_out=False) for t in (row.text, row.draft) if t))
    return [said[at] for at in np.random.default_rng(0).permutation(len(said))]


def _fit(rude: Sequence[str], civil: Sequence[str], agents: Sequence[str], embed: Embed) -> Vectors:
    from sklearn.linear_model import LogisticRegression

    calm = [*sorted({text for text, *_ in own_examples()}), *agents]
    insults = own("insults")
    answers = [True] * (len(rude) + len(insults)) + [False] * (len(civil) + len(calm))
    weights = [1.0] * (len(rude) + len(insults)) + [CIVIL_WEIGHT] * len(civil) + [1.0] * len(calm)
    rows = abuse_rows([*rude, *insults, *civil, *calm], embed)
    return weights_of(LogisticRegression(C=STRENGTH, max_iter=500).fit(rows, answers, sample_weight=weights))
