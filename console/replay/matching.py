"""Which branch an agent's message takes a scripted customer down. Pure, given an embedding."""

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from console.replay.script import Step

MATCHES: Final = 0.5
"""Cosine from which a sentence of the agent counts as meaning the same as an example of a branch."""

Encode = Callable[[Sequence[str]], NDArray[np.float32]]
"""Texts to unit rows."""


def next_step(step: Step, answer: str, encode: Encode) -> str:
    """Return the id of the step that ``answer`` leads to: the branch with the most alike example, else ``otherwise``.

    The answer is compared as a whole and sentence by sentence; on a tie the branch written first wins.
    """
    if not step.branches:
        return step.otherwise
    examples = [(example, branch.next) for branch in step.branches for example in branch.when]
    spoken = [answer, *(part for part in _sentences(answer) if part != answer)]
    vectors = encode([*spoken, *(example for example, _ in examples)])
    likeness = vectors[: len(spoken)] @ vectors[len(spoken) :].T
    best = int(likeness.max(axis=0).argmax())
    return examples[best][1] if likeness[:, best].max() >= MATCHES else step.otherwise


def _sentences(text: str) -> list[str]:
    parts: list[str] = []
    start = 0
    for place, character in enumerate(text):
        if character in ".!?\n" and (place + 1 == len(text) or text[place + 1].isspace()):
            parts.append(text[start : place + 1].strip())
            start = place + 1
    parts.append(text[start:].strip())
    return [part for part in parts if part]
