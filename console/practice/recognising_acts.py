"""Provisional."""

import re
from dataclasses import dataclass

from console.assist.sentences import texts
from console.practice.acts import Act

R = [
    (Act.APOLOGISE, r"sorry|apolog"),
    (Act.EMPATHISE, r"understand|frustrat|must be|can see why"),
    (Act.GREET, r"^(hi|hello|good)"),
    (Act.GOODBYE, r"goodbye|take care|bye\b|nice day"),
    (Act.ASK_MORE, r"anything else"),
    (Act.REFUSE, r"can't|cannot|afraid|unable"),
    (Act.PROMISE, r"i('ll| will)"),
    (Act.DONE, r"i've (just )?(sent|put|started|booked)"),
    (Act.ASK, r"\?$"),
]


@dataclass(frozen=True)
class ActSaid:
    sentence: str
    acts: frozenset


def acts_in(text, embed):
    out = []
    for s in texts(text):
        a = {x for x, p in R if re.search(p, s, re.I)}
        if Act.ASK_MORE in a:
            a.discard(Act.ASK)
        out.append(ActSaid(s, frozenset(a or {Act.EXPLAIN})))
    return tuple(out)
