"""The past moments as arrays: which texts make up each moment, and which reply followed."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from console.assist.ports import Moment, Vectors
from console.assist.replies.differing import differ
from console.assist.slotting import spoken
from console.content.macros import SLOT
from console.past.anonymity import CommonWords
from console.past.moments import PastCase

PARTS: Final = ("customer", "answered", "lookup", "before", "opening")
"""The texts of a moment, in the order of the columns."""

ABSENT: Final = -1
"""In a column: the moment has no such text."""

ALIKE: Final = 0.92
"""Cosine from which two replies are the same reply …"""

ALIKE_WORDS: Final = 80
"""… if their words are also this much alike (0 to 100)."""

FEWEST_WORDS: Final = 2
"""Words outside its slots with which a reply says something of its own; a full stop passes for one."""

Rows = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Table:
    """All usable moments; ``texts`` are unique, and every number is a place in a list."""

    texts: tuple[str, ...]
    moments: Rows
    """(moments, parts): the text of each part, or :data:`ABSENT`."""
    template: Rows
    """(moments,): the reply that followed."""
    case: Rows
    """(moments,): the conversation it is from."""
    templates: tuple[str, ...]
    cases: tuple[str, ...]


def table_of(cases: Sequence[PastCase], common: CommonWords) -> Table:
    """Return the moments of ``cases`` whose reply may be used again."""
    texts: dict[str, int] = {}
    templates: dict[str, int] = {}
    rows: list[list[int]] = []
    followed: list[tuple[int, int]] = []
    allowed: dict[str, bool] = {}
    for place, case in enumerate(cases):
        for moment in case.moments:
            if moment.template not in allowed:
                allowed[moment.template] = common.allow(moment.template)
            if allowed[moment.template]:
                rows.append(part_rows(moment.moment, texts))
                followed.append((templates.setdefault(moment.template, len(templates)), place))
    pairs = np.array(followed, dtype=np.int32).reshape(-1, 2)
    return Table(
        texts=tuple(texts),
        moments=np.array(rows, dtype=np.int32).reshape(-1, len(PARTS)),
        template=pairs[:, 0],
        case=pairs[:, 1],
        templates=tuple(templates),
        cases=tuple(case.id for case in cases),
    )


def part_rows(moment: Moment, texts: dict[str, int]) -> list[int]:
    """Return the places of a moment's parts in ``texts``, which takes in new ones."""
    return [texts.setdefault(text, len(texts)) if (text := getattr(moment, part)) else ABSENT for part in PARTS]


def wording(template: str) -> str:
    """Return a template with every slot alike, in lower case: what fills it does not make it another reply.

    Where it has hardly a word beside its slots, what fills them is all that it says.
    """
    bare = len(SLOT.sub(" ", template).split()) < FEWEST_WORDS
    return (spoken(template) if bare and SLOT.search(template) else SLOT.sub("it", template)).lower().rstrip(".! ")


def cluster(table: Table, vectors: Vectors) -> Rows:
    """Return for each template the template that stands for it: the most frequent one that says the same.

    ``vectors`` are those of the templates' wordings. Both meaning and words must be alike: “Tuesday works” and “Tuesday
    does not work” are close in meaning alone.
    """
    wordings = [wording(template) for template in table.templates]
    frequency = Counter(table.template.tolist())
    order = sorted(range(len(table.templates)), key=lambda t: (-frequency[t], t))
    leader = np.arange(len(table.templates), dtype=np.int32)
    leaders: list[int] = []
    bank = np.empty_like(vectors)
    for template in order:
        if leaders:
            cosines = bank[: len(leaders)] @ vectors[template]
            near = int(cosines.argmax())
            other = wordings[leaders[near]]
            same_words = fuzz.ratio(wordings[template], other) >= ALIKE_WORDS and not differ(wordings[template], other)
            if cosines[near] >= ALIKE and same_words:
                leader[template] = leaders[near]
                continue
        bank[len(leaders)] = vectors[template]
        leaders.append(template)
    return leader
