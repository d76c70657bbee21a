"""Suggestions that are wrong on purpose, so that an agent learns when to trust one. Pure, and the same by seed.

One plant in three of the agent's turns, in another place of each three, and each time wrong in another way where that
can be done. A turn never holds plants alone: what is right stands beside it.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
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

_ASIDE: Final = 60
"""Characters of what the customer wrote that are quoted where a plant is explained."""


@dataclass(frozen=True, slots=True)
class Breach:
    """A sentence that a policy of the company keeps back or warns of."""

    text: str
    policy: str
    """The policy as its clause is called."""
    advice: str


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
    orders: tuple[str, ...] = ()
    """Numbers of the customer's orders."""
    breaches: Callable[[str], Iterable[Breach]] = lambda _: ()
    """A suggestion's text to what might be added to it, the likeliest first."""
    earlier: Callable[[], tuple[str, Sequence[Suggestion]]] = lambda: ("", ())
    """What the customer wrote before the agent's last answer, and what was suggested then."""


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
    if not due(moment.seed, moment.answers):
        return None
    kinds = sorted(PlantKind, key=lambda kind: chance(moment.seed, "plant", kind))
    first = moment.answers // EVERY % len(kinds)
    for kind in (*kinds[first:], *kinds[:first]):
        found = _stale(suggestions, moment) if kind is PlantKind.STALE else _instead(suggestions, kind, moment)
        if found:
            return found
    return None


def due(seed: int, answers: int) -> bool:
    """Return whether the suggestions after so many answers of the agent are to hold a plant."""
    return answers % EVERY == int(chance(seed, "plant", answers // EVERY) * EVERY)


def _is_for(plant: Plant, moment: Moment) -> bool:
    if plant.turn is not None:
        return plant.turn == moment.answers
    return _begins(plant.when, moment.said) and not _begins(plant.when, moment.said_before)


def _begins(beginnings: Sequence[str], text: str) -> bool:
    return any(re.search(rf"\b{re.escape(beginning)}", text, re.I) for beginning in beginnings)


def _instead(suggestions: Sequence[Suggestion], kind: PlantKind, moment: Moment) -> Planted | None:
    """Put a plant in the place of the suggestion that it was made of; another one has to stand beside it."""
    if len(suggestions) == 1:
        return None
    for base in suggestions:
        wrong = _WAYS[kind](base, moment)
        if wrong:
            made, plant = _made(base, kind, wrong, moment)
            return Planted(tuple(made if one is base else one for one in suggestions), plant)
    return None


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


def _fact(base: Suggestion, moment: Moment) -> _Wrong | None:
    change = changed(base.text, moment.orders, moment.seed, moment.turn)
    if change is None:
        return None
    source = next((cited.title or cited.id for cited in base.sources), "")
    where = f" in {source}" if source else ""
    why = f"“{change.words}” stands there instead of “{change.instead_of}”{where}."
    return _Wrong(change.text, change.words, why, base.text)


def _policy(base: Suggestion, moment: Moment) -> _Wrong | None:
    for breach in moment.breaches(base.text):
        said = texts(base.text)
        asks = said and said[-1].endswith("?")
        parts = (*said[:-1], breach.text, said[-1]) if asks else (*said, breach.text)
        why = f"“{breach.text}” is against {breach.policy}."
        return _Wrong(" ".join(parts), breach.text, why, breach.advice)
    return None


def _tone(base: Suggestion, moment: Moment) -> _Wrong | None:
    rest = [sentence for sentence in texts(base.text) if not _KIND_WORDS.search(sentence)]
    if not rest or (len(rest) == 1 and rest[0].endswith("?")):
        return None  # a question alone has no tone to lose
    way = pick(sorted(tones()), moment.seed, f"{moment.turn} tone")
    opening = pick(tones()[way], moment.seed, f"{moment.turn} {way}")
    why = "It blames the customer." if way == "blaming" else "It is cold: nothing in it says that anybody cares."
    return _Wrong(" ".join((opening, *rest)), opening, why, base.text)


def _stale(suggestions: Sequence[Suggestion], moment: Moment) -> Planted | None:
    """Put what was right before the agent's last answer beside what is right now."""
    said, earlier = moment.earlier()
    now = {source.id for one in suggestions for source in one.sources}
    for base in earlier:
        if base.sources and not base.text.endswith("?") and not now.intersection(s.id for s in base.sources):
            why = f"It answers what the customer wrote before your last message: “{_short(said)}”."
            return _beside(suggestions, base, PlantKind.STALE, _Wrong(base.text, base.text, why, ""), moment)
    return None


_WAYS: Final[Mapping[PlantKind, Callable[[Suggestion, Moment], _Wrong | None]]] = {
    PlantKind.FACT: _fact,
    PlantKind.POLICY: _policy,
    PlantKind.TONE: _tone,
}


@cache
def tones() -> Mapping[str, tuple[str, ...]]:
    """Return what is said in front of a suggestion by the way in which it is said wrongly."""
    read = tomllib.loads(files("console.practice").joinpath("tones.toml").read_text(encoding="utf-8"))
    return {way: tuple(said) for way, said in read.items()}


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _ASIDE else f"{line[: _ASIDE - 1].rstrip()}…"
