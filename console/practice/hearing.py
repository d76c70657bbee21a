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

ASKS_FOR: Final = 0.46
"""Cosine from which a question asks for a fact of the scenario."""

STRANGE: Final = 0.35
"""Cosine below which a question has nothing to do with any fact of it; between the two nobody can tell."""

OFFERS: Final = 0.5
"""Cosine from which a sentence offers a resolution."""

SAYS: Final = 0.5
"""Cosine from which a sentence says what must be said."""

SURELY: Final = 0.6
"""Cosine from which it says or offers what it must not: to be heard wrongly there costs an agent the session."""

CLOSE: Final = 0.06
"""Cosines that are no further apart may be said by the same sentence."""

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
_NUMBERS: Final = {
    word: str(number)
    for row in (
        "one two three four five six seven eight nine ten eleven twelve",
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth",
    )
    for number, word in enumerate(row.split(), 1)
}
_AROUND: Final = ".,;:!?()\"'“”…"

Said = Sequence[tuple[str, frozenset[Act]]]

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
        likely = _likely(
            found,
            facts.near(found, rows, text, denial=False),
            resolutions.near(found, rows, text),
            duties.near(found, rows, text, form=True),
            self._bad,
        )
        offered = _first(found, [one.offer() for one in likely])
        asked, outside, consent = self._questions(found, likely, offered)
        return Heard(
            {act: sentence for sentence, acts in reversed(_without_early_goodbyes(said)) for act in acts},
            asked,
            outside,
            self._repeated(text, said),
            offered,
            _first(found, [one.duty() for one in likely]),
            pasted=len(text.split()) > PASTED,
            consent=consent,
            opening=next((sentence for sentence, _ in said if _OPENING.search(sentence)), ""),
        )

    @cached_property
    def _bad(self) -> frozenset[str]:
        """What a practised agent does not say."""
        scenario = self._scenario
        return frozenset(
            {duty.id for duty in scenario.must_nots} | {one.id for one in scenario.resolutions if not one.allowed}
        )

    def _questions(
        self, found: Sequence[Piece], likely: Sequence["Likely"], offered: Mapping[str, str]
    ) -> tuple[dict[str, str], tuple[str, ...], str]:
        """Return the facts that are asked for, the questions that ask for none, and one that asks for a yes."""
        asked = _first(found, [one.question() if piece.asks else "" for piece, one in zip(found, likely, strict=True)])
        outside, consent = list[str](), ""
        for piece, one in zip(found, likely, strict=True):
            if not piece.asks or piece.text != piece.sentence or piece.sentence in {*asked.values(), *offered.values()}:
                continue
            if _CONSENT.search(piece.text):
                consent = consent or piece.sentence
            elif telling(piece.text) and not _OPENING.search(piece.text) and not one.near_a_fact():
                outside.append(piece.sentence)
        return asked, tuple(outside), consent

    def _repeated(self, text: str, said: Said) -> dict[str, str]:
        """Return the facts whose wrong telling the agent repeats: its figures and codes, or all its words."""
        plain = _words(text)
        found: dict[str, str] = {}
        for fact in self._scenario.facts:
            marks = marks_of(fact.wrong, fact.says)
            if marks and all(any(_same(mark, word) for word in plain) for mark in marks):
                found[fact.id] = next((s for s, _ in said if any(m in s.casefold() for m in marks)), text)
        return found


def _without_early_goodbyes(said: Said) -> Said:
    """Return what was said; only the last two sentences take leave, and none that greets."""
    return [
        (sentence, acts - {Act.GOODBYE} if place < len(said) - 2 or Act.GREET in acts else acts)
        for place, (sentence, acts) in enumerate(said)
    ]


def _acts(sentence: str, acts: frozenset[Act]) -> frozenset[Act]:
    """Return what a sentence does; to ask for a moment is no question."""
    return acts - {Act.ASK} | {Act.PROMISE} if _HOLD.search(sentence) else acts


@dataclass(frozen=True, slots=True)
class Likely:
    """How near one piece comes to everything that it may mean."""

    facts: Mapping[str, float]
    resolutions: Mapping[str, float]
    duties: Mapping[str, float]
    bad: frozenset[str]
    """Ids that a practised agent avoids."""
    good: float
    """How near the whole sentence comes to what they say."""

    def question(self) -> str:
        """Return the fact that it asks for; empty where it asks for none."""
        return _nearest(self.facts, ASKS_FOR)

    def near_a_fact(self) -> bool:
        """Return whether it may ask for a fact, though not surely."""
        return max(self.facts.values(), default=0.0) >= STRANGE

    def offer(self) -> str:
        """Return the resolution that it offers."""
        return self._unless_good(_nearest(self.resolutions, OFFERS), self.resolutions)

    def duty(self) -> str:
        """Return what it says of what must and must not be said."""
        return self._unless_good(_nearest(self.duties, SAYS), self.duties)

    def _unless_good(self, name: str, among: Mapping[str, float]) -> str:
        """Return ``name``, unless it is bad and hardly said, or nearer to something that is not: it was meant well."""
        if name not in self.bad:
            return name
        if among[name] < SURELY:
            rest = {other: near for other, near in among.items() if other not in self.bad}
            return _nearest(rest, max(SAYS, among[name] - CLOSE))
        return "" if self.good > among[name] else name


def _likely(
    found: Sequence[Piece],
    facts: Sequence[Mapping[str, float]],
    resolutions: Sequence[Mapping[str, float]],
    duties: Sequence[Mapping[str, float]],
    bad: frozenset[str],
) -> list[Likely]:
    """Return for each piece what it may mean."""
    good: dict[str, float] = {}
    for piece, *several in zip(found, resolutions, duties, strict=True):
        best = max((near for some in several for name, near in some.items() if name not in bad), default=0.0)
        good[piece.sentence] = max(best, good.get(piece.sentence, 0.0))
    return [
        Likely(*three, bad, good[piece.sentence])
        for piece, *three in zip(found, facts, resolutions, duties, strict=True)
    ]


def _nearest(near: Mapping[str, float], threshold: float) -> str:
    name = max(near, key=lambda one: near[one], default="")
    return name if name and near[name] >= threshold else ""


def _first(found: Sequence[Piece], names: Sequence[str]) -> dict[str, str]:
    """Return what is meant by any piece, by id, with the first sentence that says it."""
    meant: dict[str, str] = {}
    for piece, name in zip(found, names, strict=True):
        if name:
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
    """Return whether a word is what a mark says: a number also in words, a long one also without its letters."""
    if _number(mark) == _number(word):
        return True
    digits = "".join(c for c in mark if c.isdigit())
    return len(digits) >= CODE and "".join(c for c in word if c.isdigit()) == digits


def _number(word: str) -> str:
    """Return a small number, a sum or a place in a row as its figures; any other word as it is."""
    plain = re.sub(r"^£?(\d+)(?:st|nd|rd|th)?$", r"\1", word)
    return _NUMBERS.get(plain, plain)
