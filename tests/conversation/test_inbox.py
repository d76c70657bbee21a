"""The inbox row of a conversation says what its state says."""

from hypothesis import given
from hypothesis import strategies as st

from console.conversation import assist_events as a
from console.conversation import events as e
from console.conversation import inbox
from console.conversation.assist_events import MoodRead
from console.conversation.assistance import Mood
from console.conversation.hold_out_events import HoldOutAssigned
from console.conversation.inbox import InboxRow
from console.conversation.people import Presence
from console.conversation.presence_events import PresenceChanged
from console.conversation.state import fold
from console.conversation.task_events import TaskDelegated, TaskEnded
from console.conversation.tasks import TaskOutcome
from console.text import shorten
from tests import strategies as values
from tests.conversation.test_state import minute


def row_of(history: list[e.Event]) -> InboxRow | None:
    """Return the row after the events."""
    row: InboxRow | None = None
    for event in history:
        row = inbox.apply(row, event)
    return row


@given(values.histories())
def test_the_row_equals_what_the_state_says(history: list[e.Event]) -> None:
    """Field by field, for any history of a desk."""
    row, state = row_of(history), fold("c1", history)
    if row is None:
        assert history == []
        return
    assert (row.id, row.seq, row.status) == ("c1", state.seq, state.status)
    assert (row.agent, row.agent_name) == (state.agent, state.agent_name)
    assert (row.channel, row.subject) == (state.channel, state.subject)
    assert (row.customer, row.value) == (state.customer.id, state.customer.value)
    assert row.waiting_since == state.waiting_since
    assert (row.layer, row.intent) == (state.layer, state.routing.intent if state.routing else "")
    assert row.messages == len(state.messages)
    assert row.last == (shorten(state.messages[-1].text, 80) if state.messages else "")
    assert row.moods == tuple(m.score for m in state.moods.values())[-inbox.MOODS_KEPT :]
    assert row.mood == (state.mood.label if state.mood else "")
    assert row.approvals == sum(a.approved is None for a in state.approvals.values())


def test_a_task_without_facts_is_none_for_the_row_and_for_the_state() -> None:
    """So that its end leaves nothing owed."""
    data = TaskDelegated(()), TaskEnded(TaskOutcome.COMPLETE, "all told", owed=True)
    history = [e.Event(n, "c1", "bot", one, minute(n)) for n, one in enumerate(data, 1)]
    row = row_of(history)
    assert row is not None
    assert (row.waiting_since, fold("c1", history).waiting_since) == (None, None)


def test_the_first_drawing_for_the_hold_out_counts_for_the_row_and_for_the_state() -> None:
    """A second one silences neither."""
    mood = MoodRead("m1", Mood(-0.5, "frustrated", "falling", 0.1))
    data = HoldOutAssigned(held_out=False, share=0.1), mood, HoldOutAssigned(held_out=True, share=0.1)
    history = [e.Event(n, "c1", "desk", one, minute(n)) for n, one in enumerate(data, 1)]
    row = row_of(history)
    assert row is not None
    assert row.moods == tuple(m.score for m in fold("c1", history).moods.values()) == (-0.5,)


@given(values.histories(), st.data())
def test_an_event_taken_twice_counts_once(history: list[e.Event], data: st.DataObject) -> None:
    """A client that reconnects may see the end of the log again."""
    again = history[: data.draw(st.integers(0, len(history)))]
    assert row_of(history + again) == row_of(history)


def test_events_of_the_workspace_have_no_row() -> None:
    """Presence concerns no conversation."""
    event = e.Event(1, e.WORKSPACE, "agent:robin", PresenceChanged("robin", "Robin", Presence.BREAK), minute(1))
    assert inbox.apply(None, event) is None
    assert inbox.apply_to({}, event) is None


def test_a_mood_read_again_for_the_same_message_is_one_point_of_the_line() -> None:
    """Assistance that begins again after a restart reads the newest message once more."""
    moods = [a.MoodRead("m1", Mood(s, "cross", "steady", 0.5)) for s in (-0.2, -0.4)]
    row = row_of([e.Event(n, "c1", "assist", mood, minute(n)) for n, mood in enumerate(moods, 1)])
    assert row is not None
    assert row.moods == (-0.4,)
