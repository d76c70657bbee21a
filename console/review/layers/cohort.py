"""The conversations that left a layer within some weeks, as arrays, and the cases that each figure counts.

A conversation counts in the week in which it left the layer: by closing, by going to another layer, or by being left
quiet. So each case is whole, and a week that is over changes no more but for what is known later (who comes back).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

import numpy as np

from console.conversation.layers import FOLLOWED_DAYS, QUIET_HOURS, Metric, MetricKind
from console.review.intervals import Floats
from console.review.layers import tables as t
from console.review.layers.talks import MILLIONTHS, Talks
from console.review.reviewing.columns import NONE, Columns, Flags, Numbers
from console.review.reviewing.ledger import microseconds
from console.review.reviewing.window import week_of

QUIET: Final = 3
"""Left by nobody: the bot wrote last, and nothing more came."""

FOLLOWED: Final = FOLLOWED_DAYS * 24 * 3600 * MILLIONTHS
QUIET_FOR: Final = QUIET_HOURS * 3600 * MILLIONTHS

_LEG: Final = tuple(name for name in t.LEG if name not in {"until", "how"})


@dataclass(frozen=True, slots=True)
class Cases:
    """What a figure counts: rows of the cohort, with what each is worth."""

    rows: Numbers
    values: Floats
    """1 for what a share counts and 0 for the rest; seconds; points; money."""
    hits: Flags
    """Of shares, what is counted; all of the others."""


@dataclass(frozen=True, slots=True)
class Money:
    """What is known of costs; 0 is not configured."""

    agent_hour: float = 0.0
    currency: str = ""
    model_priced: bool = False
    """Whether the language model's tokens have a price."""


