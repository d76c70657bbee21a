"""What is fetched and what arrives live come together without loss or repetition."""

from copy import deepcopy

from hypothesis import given, settings
from hypothesis import strategies as st

from console.conversation import inbox
from console.conversation.commands import InboxPage
from console.conversation.events import Event
from console.conversation.inbox import InboxRow
from console.conversation.state import fold
from console.terminal.desk_state import KEPT, DeskState
from console.terminal.port import TypingSeen
from tests.terminal.scenes import full_desk

LOG = full_desk().log


def page_at(seq: int) -> InboxPage:
    """The inbox as the server has it after event ``seq``."""
    rows: dict[str, InboxRow] = {}
    for event in LOG[:seq]:
        row = inbox.apply_to(rows, event)
        if row is not None:
            rows[row.id] = row
    return InboxPage(seq, tuple(rows.values()))


def dana_at(seq: int) -> list[Event]:
    """Dana's events up to ``seq``."""
    return [event for event in LOG[:seq] if event.conversation == "c-dana"]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_page_fetched_at_any_moment_meets_the_live_events_without_loss(data: st.DataObject) -> None:
    """Wherever the fetch begins, is answered, and arrives, the result is the fold of the whole log."""
    began = data.draw(st.integers(0, len(LOG)))
    answered = data.draw(st.integers(began, len(LOG)))
    arrived = data.draw(st.integers(answered, len(LOG)))
    state = DeskState()
    state.take_inbox(page_at(began))
    state.expect("c-dana")
    for event in LOG[began:arrived]:
        state.apply(event)
    state.take_conversation(fold("c-dana", dana_at(answered)))
    for event in LOG[arrived:]:
        state.apply(event)
    assert state.conversations["c-dana"] == fold("c-dana", dana_at(len(LOG)))
    assert set(state.rows.values()) == set(page_at(len(LOG)).rows) or state.incomplete


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, len(LOG)), min_size=1, max_size=5))
def test_resuming_with_repeats_counts_nothing_twice(starts: list[int]) -> None:
    """A stream that sends old events again changes nothing."""
    state = DeskState()
    state.take_inbox(page_at(0))
    for event in LOG:
        state.apply(event)
    before = deepcopy(state.rows)
    for start in starts:
        for event in LOG[start:]:
            assert state.apply(event) is None
    assert state.rows == before


def test_a_fetched_inbox_does_not_take_back_what_live_events_brought() -> None:
    """An answer that was overtaken keeps the newer rows."""
    state = DeskState()
    state.take_inbox(page_at(0))
    for event in LOG:
        state.apply(event)
    newest = dict(state.rows)
    state.take_inbox(page_at(len(LOG) - 3))
    assert state.rows == newest
    assert state.seq == len(LOG)


def test_only_some_conversations_are_kept_in_memory() -> None:
    """The one on the screen is always among them."""
    state = DeskState()
    state.show("c-0")
    for number in range(KEPT * 2):
        state.take_conversation(fold(f"c-{number}", ()))
    assert len(state.conversations) <= KEPT + 2
    assert "c-0" in state.conversations


def test_typing_ends_with_the_message() -> None:
    """Nobody is shown typing what already arrived."""
    desk = full_desk()
    state = DeskState()
    state.take_inbox(page_at(len(LOG)))
    state.apply_typing(TypingSeen("c-dana", "customer", active=True))
    assert state.typing == {"c-dana"}
    desk.customer_writes("c-dana", "there")
    state.apply(desk.log[-1])
    assert state.typing == set()
