"""What an agent's message says to a simulated customer: by its meaning, held against the scenario's examples."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import numpy as np

from console.assist.asking import telling
from console.assist.flags.abuse import insult
from console.assist.ports import Embed
from console.practice.acts import Act
from console.practice.asked_for import on_record
from console.practice.likely import PROPOSING, Likely, likely_meanings, offered_over_two
from console.practice.manners import brushes_off
from console.practice.matter import Matter, about_nothing, to_the_point
from console.practice.meanings import Examples, Piece, meanings, pieces, taken_up
from console.practice.readings import marks_of, nonsense, repeats
from console.practice.reported import is_reported
from console.practice.scenario import Scenario
from console.practice.turns_of_phrase import CONSENT, OPENING, Said, plain_acts

PASTED: Final = 120
"""Words from which on a message reads like a pasted article."""

KIND: Final = frozenset({Act.APOLOGISE, Act.EMPATHISE, Act.THANK, Act.GREET})
"""What is said out of kindness."""

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
    leaving: bool = False
    """Whether it ends with taking leave, whatever it says before."""
    insult: str = ""
    brushed_off: str = ""
    """The sentence that blames them, mocks them or sends them away."""
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
        insulting = insult(text)
        if insulting:
            return Heard(insult=insulting)
        if nonsense(text):
            return Heard(nonsense=True)
        said, rude = self._said(text)
        found = pieces(said)
        rows = self._embed.encode([piece.text for piece in found]) if found else np.zeros((0, 1), np.float32)
        near = self._matter.near(found, rows)
        if not rude and about_nothing(said, near):
            return Heard(nonsense=True)
        said = to_the_point(said, near)
        facts, resolutions, duties = self._known
        likely = likely_meanings(
            found,
            facts.near(found, rows, text, denial=False),
            resolutions.near(found, rows, text),
            duties.near(found, rows, text, form=True),
            self._bad,
        )
        both = list(zip(found, likely, strict=True))
        wrong = {piece.sentence for piece, one in both if one.misleads}
        said = [(text, acts - {Act.EXPLAIN} if text in wrong else acts) for text, acts in said]
        kindly = [(piece, one) for piece, one in both if piece.sentence not in rude]
        offers = ((piece, [one.offer()]) for piece, one in kindly if not is_reported(piece.text, piece.sentence))
        offered = _first(offers) or self._over_two(said, text)
        asked, outside, consent = self._questions(kindly, offered)
        return Heard(
            {act: sentence for sentence, acts in reversed(said) for act in acts},
            asked,
            outside,
            self._repeated(text, said),
            offered,
            _first((piece, self._meant(piece, one, rude)) for piece, one in both),
            leaving=bool(said) and Act.GOODBYE in said[-1][1],
            pasted=len(text.split()) > PASTED,
            consent=consent,
            opening=next((sentence for sentence, _ in said if OPENING.search(sentence)), ""),
            brushed_off=next((sentence for sentence, _ in said if sentence in rude), ""),
        )

    def _meant(self, piece: Piece, one: Likely, rude: frozenset[str]) -> list[str]:
        """Return what a piece says of what must and must not be said: in unkind words only the latter.

        What the customer was told or expected is not said by who says it back.
        """
        if is_reported(piece.text, piece.sentence):
            return [name for name in one.said() if name not in self._bad]
        return [name for name in one.said() if piece.sentence not in rude or name in self._bad]

    def _said(self, text: str) -> tuple[Said, frozenset[str]]:
        """Return the sentences with what they do, and those that brush the customer off.

        These do nothing else, and no kind word beside them is believed.
        """
        said = plain_acts([one for one in self._recognise(text) if one[0].strip()])
        said = [(one, acts - PROPOSING if is_reported(one, one) else acts) for one, acts in said]
        rude = frozenset(sentence for sentence, _ in said if brushes_off(sentence))
        if not rude:
            return said, rude
        return [(one, frozenset() if one in rude else acts - KIND) for one, acts in said], rude

    @cached_property
    def _matter(self) -> Matter:
        return Matter(self._scenario, self._embed)

    def _over_two(self, said: Said, text: str) -> dict[str, str]:
        """Return what is offered in two sentences, of which the first only names it."""
        both = taken_up(said)
        if not both:
            return {}
        rows = self._embed.encode([piece.text for piece in both])
        return offered_over_two(both, self._known[1].near(both, rows, text), self._bad)

    @cached_property
    def _bad(self) -> frozenset[str]:
        """What a practised agent does not say."""
        scenario = self._scenario
        return frozenset(
            {duty.id for duty in scenario.must_nots} | {one.id for one in scenario.resolutions if not one.allowed}
        )

    def _questions(
        self, both: Sequence[tuple[Piece, Likely]], offered: Mapping[str, str]
    ) -> tuple[dict[str, str], tuple[str, ...], str]:
        """Return the facts that are asked for, the questions that ask for none, and one that asks for a yes."""
        asked = _first((piece, [one.question()]) for piece, one in both)
        outside, consent = list[str](), ""
        for piece, one in both:
            if not piece.asks or piece.text != piece.sentence or piece.sentence in {*asked.values(), *offered.values()}:
                continue
            if CONSENT.search(piece.text):
                consent = consent or piece.sentence
            elif on_record(piece.text, self._scenario.customer) or (
                telling(piece.text) and not OPENING.search(piece.text) and not one.near_a_fact()
            ):
                outside.append(piece.sentence)
        return asked, tuple(outside), consent

    def _repeated(self, text: str, said: Said) -> dict[str, str]:
        """Return the facts whose wrong telling the agent repeats: its figures and codes, or all its words."""
        found: dict[str, str] = {}
        for fact in self._scenario.facts:
            marks = marks_of(fact.wrong, fact.says)
            if repeats(text, marks):
                found[fact.id] = next((s for s, _ in said if any(m in s.casefold() for m in marks)), text)
        return found


def _first(meant: Iterable[tuple[Piece, Sequence[str]]]) -> dict[str, str]:
    """Return what is meant by any piece, by id, with the first sentence that says it."""
    found: dict[str, str] = {}
    for piece, several in meant:
        for name in several:
            if name:
                found.setdefault(name, piece.sentence)
    return found
