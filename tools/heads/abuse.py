"""The head for abuse: its training and its cross-validated figures."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np

from bench.figures import Figure
from console.assist.flags.abuse import insult
from console.assist.heads.abuse import NAME, AbuseHead, abuse_rows
from console.assist.ports import Embed, Vectors
from tools.heads.material import Row, own, requests, rows, said_by_customers
from tools.heads.writing import weights_of, write

VERSION: Final = 1
FOLDS: Final = 5
STRENGTH: Final = 2.0
OWN_WEIGHT: Final = 1.0
ABUSIVE_WEIGHT: Final = 2.0
"""Weight of an abusive example: there is one for six others, and a miss is as bad as an alarm."""

CALM: Final = 1500
_TELLING: Final = 8
"""Characters from which an earlier message tells that two rows come from one conversation."""


def train(data: Path, embed: Embed) -> Path:
    """Fit on everything and write the weights."""
    said = list(rows(data / "abuse" / "convabuse_train.jsonl"))
    own_texts = [*own("insults"), *own("mild")]
    own_labels = [*(True for _ in own("insults")), *(False for _ in own("mild"))]
    fit = _fit([r["user"] for r in said], [r["abusive"] for r in said], own_texts, own_labels, _calm(data), embed)
    return write(NAME, VERSION, embed, weights=fit)


def figures(data: Path, embed: Embed) -> Iterator[Figure]:
    """Cross-validate on ConvAbuse, conversations whole (and equal messages together); our own sentences by halves."""
    from sklearn.metrics import f1_score, precision_score, recall_score
    from sklearn.model_selection import GroupKFold

    said = list(rows(data / "abuse" / "convabuse_train.jsonl"))
    texts, labels = [row["user"] for row in said], np.array([bool(row["abusive"]) for row in said])
    calm = _calm(data)
    seen = set(calm)
    fresh = [t for t in said_by_customers(data, 5000, annoyed=False) if t not in seen][:2000]
    insults, mild = own("insults"), own("mild")
    found = np.zeros(len(said), bool)
    alarms, mild_alarms, heard = [], [], []
    split = GroupKFold(FOLDS, shuffle=True, random_state=0).split(texts, groups=conversations(said))
    for fold, (train_rows, test_rows) in enumerate(split):
        half, other = fold % 2, 1 - fold % 2
        own_texts = [*insults[half::2], *mild[half::2]]
        own_labels = [*(True for _ in insults[half::2]), *(False for _ in mild[half::2])]
        fit = _fit([texts[i] for i in train_rows], labels[train_rows].tolist(), own_texts, own_labels, calm, embed)
        head = AbuseHead(embed, fit, "")
        found[test_rows] = [_abusive(head, texts[i]) for i in test_rows]
        alarms.append(np.mean([_abusive(head, text) for text in fresh]))
        mild_alarms.append(np.mean([_abusive(head, text) for text in mild[other::2]]))
        heard.append(np.mean([_abusive(head, text) for text in insults[other::2]]))
    yield Figure("abuse, ConvAbuse by conversation: F1", float(f1_score(labels, found)), 0.75)
    yield Figure("abuse, ConvAbuse by conversation: precision", float(precision_score(labels, found)))
    yield Figure("abuse, ConvAbuse by conversation: recall", float(recall_score(labels, found)))
    yield Figure("abuse, STAR's customers who were not annoyed: alarms", float(np.mean(alarms)), 0.01, at_most=True)
    yield Figure(
        "abuse, our swearing at situations, from the other half: alarms",
        float(np.mean(mild_alarms)),
        0.15,
        at_most=True,
    )
    yield Figure("abuse, our insults, from the other half: caught", float(np.mean(heard)))


def conversations(said: Sequence[Row]) -> list[int]:
    """Return a number for each row, the same for rows that follow each other in a conversation or say the same."""
    parent = list(range(len(said)))

    def root(at: int) -> int:
        while parent[at] != at:
            at = parent[at]
        return at

    turns: dict[tuple[str, str], int] = {}
    same: dict[str, int] = {}
    for at, row in enumerate(said):
        turns[row["agent"], row["user"]] = at
        parent[root(at)] = root(same.setdefault(row["user"].strip().lower(), at))
    for at, row in enumerate(said):
        before = turns.get((row["prev_agent"], row["prev_user"]))
        if before is not None and len(row["prev_user"]) > _TELLING:
            parent[root(at)] = root(before)
    return [root(at) for at in range(len(said))]


def _abusive(head: AbuseHead, text: str) -> bool:
    return bool(insult(text) or head.span(text))


def _calm(data: Path) -> list[str]:
    """Return what customers write without abuse."""
    return [
        *said_by_customers(data, CALM, annoyed=False),
        *requests(data, "banking77", CALM // 2),
        *requests(data, "clinc150", CALM // 2),
    ]


def _fit(
    texts: Sequence[str],
    labels: Sequence[bool],
    own_texts: Sequence[str],
    own_labels: Sequence[bool],
    calm: Sequence[str],
    embed: Embed,
) -> Vectors:
    from sklearn.linear_model import LogisticRegression

    answers = [*labels, *own_labels, *(False for _ in calm)]
    weights = [*(ABUSIVE_WEIGHT if label else 1.0 for label in labels)]
    weights += [OWN_WEIGHT] * len(own_labels) + [0.3] * len(calm)
    model = LogisticRegression(C=STRENGTH, max_iter=400)
    return weights_of(model.fit(abuse_rows([*texts, *own_texts, *calm], embed), answers, sample_weight=weights))
