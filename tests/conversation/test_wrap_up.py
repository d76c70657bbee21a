"""The fold of wrap-ups: a conversation keeps them, and logs without them read as before."""

import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.conversation import events as e
from console.conversation.codec import decode_json
from console.conversation.commands import Close
from console.conversation.message import Author, Status
from console.conversation.state import fold
from console.conversation.wrap_up import FollowUp, FollowUpKind, OpenFollowUp, Wrapped, WrapUp, by_due
from console.conversation.wrap_up_events import FollowUpTicked, WrappedUp
from console.terminal.timeline import timeline
from tests.conversation.test_state import minute

FIRST = WrapUp("noted", "replaced", resolved=True, follow_ups=(FollowUp("a", "ring"), FollowUp("b", "write")))
NOW = datetime(2026, 3, 2, tzinfo=UTC)


def happened(*data: e.EventData) -> list[e.Event]:
    """Return these events of one conversation."""
    return [e.Event(n, "c1", "agent:robin", item, minute(n)) for n, item in enumerate(data, 1)]


SAID = e.MessageAdded(Author.CUSTOMER, "hello")
CLOSED = (WrappedUp(FIRST, "robin", "Robin"), e.ConversationClosed("replaced", resolved=True, note="noted"))


def test_a_closing_that_knows_of_no_wrap_up_is_what_it_was() -> None:
    """Its body and its events, as older programs write them."""
    body = decode_json(Close, json.dumps({"disposition": "answered", "resolved": True}).encode())
    assert body.wrap_up is None
    state = fold("c1", happened(SAID, e.ConversationClosed("answered", resolved=True)))
    assert (state.status, state.disposition, state.wrap_up) == (Status.CLOSED, "answered", None)
    assert [entry.key for entry in timeline(state)] == ["m1"]


def test_the_newest_wrap_up_counts_and_the_transcript_shows_all() -> None:
    """Behind the message after which it was closed; reopening keeps them."""
    second = WrappedUp(WrapUp("again", "refunded", resolved=False), "sam", "Sam")
    state = fold("c1", happened(SAID, *CLOSED, e.ConversationReopened(), SAID, second))
    assert state.wrap_up == second.wrap_up
    entries = timeline(state)
    assert [entry.key for entry in entries] == ["m1", "wrapped-0", "m2", "wrapped-1"]
    assert entries[1].text.splitlines() == [
        "Closed by Robin: replaced, resolved.",
        "noted",
        "To do: ring.",
        "To do: write.",
    ]


def test_the_closing_stands_behind_the_hand_over_that_came_before_it() -> None:
    """Where nobody wrote in between."""
    state = fold("c1", happened(SAID, e.HandedOver("asked"), *CLOSED))
    assert [entry.key for entry in timeline(state)] == ["m1", "handover", "wrapped-0"]


@given(st.lists(st.tuples(st.sampled_from("abx"), st.booleans()), max_size=12))
def test_the_last_tick_of_a_follow_up_counts(ticks: list[tuple[str, bool]]) -> None:
    """One of something else changes nothing."""
    state = fold("c1", happened(SAID, *CLOSED, *(FollowUpTicked(name, done, "Robin") for name, done in ticks)))
    last = dict(ticks)
    assert state.wrap_up is not None
    assert {f.id: f.done for f in state.wrap_up.follow_ups} == {name: last.get(name, False) for name in "ab"}
    assert [f.id for f in state.wrap_up.to_do] == [name for name in "ab" if not last.get(name, False)]


@pytest.mark.parametrize(
    ("follow_up", "owner"),
    [
        (FollowUp("a", "ring", FollowUpKind.PROMISE, "Sam", "m1"), "Sam"),
        (FollowUp("a", "ring", FollowUpKind.PROMISE, "bot", "m1"), "Robin"),
        (FollowUp("a", "and?", FollowUpKind.QUESTION, "", "m1"), "Robin"),
    ],
)
def test_a_promise_is_its_givers_everything_else_is_for_who_closed(follow_up: FollowUp, owner: str) -> None:
    """The bot keeps no list."""
    assert Wrapped(FIRST, "robin", "Robin", NOW).owner(follow_up) == owner


def test_what_is_due_comes_first_and_what_is_over_is_late() -> None:
    """What has no day comes last, the oldest first."""
    made = {day: OpenFollowUp("c1", "Dana", FollowUp(f"f{day}", "x", due=day), "Robin", NOW) for day in DAYS}
    assert [one.follow_up.due for one in by_due(list(made.values()))] == ["2026-03-01", "2026-03-02", "2026-03-09", ""]
    today = date(2026, 3, 2)
    assert [one.late(today) for one in by_due(list(made.values()))] == [True, False, False, False]
    assert [one.due_by(today) for one in by_due(list(made.values()))] == [True, True, False, False]


DAYS = ("", "2026-03-09", "2026-03-01", "2026-03-02")
