"""What came of conversations that were assigned, read from the log: also from logs that are not as they should be."""

from datetime import UTC, datetime, timedelta
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.conversation import events as e
from console.conversation import inbox
from console.conversation.assist_events import AssistanceHidden, SuggestionDecided
from console.conversation.assistance import Decision
from console.conversation.content_events import ContentPublished
from console.conversation.hold_out_events import HoldOutAssigned
from console.conversation.message import Author
from console.conversation.queue_events import ConversationReturned
from console.review.impact.hands import NOBODY, hands_after
from console.review.impact.report import impact_of
from console.review.impact.trials import Course, Trials
from tests import strategies as values
from tests.desks import DANA

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HELLO, ANSWER = e.MessageAdded(Author.CUSTOMER, "hello?"), e.MessageAdded(Author.AGENT, "Good morning")
TAKEN, CLOSED = e.ConversationClaimed("robin", "Robin"), e.ConversationClosed("solved", resolved=True)
OPENED, HANDED = e.ConversationOpened("web", DANA), e.HandedOver("asked for a person")

Step = tuple[float, e.EventData] | tuple[float, e.EventData, str]


def assigned(*, held_out: bool = False) -> HoldOutAssigned:
    """Return an assignment."""
    return HoldOutAssigned(held_out, 0.3, "1")


def trials(*steps: Step, end: float = 20 * 86_400) -> Trials:
    """Return the fold of these steps, each with its second, of one conversation; another is heard of at the end."""
    found = Trials()
    for seq, (second, data, *who) in enumerate(steps, 1):
        found.take(e.Event(seq, "c1", who[0] if who else "agent:robin", data, START + timedelta(seconds=second)))
    found.take(e.Event(len(steps) + 1, "", "desk", ContentPublished({}), START + timedelta(seconds=end)))
    return found


def course(*steps: Step, end: float = 20 * 86_400) -> tuple[Course, dict[str, float | None]]:
    """Return what came of the conversation, and its values by outcome."""
    found = trials(*steps, end=end)
    assert found.until is not None
    one = found.assigned["c1"]
    return one, {name: value for name, _, value in one.values(found.until)}


BEGUN: tuple[Step, ...] = ((0, OPENED), (1, HELLO, "customer:u"), (10, HANDED, "desk"), (10, assigned(), "assist"))


def test_times_are_told_from_the_hand_over_to_the_closing() -> None:
    """The first answer from the hand-over on, later ones from the customer's words; handling leaves out parking."""
    one, found = course(
        *BEGUN,
        (40, TAKEN),
        (70, ANSWER),
        (100, HELLO, "customer:u"),
        (105, HELLO, "customer:u"),
        (115, ANSWER),
        (120, e.ConversationReleased(parked=True)),
        (500, HELLO, "customer:u"),
        (530, ANSWER),
        (540, CLOSED),
    )
    assert found["first_response"] == 60
    assert found["response"] == pytest.approx((60 * 15 * 30) ** (1 / 3))
    assert found["handling"] == (120 - 40) + (540 - 500)
    assert (found["reopened"], one.agent) == (0.0, "robin")


def test_only_what_hands_wrote_counts_as_edited() -> None:
    """A reply taken as it is costs nothing, a changed one what was changed, own words all of them."""
    decided = (Decision.ACCEPTED, 0), (Decision.EDITED, 4), (Decision.OVERRIDDEN, 11)
    taken = [SuggestionDecided(f"s{n}", kind, ANSWER.text, changed) for n, (kind, changed) in enumerate(decided)]
    _, found = course(*BEGUN, (40, TAKEN), *((50 + n, data) for n, one in enumerate(taken) for data in (ANSWER, one)))
    assert found["edits"] == (0 + 4 + len(ANSWER.text)) / 3


def test_a_customer_who_comes_back_within_a_week_reopens_it() -> None:
    """Later is another matter; who of the staff opens it again takes the closing back."""
    again, day = e.ConversationReopened("the customer wrote again"), 86_400
    done: tuple[Step, ...] = (*BEGUN, (40, TAKEN), (60, ANSWER), (100, CLOSED))
    assert course(*done, (6 * day, again, "customer:u"))[1]["reopened"] == 1.0
    assert course(*done, (8 * day, again, "customer:u"))[1]["reopened"] == 0.0
    _, found = course(*done, (110, again), (210, CLOSED))
    assert (found["reopened"], found["handling"]) == (0.0, 60 + 100)


