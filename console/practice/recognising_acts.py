"""Recognises what an agent's message does, sentence by sentence: a small head beside the signs in the words."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from console.assist.heads.softmax import scores, shares
from console.assist.heads.weights import weights_for
from console.assist.ports import Embed, Vectors
from console.assist.sentences import texts
from console.practice.act_signs import by_signs, courtesies, does_nothing, parted, signs
from console.practice.acts import Act, ActSaid

NAME: Final = "acts"

ACTS: Final = tuple(Act)

SIGN: Final = 0.5
"""What a sign counts beside the sentence vector, whose length is one."""

LEAST: Final = 0.3
"""Probability below which no main act is spoken of."""

BESIDE: Final = 0.3
"""Probability from which a sentence does something beside its main act."""

WORDS_ALONE: Final = 0.5
"""How sure an act is that only the words tell."""

MODELS: Final = 2
"""Models whose heads are kept."""

_SMALL_TALK: Final = frozenset({Act.THANK, Act.GREET, Act.APOLOGISE, Act.EMPATHISE})


@dataclass(frozen=True, slots=True)
class ActHead:
    """Weights of shape (numbers of a row + 1, acts); the last row is the bias."""

    embed: Embed
    weights: Vectors
    version: str

    def likely(self, pieces: Sequence[str]) -> Vectors:
        """Return how likely each act is the main one of each piece, shape (pieces, acts)."""
        return shares(scores(act_rows(pieces, self.embed), self.weights))


def act_head(embed: Embed) -> ActHead | None:
    """Return the head; ``None`` where it was trained on another model's vectors."""
    held = weights_for(NAME, embed)
    return None if held is None else ActHead(embed, held.arrays["weights"], f"{NAME} {held.version}")


def act_rows(pieces: Sequence[str], embed: Embed) -> Vectors:
    """Return one row of features a sentence: its vector and its signs."""
    return np.hstack([embed.encode(pieces), np.float32(SIGN) * signs(pieces)])


class _Heads:
    """The heads of the models in use: to read the weights takes longer than to read a message."""

    def __init__(self) -> None:
        self._known: deque[tuple[Embed, ActHead | None]] = deque(maxlen=MODELS)

    def of(self, embed: Embed) -> ActHead | None:
        """Return the head of a model, which is told from another as an object; ``None`` as :func:`act_head` does."""
        for known, head in tuple(self._known):
            if known is embed:
                return head
        head = act_head(embed)
        self._known.append((embed, head))
        return head


_heads: Final = _Heads()


def acts_in(text: str, embed: Embed) -> tuple[ActSaid, ...]:
    """Return what each sentence of an agent's message does, in order.

    With another model than the one that the head was trained on, the words alone are asked.
    """
    return read_acts(text, _heads.of(embed))


def read_acts(text: str, head: ActHead | None) -> tuple[ActSaid, ...]:
    """Return what each sentence does, as ``head`` and the words tell it."""
    pieces = texts(text)
    if not pieces:
        return ()
    heads_and_rests = [parted(piece) for piece in pieces]
    rests = [rest for _, rest in heads_and_rests]
    if head is None:
        return tuple(
            _by_words(piece, opening, rest) for piece, (opening, rest) in zip(pieces, heads_and_rests, strict=True)
        )
    likely = head.likely(rests)
    return tuple(
        _said(piece, opening, rest, row)
        for piece, (opening, rest), row in zip(pieces, heads_and_rests, likely, strict=True)
    )


def _said(piece: str, opening: str, rest: str, likely: Vectors) -> ActSaid:
    best = int(likely.argmax())
    certainty = float(likely[best])
    main = ACTS[best] if certainty >= LEAST else None
    polite = courtesies(opening) | courtesies(rest)
    if does_nothing(rest):
        return ActSaid(piece, polite, min(polite, key=ACTS.index, default=None), WORDS_ALONE if polite else 0.0)
    beside = {ACTS[at] for at in np.flatnonzero(likely >= BESIDE)}
    if Act.GREET in polite and main in _SMALL_TALK:
        main = Act.GREET
    return ActSaid(piece, frozenset({*beside, *polite, *({main} if main else ())}), main, certainty)


def _by_words(piece: str, opening: str, rest: str) -> ActSaid:
    main = by_signs(rest)
    acts = frozenset({*courtesies(opening), *({main} if main else ())})
    return ActSaid(piece, acts, main, WORDS_ALONE if main else 0.0)
