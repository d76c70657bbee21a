"""What a waiting customer is told."""

from datetime import timedelta

from console.conversation.place import Pace, Told, in_words, to_tell
from console.conversation.queue_events import PlaceTold
from tests.conversation.queue_making import NOW, ago


def test_a_customer_is_told_after_a_while_and_again_only_when_something_changed() -> None:
    """And never twice within two minutes."""
    assert to_tell(3, 0, ago(0.2), None, NOW) is None
    assert to_tell(3, 0, ago(0.5), None, NOW) == PlaceTold(3, 0)
    assert to_tell(2, 0, ago(5), Told(3, 0, ago(1)), NOW) is None
    assert to_tell(2, 0, ago(5), Told(3, 0, ago(2)), NOW) == PlaceTold(2, 0)
    assert to_tell(3, 0, ago(50), Told(3, 0, ago(40)), NOW) is None


def test_a_time_is_named_from_the_measured_pace_and_only_from_one() -> None:
    """Rounded up; none from four measurements, none above an hour."""
    pace = Pace()
    for minutes in (10, 8, 6, 4):
        pace = pace.after(ago(minutes))
    assert pace.minutes(1, NOW) == 0
    pace = pace.after(ago(2))
    assert [pace.minutes(place, NOW) for place in (1, 3, 6, 31)] == [2, 6, 15, 0]


def test_the_pace_is_that_of_the_last_hour() -> None:
    """What was taken before does not count."""
    pace = Pace(tuple(NOW - timedelta(hours=2, minutes=n) for n in range(9, 0, -1)))
    assert pace.minutes(1, NOW) == 0
    assert len(pace.after(NOW).taken) == 1


def test_it_is_said_in_plain_words() -> None:
    """Without a time where none is known."""
    assert in_words(PlaceTold(1, 0)) == "You are next in line."
    assert in_words(PlaceTold(4, 1)) == "You are number 4 in line. As things go right now, it takes about a minute."
    assert in_words(PlaceTold(2, 15)).endswith("it takes about 15 minutes.")
