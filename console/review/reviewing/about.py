"""What each marked change is about, before against after: the source or the behaviour whose id stands in its words.

General rates hide it: a macro that is retired has none any more. So the matters that it stood in are looked at, turn by
turn and with what followed; of a behaviour, when the bot gave its conversations to people.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

import numpy as np

from console.conversation.assistance import Decision, SourceType
from console.conversation.change_effects import About, Pace, Portion
from console.conversation.reviews import By, Change
from console.review.aftermath.fold import Aftermath
from console.review.aftermath.following import followed
from console.review.escalating.handovers import TIMINGS, Handovers
from console.review.escalating.timing import LATE_OR_NEVER, timed
from console.review.intervals import LEVEL, NORMAL, newcombe, upper_quantile
from console.review.paces import SPAN, pace_of, weeks_more
from console.review.reviewing.changes import names_it
from console.review.reviewing.columns import NONE, Flags, Numbers
from console.review.reviewing.counting import Cells
from console.review.reviewing.ledger import DECISIONS, Ledger, microseconds
from console.review.reviewing.window import TAKEN, Window, window_of

MATTERS: Final = 0.1
"""Share of a source's suggestions from which on a matter is one that it stood in."""

_EDITED, _OVERRIDDEN = DECISIONS.index(Decision.EDITED), DECISIONS.index(Decision.OVERRIDDEN)
_BESIDE: Final = {"source": 6, "behaviour": 2}
"""Measures beside the first one, which is what a change is about: their intervals are widened for their number."""


@dataclass(frozen=True, slots=True)
class Sides:
    """A change with the stretch before and after it, and how sure one must be of each of its measures."""

    change: Change
    since: datetime
    until: datetime
    critical: float
    open: bool = False
    """Whether the stretch after it goes on."""

    def pace(self, name: str, at: Numbers, *, first: bool = False) -> Pace:
        """Return how many of these moments lie before and after; ``first`` is for what the change is about."""
        on = microseconds(self.change.on)
        inside = (at >= microseconds(self.since)) & (at <= microseconds(self.until))
        before, after = int((inside & (at < on)).sum()), int((inside & (at >= on)).sum())
        return pace_of(
            name, before, after, (self.since, self.change.on, self.until), NORMAL if first else self.critical
        )

    def portion(self, name: str, at: Numbers, conversations: Numbers, hits: Flags) -> Portion:
        """Return the share of hits among cases at these moments, before and after."""
        sides = (at >= microseconds(self.change.on)).astype(np.int64)
        table = Cells(sides, 2, conversations).counted(hits)
        found = Portion(name, table.share(0), table.share(1))
        if table.enough(0) and self.open:
            more = weeks_more(found.after.of, found.after.conversations, self.change.on, self.until)
            found = replace(found, more=more)
        if not (table.enough(0) and table.enough(1)):
            return found
        rates = table.part / np.maximum(table.of, 1)
        limits = newcombe(rates[1], table.effective[1], rates[0], table.effective[0], self.critical)
        low, high = (round(float(limit), 4) for limit in limits)
        return Portion(name, found.before, found.after, low, high)


def about(
    ledger: Ledger, window: Window, changes: Sequence[Change], aftermath: Aftermath, handovers: Handovers
) -> Iterator[About]:
    """Yield what each change is about; nothing of one that names neither a source nor a behaviour."""
    for change in changes:
        for number, name in enumerate(ledger.sources):
            if name and names_it(change, name):
                yield from _of_source(window, _sides(change, name, changes, window, "source"), number, aftermath)
        for name in handovers.intents:
            if name and names_it(change, name):
                yield from _of_behaviour(handovers, _sides(change, name, changes, window, "behaviour"), name)


def _sides(change: Change, name: str, changes: Sequence[Change], window: Window, what: str) -> Sides:
    """Return from when to when it is compared: no other change of the same lies between."""
    others = [one.on for one in changes if names_it(one, name) and (change.automatic or not one.automatic)]
    since = max(window.since, change.on - SPAN, *(on for on in others if on < change.on))
    until = min(window.until, change.on + SPAN, *(on for on in others if on > change.on))
    critical = upper_quantile((1 - LEVEL) / 2 / _BESIDE[what])
    return Sides(change, since, until, critical, until == window.until)


