"""Examples of what a sentence may mean to a simulated customer, and how near a sentence comes to each meaning. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from console.assist.ports import Embed, Vectors
from console.practice.acts import Act
from console.practice.asked_for import of_another_sort
from console.practice.naming import matter_words, sums
from console.practice.proposing import takes_up
from console.practice.scenario import Duty, Fact, Resolution, Scenario

SHORTEST: Final = 4
"""Words of a part of a sentence that is looked at by itself."""

SHORT: Final = 6
"""Words up to which a request needs no “please”: “and the colour”."""

LONG: Final = 9
"""Words from which on a sentence is looked at by its parts, too."""

DISCOUNT: Final = 0.08
"""What “you needn’t” is away from “you may leave it”: what must be said may be said with a no or without."""

UNNAMED: Final = 0.09
"""What a sentence is away that names nothing of what it would offer."""

ASKING: Final = 0.08
"""What a question is away from a sentence that offers the same."""

_JOINT: Final = re.compile(
    r"(?:[,;:–—]|\s-)\s+(?:(?:and|but|so|or|because|as|then)\s+)?(?=\w)|"
    r"(?<!\s)\s+(?:and|but|so|then|or|because)\s+(?=(?:i|we|it|you|they|there|please|could|can|would|is|do|what|which|when|"
    r"the|your|my|that|tell|send)\b)",
    re.IGNORECASE,
)
_DENIES: Final = re.compile(
    r"\b(?:can ?(?:['’]?t|not)|won['’]?t|(?:wi|sha)ll (?:not|never)|(?:un|not )able|not (?:allowed|possible|going|"
    r"something)|may not|mustn['’]?t|couldn['’]?t|wouldn['’]?t|shouldn['’]?t|don['’]?t|doesn['’]?t|isn['’]?t|never|"
    r"nobody|not|no longer|too late|rather than|instead of|outside)\b",
    re.IGNORECASE,
)
_YET_NOT: Final = re.compile(
    r"\b(?:whether or not|if not|not only|why not|(?:do|need|wo)(?:es)?n['’]?t (?:have|need|cost|worry)|"
    r"don['’]?t (?:worry|pay)|not (?:have|need) to)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence of the agent, or a part of a long one."""

    text: str
    sentence: str
    acts: frozenset[Act]

    @property
    def question(self) -> bool:
        """Whether it is a question by its mark."""
        return self.text.rstrip().endswith("?")

    @property
    def asks(self) -> bool:
        """Whether it asks for something: by a question mark, in the words of a request, or because it is short."""
        if Act.ASK_MORE in self.acts:
            return False
        request = bool(_REQUEST.search(self.text)) or len(self.text.split()) <= SHORT
        return self.question or (Act.ASK in self.acts and request)

    @property
    def may_ask(self) -> bool:
        """Whether it can ask for a fact: to read back what was understood asks for it, too."""
        return self.asks or Act.CONFIRM in self.acts

    @property
    def denies(self) -> bool:
        """Whether it says that something is not so, or is not done."""
        return denies(self.text)


def denies(text: str) -> bool:
    """Return whether a text says that something is not so, or is not done."""
    return bool(_DENIES.search(_YET_NOT.sub(" ", text)))


def pieces(said: Iterable[tuple[str, frozenset[Act]]]) -> list[Piece]:
    """Return sentences and the parts of the long ones; of a question's parts those ask that end it or begin as one."""
    found: list[Piece] = []
    for sentence, acts in said:
        found.append(Piece(sentence, sentence, acts))
        parts = [part for part in _JOINT.split(sentence) if len(part.split()) >= SHORTEST]
        if len(sentence.split()) < LONG or parts in ([], [sentence]):
            continue
        for part in parts:
            question = sentence.rstrip().endswith("?") and bool(_QUESTION.match(part))
            asks = question or part is parts[-1]
            found.append(Piece(part, sentence, acts | {Act.ASK} if question else acts if asks else acts - {Act.ASK}))
    return found


def taken_up(said: Sequence[tuple[str, frozenset[Act]]]) -> list[Piece]:
    """Return sentences that propose what the one before them names, each together with that one."""
    pairs = pairwise(said)
    return [Piece(f"{first} {then}", then, acts) for (first, _), (then, acts) in pairs if takes_up(first, then)]


_QUESTION: Final = re.compile(
    r"\A(?:and |so |but |please )*(?:what|when|how|where|why|which|who|whose|can you|could|do|does|did|is|are|will you|"
    r"would|have you|has|tell|give|send|confirm|let me know)\b",
    re.IGNORECASE,
)


