"""A server that leaves sees through what it has begun, begins nothing, and lets go of the rest at once."""

import asyncio
import threading
from collections.abc import Iterator

from console.assist.talk import Talk
from console.conversation.assist_events import RepliesSuggested
from console.conversation.events import EventData
from console.desk.desk import Desk
from console.desk.servers import PARTS, part_of
from tests.desks import Chair, arrive, state_when, suggestion, until, writes
from tests.team.conftest import Join
from tests.team.test_servers import both_at_work


def slow(begun: threading.Event, go: threading.Event) -> Chair:
    """Return an engine that takes until it may go on."""

    def says(talk: Talk) -> Iterator[EventData]:
        begun.set()
        go.wait(30)
        yield RepliesSuggested(talk.turn, (suggestion("Let me look."),))

    return Chair(says=says)


def name_at(desk: Desk) -> str:
    """Return the name of a conversation that is a server's."""
    return next(f"c{n}" for n in range(1000) if desk.live.mine(f"c{n}"))


async def test_what_was_begun_is_seen_through_and_then_handed_on(join: Join) -> None:
    """The other takes all else meanwhile; the turn is computed once, and the next one there."""
    begun, go = threading.Event(), threading.Event()
    quick = Chair(says=lambda talk: iter([RepliesSuggested(talk.turn, (suggestion("Let me look again."),))]))
    one, two = await join(engine=slow(begun, go)), await join(engine=quick)
    await both_at_work(one, two)
    name = name_at(one)
    await arrive(one, name)
    await asyncio.to_thread(begun.wait, 20)
    handing = asyncio.create_task(one.hand_on(20))
    await until(lambda: two.live.servers.parts() == PARTS - 1)
    assert (one.live.servers.parts(), one.live.mine(name), two.live.mine(name)) == (1, False, False)
    assert part_of(name) in one._busy()
    assert not quick.turns
    go.set()
    assert await handing
    state = await state_when(two, lambda state: bool(state.suggestions), name)
    assert state.suggestions[0].text == "Let me look."
    await until(lambda: two.live.mine(name))
    await writes(one, "are you there?", conversation=name)
    state = await state_when(two, lambda state: state.suggested_for == "m2", name)
    assert state.suggestions[0].text == "Let me look again."


async def test_what_does_not_end_is_not_waited_for(join: Join) -> None:
    """The server says so, and its end lets go of the rest."""
    begun, go = threading.Event(), threading.Event()
    one, two = await join(engine=slow(begun, go)), await join(engine=Chair())
    await both_at_work(one, two)
    name = name_at(one)
    await arrive(one, name)
    await asyncio.to_thread(begun.wait, 20)
    try:
        assert not await one.hand_on(0.5)
        one.live.servers.close()
        await until(lambda: two.live.mine(name))
    finally:
        go.set()
