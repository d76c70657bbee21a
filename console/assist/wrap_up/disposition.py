"""Which dispositions fit: those that past conversations of this kind ended with, what was done here considered.

What was done tells the order; it does not tell the one. On the demo's past conversations, each judged with only the
others known, the nearest was right in a quarter of the cases, words in common or a usual disposition in half. So one is
proposed only where nearly all of a kind end alike, what was done speaks for it and the customer is content; otherwise
the agent chooses.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Final

import numpy as np

from console.assist.ports import Embed, PastOutcome
from console.assist.promises import promises_of
from console.assist.sentences import texts
from console.assist.talk import Talk
from console.assist.wrap_up.note import resolved_by
from console.conversation.deeds import claims_a_deed
from console.conversation.message import Author

OFFERED: Final = 4
"""Dispositions that are offered before those that any company has."""

FEWEST: Final = 5
"""Past conversations of the kind below which none is proposed …"""

SHARE: Final = 0.8
"""… and the share of them that must have ended with it: a wrong one that one key confirms is worse than none."""

NEAR: Final = 0.3
"""Cosine of a disposition with what agents said, below which it is not what was done here."""

_DEEDS: Final = 12
"""Sentences of agents that are compared, the newest."""

_QUOTE: Final = "“"
"""How an outcome begins that is the agent's words because no disposition was given."""


def dispositions(talk: Talk, alike: Sequence[PastOutcome], embed: Embed) -> tuple[str, tuple[str, ...]]:
    """Return the disposition that is proposed, or empty where none is sure, and those that are offered, best first.

    ``alike`` are past conversations of the same kind. The order is by how near a disposition is to what agents said to
    have done or to do (cosine), and by the share of conversations that ended with it.
    """
    counted = Counter(case.done for case in alike if case.done and not case.done.startswith(_QUOTE))
    if not counted:
        return "", ()
    names, total = list(counted), sum(counted.values())
    shares = np.array([counted[name] / total for name in names])
    said = _deeds(talk)
    near = (embed.encode(names) @ embed.encode(said).T).max(axis=1) if said else np.zeros(len(names))
    order = np.argsort(-(near + shares), kind="stable").tolist()
    best = order[0]
    sure = total >= FEWEST and shares[best] >= SHARE and near[best] >= NEAR and bool(resolved_by(talk.messages))
    return (names[best] if sure else ""), tuple(names[place] for place in order[:OFFERED])


def _deeds(talk: Talk) -> list[str]:
    """Return the sentences in which agents say what they did or will do."""
    found: dict[str, None] = {}
    for message in talk.messages:
        if message.role is Author.AGENT:
            found |= dict.fromkeys(text for text in texts(message.text) if claims_a_deed(text))
            found |= dict.fromkeys(promise.text for promise in promises_of([message]))
    return list(found)[-_DEEDS:]