def _of_source(whole: Window, sides: Sides, source: int, aftermath: Aftermath) -> Iterator[About]:
    """Yield what a source is about: how often it stood there, and what became of the matters that it stood in."""
    window = window_of(whole.ledger, sides.since, sides.until, aftermath)
    mine = window.source == source
    if not mine.any():
        return
    of = np.bincount(window.intent[mine], minlength=len(whole.ledger.intents))
    matters = np.flatnonzero(of >= max(1.0, MATTERS * of.sum()))
    inside = np.isin(window.intent, matters)
    names = ", ".join(whole.ledger.intents[int(place)] or "no intent" for place in matters)
    shown = _first_of(window, mine)
    wrong = _first_of(window, inside & window.wrong)
    turns = _Turns(window, np.flatnonzero(inside))
    known = inside & followed(aftermath, whole.ledger.suggestions.where(window.rows, "decided")).known
    name, taken = whole.name(By.SOURCE, source), _first_of(window, mine & np.isin(window.decision, TAKEN))
    article = name.startswith(f"{SourceType.ARTICLE}:")
    itself = (
        sides.pace("it was taken", window.at[taken], first=article),
        sides.pace("it was suggested", window.at[shown]),
    )
    trouble = (
        sides.pace("taken, then trouble", window.at[wrong], first=not article),
        sides.portion("trouble after", window.at[known], window.conversation[known], window.wrong[known]),
    )
    made = (
        sides.portion(said, turns.at, turns.conversation, hits)
        for said, hits in (("edited", turns.edited), ("own words", turns.own), ("taken", turns.taken))
    )
    first = (*itself, *trouble) if article else (*trouble, *itself)
    where = f"conversations on {names}"
    yield About(sides.change.id, name, where, sides.since, sides.until, (*first, *made))


def _first_of(window: Window, chosen: Flags) -> Numbers:
    """Return the first of these suggestions of each conversation: one talkative customer is no sample."""
    rows = np.flatnonzero(chosen)
    _, first = np.unique(window.conversation[rows], return_index=True)
    found: Numbers = rows[first]
    return found


class _Turns:
    """What agents made of the suggestions of each turn: one case a turn, however many stood there."""

    def __init__(self, window: Window, rows: Numbers) -> None:
        turns = window.ledger.suggestions.where(window.rows[rows], "turn")
        width = int(turns.max(initial=0)) + 1
        _, first, place = np.unique(window.conversation[rows] * width + turns, return_index=True, return_inverse=True)
        decision, count = window.decision[rows], len(first)
        self.at, self.conversation = window.at[rows][first], window.conversation[rows][first]
        self.taken: Flags = np.bincount(place, np.isin(decision, TAKEN), count) > 0
        self.edited: Flags = np.bincount(place, decision == _EDITED, count) > 0
        self.own: Flags = (np.bincount(place, decision == _OVERRIDDEN, count) > 0) & ~self.taken


def _of_behaviour(held: Handovers, sides: Sides, name: str) -> Iterator[About]:
    """Yield when the bot gave a behaviour's conversations to people."""
    found = timed(held, sides.since, sides.until)
    mine = held.rows.where(found.rows, "intent") == held.intents.find(name)
    if not mine.any():
        return
    late = mine & np.isin(found.timing, [TIMINGS.index(one) for one in LATE_OR_NEVER])
    handed = mine & (held.rows.where(found.rows, "handed") != NONE)
    conversation = held.rows.where(found.rows, "conversation")
    yield About(
        sides.change.id,
        f"behaviour {name}",
        "conversations that the bot gave to people, or should have given",
        sides.since,
        sides.until,
        (
            sides.pace("too late, or never", found.at[late], first=True),
            sides.portion("too late", found.at[mine], conversation[mine], late[mine]),
            sides.pace("given to people", found.at[handed]),
        ),
    )
