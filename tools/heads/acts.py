"""The head for the acts of agents' sentences: its training and its figures on what it was not trained on."""

import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import numpy as np

import console.demo
from bench.figures import Figure
from console.assist.ports import Embed, Vectors
from console.assist.sentences import texts
from console.practice.act_signs import parted
from console.practice.acts import Act
from console.practice.recognising_acts import ACTS, NAME, ActHead, act_rows, read_acts
from tools.heads.judging_acts import judged
from tools.heads.material import own
from tools.heads.star_acts import is_sentence, labelled, sentence_acts
from tools.heads.writing import write

VERSION: Final = 1
STRENGTH: Final = 10.0
STEPS: Final = 400
TEMPLATE_WEIGHT: Final = 2.0
WORD_WEIGHT: Final = 0.2
"""Weight of a template and of a key word beside a sentence that was typed."""
STAR_SHARE: Final = 1.0
"""Weight of all that STAR has of an act, beside that of our own sentences."""
TEMPLATES: Final = 12
DRAFTS: Final = 50
WORDS: Final = 15
"""Different sentences of a label that are learned from, the commonest: of what was sent, of what was typed, and of the
key words that were."""
Example = tuple[str, Act, float]
"""A sentence without the courtesy it begins with, its main act, and its weight."""


def train(data: Path, embed: Embed) -> Path:
    """Fit on our own sentences and on the dialogues that are not held out, and write the weights."""
    return write(NAME, VERSION, embed, weights=fitted([*own_examples()], [*star_examples(data)], embed))


def figures(data: Path, embed: Embed) -> Iterator[Figure]:
    """Fit, and judge on the dialogues that are held out and on the sentences of ``bench/acts_sentences.txt``."""
    head = ActHead(embed, fitted([*own_examples()], [*star_examples(data)], embed), "")
    yield from judged(data, lambda text: read_acts(text, head))


def own_examples() -> Iterator[Example]:
    """Yield our own sentences and those of the demo's macros."""
    for line in own("acts"):
        name, _, text = line.partition(": ")
        yield parted(text)[1], Act(name), 1.0
    marked = dict(line.split(": ") for line in own("acts_macros"))
    for name, text in _macros().items():
        pieces, acts = texts(text), marked.get(name, "").split()
        if len(pieces) == len(acts):
            yield from (
                (parted(piece)[1], Act(act), 1.0) for piece, act in zip(pieces, acts, strict=True) if act != "-"
            )


def star_examples(data: Path) -> Iterator[Example]:
    """Yield the commonest sentences of each of STAR's labels: the templates as sent, and what agents typed."""
    sent, typed, words = (defaultdict[str, Counter[tuple[str, Act]]](Counter) for _ in range(3))
    for row in labelled(data, held_out=False):
        sent[row.action].update(sentence_acts(row.text, row.acts))
        for text, act in sentence_acts(row.draft, row.acts):
            (typed if is_sentence(text) else words)[row.action][text, act] += 1
    for of_label, most, weight in (
        (sent, TEMPLATES, TEMPLATE_WEIGHT),
        (typed, DRAFTS, 1.0),
        (words, WORDS, WORD_WEIGHT),
    ):
        for found in of_label.values():
            yield from ((parted(text)[1], act, weight) for (text, act), _ in found.most_common(most))


def fitted(ours: Sequence[Example], theirs: Sequence[Example], embed: Embed) -> Vectors:
    """Return weights of shape (numbers of a row + 1, acts), the bias last; no act of theirs outweighs ours."""
    from sklearn.linear_model import LogisticRegression

    own_weights, star_weights = _weights(ours), _weights(theirs)
    shares = {act: STAR_SHARE * own_weights[act] / star_weights[act] for act in star_weights}
    balanced = [*ours, *((text, act, weight * min(1.0, shares[act])) for text, act, weight in theirs)]
    pieces, acts, weights = zip(*balanced, strict=True)
    labels = [ACTS.index(act) for act in acts]
    model = LogisticRegression(C=STRENGTH, max_iter=STEPS)
    model.fit(act_rows(pieces, embed), labels, sample_weight=weights)
    return np.vstack([model.coef_.T, model.intercept_[None, :]]).astype(np.float32)


def _weights(examples: Iterable[Example]) -> Counter[Act]:
    found = Counter[Act]()
    for _, act, weight in examples:
        found[act] += weight  # type: ignore[assignment]  # counters count in fractions as well
    return found


def _macros() -> Mapping[str, str]:
    folder = Path(str(console.demo.__path__[0])) / "content" / "macros"
    read = (tomllib.loads(file.read_text(encoding="utf-8"))["macro"] for file in sorted(folder.glob("*.toml")))
    return {macro["id"]: macro["text"] for macros in read for macro in macros}
