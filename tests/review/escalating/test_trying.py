"""A lead's judgement of a hand-over holds where thresholds are tried on it, too."""

from datetime import timedelta

import pytest

from console.conversation import events as e
from console.conversation.escalation_events import EscalationJudged
from console.conversation.escalations import Timing
from console.review.escalating.handovers import Handovers
from console.review.escalating.replay import NOT_YET, Judged
from console.review.escalating.trying import judged_of
from tests.review.escalating.talks import BEGAN, NO_HELP, NOW, Log, answered, began, bot, handed, late, said

AT_THE_BOT = [*began(), *said("my invoice please"), bot(), e.ConversationClosed("done", resolved=True)]
EASY = [*began(), *said("my invoice please"), bot(), *said(NO_HELP), handed(), *answered()]


def to_try(talk: list[e.EventData], lead: Timing | None) -> Judged:
    """Return a conversation as a threshold is tried on it, judged by a lead or not."""
    log = Log()
    log.add("c1", BEGAN, *talk)
    if lead is not None:
        log.add("c1", NOW - timedelta(hours=1), EscalationJudged(lead, Timing.RIGHT, "so it is", "Marta Quill"))
    held = Handovers(BEGAN - timedelta(days=1))
    for event in log.events:
        held.take(event)
    (one,), _ = judged_of(held, "invoice-copy", NOW, 9)
    return one


def ways(one: Judged) -> tuple[bool, bool]:
    """Return whether the hand-over that there was came too late, and too early."""
    return one.handed > one.due, (one.settled and one.handed < NOT_YET) or (one.sufficed and one.handed < one.due)


@pytest.mark.parametrize(
    ("talk", "lead", "late_or_early"),
    [
        (late(2), None, (True, False)),
        (late(2), Timing.RIGHT, (False, False)),
        (late(2), Timing.EARLY, (False, True)),
        (EASY, None, (False, True)),
        (EASY, Timing.RIGHT, (False, False)),
        (EASY, Timing.LATE, (True, False)),
        (AT_THE_BOT, Timing.NEVER, (True, False)),
        (AT_THE_BOT, Timing.RIGHT, (False, False)),
    ],
)
def test_a_lead_s_word_counts_in_place_of_the_rule(
    talk: list[e.EventData], lead: Timing | None, late_or_early: tuple[bool, bool]
) -> None:
    """As it does in the figures of escalations."""
    assert ways(to_try(talk, lead)) == late_or_early


def test_what_a_lead_says_was_right_at_the_bot_would_come_too_early_anywhere() -> None:
    """It ended there as it should."""
    assert to_try(AT_THE_BOT, Timing.RIGHT).settled
