"""Whoever works in the generated history is there: presence and work tell the same story."""

from collections.abc import Iterable
from datetime import datetime, timedelta

import pytest

from console.conversation.events import NewEvent
from console.conversation.layers import AgentLoad
from console.demo.history import Material, Shape, events_of
from console.demo.history.cast import LEADS
from console.review.book import Book
from console.review.layers.talks import Talks
from console.review.layers.workload import loads
from tests.history.conftest import UNTIL, numbered

LONGEST = 11.0
"""Hours of a shift at most, with what somebody stays for."""
WEEKS = 9
LEADING = {one.id for one in LEADS}
WITHIN = 0.01
"""Share of what somebody had to do that may lie beside their presence."""


def loads_of(events: Iterable[NewEvent], until: datetime) -> tuple[AgentLoad, ...]:
    """Return what agents had to do, as a lead reads it."""
    book = Book(until - timedelta(weeks=12))
    for event in numbered(tuple(events)):
        book.take(event)
    each, _ = loads(book.of(Talks), until - timedelta(weeks=WEEKS), until)
    return each


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_nobody_works_while_they_are_away(made: Material, seed: int) -> None:
    """Neither at night, nor on a day off, nor in a break: what they had to do lies within their presence.

    What is opened again while they are away is theirs for some seconds, until the desk gives it back to the queue.
    """
    each = loads_of(events_of(Shape(UNTIL, seed), made), UNTIL)
    assert len(each) == 10
    for one in each:
        assert one.present is not None
        assert one.used is not None
        assert one.used * one.present == pytest.approx(one.busy, rel=WITHIN, abs=0.1), one


def test_shifts_are_as_long_as_shifts_are(made: Material) -> None:
    """Somebody stays for a chat that goes on; nobody is there day and night."""
    for one in loads_of(events_of(Shape(UNTIL), made), UNTIL):
        assert 20 < one.shifts <= WEEKS * (7 if one.agent in LEADING else 5) + 1
        assert 5 < (one.present or 0) / one.shifts < LONGEST


def test_a_history_that_goes_on_has_its_people_there_from_the_first_moment(made: Material) -> None:
    """Also where it goes on in the middle of a shift."""
    since = UNTIL + timedelta(hours=2)
    until = since + timedelta(weeks=2)
    for one in loads_of(events_of(Shape(until, 2, 14, since=since), made), until):
        assert (one.used or 0) * (one.present or 0) == pytest.approx(one.busy, rel=WITHIN, abs=0.1), one