def test_what_is_not_followed_long_enough_yet_is_not_counted() -> None:
    """Times after three days, reopening a week after the closing."""
    done: tuple[Step, ...] = (*BEGUN, (40, TAKEN), (60, ANSWER), (100, CLOSED))
    assert course(*done, end=2 * 86_400)[1] == {}
    assert set(course(*done, end=4 * 86_400)[1]) == {"first_response", "response", "edits", "handling"}
    assert "reopened" in course(*done, end=8 * 86_400)[1]


def test_an_end_that_is_missing_is_unknown_and_never_a_long_time() -> None:
    """Nobody answered, nobody closed it, or too late."""
    never = dict.fromkeys(("first_response", "response", "edits", "handling", "reopened"))
    assert course(*BEGUN)[1] == never
    late = (*BEGUN, (40, TAKEN), (4 * 86_400, ANSWER), (4 * 86_400 + 9, CLOSED))
    assert course(*late)[1] == never


def test_a_clock_that_was_set_back_leaves_times_unknown_that_span_it_and_no_others() -> None:
    """And none is ever negative; servers whose clocks differ by seconds are no such case."""
    _, found = course(*BEGUN, (40, TAKEN), (70, ANSWER), (3_000, HELLO, "customer:u"), (-900, ANSWER), (-800, CLOSED))
    assert (found["first_response"], found["response"], found["handling"]) == (60, pytest.approx(60), None)
    _, found = course(*BEGUN, (40, TAKEN), (70, ANSWER), (69, HELLO, "customer:u"), (68, ANSWER), (99, CLOSED))
    assert found["response"] == pytest.approx(sqrt(60 * 1))
    assert found["handling"] == 59


def test_a_clock_that_jumped_ahead_adds_three_days_at_most() -> None:
    """What lies behind such a jump is unknown."""
    year = 365 * 86_400
    _, found = course(*BEGUN, (40, TAKEN), (year, ANSWER), (200, CLOSED), end=30 * 86_400)
    assert found["first_response"] is None


def test_agents_who_left_keep_their_conversations() -> None:
    """They count for who answered first, whoever has them in the end; and in the arm that was drawn."""
    one, found = course(
        *BEGUN,
        (40, e.ConversationClaimed("left", "Lee Left"), "agent:left"),
        (70, ANSWER, "agent:left"),
        (100, ConversationReturned("left", "Lee Left"), "desk"),
        (130, e.ConversationClaimed("sam", "Sam"), "agent:sam"),
        (160, CLOSED, "agent:sam"),
    )
    assert (one.agent, found["handling"]) == ("left", 60 + 30)


def test_a_held_out_conversation_stays_one_though_assistance_was_asked_for() -> None:
    """Intention to treat; it is counted how often."""
    begun = (*BEGUN[:3], (10, assigned(held_out=True), "assist"))
    found = trials(*begun, (40, TAKEN), (41, AssistanceHidden(hidden=False)), (70, ANSWER), (99, CLOSED))
    impact = impact_of(found)
    assert (impact["held_out"], impact["assisted"], impact["asked_for_assistance"]) == (1, 0, 1)


def test_one_that_was_never_assigned_is_in_no_arm() -> None:
    """Those before the hold-out began, and those for people alone."""
    assert (
        impact_of(trials((0, OPENED), (1, HANDED, "desk"), (40, TAKEN), (70, ANSWER), (99, CLOSED)))["outcomes"] == {}
    )


@given(st.lists(values.histories(), max_size=3))
def test_no_history_breaks_it(histories: list[list[e.Event]]) -> None:
    """Whatever comes in whatever order, whenever."""
    found = Trials()
    for seq, event in enumerate((event for history in histories for event in history), 1):
        found.take(e.Event(seq, event.conversation, event.actor, event.data, event.at))
    impact = impact_of(found)
    assert impact["assisted"] + impact["held_out"] == len(found.assigned)


@given(values.histories())
def test_in_whose_hands_a_conversation_is_is_what_the_inbox_says(history: list[e.Event]) -> None:
    """Status and agent, after any history."""
    row, hands = None, NOBODY
    for event in history:
        row, hands = inbox.apply(row, event), hands_after(hands, event.data)
        assert row is not None
        assert hands == (row.status.value, row.agent)
