"""The rule that judges hand-overs: too early, right, too late, or not at all. Pure; arrays over the rows of a fold.

A person is *due* at the first turn of the customer at which one of these holds (:data:`ALLOWED` turns later for the
last two, which the bot may answer once more):

- they asked for a person;
- the bot has failed TURNS times (:mod:`console.assist.triggers`), as often as it may where no behaviour says more;
- their mood fell to CROSS (the same);
- they wrote the same again though the bot had answered.

**Too late**: handed over at a later turn than that. **Not at all**: it ended at the bot (was closed, or nobody wrote
for :data:`SILENT`) after a person was due, or the customer opened it again, or came with the same matter, within BACK
days (:mod:`console.conversation.escalations`). **Too early**: nobody was due, the behaviour lets the bot work the
matter and little is at stake, the customer's mood stayed above CROSS, no system of the company's had failed, and the
matter was resolved by one reply that was sent as it was suggested, without a look-up, with nothing asked on and nothing
opened again. All else is **right**.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import numpy as np

from console.assist.triggers import CROSS
from console.conversation.escalations import BACK, Reason, Timing
from console.conversation.handover import HandoverWhen
from console.conversation.message import Layer
from console.review.escalating.handovers import LAYERS, REASONS, STAKES, TIMINGS, WHENS, ZERO, Handovers
from console.review.reviewing.columns import NONE, Flags, Numbers
from console.review.reviewing.ledger import microseconds

ALLOWED: Final = {"asked": 0, "failed": 0, "cross": 1, "repeated": 1}
"""Turns that the bot may go on for after each of :data:`REASONS`."""

SILENT: Final = timedelta(days=1)
"""After so long without a word a conversation that the bot has is over."""

NEVER_DUE: Final = 2**40
WHY: Final = (*(Reason(reason) for reason in REASONS), Reason.CAME_BACK, Reason.SUFFICED, Reason.NONE)
"""Reasons by their numbers."""

_BACK: Final = BACK * 24 * 3600 * 1_000_000
_ALONE: Final = frozenset({HandoverWhen.ASKED, HandoverWhen.TOPIC})
"""Hand-overs on these are never too early."""


LATE_OR_NEVER: Final = (Timing.LATE, Timing.NEVER)
"""What came too late for the customer."""


@dataclass(frozen=True, slots=True)
class Timed:
    """The escalations of some weeks, each judged; one number an escalation."""

    rows: Numbers
    """Their places in the fold."""
    at: Numbers
    """When it was handed over, or ended at the bot."""
    by_rule: Numbers
    """Numbers of :data:`TIMINGS`."""
    timing: Numbers
    """The same, by a lead where one has judged."""
    reason: Numbers
    """Numbers of :data:`WHY`."""
    late: Numbers
    """Turns between the one at which a person was due and the hand-over; 0 where none was due or it came in time."""
    due: Numbers
    """The last turn at which it comes in time, :data:`NEVER_DUE` where nobody was due."""


@dataclass(frozen=True, slots=True)
class Begun:
    """Every conversation of some weeks that the bot began to work, for a replay; one number a conversation."""

    rows: Numbers
    handed: Numbers
    """The turn at which it was handed over; :data:`NEVER_DUE` where it was not."""
    due: Numbers
    sufficed: Flags
    settled: Flags
    """Whether it ended at the bot, and that was right."""


def begun(held: Handovers, intent: int, since: datetime, until: datetime) -> Begun:
    """Return the conversations of an intent that the bot began, the newest first."""
    rows = held.rows
    closed, newest, opened = rows.of("closed"), rows.of("newest_at"), rows.of("opened")
    over = (closed != NONE) | (newest < microseconds(until - SILENT)) | (rows.of("handed") != NONE)
    layer = rows.of("layer") == LAYERS.index(Layer.AUTONOMOUS)
    inside = (opened >= microseconds(since)) & (opened <= microseconds(until)) & over & layer & (rows.of("bot") > 0)
    chosen = np.flatnonzero(inside & (rows.of("intent") == intent) & (rows.of("turns") > 0))[::-1]
    due, _, _ = _due(held)
    ended = np.where(closed != NONE, closed, newest)
    not_handed = rows.of("handed") == NONE
    back = _back(held, ended, until)
    turns = rows.of("turns")
    due = np.where(not_handed & back, np.minimum(due, turns), due)
    handed = np.where(not_handed, NEVER_DUE, rows.of("handed_turn"))
    settled = not_handed & (due > turns) & ~back
    due, sufficed, settled = _by_leads(held, handed, due, _sufficed(held), settled)
    return Begun(chosen, handed[chosen], due[chosen], sufficed[chosen], settled[chosen])


def _by_leads(
    held: Handovers, handed: Numbers, due: Numbers, sufficed: Flags, settled: Flags
) -> tuple[Numbers, Flags, Flags]:
    """Return when somebody was due, and what the bot could settle, as leads judged it where they did.

    They say of the hand-over that there was how it was, and nothing of others: where the rule knows no moment that
    goes with that, the nearest one is taken.
    """
    lead, last = held.rows.of("judgement"), held.rows.of("turns")
    was = {timing: lead == TIMINGS.index(timing) for timing in Timing}
    there = handed < NEVER_DUE
    due = np.where(was[Timing.RIGHT], np.where(there, np.maximum(due, handed), NEVER_DUE), due)
    due = np.where(was[Timing.LATE] & there, np.minimum(due, handed - 1), due)
    due = np.where(was[Timing.NEVER] & ~there, np.minimum(due, last), due)
    due = np.where(was[Timing.EARLY] & there & (due <= handed), NEVER_DUE, due)
    right_at_the_bot = was[Timing.RIGHT] & ~there
    judged = lead != NONE
    return due, np.where(judged, was[Timing.EARLY], sufficed), np.where(judged, right_at_the_bot, settled)


def timed(held: Handovers, since: datetime, until: datetime) -> Timed:
    """Return the escalations of a stretch: what the bot handed over, or should have."""
    rows = held.rows
    handed, closed, newest = rows.of("handed"), rows.of("closed"), rows.of("newest_at")
    was_handed = handed != NONE
    over = (closed != NONE) | (newest < microseconds(until - SILENT))
    ended = np.where(closed != NONE, closed, newest)
    due, reason, allowed = _due(held)
    last = np.where(was_handed, rows.of("handed_turn"), rows.of("turns"))
    stood = due <= last
    beyond = np.maximum(0, last - due) * stood
    back = _back(held, ended, until)
    kept = ~was_handed & over & (rows.of("bot") > 0) & (stood | back)
    early = was_handed & ~stood & _sufficed(held)
    late = was_handed & (beyond > 0)
    by_rule = np.select(
        [kept, late, early],
        [TIMINGS.index(Timing.NEVER), TIMINGS.index(Timing.LATE), TIMINGS.index(Timing.EARLY)],
        TIMINGS.index(Timing.RIGHT),
    )
    why = np.where(stood | (due - allowed <= last), reason, WHY.index(Reason.NONE))
    why = np.where(kept & ~stood, WHY.index(Reason.CAME_BACK), why)
    why = np.where(early, WHY.index(Reason.SUFFICED), why)
    lead = rows.of("judgement")
    at = np.where(was_handed, handed, ended)
    by_bot = was_handed & ((rows.of("when") != NONE) | (rows.of("bot") > 0))
    inside = (by_bot | kept | (lead != NONE)) & (at >= microseconds(since)) & (at <= microseconds(until))
    chosen = np.flatnonzero(inside)
    timing = np.where(lead != NONE, lead, by_rule)
    return Timed(chosen, at[chosen], by_rule[chosen], timing[chosen], why[chosen], beyond[chosen], due[chosen])


def _due(held: Handovers) -> tuple[Numbers, Numbers, Numbers]:
    """Return the first turn at which a person should have it, why, and how many turns the bot was allowed before."""
    turns = []
    for reason in REASONS:
        turn = held.rows.of(f"{reason}_turn")
        turns.append(np.where(turn == NONE, NEVER_DUE, turn + ALLOWED[reason]))
    table = np.stack(turns)
    first = np.argmin(table, axis=0).astype(np.int64)
    allowed = np.array(list(ALLOWED.values()), dtype=np.int64)[first]
    return table.min(axis=0), first, allowed


def _back(held: Handovers, ended: Numbers, until: datetime) -> Flags:
    """Return which conversations were opened again, or followed by one of the same customer and matter, within days."""
    rows = held.rows
    reopened = rows.of("reopened")
    found: Flags = (reopened != NONE) & (reopened - ended <= _BACK)
    customer, intent, opened = rows.of("customer"), rows.of("intent"), rows.of("opened")
    order = np.lexsort((opened, intent, customer))
    one, two = order[:-1], order[1:]
    same = (customer[one] == customer[two]) & (intent[one] == intent[two]) & (customer[one] != NONE) & (intent[one] > 0)
    gap = opened[two] - ended[one]
    soon = same & (gap >= 0) & (gap <= _BACK) & (opened[two] <= microseconds(until))
    found[one[soon]] = True
    return found


def _sufficed(held: Handovers) -> Flags:
    """Return where one suggested reply settled what the bot was allowed to answer."""
    rows = held.rows
    alone = [WHENS.index(when) for when in _ALONE]
    calm = (rows.of("mood") == NONE) | (rows.of("mood") > round(CROSS * 1000) + ZERO)
    may = (rows.of("layer") == LAYERS.index(Layer.AUTONOMOUS)) & (rows.of("stakes") == STAKES.index("low"))
    plain = (rows.of("replies") == 1) & (rows.of("unchanged") == 1) & (rows.of("asked_on") == 0)
    settled = (rows.of("resolved") == 1) & (rows.of("looked") == 0) & (rows.of("reopened") == NONE)
    fired = (rows.of("when") != NONE) & ~np.isin(rows.of("when"), alone) & (rows.of("down") == 0)
    found: Flags = calm & may & plain & settled & fired
    return found
