"""What an agent's message says to a simulated customer: by its meaning, held against the scenario's examples."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from console.assist.asking import telling
from console.assist.flags.abuse import insult
from console.assist.ports import Embed, Vectors
from console.past.english import english
from console.practice.acts import Act
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
    insult: str = ""
    nonsense: bool = False
    pasted: bool = False


class Ear:
    """Hears what an agent writes as the customer of one scenario does."""

    def __init__(self, scenario: Scenario, embed: Embed, recognise: Recognise) -> None:
        self._scenario, self._embed, self._recognise = scenario, embed, recognise

    @cached_property
    def _facts(self) -> "_Examples":
        return _Examples({fact.id: fact.asked for fact in self._scenario.facts}, self._embed)

    @cached_property
    def _resolutions(self) -> "_Examples":
        return _Examples({one.id: one.offered for one in self._scenario.resolutions}, self._embed)

    @cached_property
    def _duties(self) -> "_Examples":
        duties = (*self._scenario.musts, *self._scenario.must_nots)
        return _Examples({one.id: one.said for one in duties}, self._embed)

    def hear(self, text: str) -> Heard:
        """Return what a message says. Embeds its sentences; some milliseconds."""
        rude = insult(text)
        if rude:
            return Heard(insult=rude)
        if nonsense(text):
            return Heard(nonsense=True)
        said = [(sentence, acts) for sentence, acts in self._recognise(text) if sentence.strip()]
        rows = self._embed.encode([sentence for sentence, _ in said]) if said else np.zeros((0, 1), np.float32)
        asked, outside, offered = dict[str, str](), list[str](), dict[str, str]()
        for (sentence, acts), row in zip(said, rows, strict=True):
            fact, near = self._facts.nearest(row)
            offer, likely = self._resolutions.nearest(row)
            if likely >= OFFERS and likely >= near:
                offered.setdefault(offer, sentence)
            elif Act.ASK in acts and near >= ASKS_FOR:
                asked.setdefault(fact, sentence)
            elif Act.ASK in acts and telling(sentence):
                outside.append(sentence)
        tells = np.array([Act.ASK not in acts for _, acts in said], dtype=bool)
        duties = {name: said[place][0] for name, place in self._duties.said(rows, SAYS, tells).items()}
        doing = {act: sentence for sentence, acts in reversed(said) for act in acts}
        return Heard(
            doing,
            asked,
            tuple(outside),
            self._repeated(text, said),
            offered,
            duties,
            pasted=len(text.split()) > PASTED,
        )

    def _repeated(self, text: str, said: Sequence[tuple[str, frozenset[Act]]]) -> dict[str, str]:
        """Return the facts whose wrong telling the agent repeats: its figures and codes, or all its words."""
        plain = text.casefold()
        found: dict[str, str] = {}
        for fact in self._scenario.facts:
            marks = marks_of(fact.wrong, fact.says)
            if marks and all(mark in plain for mark in marks):
                found[fact.id] = next((s for s, _ in said if any(m in s.casefold() for m in marks)), text)
        return found


class _Examples:
    """Examples of several meanings as vectors."""

    def __init__(self, examples: Mapping[str, Sequence[str]], embed: Embed) -> None:
        self._names = [name for name, some in examples.items() for _ in some]
        sentences = [text for some in examples.values() for text in some]
        self._rows = embed.encode(sentences) if sentences else None
        self._tells = np.array([not text.rstrip().endswith("?") for text in sentences], dtype=bool)

    def nearest(self, row: Vectors) -> tuple[str, float]:
        """Return what a sentence comes nearest to, and its cosine; nothing and 0 where there are no examples."""
        if self._rows is None:
            return "", 0.0
        likeness = self._rows @ row
        place = int(likeness.argmax())
        return self._names[place], float(likeness[place])

    def said(self, rows: Vectors, threshold: float, tells: NDArray[np.bool_]) -> dict[str, int]:
        """Return what is said by any of the sentences, each with the place of the one that says it best.

        A question says what an example does that is one itself; ``tells`` says which sentences are none.
        """
        if self._rows is None or not len(rows):
            return {}
        likeness = np.where(tells[:, None] == self._tells, rows @ self._rows.T, 0.0)
        found: dict[str, int] = {}
        for name in dict.fromkeys(self._names):
            of_it = likeness[:, [place for place, other in enumerate(self._names) if other == name]].max(axis=1)
            if of_it.max() >= threshold:
                found[name] = int(of_it.argmax())
        return found


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
