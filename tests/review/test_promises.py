"""Promises that a closing left behind: broken where nobody ticked them off by the end of their day."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.conversation import events as e
from console.conversation.review_events import PromiseJudged
from console.conversation.reviews import Judgement, ReviewQueue
from console.conversation.wrap_up import FollowUp, FollowUpKind, WrapUp
from console.conversation.wrap_up_events import FollowUpTicked, WrappedUp
from console.review.promises.fold import Promises
from console.review.reviewing.exchanges import judged, told, waiting
from console.review.reviewing.ledger import Ledger
from console.review.reviewing.queues import counts
from console.review.reviewing.window import window_of

NOW = datetime(2026, 3, 2, 11, tzinfo=UTC)
CLOSED = NOW - timedelta(days=9)
PROMISE = FollowUp("p1", "I'll write by Thursday.", FollowUpKind.PROMISE, "Robin", "m4", "Thursday", "2026-02-26")


class Log:
    """Events of one conversation, and what is to be judged of them."""

    def __init__(self) -> None:
        self.events: list[e.Event] = []
        self.promises = Promises(NOW - timedelta(weeks=10))

    def add(self, data: e.EventData, days: float = 0.0, conversation: str = "c1") -> None:
        """Let something happen so many days after the closing."""
        at = CLOSED + timedelta(days=days)
        self.events.append(e.Event(len(self.events) + 1, conversation, "agent:robin", data, at))
        self.promises.take(self.events[-1])

    def left(self, follow_up: FollowUp = PROMISE, days: float = 0.0) -> None:
        """Leave a follow-up behind at a closing."""
        self.add(WrappedUp(WrapUp("", "late", resolved=True, follow_ups=(follow_up,)), "robin", "Robin"), days)

    def found(self, *, done: bool = False) -> list[str]:
        """Return what waits, or what was judged, as it reads."""
        window = window_of(Ledger(NOW), NOW - timedelta(weeks=9), NOW, None, self.promises)
        of = judged if done else waiting
        found = of(Ledger(NOW), window, ReviewQueue.PROMISES_BROKEN)
        return [one.outcome for one in told(Ledger(NOW), found, lambda seq, _: self.events[seq - 1]).exchanges]


@pytest.mark.parametrize(
    ("ticked", "found"),
    [(None, ["due 2026-02-26; never ticked off"]), (4.4, []), (5.9, ["due 2026-02-26; done 27 Feb 08:36, too late"])],
)
def test_a_promise_is_broken_once_its_day_is_over_without_it(ticked: float | None, found: list[str]) -> None:
    """Though it is ticked off later."""
    log = Log()
    log.left()
    if ticked is not None:
        log.add(FollowUpTicked("p1", done=True, name="Robin"), ticked)
    assert log.found() == found


@pytest.mark.parametrize(
    "other",
    [
        replace(PROMISE, kind=FollowUpKind.OWN), replace(PROMISE, due=""), replace(PROMISE, due="soon"),
        replace(PROMISE, due="2026-03-02"), replace(PROMISE, done=True), replace(PROMISE, due="9999-12-31"),
    ],
)  # fmt: skip
def test_what_is_no_promise_has_no_day_or_is_not_due_is_not_broken(other: FollowUp) -> None:
    """Nor what was kept at the closing."""
    log = Log()
    log.left(other)
    assert log.found() == []


def test_one_that_is_put_off_at_a_second_closing_has_the_later_day() -> None:
    """And a tick that is taken back leaves it open."""
    log = Log()
    log.left()
    log.add(FollowUpTicked("p1", done=True, name="Robin"), 1)
    log.add(FollowUpTicked("p1", done=False, name="Robin"), 2)
    assert len(log.found()) == 1
    log.left(replace(PROMISE, due="2026-03-05"), days=3)
    assert log.found() == []


def test_a_judged_one_leaves_the_queue_and_counts_for_it() -> None:
    """Right is one that was broken."""
    log = Log()
    log.left()
    log.add(PromiseJudged("p1", Judgement.RIGHT, "", ReviewQueue.PROMISES_BROKEN, "Marta"), 8)
    assert (log.found(), len(log.found(done=True))) == ([], 1)
    window = window_of(Ledger(NOW), NOW - timedelta(weeks=9), NOW, None, log.promises)
    count = next(one for one in counts(Ledger(NOW), window) if one.queue is ReviewQueue.PROMISES_BROKEN)
    assert (count.found, count.judged, count.figure.part) == (0, 1, 1)


KINDS = st.sampled_from(
    (
        FollowUpTicked("p1", done=True, name="R"), FollowUpTicked("p1", done=False, name="R"),
        PromiseJudged("p1", Judgement.WRONG, "kept"), PromiseJudged("p9", Judgement.WRONG, "kept"),
        WrappedUp(WrapUp("", "x", resolved=True, follow_ups=(PROMISE,)), "r", "R"),
    )
)  # fmt: skip


@given(st.lists(st.tuples(KINDS, st.floats(-30, 30)), max_size=15))
def test_any_order_of_events_is_taken(told_: list[tuple[e.EventData, float]]) -> None:
    """With a clock that is set back, and ends without beginnings."""
    log = Log()
    for data, days in told_:
        log.add(data, days)
    log.found()
