"""Suggestions that are wrong on purpose, so that an agent learns when to trust one. Pure, and the same by seed.

One plant in three of the agent's turns, in another place of each three or as soon after as it can be done, each time
wrong in another way where that can be done. A turn never holds plants alone: what is right stands beside it.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import Final

from console.assist.sentences import texts
from console.conversation.assistance import Suggestion, suggestion_id
from console.conversation.practice_events import PlantKind, SuggestionPlanted
from console.practice.scenario import Plant
from console.practice.seeds import chance, pick
from console.practice.wrong_facts import changed

EVERY: Final = 3
"""Turns of the agent of which one has a plant."""

MOST: Final = 3
"""Suggestions of a turn beside which no other is put: a plant takes the place of the last."""

_KIND_WORDS: Final = re.compile(
    r"\b(?:sorry|apolog\w+|understand\w*|thank\w*|please|right to be|glad|happy to|appreciate)\b", re.I
)


@dataclass(frozen=True, slots=True)
class Breach:
    """A sentence that a policy of the company keeps back or warns of."""

    text: str
    policy: str
    """The policy as its clause is called."""
    advice: str
    near: float = 0.0
    """Cosine with the suggestion that it is to be added to."""


@dataclass(frozen=True, slots=True)
class Passed:
    """A suggestion that was right some turns ago and is not any more."""

    suggestion: Suggestion
    why: str


@dataclass(frozen=True, slots=True)
class Moment:
    """What is known when the suggestions of a turn are made."""

    seed: int
    answers: int
    """Messages that the agent has written in this session."""
    said: str
    """What the customer has written since."""
    said_before: str
    """What they wrote before that."""
    turn: str
    """Id of the message that is answered."""
    planted: int = 0
    """Plants that there were so far."""
    orders: tuple[str, ...] = ()
    """Numbers of the customer's orders."""
    breaches: Callable[[str], Iterable[Breach]] = lambda _: ()
    """A suggestion's text to what might be added to it, the likeliest first."""
    passed: Callable[[], Iterable[Passed]] = lambda: ()
    """What was right before, the most out of place first."""


@dataclass(frozen=True, slots=True)
class Planted:
    """The suggestions of a turn with a plant among them."""

    suggestions: tuple[Suggestion, ...]
    plant: SuggestionPlanted


@dataclass(frozen=True, slots=True)
class _Wrong:
    """A suggestion in the making that is wrong."""

    text: str
    words: str
    why: str
    right: str


def planted(suggestions: Sequence[Suggestion], plants: Sequence[Plant], moment: Moment) -> Planted | None:
    """Return the suggestions with a plant among them; ``None`` where this turn has none.

    What the author of the scenario wrote for this moment comes first.
    """
    if not suggestions:
        return None
    authored = next((plant for plant in plants if _is_for(plant, moment)), None)
    if authored:
        wrong = _Wrong(authored.text, authored.words or authored.text, authored.why, authored.right)
        return _beside(suggestions, suggestions[0], authored.kind, wrong, moment)
    if not due(moment.seed, moment.answers) and moment.planted >= owed(moment.seed, moment.answers):
        return None
    kinds = sorted(PlantKind, key=lambda kind: chance(moment.seed, "plant", kind))
    first = moment.answers // EVERY % len(kinds)
    ways = (_WAYS[kind](suggestions, moment) for kind in (*kinds[first:], *kinds[:first]))
    return next((found for found in ways if found), None)