class Cohort:
    """Everything that left a layer from ``since`` on and until ``until``, both included."""

    def __init__(self, held: Talks, since: datetime, until: datetime) -> None:
        self.held, self.since, self.until = held, since, until
        legs = {name: held.legs.of(name) for name in t.LEG}
        first, now = microseconds(since), microseconds(until)
        how, ended = legs["how"].copy(), legs["until"].copy()
        quiet = (how == NONE) & (legs["layer"] == t.AUTONOMOUS) & (legs["quiet"] == 1)
        quiet &= legs["newest"] < now - QUIET_FOR
        how[quiet], ended[quiet] = QUIET, legs["newest"][quiet]
        inside = (how != NONE) & (ended >= first) & (ended <= now)
        self.open: Numbers = legs["layer"][(how == NONE) & (legs["since"] <= now)]
        """The layers of what is under way."""
        self.rows: Numbers = np.flatnonzero(inside & (legs["layer"] != t.HELD_OUT))
        self.held_out = len(np.unique(legs["talk"][inside & (legs["layer"] == t.HELD_OUT)]))
        self.how: Numbers = how[self.rows]
        self.ended: Numbers = ended[self.rows]
        self._legs = {name: legs[name][self.rows] for name in _LEG}
        self.week: Numbers = (self.ended - first) // (7 * 24 * 3600 * MILLIONTHS)
        self.weeks = week_of(now) - week_of(first) + 1
        self._later = self._comes_again()

    def leg(self, name: str) -> Numbers:
        """Return a column of the legs, one number a row of the cohort."""
        return self._legs[name]

    def talk(self, name: str) -> Numbers:
        """Return a column of their conversations."""
        return self.held.talks.where(self.leg("talk"), name)

    @property
    def generated(self) -> int:
        """How many of the conversations never happened."""
        return int(np.unique(self.leg("talk")[self.talk("generated") == 1]).size)

    @property
    def unknown(self) -> int:
        """How many conversations were closed of which no layer is known."""
        talks = self.held.talks
        closed = talks.of("closed")
        inside = (closed >= microseconds(self.since)) & (closed <= microseconds(self.until))
        return int((inside & (talks.of("last") == NONE)).sum())

    def cases(self, layer: int, metric: Metric, money: Money) -> Cases:
        """Return what a figure of a layer counts."""
        here = self.leg("layer") == layer
        if metric is Metric.RESPONSE:
            return self._waits(here)
        if metric is Metric.MARKED_RIGHT:
            return self._marked(here)
        if metric.kind is MetricKind.SHARE:
            return self._shared(here, metric)
        return self._values(here, *self._worth(layer, metric, money))

    def _worth(self, layer: int, metric: Metric, money: Money) -> tuple[Flags, Floats]:
        """Return of which rows a time, a score or a cost is known, and the values."""
        whole, closed = self.leg("broken") == 0, self.how == t.CLOSED
        match metric:
            case Metric.FIRST_RESPONSE:
                return self.leg("reply_took") != NONE, self.leg("reply_took") / MILLIONTHS
            case Metric.RESOLUTION:
                took = np.maximum(self.ended - self.leg("since"), 0) / MILLIONTHS
                return whole & closed & (self.leg("resolved") == 1), took
            case Metric.HANDLING:
                return whole & closed & (self.leg("handling") > 0), self.leg("handling") / MILLIONTHS
            case Metric.CSAT:
                return self.leg("csat") != NONE, self.leg("csat").astype(np.float64)
            case _:
                return whole & (self.leg("unpriced") == 0), self._cost(layer, money)

    def _shared(self, here: Flags, metric: Metric) -> Cases:
        closed, last = self.how == t.CLOSED, microseconds(self.until)
        followed = closed & (self.ended <= last - FOLLOWED)
        reopened = self.leg("reopened") != NONE
        again = reopened & (self.leg("reopened") - self.ended <= FOLLOWED)
        resolved = closed & (self.leg("resolved") == 1)
        bot = self.leg("layer") == t.AUTONOMOUS
        of, hits = here, resolved
        match metric:
            case Metric.TRANSFERRED:
                hits = self.how == t.HANDED
            case Metric.QUIET:
                hits = self.how == QUIET
            case Metric.MOVED:
                hits = self.how == t.MOVED
            case Metric.REOPENED:
                of, hits = here & followed, again
            case Metric.FIRST_CONTACT:
                of = here & followed & (self.leg("entered") != t.BY_REOPENING)
                hits = resolved & ~again & ~self._later
            case Metric.INTENT_HELD:
                of = here & (self.how == t.HANDED) & (self.talk("closed") != NONE)
                passed = self.talk("skill")
                elsewhere = (passed != NONE) & (passed != self.talk("skilled"))
                hits = (self.talk("intent") == self.leg("intent")) & ~elsewhere
            case _:
                of = here & (closed | bot)
        rows = np.flatnonzero(of)
        return Cases(rows, hits[rows].astype(np.float64), hits[rows])

    def _values(self, here: Flags, known: Flags, values: Floats) -> Cases:
        rows = np.flatnonzero(here & known)
        return Cases(rows, values[rows].astype(np.float64), np.ones(len(rows), dtype=np.bool_))

    def _waits(self, here: Flags) -> Cases:
        """Every answer of a person to a customer who waited."""
        rows, held = self._placed(self.held.waits, "leg"), self.held.waits
        known = rows != NONE
        known &= here[np.where(known, rows, 0)] if len(here) else False
        took = held.of("took")[known] / MILLIONTHS
        return Cases(rows[known], took, np.ones(int(known.sum()), dtype=np.bool_))

    def _marked(self, here: Flags) -> Cases:
        """Every answer of the bot that people marked, with the first of the conversation's rows of this layer."""
        marks = self.held.marks
        rows = np.flatnonzero(here)[::-1]
        place = np.full(len(self.held.talks) + 1, NONE, dtype=np.int64)
        place[self.leg("talk")[rows]] = rows
        found, right = place[marks.of("talk")], marks.of("right")
        known = (found != NONE) & (right != NONE)
        return Cases(found[known], right[known].astype(np.float64), right[known] == 1)

    def drafts(self, layer: int, *, approved: bool) -> Numbers:
        """Return the row of each article that was drafted from a conversation of a layer."""
        rows = self._placed(self.held.drafts, "leg")
        known = rows != NONE
        if approved:
            known &= self.held.drafts.of("approved") != NONE
        rows = rows[known]
        found: Numbers = rows[self.leg("layer")[rows] == layer]
        return found

    def _placed(self, table: Columns, name: str) -> Numbers:
        """Return the row of each leg that a table names, :data:`NONE` for one that is not in the cohort."""
        place = np.full(len(self.held.legs) + 1, NONE, dtype=np.int64)
        place[self.rows] = np.arange(len(self.rows))
        found: Numbers = place[table.of(name)]
        return found

    def _cost(self, layer: int, money: Money) -> Floats:
        model: Floats = self.leg("cost") / MILLIONTHS
        if layer == t.AUTONOMOUS:
            return model
        hours = self.leg("handling") / MILLIONTHS / 3600
        return model + hours * money.agent_hour

    def _comes_again(self) -> Flags:
        """Return whose customer opened another conversation within so many days of the end."""
        talks = self.held.talks
        customer, opened = talks.of("customer"), talks.of("opened")
        known = (customer != NONE) & (opened != NONE)
        if not known.any() or not len(self.rows):
            return np.zeros(len(self.rows), dtype=np.bool_)
        base, span = int(opened[known].min()), 2**32  # more seconds than any stretch has
        seconds = (opened[known] - base) // MILLIONTHS
        keys = np.sort(customer[known] * span + seconds)
        own = self.talk("customer")
        ends = np.maximum(self.ended - base, 0) // MILLIONTHS
        following = np.searchsorted(keys, own * span + ends, side="right")
        next_one = np.where(following < len(keys), keys[np.minimum(following, len(keys) - 1)], NONE)
        again: Flags = (own != NONE) & (next_one != NONE) & (next_one - (own * span + ends) <= FOLLOWED // MILLIONTHS)
        return again
