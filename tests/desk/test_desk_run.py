"""A short run of the bench that plays whole desks: bot stand-in, queue, and many agents who ask at once."""

from pathlib import Path

from bench.desk_run import counted, run
from console.conversation.events import ConversationClaimed, Event, MessageAdded
from console.conversation.message import Author
from console.desk.desk import utc_now


async def test_none_is_lost_none_claimed_twice_and_the_order_is_kept(tmp_path: Path) -> None:
    """Sixty conversations, eight agents with five hands each."""
    done = await run(tmp_path, 60, 8)
    assert (done.lost, done.claimed_twice, done.out_of_order) == (0, 0, 0)
    assert 1 < done.most_held <= 4
    assert len(done.timings.claims) >= 60
    assert len(done.timings.screens) == 180


def test_the_run_counts_what_goes_wrong() -> None:
    """A conversation that two have, that nobody closed, and in which something else was said."""
    data = [ConversationClaimed("a", "A"), ConversationClaimed("b", "B"), MessageAdded(Author.CUSTOMER, "what?")]
    history = [Event(n, "c0", "desk", one, utc_now()) for n, one in enumerate(data, 1)]
    done = counted(history, 1, 1.0, 0.0, None)
    assert (done.lost, done.claimed_twice, done.out_of_order) == (1, 1, 1)
