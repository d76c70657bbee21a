"""A look at the knowledge gaps takes as long as it takes; whoever waits is told how far it is."""

import asyncio
from threading import Event

import pytest

from console.conversation.upkeep import Gaps
from console.desk.desk import Desk
from tests.desk.test_lookups import Found
from tests.desks import Chair

DONE = Gaps((), asked=7)


class Slow:
    """Looks until it is let go."""

    progress = ""

    def __init__(self) -> None:
        self.let_go, self.looks, self.fails = Event(), 0, False

    def gaps(self, history: object, now: object) -> Gaps:
        """Look."""
        self.looks += 1
        self.progress = "3 of 7 questions"
        assert self.let_go.wait(10)
        if self.fails:
            raise OSError("gone")
        return DONE


@pytest.fixture
def slow(desk: Desk, chair: Chair) -> Slow:
    """The desk's librarian."""
    librarian = Slow()
    desk.equip(chair, Found(), librarian)  # type: ignore[arg-type]
    return librarian


async def test_who_waits_is_told_how_far_it_is_and_then_what_was_found(desk: Desk, slow: Slow) -> None:
    """The look goes on meanwhile, and several share it."""
    while (early := await desk.gap_look.look(0.01)).progress != "3 of 7 questions":
        assert early.progress
    assert early.gaps == ()
    slow.let_go.set()
    assert await asyncio.gather(desk.gap_look.look(), desk.gap_look.look()) == [DONE, DONE]
    assert slow.looks == 1


async def test_each_look_that_was_answered_is_followed_by_a_fresh_one(desk: Desk, slow: Slow) -> None:
    """Nothing old is shown."""
    slow.let_go.set()
    assert await desk.gap_look.look() == await desk.gap_look.look() == DONE
    assert slow.looks == 2


async def test_a_look_that_fails_says_so_to_who_asked(desk: Desk, slow: Slow) -> None:
    """And the next one begins anew."""
    slow.fails = True
    slow.let_go.set()
    with pytest.raises(OSError, match="gone"):
        await desk.gap_look.look()
    slow.fails = False
    assert await desk.gap_look.look() == DONE
