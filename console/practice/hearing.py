"""What an agent's message says to a simulated customer: by its meaning, held against the scenario's examples."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import numpy as np

from console.assist.asking import telling
from console.assist.flags.abuse import insult
from console.assist.ports import Embed
from console.past.english import english
from console.practice.acts import Act
from console.practice.meanings import Examples, Piece, meanings, pieces
from console.practice.scenario import Scenario

ASKS_FOR: Final = 0.52
"""Cosine from which a question asks for a fact of the scenario."""

OFFERS: Final = 0.58
"""Cosine from which a sentence offers a resolution."""

SAYS: Final = 0.6
"""Cosine from which a sentence says what must or must not be said."""

PASTED: Final = 120
"""Words from which on a message reads like a pasted article."""

REAL: Final = 0.5
"""Share of a message's words that have to be words, or it is nonsense."""

CODE: Final = 4
"""Digits from which on a number is known again without the letters before it."""

_CONSENT: Final = re.compile(
    r"\b(?:(?:shall|should|may) (?:i|we)|(?:would you like|do you want) (?:me|us) to|(?:is|would|does) (?:that|this|it)"
    r"(?: all| be| sound| work| suit| help| make| okay| ok| fine| alright|$)|(?:are you|would you be) (?:ok|okay|happy|all right|"
    r"fine|comfortable)|agreed|sound(?:s)? (?:good|ok|fair)|okay with|all right with|which (?:would|do) you "
    r"(?:like|prefer|rather)|what would you (?:like|prefer|rather))\b",
    re.IGNORECASE,
)
_OPENING: Final = re.compile(
    r"\bhow (?:can|may|could) (?:i|we) (?:help|assist|be of)|what (?:can|may) (?:i|we) do for you|what seems to be|"
    r"what(?:['’]s| is) (?:the (?:problem|issue|matter)|it about|wrong)|(?:tell me|explain)\b.{0,30}\b(?:what happened|"
    r"from the (?:beginning|start)|the problem|the issue)",
    re.IGNORECASE,
)
_HOLD: Final = re.compile(
    r"\b(?:bear with me|(?:give|allow|grant) me (?:a|one|two|five)|(?:one|just a|a) (?:moment|second|minute)\b.{0,12}$|"
    r"hold on|are you able to (?:wait|hold)|can you (?:wait|hold)|still (?:there|with me))",
    re.IGNORECASE,
)
_AROUND: Final = ".,;:!?()\"'“”…"

Recognise = Callable[[str], Iterable[tuple[str, frozenset[Act]]]]
"""An agent's message to its sentences, each with what it does."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What one message of the agent says; values are the sentence that says it."""

    acts: Mapping[Act, str] = field(default_factory=dict)
    asked: Mapping[str, str] = field(default_factory=dict)
    """Facts that it asks for, by id."""
    outside: tuple[str, ...] = ()
    """Questions for what is not in the scenario."""
    read_back: Mapping[str, str] = field(default_factory=dict)
    """Facts, by id, that it repeats as the customer wrongly told them."""
    offered: Mapping[str, str] = field(default_factory=dict)
    """Resolutions that it offers, by id."""
    duties: Mapping[str, str] = field(default_factory=dict)
    """What must or must not be said, and is, by id."""
    consent: str = ""
    """A question that asks whether they agree."""
    opening: str = ""
    """A question for what they are here for."""
    insult: str = ""
    nonsense: bool = False
    pasted: bool = False


