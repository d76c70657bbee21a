"""The head for text that tries to steer a model: its training and its cross-validated figures."""

import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, KFold

from bench.figures import Figure
from console.assist.flags.rules import steers
from console.assist.heads.injection import (
    NAME,
    InjectionHead,
    direct_rows,
    planted_rows,
    readable,
)
from console.assist.ports import Embed, Vectors
from console.assist.sentences import texts
from tools.heads.material import (
    Attack,
    benign,
    carriers,
    customers,
    direct,
    own_attacks,
    planted_attacks,
    requests,
    said_by_customers,
)
from tools.heads.writing import weights_of, write

VERSION: Final = 1
FOLDS: Final = 5
DIRECT_STRENGTH: Final = 3.0
PLANTED_STRENGTH: Final = 3.0
"""How far the weights may go (scikit-learn's C); 1 to 10 differ by less than the folds do."""

PLANTED: Final = {"public": 8, "own": 6, "request": 1}
"""In how many passages each attack is planted: there are few public ones, and many requests to an assistant."""

REQUESTS: Final = 1500
_ALIKE: Final = 0.75
"""Cosine from which two direct prompts are versions of one, and kept on the same side of a split."""


def train(data: Path, embed: Embed) -> Path:
    """Fit on everything and write the weights."""
    prompts, labels = direct(data)
    fields = carriers(data)
    one = _direct_fit(prompts, labels, _others(data), embed)
    two = _planted_fit(fields, _sown(planted_attacks(data), data), embed)
    return write(NAME, VERSION, embed, direct=one, planted=two)


def figures(data: Path, embed: Embed) -> Iterator[Figure]:
    """Yield what is caught and what it costs, rules and head together, on what the weights were not fitted on."""
    yield from direct_figures(data, embed)
    yield from planted_figures(data, embed)


def direct_figures(data: Path, embed: Embed) -> Iterator[Figure]:
    """Cross-validate on deepset's prompts, versions of one prompt together; other requests are never trained on."""
    prompts, labels = direct(data)
    known, label = _others(data), np.array(labels)
    seen = set(known)
    fresh = [t for t in said_by_customers(data, 4000) + requests(data, "banking77", 4000) if t not in seen][:4000]
    wordy = benign(held_out=True)
    for name, split in (
        ("", GroupKFold(FOLDS, shuffle=True, random_state=0).split(prompts, groups=_versions(prompts, embed))),
        (", split at random", KFold(FOLDS, shuffle=True, random_state=0).split(prompts)),
    ):
        caught = np.zeros(len(prompts), bool)
        alarms, loud = [], []
        for train_rows, test_rows in split:
            fit = _direct_fit([prompts[i] for i in train_rows], [labels[i] for i in train_rows], known, embed)
            head = InjectionHead(embed, fit, np.zeros(0, np.float32), "")
            caught[test_rows] = [_direct(head, prompts[i]) for i in test_rows]
            alarms.append(np.mean([_direct(head, text) for text in fresh]))
            loud.append(np.mean([_direct(head, text) for text in wordy]))
        yield Figure(f"injection, direct: caught{name}", float(caught[label].mean()), 0.60)
        yield Figure(f"injection, direct: alarms{name}", float(caught[~label].mean()), 0.05, at_most=True)
        yield Figure(f"injection, customers' requests: alarms{name}", float(np.mean(alarms)), 0.05, at_most=True)
        yield Figure(f"injection, wordy benign text: alarms{name}", float(np.mean(loud)), 0.15, at_most=True)


