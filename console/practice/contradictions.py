"""What in a scenario contradicts itself or cannot be played: in the words of who writes it, and what to do. Pure."""

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from console.practice.scenario import Deed, Does, Drill, Duty, Fact, Plant, Resolution, Scenario, Told

Place = tuple[str | int, ...]
"""A key of the file: ``("fact", 1, "asked")`` is the second ``[[fact]]``'s."""

LONGEST: Final = 60
"""Characters of a sentence that is quoted."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong."""

    words: str
    place: Place = ()


class _Named(Protocol):
    @property
    def id(self) -> str: ...


def problems(scenario: Scenario) -> Iterator[Problem]:
    """Yield everything that is wrong, in the order in which it is best looked at."""
    facts = {fact.id: fact for fact in scenario.facts}
    yield from _same_ids(scenario)
    yield from _outcomes(scenario, facts)
    for number, fact in enumerate(scenario.facts):
        yield from _fact(fact, ("fact", number))
    for number, plant in enumerate(scenario.plants):
        yield from _plant(plant, ("plant", number))
    yield from _said_both_ways(scenario)
    yield from _drill(scenario)
    if scenario.deed is not None:
        yield from _deed(scenario.deed, facts)


def _same_ids(scenario: Scenario) -> Iterator[Problem]:
    kinds: Mapping[str, Sequence[_Named]] = {
        "fact": scenario.facts,
        "resolution": scenario.resolutions,
        "must": scenario.musts,
        "must_not": scenario.must_nots,
    }
    for kind, several in kinds.items():
        names = [one.id for one in several]
        for number, name in enumerate(names):
            if name in names[:number]:
                yield Problem(f"two [[{kind}]] have the id '{name}': give one another", (kind, number, "id"))
    musts = {duty.id for duty in scenario.musts}
    for number, duty in enumerate(scenario.must_nots):
        if duty.id in musts:
            words = f"a [[must]] and a [[must_not]] have the id '{duty.id}': give one another"
            yield Problem(words, ("must_not", number, "id"))


def _outcomes(scenario: Scenario, facts: Mapping[str, Fact]) -> Iterator[Problem]:
    if scenario.deed is None and not scenario.resolutions:
        yield Problem("there is no [[resolution]], so nobody can win it: write in one how it may be settled")
    elif scenario.deed is None and not any(one.allowed for one in scenario.resolutions):
        words = "no [[resolution]] is allowed, so nobody can win it: take allowed = false out of one, or add one"
        yield Problem(words, ("resolution", 0, "allowed"))
    for number, resolution in enumerate(scenario.resolutions):
        yield from _unknown(f"resolution '{resolution.id}'", resolution.needs, facts, ("resolution", number, "needs"))


def _unknown(what: str, needs: Sequence[str], facts: Mapping[str, Fact], place: Place) -> Iterator[Problem]:
    for name in needs:
        if name not in facts:
            near = difflib.get_close_matches(name, facts, n=1)
            known = f"did you mean '{near[0]}'?" if near else f"there are: {', '.join(facts) or 'none'}"
            yield Problem(f"{what} needs '{name}', which is no [[fact]]; {known}", place)


def _fact(fact: Fact, place: Place) -> Iterator[Problem]:
    if fact.told is Told.EARNED and not fact.trust:
        words = f"fact '{fact.id}' is told once it is earned, so it needs 'trust': from how much on, as in trust = 0.5"
        yield Problem(words, (*place, "told"))
    if fact.told is not Told.EARNED and fact.trust:
        words = f"fact '{fact.id}' has 'trust' and is told without: write told = \"earned\", or take 'trust' out"
        yield Problem(words, (*place, "trust"))
    if fact.told is not Told.FIRST and not fact.asked:
        words = (
            f"fact '{fact.id}' is never told, as no question asks for it: write some under 'asked', or "
            'told = "first" where it stands in what they wrote'
        )
        yield Problem(words, (*place, "id"))
    if fact.wrong and fact.wrong in fact.says:
        words = f"fact '{fact.id}' is wrong in the same words in which it is right: change 'wrong' or 'says'"
        yield Problem(words, (*place, "wrong"))


def _plant(plant: Plant, place: Place) -> Iterator[Problem]:
    if (plant.turn is None) == (not plant.when):
        yield Problem(f"the plant “{plant.text}” needs 'turn' or 'when', and not both: when it is suggested", place)
    if plant.words not in plant.text:
        yield Problem(f"the 'words' “{plant.words}” do not stand in the plant “{plant.text}”", (*place, "words"))


def _said_both_ways(scenario: Scenario) -> Iterator[Problem]:
    """Yield the sentences that must not be said and that a good agent says."""
    good = [*_examples("[[must]]", scenario.musts), *_offers(scenario.resolutions)]
    for number, duty in enumerate(scenario.must_nots):
        bad = {said.casefold() for said in duty.said}
        for where, said in good:
            if said.casefold() in bad:
                quoted = said if len(said) <= LONGEST else said[:LONGEST] + "…"
                words = f"“{quoted}” must not be said ('{duty.id}') and stands in {where}: take it out of one"
                yield Problem(words, ("must_not", number, "said"))


def _examples(kind: str, duties: Iterable[Duty]) -> Iterator[tuple[str, str]]:
    for duty in duties:
        yield from ((f"the {kind} '{duty.id}', too", said) for said in duty.said)


def _offers(several: Iterable[Resolution]) -> Iterator[tuple[str, str]]:
    for one in several:
        if one.allowed:
            yield from ((f"the allowed [[resolution]] '{one.id}', too", said) for said in one.offered)


def _drill(scenario: Scenario) -> Iterator[Problem]:
    if (scenario.drill is Drill.PASS_ON) != (scenario.deed is not None):
        yield Problem("a drill of passing on needs a [deed], and no other scenario has one", ("drill",))
    if scenario.right_until is not None and scenario.right_until < scenario.right_from:
        yield Problem("'right_until' lies before 'right_from': it has to be the same or more", ("right_until",))
    if scenario.drill is Drill.TAKE_OVER and not 0 < scenario.right_from <= len(scenario.before):
        words = (
            "a drill of taking over needs 'right_from': the number of the [[before]] message from which on it is "
            f"right, 1 to {len(scenario.before)}"
        )
        yield Problem(words, ("right_from",))


def _deed(deed: Deed, facts: Mapping[str, Fact]) -> Iterator[Problem]:
    yield from _unknown("the [deed]", deed.needs, facts, ("deed", "needs"))
    if deed.does is Does.TRANSFER and not deed.to:
        yield Problem("the [deed] needs 'to': the skill or the tier that it is passed on to", ("deed",))
    if deed.does is Does.LEAD and deed.hands_on:
        words = "a lead is called without a note: 'hands_on' is for a transfer; take it out"
        yield Problem(words, ("deed", "hands_on"))
