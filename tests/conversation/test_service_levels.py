"""How long a customer may wait for a person's answer."""

from console.conversation.message import Status
from console.conversation.service_levels import Standing, Targets, due
from tests.conversation.queue_making import NOW, ago, waiting

TARGETS = Targets((120.0, 60.0, 30.0), (240.0, 120.0, 60.0))


def test_the_first_answer_is_due_by_tier_from_the_hand_over_on() -> None:
    """What the customer said to the bot before does not count."""
    owed = due(waiting("a", 10, tier=2, handed_at=ago(0.5)), TARGETS, NOW)
    assert owed is not None
    assert (owed.first, owed.left, owed.standing) == (True, 30.0, Standing.FINE)


def test_each_next_answer_is_due_from_the_customers_message_on() -> None:
    """In a time of its own."""
    owed = due(waiting("a", 1, handed_at=ago(30), answered=True, status=Status.ACTIVE), TARGETS, NOW)
    assert owed is not None
    assert (owed.first, owed.left) == (False, 180.0)


def test_an_answer_is_due_soon_in_the_last_quarter_and_late_after_it() -> None:
    """Late at once when the time is over."""
    standings = [due(waiting("a", seconds / 60), TARGETS, NOW) for seconds in (89, 91, 119, 121)]
    assert [owed.standing for owed in standings if owed] == ["fine", "soon", "soon", "late"]


def test_nothing_is_due_where_nobody_is_asked() -> None:
    """With the bot, when closed, and after an answer."""
    for row in (
        waiting("a", 10, status=Status.BOT),
        waiting("a", 10, status=Status.CLOSED),
        waiting("a", 10, waiting_since=None),
    ):
        assert due(row, TARGETS, NOW) is None


def test_a_tier_out_of_range_counts_as_the_nearest() -> None:
    """Nothing breaks on a channel's odd tier."""
    assert [TARGETS.of(waiting("a", tier=tier)) for tier in (0, 9)] == [120.0, 30.0]
