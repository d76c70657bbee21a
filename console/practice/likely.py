"""How near a sentence has to come to an example to mean the same. Pure.

Thresholds are cosines of the shipped model, set on the scripted agents of the tests; what must not be said needs more
than what must, since to be heard wrongly there costs an agent the session.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from console.practice.acts import Act
from console.practice.meanings import Piece
from console.practice.proposing import Form, form_of

ASKS_FOR: Final = 0.43
"""Cosine from which a question asks for a fact of the scenario."""

PLAINLY: Final = 0.12
"""By how much more than any other fact it may also ask for one from ``HARDLY``: short questions come near to few."""

HARDLY: Final = 0.32

STRANGE: Final = 0.35
"""Cosine below which a question has nothing to do with any fact of it; between the two nobody can tell."""

OFFERS: Final = 0.45
"""Cosine from which a sentence offers a resolution, where its words put something to the customer."""

PROPOSES: Final = 0.4
"""Cosine from which one does that is also recognised as an offer, a promise or a deed."""

TAKES_UP: Final = 0.55
"""Cosine from which one does together with the sentence before it, which names what it proposes."""

STATES: Final = 0.8
"""Cosine from which one does that only states how things are."""

IMPOSSIBLE: Final = 2.0
"""More than any cosine."""

PROPOSING: Final = frozenset({Act.OFFER, Act.PROMISE, Act.DONE})

SAYS: Final = 0.46
"""Cosine from which a sentence says what must be said."""

SURELY: Final = 0.65
"""Cosine from which it says or offers what it must not: to be heard wrongly there costs an agent the session."""

BESIDE: Final = 0.6
"""Cosine from which a sentence says something that must be said beside what it comes nearest to."""

ALONE: Final = 0.2
"""By how much nearer a sentence comes to what must be said than to a settlement, to say that alone: no offer."""

CLOSE: Final = 0.06
"""Cosines that are no further apart may be said by the same sentence."""


@dataclass(frozen=True, slots=True)
class Likely:
    """How near one piece comes to everything that it may mean."""

    piece: Piece
    facts: Mapping[str, float]
    resolutions: Mapping[str, float]
    duties: Mapping[str, float]
    bad: frozenset[str]
    """Ids that a practised agent avoids."""
    good: float
    """How near the whole sentence comes to what they say."""
    ill: float
    """How near it comes to what they avoid."""

    @property
    def misleads(self) -> bool:
        """Whether its sentence comes plainly nearer to what a practised agent avoids than to what they say."""
        return self.ill >= SAYS and self.ill - CLOSE > self.good

    def question(self) -> str:
        """Return the fact that it asks for; empty where it asks for none."""
        if not self.piece.may_ask or (not self.piece.question and max(self.facts.values(), default=0.0) < self.good):
            return ""
        first, *others = sorted(self.facts.values(), reverse=True) or [0.0]
        plain = first - max(others, default=STRANGE) >= PLAINLY
        return _nearest(self.facts, HARDLY if plain else ASKS_FOR)

    def near_a_fact(self) -> bool:
        """Return whether it may ask for a fact, though not surely."""
        return max(self.facts.values(), default=0.0) >= STRANGE

    def offer(self) -> str:
        """Return the resolution that it offers; none where it comes nearer to what must, or must not, be said."""
        name, duty = _nearest(self.resolutions, self._threshold()), max(self.duties.values(), default=0.0)
        if name and duty >= SURELY and duty - ALONE > self.resolutions[name]:
            return ""
        return self._unless_good(name, self.resolutions)

    def _threshold(self) -> float:
        """Return the cosine from which it offers something, by how it is put; what is never an offer comes to none."""
        form = form_of(self.piece.text, self.piece.sentence)
        if form is Form.PROPOSES:
            return PROPOSES if self.piece.acts & PROPOSING else OFFERS
        return STATES if form is Form.STATES else IMPOSSIBLE

    def said(self) -> list[str]:
        """Return what it says of what must and must not be said; of the former several at once.

        Not what must be said, where its sentence comes nearer to what a practised agent avoids: that may be the
        opposite, which vectors hardly tell apart.
        """
        name = self._unless_good(_nearest(self.duties, SAYS), self.duties)
        beside = [other for other, near in self.duties.items() if near >= BESIDE and other not in self.bad]
        found = [one for one in dict.fromkeys((name, *beside)) if one]
        return [one for one in found if one in self.bad or self.duties[one] >= self.ill - CLOSE]

    def _unless_good(self, name: str, among: Mapping[str, float]) -> str:
        """Return ``name``, unless it is bad and hardly said, or nearer to something that is not: it was meant well."""
        if name not in self.bad:
            return name
        if among[name] < SURELY:
            rest = {other: near for other, near in among.items() if other not in self.bad}
            return _nearest(rest, max(SAYS, among[name] - CLOSE))
        return "" if self.good > among[name] - CLOSE else name


def likely_meanings(
    found: Sequence[Piece],
    facts: Sequence[Mapping[str, float]],
    resolutions: Sequence[Mapping[str, float]],
    duties: Sequence[Mapping[str, float]],
    bad: frozenset[str],
) -> list[Likely]:
    """Return for each piece what it may mean."""
    good, ill = dict[str, float](), dict[str, float]()
    for piece, *several in zip(found, resolutions, duties, strict=True):
        for some in several:
            for name, near in some.items():
                kept = ill if name in bad else good
                kept[piece.sentence] = max(near, kept.get(piece.sentence, 0.0))
    return [
        Likely(piece, fact, resolution, duty, bad, good.get(piece.sentence, 0.0), ill.get(piece.sentence, 0.0))
        for piece, fact, resolution, duty in zip(found, facts, resolutions, duties, strict=True)
    ]


def offered_over_two(
    found: Sequence[Piece], resolutions: Sequence[Mapping[str, float]], bad: frozenset[str]
) -> dict[str, str]:
    """Return the resolutions that a sentence offers with the one before it, by id; none that is bad."""
    near = ((piece, _nearest(some, TAKES_UP)) for piece, some in zip(found, resolutions, strict=True))
    return {name: piece.sentence for piece, name in near if name and name not in bad}


def _nearest(near: Mapping[str, float], threshold: float) -> str:
    name = max(near, key=lambda one: near[one], default="")
    return name if name and near[name] >= threshold else ""