def planted_figures(data: Path, embed: Embed) -> Iterator[Figure]:
    """Cross-validate on BIPIA's attacks: kinds of attacks and fields of passages that the weights have not seen.

    Of the fields that they have seen, a fifth of the passages is held out too.
    """
    fields, attacks = carriers(data), planted_attacks(data)
    names, kinds = sorted(fields), sorted({attack.kind for attack in attacks})
    random.Random(0).shuffle(kinds)
    chance = random.Random(99)
    caught: list[bool] = []
    known_field: list[bool] = []
    alarms: dict[str, list[bool]] = {name: [] for name in names}
    for fold in range(FOLDS):
        held = set(names[fold::FOLDS])
        known = [a for a in attacks if a.kind not in kinds[fold::FOLDS]]
        sown = _sown(known, data)
        seen = {name: texts for name, texts in fields.items() if name not in held}
        fit = _planted_fit(
            {n: [t for at, t in enumerate(ts) if at % FOLDS != fold] for n, ts in seen.items()}, sown, embed
        )
        head = InjectionHead(embed, np.zeros(0, np.float32), fit, "")
        known_field += [_planted(head, text) for passages in seen.values() for text in passages[fold::FOLDS]]
        for name in held:
            alarms[name] += [_planted(head, text) for text in fields[name]]
            for attack in (a for a in attacks if a.kind in kinds[fold::FOLDS]):
                for where in (0.0, 0.5, 1.0):
                    carrier = _with(chance.choice(fields[name]), attack.text, where)[0]
                    caught.append(_planted(head, "\n".join(carrier)))
    yield Figure("injection, planted: caught", float(np.mean(caught)), 0.70)
    yield Figure("injection, clean passages of known fields: alarms", float(np.mean(known_field)), 0.05, at_most=True)
    for name, found in alarms.items():
        yield Figure(f"injection, clean passages of {name}, a field not seen: alarms", float(np.mean(found)))
    mean = float(np.mean([np.mean(found) for found in alarms.values()]))
    yield Figure("injection, clean passages of a field not seen, mean: alarms", mean, 0.05, at_most=True)


def _direct(head: InjectionHead, text: str) -> bool:
    return bool(steers(text) or head.direct(text))


def _planted(head: InjectionHead, text: str) -> bool:
    return bool(steers(text, lookup=True) or head.planted(text))


def _others(data: Path) -> list[str]:
    """Return what customers write without any such intent."""
    return [
        *requests(data, "banking77", 1500),
        *requests(data, "clinc150", 1500),
        *said_by_customers(data, 2500),
    ]


def _direct_fit(prompts: Sequence[str], labels: Sequence[bool], others: Sequence[str], embed: Embed) -> Vectors:
    own = [attack.text for attack in own_attacks() if attack.kind in {"steering", "direct"}]
    wordy, cross = benign(held_out=False), customers()
    said = [*prompts, *own, *wordy, *cross, *others]
    answers = [*labels, *(True for _ in own), *(False for _ in (*wordy, *cross, *others))]
    few = len(own) + len(wordy)
    weights = [2.0] * len(prompts) + [1.0] * few + [2.0] * len(cross) + [0.5] * len(others)
    model = LogisticRegression(C=DIRECT_STRENGTH, max_iter=400)
    return weights_of(model.fit(direct_rows(said, embed), answers, sample_weight=weights))


def _sown(public: Sequence[Attack], data: Path) -> dict[str, int]:
    """Return attacks, each with the number of passages that it is planted in."""
    return {
        **dict.fromkeys(requests(data, "clinc150", REQUESTS), PLANTED["request"]),
        **{attack.text: PLANTED["own"] for attack in own_attacks() if attack.kind != "direct"},
        **{attack.text: PLANTED["public"] for attack in public},
    }


def _planted_fit(fields: Mapping[str, Sequence[str]], attacks: Mapping[str, int], embed: Embed) -> Vectors:
    chance = random.Random(1)
    clean = [planted_rows(pieces, embed) for passages in fields.values() for p in passages if (pieces := readable(p))]
    sown = []
    names = sorted(fields)
    for attack, count in attacks.items():
        for _ in range(count if readable(attack) else 0):
            carrier, attacked = _with(chance.choice(fields[chance.choice(names)]), attack, chance.random())
            pieces = [piece for piece in carrier if readable(piece)]
            sown.append(planted_rows(pieces, embed)[[pieces.index(piece) for piece in readable(attacked)]])
    rows = np.vstack([*clean, *sown])
    labels = np.arange(len(rows)) >= sum(map(len, clean))
    return weights_of(LogisticRegression(C=PLANTED_STRENGTH, max_iter=400).fit(rows, labels))


def _with(passage: str, attack: str, where: float) -> tuple[list[str], str]:
    """Return the sentences of a passage with an attack between them, 0 at the beginning and 1 at the end, and it."""
    pieces = list(texts(passage))
    place = round(where * len(pieces))
    return [*pieces[:place], *texts(attack), *pieces[place:]], attack


def _versions(prompts: Sequence[str], embed: Embed) -> list[int]:
    """Return a number for each prompt, the same for those that are versions of one."""
    vectors = embed.encode(prompts)
    parent = list(range(len(prompts)))

    def root(at: int) -> int:
        while parent[at] != at:
            at = parent[at]
        return at

    for one, other in zip(*np.where(vectors @ vectors.T > _ALIKE), strict=True):
        if one < other:
            parent[root(int(one))] = root(int(other))
    return [root(at) for at in range(len(prompts))]
