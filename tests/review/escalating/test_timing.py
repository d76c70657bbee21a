"""Hand-overs are judged by a rule that anybody can read: too early, right, too late, or not at all."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.conversation import events as e
from console.conversation.bot_events import Outcome, ToolCalled
from console.conversation.escalation_events import EscalationJudged
from console.conversation.escalations import Escalation, Part, Reason, Timing
from console.conversation.handover import HandoverWhen
from console.conversation.message import Layer
from console.review.book import Book
from console.review.escalating.cases import cases
from console.review.escalating.handovers import KINDS, Handovers
from console.review.escalating.patterns import escalations_of
from tests import strategies as values
from tests.review.escalating.talks import BEGAN, NO_HELP, NOW, Log, answered, began, bot, handed, late, said


def judged(*data: e.EventData, log: Log | None = None) -> list[Escalation]:
    """Return how one conversation is judged; nothing where it is no escalation."""
    log = log or Log()
    log.add("c1", BEGAN, *data)
    held = Handovers(BEGAN - timedelta(days=1))
    for event in log.events:
        held.take(event)
    by_number = {event.seq: event for event in log.events}
    return list(cases(held, NOW, 9, Part.ALL, "", None, lambda seq, _: by_number.get(seq)).cases)


def only(*data: e.EventData, log: Log | None = None) -> Escalation:
    """Return the judgement of the one conversation."""
    found = judged(*data, log=log)
    assert [one.conversation for one in found] == ["c1"]
    return found[0]


@pytest.mark.parametrize("turns", [1, 3])
def test_a_bot_that_goes_on_after_two_failed_turns_gives_it_away_too_late(turns: int) -> None:
    """By as many turns as it went on; the second failure is the evidence, and where the transcript opens."""
    found = only(*late(turns))
    assert (found.timing, found.reason, found.turns, found.due) == (Timing.LATE, Reason.FAILED, turns, "m5")
    assert (found.evidence[0].message, found.evidence[0].quote) == ("m5", NO_HELP)
    assert found.words == f"The customer had been failed by the bot twice, {turns} turn{'s' * (turns > 1)} before " + (
        "it was handed over."
    )


def test_a_bot_that_gives_it_away_at_the_second_failure_is_right() -> None:
    """And the reason is told."""
    found = only(*late(0))
    assert (found.timing, found.reason, found.turns) == (Timing.RIGHT, Reason.FAILED, 0)


def test_who_asks_for_a_person_is_due_one_at_once() -> None:
    """A turn more is too late."""
    talk = [*began(), *said("can I talk to a person please"), bot(), *said("LF-88430"), handed(HandoverWhen.ASKED)]
    found = only(*talk)
    assert (found.timing, found.reason, found.turns, found.due) == (Timing.LATE, Reason.ASKED, 1, "m1")


def test_a_cross_customer_may_be_answered_once_more() -> None:
    """Not twice; the mood stands in the evidence."""
    cross = [*began(), *said("my invoice", 0.0, "m1"), bot(), *said("this is bad", -0.5, "m3"), bot(), *said("well")]
    assert only(*cross, handed()).timing is Timing.RIGHT
    found = only(*cross, bot(), *said("and now"), handed())
    assert (found.timing, found.reason, found.turns) == (Timing.LATE, Reason.CROSS, 1)
    assert found.evidence[0].words == "the mood is down to -0.50"


def test_who_has_to_write_the_same_again_was_not_heard() -> None:
    """The second time counts where the bot had answered between."""
    question = "where does the invoice for my tent show the company"
    again = [*began(), *said(question), bot(), *said(f"{question}?"), bot(), *said("hm"), bot(), *said("so"), handed()]
    found = only(*again)
    assert (found.timing, found.reason, found.due) == (Timing.LATE, Reason.REPEATED, "m3")
    in_a_row = [*began(), *said(question), *said(question), bot(), *said("hm"), handed()]
    assert only(*in_a_row).timing is Timing.RIGHT


def test_what_one_suggested_reply_settles_came_too_early() -> None:
    """Where the bot may work it, and nothing spoke for a person."""
    talk = [*began(), *said("my invoice please"), handed(HandoverWhen.UNSURE)]
    assert only(*talk, *answered()).timing is Timing.EARLY
    down = ToolCalled("m1", "send_invoice", Outcome.DOWN)
    human = [*began(layer=Layer.ASSISTED), *said("my invoice please"), handed(HandoverWhen.TOPIC)]
    for other in (
        [*talk, *answered(accepted=False)],
        [*talk, *answered(then=said("and where is it?"))],
        [*talk[:-1], down, talk[-1], *answered()],
        [*talk[:-1], handed(HandoverWhen.ASKED), *answered()],
        [*talk, *answered(), e.ConversationReopened()],
        [*human, *answered()],
        talk,
    ):
        assert only(*other).timing is Timing.RIGHT


def test_what_ended_at_the_bot_though_a_person_was_due_was_not_handed_over_at_all() -> None:
    """So was what the customer came back with, within a week; what the bot settled is no escalation."""
    failed = [*began(), *said("my invoice"), bot(), *said(NO_HELP), bot(), *said(NO_HELP)]
    assert (only(*failed).timing, only(*failed).reason) == (Timing.NEVER, Reason.FAILED)
    settled = [*began(), *said("my invoice"), bot(), e.ConversationClosed("answered", resolved=True)]
    assert judged(*settled) == []
    assert (only(*settled, e.ConversationReopened()).reason) is Reason.CAME_BACK
    log = Log()
    log.add("c2", BEGAN + timedelta(days=6), *began(), *said("my invoice again"), bot())
    assert only(*settled, log=log).timing is Timing.NEVER
    other = Log()
    other.add("c2", BEGAN + timedelta(days=9), *began(), *said("my invoice again"), bot())
    assert judged(*settled, log=other) == []


def test_a_lead_overrules_the_rule_and_the_newest_word_counts() -> None:
    """What the rule said is kept beside it."""
    first = EscalationJudged(Timing.LATE, Timing.RIGHT, "nobody listened", "Marta Quill")
    last = EscalationJudged(Timing.EARLY, Timing.RIGHT, "an easy one", "Marta Quill")
    found = only(*late(0), first, last)
    assert (found.timing, found.by_rule, found.judged_by) == (Timing.EARLY, Timing.RIGHT, "Marta Quill")
    assert found.judged_why == "an easy one"


def test_patterns_stand_worst_first_with_intervals_and_small_ones_without_rates() -> None:
    """And what came too late is told with its cost."""
    log = Log()
    for number in range(30):
        log.add(f"late-{number}", BEGAN + timedelta(minutes=number), *late(3))
        log.add(f"right-{number}", BEGAN + timedelta(minutes=number), *began("hours"), *late(0)[2:])
    log.add("few", BEGAN, *began("gift"), *said("hi"), handed())
    for number in range(30):
        log.add(f"hours-{number}", BEGAN, *began("opening-hours"), *said("when"), handed(HandoverWhen.ASKED))
    book = Book(BEGAN - timedelta(days=1))
    for event in log.events:
        book.take(event)
    found = escalations_of(book, NOW, 9)
    behaviours = [pattern.name for pattern in found.patterns if pattern.part is Part.BEHAVIOUR]
    assert behaviours[0] == "invoice-copy"
    worst, small = found.of(Part.BEHAVIOUR, "invoice-copy"), found.of(Part.BEHAVIOUR, "gift")
    assert worst is not None
    assert small is not None
    assert (worst.late.part, worst.late.of, worst.cost.turns) == (30, 30, 3.0)
    assert worst.cost.seconds == 70.0
    assert worst.late.low is not None
    assert (small.late.rate, small.late.words) == (None, "too few (1)")


def test_agreement_is_told_once_enough_are_judged() -> None:
    """Cohen's kappa takes away what chance would give."""
    log = Log()
    for number in range(40):
        at = log.add(f"c-{number}", BEGAN + timedelta(minutes=number), *late(3 if number % 2 else 0))
        rule = Timing.LATE if number % 2 else Timing.RIGHT
        lead = rule if number >= 10 else Timing.RIGHT
        log.add(f"c-{number}", at, EscalationJudged(lead, rule, "so it is"))
    book = Book(BEGAN - timedelta(days=1))
    for event in log.events:
        book.take(event)
    agreement = escalations_of(book, NOW, 9).agreement
    assert (agreement.judged, agreement.same.part) == (40, 35)
    assert agreement.kappa == pytest.approx((0.875 - 0.5) / 0.5, abs=0.01)
    few = escalations_of(Book(BEGAN), NOW, 9).agreement
    assert (few.judged, few.kappa, few.same.rate) == (0, None, None)


def test_what_began_before_the_stretch_is_counted_and_not_judged() -> None:
    """Its messages cannot be numbered."""
    log = Log()
    log.add("c1", BEGAN, *late(3)[3:])
    book = Book(BEGAN - timedelta(days=1))
    for event in log.events:
        book.take(event)
    found = escalations_of(book, NOW, 9)
    assert (found.unknown, [pattern.of for pattern in found.patterns]) == (1, [0])


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.one_of(*(values.EVENT_DATA[kind] for kind in KINDS)), st.sampled_from(["", "c1"]), st.integers(-9, 9)
        ),
        max_size=30,
    )
)
def test_events_in_any_order_with_any_clock_make_no_fault(odd: list[tuple[e.EventData, str, int]]) -> None:
    """Missing beginnings and ends, clocks set back, the same thing twice."""
    book = Book(BEGAN)
    for number, (data, name, hours) in enumerate(odd, 1):
        book.take(e.Event(number, name, "bot", data, BEGAN + timedelta(hours=hours)))
    found = escalations_of(book, NOW, 9)
    assert all(0 <= pattern.late.part <= pattern.late.of for pattern in found.patterns)
