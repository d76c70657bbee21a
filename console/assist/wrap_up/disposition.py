"""Which disposition fits: of those that past conversations of this kind ended with, the one that what was done says."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

import numpy as np

from console.assist.ports import Embed, PastOutcome
from console.assist.promises import promises_of
from console.assist.sentences import texts
from console.assist.talk import Talk
from console.conversation.deeds import claims_a_deed
from console.conversation.message import Author

USUAL: Final = 6
"""Dispositions that are offered, the most frequent."""

ALIKE: Final = 0.42
"""Cosine of a disposition with what was done from which it may be meant."""

APART: Final = 0.04
"""How much nearer it must be than the next one."""


def dispositions(talk: Talk, alike: Sequence[PastOutcome], embed: Embed) -> tuple[str, tuple[str, ...]]:
    """Return the disposition that is proposed, or empty where none is sure, and the usual ones of this kind.

    ``alike`` are past conversations of the same kind.
    """
    counted = Counter(case.done for case in alike if case.done and not case.done.startswith("“"))
    usual = tuple(name for name, _ in counted.most_common(USUAL))
    said = _deeds(talk)
    if not counted or not said:
        return "", usual
    names = list(counted)
    near = (embed.encode(names) @ embed.encode(said).T).max(axis=1)
    order = np.argsort(-near, kind="stable")
    best = float(near[order[0]])
    next_best = float(near[order[1]]) if len(names) > 1 else 0.0
    sure = best >= ALIKE and best - next_best >= APART
    return (names[int(order[0])] if sure else ""), usual


def _deeds(talk: Talk) -> list[str]:
    """Return the sentences in which agents say what they did or will do, the newest twelve."""
    found: dict[str, None] = {}
    for message in talk.messages:
        if message.role is Author.AGENT:
            found |= dict.fromkeys(text for text in texts(message.text) if claims_a_deed(text))
            found |= dict.fromkeys(promise.text for promise in promises_of([message]))
    return list(found)[-12:]