def due(seed: int, answers: int) -> bool:
    """Return whether the suggestions after so many answers of the agent are to hold a plant."""
    return answers % EVERY == int(chance(seed, "plant", answers // EVERY) * EVERY)


def owed(seed: int, answers: int) -> int:
    """Return how many plants there were to be by now: what could not be planted in its turn is made up for."""
    return sum(due(seed, number) for number in range(answers + 1))


def _is_for(plant: Plant, moment: Moment) -> bool:
    if plant.turn is not None:
        return plant.turn == moment.answers
    return _begins(plant.when, moment.said) and not _begins(plant.when, moment.said_before)


def _begins(beginnings: Sequence[str], text: str) -> bool:
    return any(re.search(rf"\b{re.escape(beginning)}", text, re.I) for beginning in beginnings)


def _instead(
    suggestions: Sequence[Suggestion], base: Suggestion, kind: PlantKind, wrong: _Wrong, moment: Moment
) -> Planted:
    """Put a plant in the place of the suggestion that it was made of."""
    made, plant = _made(base, kind, wrong, moment)
    return Planted(tuple(made if one is base else one for one in suggestions), plant)


def _beside(
    suggestions: Sequence[Suggestion], base: Suggestion, kind: PlantKind, wrong: _Wrong, moment: Moment
) -> Planted:
    """Put a plant with the face of ``base`` behind the others, in the place of the last where they are many."""
    score = min(base.score, suggestions[-1].score)
    made, plant = _made(replace(base, score=score), kind, wrong, moment)
    return Planted((*suggestions[: MOST - 1], made), plant)


def _made(base: Suggestion, kind: PlantKind, wrong: _Wrong, moment: Moment) -> tuple[Suggestion, SuggestionPlanted]:
    name = suggestion_id(moment.turn, base.kind, wrong.text)
    made = replace(base, id=name, text=wrong.text, unsupported=())
    return made, SuggestionPlanted(name, kind, wrong.words, wrong.why, wrong.right)


def _fact(suggestions: Sequence[Suggestion], moment: Moment) -> Planted | None:
    for base in suggestions if len(suggestions) > 1 else ():
        change = changed(base.text, moment.orders, moment.seed, moment.turn)
        if change is not None:
            source = next((cited.title or cited.id for cited in base.sources), "")
            where = f" in {source}" if source else ""
            why = f"“{change.words}” stands there instead of “{change.instead_of}”{where}."
            wrong = _Wrong(change.text, change.words, why, base.text)
            return _instead(suggestions, base, PlantKind.FACT, wrong, moment)
    return None


def _policy(suggestions: Sequence[Suggestion], moment: Moment) -> Planted | None:
    bases = suggestions if len(suggestions) > 1 else ()
    pairs = [(base, breach) for base in bases for breach in islice(moment.breaches(base.text), 1)]
    if not pairs:
        return None
    base, breach = max(pairs, key=lambda pair: pair[1].near)
    said = texts(base.text)
    parts = (*said[:-1], breach.text, said[-1]) if said[-1].endswith("?") else (*said, breach.text)
    why = f"“{breach.text}” is against {breach.policy}."
    wrong = _Wrong(" ".join(parts), breach.text, why, breach.advice)
    return _instead(suggestions, base, PlantKind.POLICY, wrong, moment)


def _tone(suggestions: Sequence[Suggestion], moment: Moment) -> Planted | None:
    for base in suggestions if len(suggestions) > 1 else ():
        rest = [sentence for sentence in texts(base.text) if not _KIND_WORDS.search(sentence)]
        if not rest or (len(rest) == 1 and rest[0].endswith("?")):
            continue  # a question alone has no tone to lose
        way = pick(sorted(tones()), moment.seed, f"{moment.turn} tone")
        opening = pick(tones()[way], moment.seed, f"{moment.turn} {way}")
        why = "It blames the customer." if way == "blaming" else "It is cold: nothing in it says that anybody cares."
        wrong = _Wrong(" ".join((opening, *rest)), opening, why, base.text)
        return _instead(suggestions, base, PlantKind.TONE, wrong, moment)
    return None


def _stale(suggestions: Sequence[Suggestion], moment: Moment) -> Planted | None:
    """Put what was right before beside what is right now."""
    now = {source.id for one in suggestions for source in one.sources}
    for passed in moment.passed():
        base = passed.suggestion
        if base.sources and not now.intersection(source.id for source in base.sources):
            return _beside(suggestions, base, PlantKind.STALE, _Wrong(base.text, base.text, passed.why, ""), moment)
    return None


_WAYS: Final[Mapping[PlantKind, Callable[[Sequence[Suggestion], Moment], Planted | None]]] = {
    PlantKind.FACT: _fact,
    PlantKind.POLICY: _policy,
    PlantKind.TONE: _tone,
    PlantKind.STALE: _stale,
}
"""Ways to be wrong. All but the last stand in the place of what they were made of, so another one has to be beside."""


@cache
def tones() -> Mapping[str, tuple[str, ...]]:
    """Return what is said in front of a suggestion by the way in which it is said wrongly."""
    read = tomllib.loads(files("console.practice").joinpath("tones.toml").read_text(encoding="utf-8"))
    return {way: tuple(said) for way, said in read.items()}