class Ear:
    """Hears what an agent writes as the customer of one scenario does."""

    def __init__(self, scenario: Scenario, embed: Embed, recognise: Recognise) -> None:
        self._scenario, self._embed, self._recognise = scenario, embed, recognise

    @cached_property
    def _known(self) -> tuple[Examples, Examples, Examples]:
        facts, resolutions, duties = (Examples(some, self._embed) for some in meanings(self._scenario))
        return facts, resolutions, duties

    def hear(self, text: str) -> Heard:
        """Return what a message says. Embeds its sentences; some milliseconds."""
        rude = insult(text)
        if rude:
            return Heard(insult=rude)
        if nonsense(text):
            return Heard(nonsense=True)
        said = [(sentence, _acts(sentence, acts)) for sentence, acts in self._recognise(text) if sentence.strip()]
        found = pieces(said)
        rows = self._embed.encode([piece.text for piece in found]) if found else np.zeros((0, 1), np.float32)
        facts, resolutions, duties = self._known
        offered = _best(found, resolutions.near(found, rows, text), OFFERS)
        asked, outside, consent = self._questions(found, facts.near(found, rows, text, denial=False), offered)
        return Heard(
            {act: sentence for sentence, acts in reversed(said) for act in acts},
            asked,
            outside,
            self._repeated(text, said),
            offered,
            _best(found, duties.near(found, rows, text, form=True), SAYS),
            pasted=len(text.split()) > PASTED,
            consent=consent,
            opening=next((sentence for sentence, _ in said if _OPENING.search(sentence)), ""),
        )

    def _questions(
        self, found: Sequence[Piece], near: Sequence[Mapping[str, float]], offered: Mapping[str, str]
    ) -> tuple[dict[str, str], tuple[str, ...], str]:
        """Return the facts that are asked for, the questions that ask for none, and one that asks for a yes."""
        asked = _best(
            [piece for piece in found if piece.asks], [n for n, p in zip(near, found, strict=True) if p.asks], ASKS_FOR
        )
        outside, consent = list[str](), ""
        for piece in found:
            if not piece.asks or piece.text != piece.sentence or piece.sentence in {*asked.values(), *offered.values()}:
                continue
            if _CONSENT.search(piece.text):
                consent = consent or piece.sentence
            elif telling(piece.text) and not _OPENING.search(piece.text):
                outside.append(piece.sentence)
        return asked, tuple(outside), consent

    def _repeated(self, text: str, said: Sequence[tuple[str, frozenset[Act]]]) -> dict[str, str]:
        """Return the facts whose wrong telling the agent repeats: its figures and codes, or all its words."""
        plain = _words(text)
        found: dict[str, str] = {}
        for fact in self._scenario.facts:
            marks = marks_of(fact.wrong, fact.says)
            if marks and all(any(_same(mark, word) for word in plain) for mark in marks):
                found[fact.id] = next((s for s, _ in said if any(m in s.casefold() for m in marks)), text)
        return found


def _acts(sentence: str, acts: frozenset[Act]) -> frozenset[Act]:
    """Return what a sentence does; to ask for a moment is no question."""
    return acts - {Act.ASK} | {Act.PROMISE} if _HOLD.search(sentence) else acts


def _best(found: Sequence[Piece], near: Sequence[Mapping[str, float]], threshold: float) -> dict[str, str]:
    """Return what is meant, by id, each with the sentence that says it: a piece means what it comes nearest to."""
    meant: dict[str, str] = {}
    for piece, likely in zip(found, near, strict=True):
        if likely:
            name = max(likely, key=lambda one: likely[one])
            if likely[name] >= threshold:
                meant.setdefault(name, piece.sentence)
    return meant


def marks_of(wrong: str, right: Iterable[str]) -> tuple[str, ...]:
    """Return what tells a wrong telling from the right ones: words that hold a figure, else all words of its own."""
    known = {word for text in right for word in _words(text)}
    own = [word for word in _words(wrong) if word not in known]
    return tuple([word for word in own if any(c.isdigit() for c in word)] or own)


def nonsense(text: str) -> bool:
    """Return whether a message has no words, or mostly none that are any."""
    written = [word for word in text.replace("’", "'").split() if word.strip(_AROUND).isalpha()]
    words = [word.strip(_AROUND) for word in written if not word[0].isupper() or word.casefold() in english()]
    if not words:  # names and numbers alone say something; signs alone do not
        return not any(c.isalnum() for c in text)
    return sum(word.casefold() in english() for word in words) < REAL * len(words)


def _words(text: str) -> list[str]:
    return [word for raw in text.casefold().replace("’", "'").split() if (word := raw.strip(_AROUND))]


def _same(mark: str, word: str) -> bool:
    """Return whether a word is what a mark says, a long number also without its letters."""
    digits = "".join(c for c in mark if c.isdigit())
    return word == mark or (len(digits) >= CODE and "".join(c for c in word if c.isdigit()) == digits)
