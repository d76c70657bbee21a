"""Matters: conversations put together by the meaning of their first question, with what of each is routine. Pure."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from console.assist.asking import self_contained
from console.assist.ports import Vectors
from console.content.behaviours import Behaviour, Stakes
from console.conversation.automation import Answered, Automation, Covered, Matter, Sample
from console.conversation.message import Layer
from console.past.circumstances import about_one
from console.review.automating.routine import Told, by_bot, by_people, calm, usual_sources, why_not
from console.review.clusters import clusters, middle_of
from console.review.proportions import proportion
from console.review.reviewing.columns import NONE, Flags, Numbers
from console.review.reviewing.ledger import moment

LEAST: Final = 5
"""Conversations of a matter, at least, for it to be named."""

SHOWN: Final = 60
SAMPLES: Final = 30
ANSWERS: Final = 5

_FULL: Final = 0.8
_PARTLY: Final = 0.2


@dataclass(frozen=True, slots=True)
class Group:
    """A matter with the places of its conversations."""

    matter: Matter
    places: tuple[int, ...]
    routine: tuple[int, ...]
    """Of its places, those of routine conversations."""
    speaker: int = NONE
    """The place whose question stands for all of them."""


@dataclass(frozen=True, slots=True)
class Grouped:
    """Everything that a look found; texts of the conversations' questions with it, as long as it is looked at."""

    automation: Automation
    groups: tuple[Group, ...]
    ids: tuple[str, ...]
    """The conversations' ids, by place."""


def grouped(
    told: Told, texts: Sequence[str], vectors: Vectors, behaviours: Mapping[str, Behaviour], weeks: int, left: int
) -> Grouped:
    """Return the matters, those worth automating first, then by how often they come, those for people last.

    ``texts`` and ``vectors`` are one a conversation. ``left`` are conversations of these weeks that are not among them;
    a matter is taken to be as frequent among those.
    """
    places = clusters(vectors)
    weekly = (len(texts) + left) / max(1, weeks) / max(1, len(texts))
    quiet, people, bots = calm(told), by_people(told), by_bot(told)
    groups = [
        _group(told, texts, vectors, sorted(group), behaviours, weekly, quiet, people, bots)
        for group in places
        if len(group) >= LEAST
    ]
    groups.sort(key=lambda g: (g.matter.reserved, not g.matter.worth, -g.matter.conversations, g.matter.id))
    worth = [group for group in groups if group.matter.worth]
    overall = proportion(sum(len(group.routine) for group in worth), len(texts))
    generated = int((told.of("generated") == 1).sum())
    automation = Automation(
        weeks, len(texts), overall, tuple(group.matter for group in groups[:SHOWN]), generated, left
    )
    return Grouped(automation, tuple(groups), told.ids)


def _group(
    told: Told,
    texts: Sequence[str],
    vectors: Vectors,
    places: list[int],
    behaviours: Mapping[str, Behaviour],
    weekly: float,
    quiet: Flags,
    people: Flags,
    bots: Flags,
) -> Group:
    here = np.array(places, dtype=np.int64)
    sources = told.of("source")[here]
    usual = usual_sources(sources[people[here]])
    routine = people[here] & quiet[here] & np.isin(sources, usual)
    speaker = _speaker(texts, vectors, places)
    question = texts[speaker]
    intent, covered, reserved = _coverage(told, here, behaviours)
    worked = int(people[here].sum())
    matter = Matter(
        id=name_of(told.ids[places[0]], question),
        question=question,
        conversations=len(places),
        weekly=round(len(places) * weekly, 1),
        share=proportion(len(places), len(texts)),
        routine=proportion(0 if reserved else int(routine.sum()), worked),
        by_bot=int(bots[here].sum()),
        covered=covered,
        intent=intent,
        reserved=reserved,
        answers=_answers(told, sources[people[here]]),
        samples=_samples(told, texts, places, usual, set(here[routine].tolist())),
    )
    return Group(matter, tuple(places), () if reserved else tuple(here[routine].tolist()), speaker)


def name_of(first: str, question: str) -> str:
    """Return a short name of a matter: that of its first conversation and question."""
    return hashlib.sha256(f"{first}\n{question}".encode()).hexdigest()[:12]


def _speaker(texts: Sequence[str], vectors: Vectors, places: Sequence[int]) -> int:
    """Return the place of the question that speaks for a group: the middle of those that stand alone."""
    decent = [place for place in places if not about_one(texts[place])] or list(places)
    return middle_of(vectors, [place for place in decent if self_contained(texts[place])] or decent)


def _coverage(told: Told, here: Numbers, behaviours: Mapping[str, Behaviour]) -> tuple[str, Covered, bool]:
    """Return the behaviour that most were routed to, how far the bot may work them, and whether they are reserved."""
    intents = told.of("intent")[here]
    names = [told.intents[int(number)] for number in intents]
    found = [behaviours.get(name) for name in names]
    main = told.intents[int(np.bincount(np.maximum(intents, 0)).argmax())]
    free = sum(one is not None and one.layer is Layer.AUTONOMOUS for one in found) / len(found)
    known = sum(one is not None for one in found) / len(found)
    held = sum(one is not None and (one.layer is Layer.HUMAN_ONLY or one.stakes is Stakes.HIGH) for one in found) / len(
        found
    )
    partly = free >= _PARTLY or known >= 0.5  # noqa: PLR2004 - most of them
    covered = Covered.FULL if free >= _FULL else Covered.PARTLY if partly else Covered.NONE
    return main, covered, held >= 0.5  # noqa: PLR2004


def _answers(told: Told, sources: Numbers) -> tuple[Answered, ...]:
    known = sources[sources != NONE]
    numbers, counts = np.unique(known, return_counts=True)
    order = np.lexsort((numbers, -counts))[:ANSWERS]
    return tuple(Answered(told.sources[int(numbers[at])], int(counts[at])) for at in order)


def _samples(
    told: Told, texts: Sequence[str], places: Sequence[int], usual: Numbers, routine: set[int]
) -> tuple[Sample, ...]:
    at, ids = told.of("at"), told.ids
    newest = sorted(places, key=lambda place: -int(at[place]))[:SAMPLES]
    return tuple(
        Sample(
            ids[place],
            "m1",
            texts[place],
            moment(int(at[place])),
            place in routine,
            "" if place in routine else why_not(told, place, usual),
        )
        for place in newest
    )
