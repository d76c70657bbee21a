"""Which conversations were routine: little at stake, answered from a source in few words, and over. Pure; arrays."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from console.conversation.assistance import Decision
from console.conversation.message import Layer
from console.review.automating.openings import COLUMNS, LAYERS, Openings
from console.review.reviewing.columns import NONE, Flags, Numbers
from console.review.reviewing.ledger import DECISIONS, Ledger

MOST_SAID: Final = 6
"""Messages of the customer, those to the bot among them, at most …"""

MOST_ANSWERS: Final = 4
"""… and of agents."""

USUAL: Final = 0.2
"""Share of a matter's answers from a source, from which on it is a usual one."""

ANGRY: Final = -500
"""Mood in thousandths, at and below which a customer was angry."""

CHANGED: Final = 40
"""Characters that an agent changed in what was suggested, at most: a name, a date, a greeting."""

_TAKEN: Final = tuple(DECISIONS.index(decision) for decision in (Decision.ACCEPTED, Decision.EDITED))


@dataclass(frozen=True, slots=True)
class Told:
    """Conversations that are over, with all that is known of them: a copy, so that the fold may go on meanwhile."""

    ids: tuple[str, ...]
    columns: Mapping[str, Numbers]
    """The fold's columns at these conversations, and ``source``: what agents took first with few changes, by its number
    in ``sources``; :data:`NONE` where there is none."""
    intents: tuple[str, ...]
    sources: tuple[str, ...]

    def of(self, name: str) -> Numbers:
        """Return a column."""
        return self.columns[name]

    def at(self, places: Sequence[int]) -> "Told":
        """Return some of them."""
        kept = {name: column[list(places)] for name, column in self.columns.items()}
        return Told(tuple(self.ids[place] for place in places), kept, self.intents, self.sources)


def told(openings: Openings, ledger: Ledger, since: int, until: int, most: int) -> tuple[Told, int]:
    """Return the newest conversations that are over and that people or the bot answered, and how many more there are.

    ``since`` and ``until`` are in microseconds since 1970.
    """
    at, asked, closed = (openings.rows.of(name) for name in ("at", "asked", "closed"))
    rows = np.flatnonzero((at >= since) & (at <= until) & (asked != NONE) & (closed != NONE))
    rows = rows[np.argsort(at[rows], kind="stable")]
    left = max(0, len(rows) - most)
    rows = rows[left:]
    columns = {name: openings.rows.where(rows, name) for name in COLUMNS} | {"source": _sources(openings, ledger)[rows]}
    ids = tuple(openings.rows.text[row] for row in rows.tolist())
    return Told(ids, columns, tuple(openings.intents), tuple(ledger.sources)), left


def _sources(openings: Openings, ledger: Ledger) -> Numbers:
    """Return, for each conversation of the fold, the source of the first suggestion that was taken nearly as it was."""
    held = ledger.suggestions
    decision, changed, source = held.of("decision"), held.of("changed"), held.of("source")
    taken = np.flatnonzero(np.isin(decision, _TAKEN) & (changed <= CHANGED) & (source > 0))
    places = {name: place for place, name in enumerate(openings.rows.text)}
    whose = np.array([places.get(name, NONE) for name in ledger.conversations] or [NONE], dtype=np.int64)
    found = np.full(len(openings.rows), NONE, dtype=np.int64)
    theirs = whose[held.of("conversation")[taken]]
    known = theirs != NONE
    found[theirs[known][::-1]] = source[taken][known][::-1]  # the first one stands
    return found


def usual_sources(sources: Numbers) -> Numbers:
    """Return the sources that a good part of a matter's answers come from; none where there are none."""
    numbers, counts = np.unique(sources[sources != NONE], return_counts=True)
    usual: Numbers = numbers[counts >= USUAL * counts.sum()] if len(numbers) else numbers
    return usual


def calm(told: Told) -> Flags:
    """Return which conversations went as routine does, whatever they were answered from."""
    quiet = (told.of("mood") == NONE) | (told.of("mood") > ANGRY)
    short = (told.of("said") <= MOST_SAID) & (told.of("answered") <= MOST_ANSWERS)
    over = (told.of("resolved") == 1) & (told.of("reopened") == 0)
    plain = (told.of("called") == 0) & (told.of("handed") <= 1)
    found: Flags = quiet & short & over & plain & (told.of("layer") != LAYERS.index(Layer.HUMAN_ONLY))
    return found


def by_people(told: Told) -> Flags:
    """Return which were answered by agents."""
    found: Flags = told.of("answered") > 0
    return found


def by_bot(told: Told) -> Flags:
    """Return which the bot worked to the end, and well."""
    found: Flags = (told.of("answered") == 0) & (told.of("bot") > 0) & (told.of("handed") == 0) & calm(told)
    return found


def why_not(told: Told, place: int, usual: Numbers) -> str:
    """Return why a conversation was no routine; empty where it was. ``usual`` are the matter's usual sources."""
    values = {
        name: int(told.of(name)[place]) for name in ("mood", "said", "answered", "resolved", "reopened", "called")
    }
    layer, handed = int(told.of("layer")[place]), int(told.of("handed")[place])
    reasons = (
        (layer == LAYERS.index(Layer.HUMAN_ONLY), "for people alone"),
        (values["mood"] != NONE and values["mood"] <= ANGRY, "the customer was angry"),
        (values["called"] == 1 or handed > 1, "passed on, or a lead was called"),
        (values["resolved"] != 1, "not resolved"),
        (values["reopened"] == 1, "opened again"),
        (values["said"] > MOST_SAID or values["answered"] > MOST_ANSWERS, "many messages"),
        (values["answered"] == 0, "the bot's"),
        (int(told.of("source")[place]) == NONE, "in own words"),
        (int(told.of("source")[place]) not in usual, "from another source"),
    )
    return next((why for so, why in reasons if so), "")
