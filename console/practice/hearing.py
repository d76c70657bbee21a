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
from console.practice.likely import Likely, likely_meanings, offered_over_two
from console.practice.meanings import Examples, Piece, meanings, pieces, taken_up
from console.practice.readings import marks_of, nonsense, repeats
from console.practice.scenario import Scenario
from console.practice.turns_of_phrase import CONSENT, OPENING, Said, plain_acts

PASTED: Final = 120
"""Words from which on a message reads like a pasted article."""

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
        said = plain_acts([one for one in self._recognise(text) if one[0].strip()])
        found = pieces(said)
        rows = self._embed.encode([piece.text for piece in found]) if found else np.zeros((0, 1), np.float32)
        facts, resolutions, duties = self._known
        likely = likely_meanings(
            found,
            facts.near(found, rows, text, denial=False),
            resolutions.near(found, rows, text),
            duties.near(found, rows, text, form=True),
            self._bad,
        )
        offered = _first(found, [[one.offer()] for one in likely]) or self._over_two(said, text)
        asked, outside, consent = self._questions(found, likely, offered)
        return Heard(
            {act: sentence for sentence, acts in reversed(said) for act in acts},
            asked,
            outside,
            self._repeated(text, said),
            offered,
            _first(found, [one.said() for one in likely]),
            leaving=bool(said) and Act.GOODBYE in said[-1][1],
            pasted=len(text.split()) > PASTED,
            consent=consent,
            opening=next((sentence for sentence, _ in said if OPENING.search(sentence)), ""),
        )

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
        self, found: Sequence[Piece], likely: Sequence[Likely], offered: Mapping[str, str]
    ) -> tuple[dict[str, str], tuple[str, ...], str]:
        """Return the facts that are asked for, the questions that ask for none, and one that asks for a yes."""
        both = list(zip(found, likely, strict=True))
        asked = _first(found, [[one.question()] for one in likely])
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


def _first(found: Sequence[Piece], names: Sequence[Sequence[str]]) -> dict[str, str]:
    """Return what is meant by any piece, by id, with the first sentence that says it."""
    meant: dict[str, str] = {}
    for piece, several in zip(found, names, strict=True):
        for name in several:
            if name:
                meant.setdefault(name, piece.sentence)
    return meant
