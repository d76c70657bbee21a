"""What is behind a pattern: its conversations, each with why it is judged so and the messages that say so.

Words of customers are read from the log for those that are shown, and nowhere kept.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Final

import numpy as np

from console.conversation import events as e
from console.conversation.escalation_events import EscalationJudged
from console.conversation.escalations import Cases, Escalation, Evidence, Part, Reason, Timing
from console.review.escalating.handovers import REASONS, TIMINGS, WHENS, ZERO, Handovers
from console.review.escalating.patterns import Table
from console.review.escalating.timing import WHY, Timed, timed
from console.review.reviewing.columns import NONE, Flags
from console.review.reviewing.ledger import moment
from console.review.reviewing.window import beginning
from console.text import shorten

MOST: Final = 50
"""Escalations that are shown at a time."""

QUOTED: Final = 160

Read = Callable[[int, str], e.Event | None]
"""Returns an event of a conversation by its number; ``None`` where it was erased."""

SEEN: Final = {
    "asked": "asks for a person",
    "failed": "says for the second time that the bot was no help",
    "cross": "the mood is down to {mood:+.2f}",
    "repeated": "writes the same again, though the bot had answered",
}

_SAID: Final = {
    Reason.ASKED: "had asked for a person",
    Reason.FAILED: "had been failed by the bot twice,",
    Reason.CROSS: "had been cross",
    Reason.REPEATED: "had had to write the same again,",
}


def cases(
    held: Handovers, until: datetime, weeks: int, part: Part, name: str, timing: Timing | None, read: Read
) -> Cases:
    """Return the newest escalations of a pattern, all or those judged so."""
    found = timed(held, beginning(until, weeks), until)
    table = Table(held, found)
    places, _ = table.places(part)
    chosen: Flags = places == table.group(part, name)
    if timing is not None:
        chosen = chosen & (found.timing == TIMINGS.index(timing))
    rows = np.flatnonzero(chosen)
    newest = rows[np.lexsort((-found.rows[rows], -found.at[rows]))]
    return Cases(len(rows), tuple(told(held, found, int(place), read) for place in newest[:MOST]), weeks)


def told(held: Handovers, found: Timed, place: int, read: Read) -> Escalation:
    """Return one of them in words."""
    row, rows = int(found.rows[place]), held.rows
    conversation = held.conversations[rows.get(row, "conversation")]
    when, reason, late = rows.get(row, "when"), WHY[int(found.reason[place])], int(found.late[place])
    evidence = tuple(_evidence(held, row, conversation, read))
    judged = rows.get(row, "judged")
    event = read(judged, conversation) if judged != NONE else None
    by, why = (event.data.by, event.data.reason) if event and isinstance(event.data, EscalationJudged) else ("", "")
    timing = TIMINGS[int(found.by_rule[place])]
    return Escalation(
        conversation,
        held.intents[rows.get(row, "intent")],
        WHENS[when].value if when != NONE else "",
        TIMINGS[int(found.timing[place])],
        timing,
        reason,
        words_of(timing, reason, late),
        f"m{_due(held, row, reason)}",
        late,
        moment(int(found.at[place])),
        evidence,
        by,
        why,
        bool(rows.get(row, "generated")),
    )


def words_of(timing: Timing, reason: Reason, late: int) -> str:
    """Return why the rule judges so."""
    turns = f"{late} turn{'s' * (late != 1)}"
    match timing:
        case Timing.LATE:
            return f"The customer {_SAID.get(reason, 'was due a person')} {turns} before it was handed over."
        case Timing.NEVER if reason is Reason.CAME_BACK:
            return "It ended at the bot, and the customer was back with it within seven days."
        case Timing.NEVER:
            return f"The customer {_SAID.get(reason, 'was due a person').rstrip(',')}, and it ended at the bot."
        case Timing.EARLY:
            return "One suggested reply, sent as it was, settled what the bot may answer; nobody was cross or asked."
        case _ if reason in _SAID:
            return f"The customer {_SAID[reason].rstrip(',')}, and it was handed over in time."
        case _:
            return "Nothing says that it came too early or too late."


def _due(held: Handovers, row: int, reason: Reason) -> int:
    """Return the message at which a person was due; else the one where it was handed over, or the last."""
    due = held.rows.get(row, reason.value) if reason.value in REASONS else NONE
    handed = held.rows.get(row, "handed_message")
    return next((place for place in (due, handed, held.rows.get(row, "newest")) if place > 0), 1)


def _evidence(held: Handovers, row: int, conversation: str, read: Read) -> Iterator[Evidence]:
    rows = held.rows
    seen = sorted((rows.get(row, reason), reason) for reason in REASONS if rows.get(row, reason) != NONE)
    for place, reason in seen:
        mood = (rows.get(row, f"{reason}_mood") - ZERO) / 1000
        event = read(rows.get(row, f"{reason}_seq"), conversation)
        quote = shorten(event.data.text, QUOTED) if event and isinstance(event.data, e.MessageAdded) else ""
        yield Evidence(f"m{place}", SEEN[reason].format(mood=mood), quote)
    if rows.get(row, "handed") != NONE:
        event = read(rows.get(row, "handed_seq"), conversation)
        why = event.data.reason if event and isinstance(event.data, e.HandedOver) else ""
        yield Evidence(f"m{rows.get(row, 'handed_message')}", "handed over", shorten(why, QUOTED))
    elif rows.get(row, "newest"):
        yield Evidence(f"m{rows.get(row, 'newest')}", "the customer's last word to the bot")
