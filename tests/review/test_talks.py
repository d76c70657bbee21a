"""The fold of conversations takes any event in any order: no start, no end, clocks that jump, agents who left."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from console.conversation import events as e
from console.conversation.layers import METRICS, AskedTalks
from console.review.book import Book
from console.review.layers.behind import talks_behind
from console.review.layers.cohort import Money
from console.review.layers.looking import layers_of
from console.review.layers.talks import KINDS
from console.review.reviewing.window import LEAD_IN, beginning
from tests.review.layers_story import NOW
from tests.strategies import EVENT_DATA


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_order_of_odd_events_never_raises(data: st.DataObject) -> None:
    """And every figure is within its limits, every one of the conversations behind it can be told."""
    found = data.draw(st.lists(st.one_of(*(EVENT_DATA[kind] for kind in KINDS)), max_size=60))
    minutes = data.draw(st.lists(st.integers(-30_000, 30_000), min_size=len(found), max_size=len(found)))
    names = data.draw(st.lists(st.sampled_from(["", "c1", "c2", "c3"]), min_size=len(found), max_size=len(found)))
    channels = data.draw(st.lists(st.sampled_from(["", "generated"]), min_size=len(found), max_size=len(found)))
    book = Book(beginning(NOW, 9) - LEAD_IN)
    for number, one in enumerate(found):
        at = NOW - timedelta(minutes=abs(minutes[number]))
        actor = "customer:u" if minutes[number] % 2 else "agent:robin"
        book.take(e.Event(number + 1, names[number], actor, one, at, channels[number]))
    layers = layers_of(book, NOW, 9, Money(40, "EUR"))
    for view in layers.layers:
        for figure in view.figures:
            assert 0 <= figure.part <= figure.of
            assert figure.words
        assert sum(week.figures[0].of for week in view.weeks) == view.figures[0].of
    for layer, metrics in METRICS.items():
        for metric in metrics:
            assert talks_behind(book, NOW, 9, AskedTalks(layer, metric), lambda *_: None).total >= 0
    for load in layers.agents:
        assert load.used is None or 0 <= load.used <= 1.0000001
        assert load.busy >= 0
        assert load.hard <= load.conversations
