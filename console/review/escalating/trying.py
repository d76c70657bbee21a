"""Which past conversations a threshold is tried on, and what is said of the trial. Pure."""

from collections.abc import Sequence
from datetime import datetime

from console.conversation.escalation_commands import Threshold, Trials
from console.review.escalating.handovers import Handovers
from console.review.escalating.replay import MOST, NOT_YET, Judged, Replayed, proposed, trials
from console.review.escalating.timing import begun
from console.review.reviewing.columns import NONE
from console.review.reviewing.window import beginning


def judged_of(held: Handovers, behaviour: str, until: datetime, weeks: int) -> tuple[list[Judged], int]:
    """Return the newest conversations of a behaviour that the bot began to work, and how many more there are."""
    intent = held.intents.find(behaviour)
    if intent == NONE:
        return [], 0
    found = begun(held, intent, beginning(until, weeks), until)
    columns = (found.rows[:MOST], found.handed[:MOST], found.due[:MOST], found.sufficed[:MOST], found.settled[:MOST])
    rows = zip(*(column.tolist() for column in columns), strict=True)
    judged = [
        Judged(
            held.conversations[held.rows.get(row, "conversation")],
            min(handed, NOT_YET),
            min(due, NOT_YET),
            sufficed,
            settled,
        )
        for row, handed, due, sufficed, settled in rows
    ]
    return judged, len(found.rows) - len(judged)


def trials_of(past: Sequence[Replayed], behaviour: str, title: str, now: Threshold, left_out: int) -> Trials:
    """Return the thresholds that were tried on these conversations, and the one that is proposed."""
    found = trials(past, now)
    better, why = proposed(past, found, now)
    return Trials(behaviour, title, now, tried=len(past), left_out=left_out, trials=found, proposed=better, why=why)