_REQUEST: Final = re.compile(
    r"^(?:and |so |but |then |first )*(?:what|when|how|where|why|which|who|do|does|did|is|are|have you|has)\b|"
    r"\b(?:please|kindly|(?:can|could|would|will) you|(?:can|could|may|might) i|let me (?:have|know|see)|tell me|"
    r"send me|give me|show me|share|i(?:['’]d| would)? (?:just |only |also )?"
    r"(?:need|have to ask|must ask|like to know))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Meaning:
    """One thing that may be said, by examples, and the words that it needs or rules out."""

    id: str
    examples: tuple[str, ...]
    only_with: tuple[str, ...] = ()
    not_with: tuple[str, ...] = ()
    bad: bool = False
    """Whether a practised agent avoids it."""
    named: frozenset[str] = frozenset()
    """Words of the matter, where a sentence with none of them is further away; empty where any will do."""
    sums: frozenset[float] | None = None
    """Sums of money that may stand in a sentence that means it; ``None`` for any."""
    asks: bool = False
    """Whether it is asked for: a question for another sort of thing is none for it."""

    def away(self, text: str) -> float:
        """Return how much further a text is away for its words than its vector tells."""
        return UNNAMED if self.named and self.named.isdisjoint(matter_words((text,))) else 0.0

    def possible(self, piece: Piece, message: str) -> bool:
        """Return whether a piece can mean it at all, by its words."""
        if self.asks and of_another_sort(piece.sentence, (self.id, *self.examples)):
            return False
        if self.sums is not None and not sums(piece.text) <= self.sums:
            return False
        here = not self.only_with or _has(message, self.only_with)
        return here and not (self.not_with and _has(piece.sentence, self.not_with))


def meanings(scenario: Scenario) -> tuple[list[Meaning], list[Meaning], list[Meaning]]:
    """Return what may be asked, offered, and must or must not be said in a scenario."""

    def of(duty: Duty, *, bad: bool = False) -> Meaning:
        return Meaning(duty.id, duty.said, duty.only_with, duty.not_with, bad)

    known = sums(repr(scenario))

    def offered(one: Resolution) -> Meaning:
        if not one.allowed:
            return Meaning(one.id, one.offered, one.only_with, one.not_with, bad=True)
        words = matter_words((one.title, *one.offered))
        return Meaning(one.id, one.offered, one.only_with, one.not_with, named=words, sums=known)

    def asked(fact: Fact) -> Meaning:
        return Meaning(fact.id, fact.asked, asks=True)

    return (
        [asked(fact) for fact in scenario.facts if fact.asked],
        [offered(one) for one in scenario.resolutions],
        [
            *(of(one) for one in scenario.musts),
            *(of(one, bad=True) for one in scenario.must_nots),
        ],
    )


class Examples:
    """Several meanings as vectors."""

    def __init__(self, several: Sequence[Meaning], embed: Embed) -> None:
        self._several = several
        texts = [text for one in several for text in one.examples]
        self._rows = embed.encode(texts) if texts else None
        self._owner = np.array([place for place, one in enumerate(several) for _ in one.examples], dtype=int)
        self._asks = np.array([text.rstrip().endswith("?") for text in texts], dtype=bool)
        self._denies = np.array([denies(text) for text in texts], dtype=bool)
        self._apart = np.array([1.0 if one.bad else DISCOUNT for one in several for _ in one.examples])

    def near(
        self, said: Sequence[Piece], rows: Vectors, message: str, *, denial: bool = True, form: bool = False
    ) -> list[Mapping[str, float]]:
        """Return for each piece how near it comes to each meaning, by its id.

        ``denial``: what denies is compared with what denies alone; ``form``: questions with questions alone, and what
        denies at a discount.
        """
        if self._rows is None or not len(rows):
            return [{} for _ in said]
        likeness = rows @ self._rows.T
        found: list[Mapping[str, float]] = []
        for place, piece in enumerate(said):
            row, same = likeness[place], self._denies == piece.denies
            if form:
                row = np.where(self._asks == piece.question, row - np.where(same, 0.0, self._apart), 0.0)
            elif denial:
                row = np.where(same, row - np.where(self._asks == piece.question, 0.0, ASKING), 0.0)
            near = {
                one.id: float(row[self._owner == number].max()) - one.away(piece.text)
                for number, one in enumerate(self._several)
                if one.possible(piece, message)
            }
            found.append(near)
        return found


def _has(text: str, words: Iterable[str]) -> bool:
    return any(re.search(rf"(?<!\w){re.escape(word)}", text, re.IGNORECASE) for word in words)
