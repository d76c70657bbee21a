"""The live log: durable, in order, once, to everybody who listens."""

import asyncio
import gc
import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.conversation.events import ConversationClaimed, ConversationOpened, Event, MessageAdded, NewEvent
from console.conversation.inbox import InboxRow
from console.conversation.message import Author
from console.conversation.state import fold
from console.desk import live as live_module
from console.desk.desk import Desk
from console.desk.errors import NotFound
from console.desk.hub import BACKLOG, Hub, Signal
from console.desk.live import LiveLog
from console.desk.log import LogMoved
from console.server.stream import live_items
from console.store import SqlEventLog, open_log
from tests.desks import DANA, Clock, arrive, until, writes


def message(text: str, conversation: str = "c1", key: str = "") -> NewEvent:
    """Return a customer's message to append."""
    return NewEvent(conversation, "customer:x", MessageAdded(Author.CUSTOMER, text), Clock()(), "test", key)


async def test_events_are_published_in_order_under_concurrent_writers(desk: Desk) -> None:
    """Each once, none left out, and each writer's own are out when its call returns."""
    with desk.live.hub.listen() as listener:

        async def write(writer: int) -> None:
            for number in range(25):
                done = await desk.live.record([message(f"{writer}.{number}", f"c{writer}")] * (1 + number % 2))
                assert desk.live.seq >= done.events[-1].seq

        await asyncio.gather(*(write(writer) for writer in range(8)))
        desk.live.hub.close()
        heard = [item.seq async for item in listener if isinstance(item, Event)]
    assert heard == list(range(heard[0], heard[0] + 8 * 37))


async def test_states_at_hand_equal_those_folded_from_the_log(desk: Desk) -> None:
    """Also those that were first asked for while others wrote."""

    async def write(writer: int) -> None:
        for number in range(20):
            await desk.live.record([message(f"{number}", f"c{writer % 3}")])
            await desk.live.state(f"c{(writer + 1) % 3}") if number else None

    await asyncio.gather(*(write(writer) for writer in range(6)))
    for name in ("c0", "c1", "c2"):
        assert await desk.live.state(name) == fold(name, await desk.live.history(name))
    assert desk.live.rows == {row.id: row for row in desk.live.log.inbox()}


async def test_nothing_is_missed_that_came_while_a_state_was_being_read(
    real_log: SqlEventLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However often: the state at hand is the whole story, for whoever asks first and for those after them."""
    live = LiveLog(real_log)
    await live.record([message("one")])
    read, reads = live.read, 0

    async def overtaken(*, after: int, conversation: str | None = None) -> list[Event]:
        nonlocal reads
        found = await read(after=after, conversation=conversation)
        reads += 1
        if reads <= 3:
            await live.record([message(f"while read {reads} was on its way")])
        return found

    monkeypatch.setattr(live, "read", overtaken)
    state = await live.state("c1")
    await live.record([message("last")])
    assert state == fold("c1", real_log.read(0, conversation="c1"))
    assert await live.state("c1") is state
    assert (state.messages[0].text, state.messages[-1].text) == ("one", "last")


async def test_two_who_ask_at_once_get_the_same_state(real_log: SqlEventLog) -> None:
    """One that lives on: what happens next is in it, whoever was first."""
    live = LiveLog(real_log)
    await live.record([message("one")])
    first, second = await asyncio.gather(live.state("c1"), live.state("c1"))
    await live.record([message("two")])
    assert first is second
    assert [m.text for m in first.messages] == ["one", "two"]


async def test_a_state_that_was_let_go_is_folded_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many are asked for at once."""
    monkeypatch.setattr(live_module, "STATES_KEPT", 2)
    for number in range(12):
        await desk.live.record([message("hi", f"c{number}")])
    states = await asyncio.gather(*(desk.live.state(f"c{number % 12}") for number in range(60)))
    assert {state.id for state in states} == {f"c{n}" for n in range(12)}
    with pytest.raises(NotFound):
        await desk.live.state("c99")


async def test_what_a_cancelled_caller_wrote_is_published_all_the_same(desk: Desk) -> None:
    """It is durable, so listeners must hear of it."""
    with desk.live.hub.listen() as listener:
        task = asyncio.create_task(desk.live.record([message("hi", key="k1")]))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await until(lambda: desk.live.seq == 1)
        desk.live.hub.close()
        assert [item.seq async for item in listener if isinstance(item, Event)] == [1]


async def test_a_stop_waits_for_what_cancelled_callers_wrote(desk: Desk) -> None:
    """Only then is the log closed."""
    await arrive(desk)
    await until(lambda: not desk.assistance.busy() and not desk.packets.busy())
    callers = [asyncio.create_task(desk.live.record([message(f"{n}")])) for n in range(20)]
    await asyncio.sleep(0)
    for caller in callers:
        caller.cancel()
    await desk.live.settled()
    assert desk.live.seq == await desk.live.call(lambda log: log.head()) >= 20


async def test_only_one_at_a_time_decides_on_a_conversation(desk: Desk) -> None:
    """And a lock that nobody holds is not kept."""
    inside = 0

    async def decide(conversation: str) -> None:
        nonlocal inside
        async with desk.live.lock(conversation):
            inside += 1
            assert inside == 1
            await asyncio.sleep(0)
            inside -= 1

    await asyncio.gather(*(decide("c1") for _ in range(40)))
    await asyncio.gather(*(decide_other(desk, n) for n in range(5)))
    assert len(desk.live._locks) == 0


async def decide_other(desk: Desk, number: int) -> None:
    """Hold a lock of another conversation, and fail in it."""
    with pytest.raises(RuntimeError):
        async with desk.live.lock(f"other{number}"):
            raise RuntimeError


async def test_a_restart_shows_the_same_inbox(desk: Desk, clock: Clock) -> None:
    """And goes on counting where it was."""
    await arrive(desk, "c1")
    await arrive(desk, "c2")
    again = LiveLog(desk.live.log)
    await again.start()
    assert (again.rows, again.seq) == (desk.live.rows, desk.live.seq)
    assert all(isinstance(row, InboxRow) for row in again.rows.values())


async def test_what_another_server_wrote_is_found_when_it_is_next_needed(desk: Desk) -> None:
    """The gap is read from the log before anything later is published."""
    other = LiveLog(desk.live.log)
    await other.start()
    await desk.live.record([NewEvent("c1", "desk", ConversationOpened("test", DANA), Clock()())])
    with other.hub.listen() as listener:
        await other.record([message("hi")])
        await desk.live.catch_up()
        other.hub.close()
        assert [item.seq async for item in listener if isinstance(item, Event)] == [1, 2]
    assert (desk.live.seq, desk.live.rows) == (2, other.rows)


async def test_a_listener_that_lags_is_dropped_and_others_go_on() -> None:
    """It must not hold memory for a reader that is gone."""
    hub = Hub()
    with hub.listen() as slow, hub.listen() as quick:
        reader = asyncio.create_task(count(quick))
        for number in range(BACKLOG + 10):
            hub.publish(Signal("c1", "customer", active=bool(number % 2)))
            if number % 500 == 0:
                await asyncio.sleep(0)
        hub.close()
        assert (slow.dropped, quick.dropped) == (True, False)
        assert len([item async for item in slow]) == BACKLOG
        assert await reader == BACKLOG + 10
    with hub.listen() as late:
        assert [item async for item in late] == []


async def count(listener: object) -> int:
    """Return how many items a listener hears until its end."""
    return len([item async for item in listener])  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the logs of the drawn cases lie."""
    return tmp_path_factory.mktemp("logs")


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 2**32), writers=st.integers(1, 4), breaks=st.lists(st.integers(1, 12), max_size=4))
def test_a_stream_resumes_anywhere_without_gap_or_double(
    places: Path, seed: int, writers: int, breaks: list[int]
) -> None:
    """Over random interleavings of writers and a reader who leaves and comes back with the last number it saw."""
    chance = random.Random(seed)
    folder = places / str(len(list(places.iterdir())))
    each = 8

    async def play() -> list[int]:
        live = LiveLog(open_log(folder, folder / "keys"))
        await live.start()

        async def write(writer: int) -> None:
            for number in range(each):
                for _ in range(chance.randint(0, 3)):
                    await asyncio.sleep(0)
                await live.record([message(f"{number}", f"c{writer}")])

        async def read() -> list[int]:
            seen: list[int] = []
            for most in [*breaks, 10_000]:
                taken = 0
                stream = live_items(live, seen[-1] if seen else 0)
                async for items in stream:
                    seen += [item.seq for item in items if isinstance(item, Event)]
                    taken += 1
                    if seen[-1] == writers * each or taken >= most:
                        break
                await stream.aclose()  # type: ignore[attr-defined]
                if seen[-1] == writers * each:
                    break
            return seen

        reader = asyncio.create_task(read())
        await asyncio.gather(*(write(writer) for writer in range(writers)))
        async with asyncio.timeout(20):
            found = await reader
        live.hub.close()
        await asyncio.to_thread(live.close)
        return found

    assert asyncio.run(play()) == list(range(1, writers * each + 1))


async def test_a_number_the_log_has_never_reached_means_from_now_on(desk: Desk) -> None:
    """A console that comes from another log, or from before a fresh start, must not wait for ever."""
    await arrive(desk)
    await until(lambda: not desk.assistance.busy() and not desk.packets.busy())
    stream = live_items(desk.live, 9_000)
    following = asyncio.ensure_future(anext(stream))  # type: ignore[arg-type]
    await asyncio.sleep(0)
    before = desk.live.seq
    await writes(desk, "hello")
    (event,) = await asyncio.wait_for(following, 5)
    assert isinstance(event, Event)
    assert event.seq == before + 1
    desk.live.hub.close()
    await stream.aclose()  # type: ignore[attr-defined]


async def test_a_state_that_was_being_read_while_it_was_erased_is_not_kept(
    real_log: SqlEventLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was read before the erasure is read again, and found to be gone."""
    live = LiveLog(real_log)
    await live.start()
    await live.record([NewEvent("c1", "customer:x", ConversationOpened("test", DANA), Clock()())])
    read, erased = asyncio.Event(), asyncio.Event()
    plain = live.history

    async def slow(conversation: str | None = None, *, after: int = 0) -> list[Event]:
        found = await plain(conversation, after=after)
        read.set()
        await erased.wait()
        return found

    monkeypatch.setattr(live, "history", slow)
    reading = asyncio.create_task(live.state("c1"))
    await read.wait()
    assert (await live.call(lambda log: log.erase(DANA.id, by="desk", at=Clock()()))).events == 1
    await live.catch_up()
    erased.set()
    with pytest.raises(NotFound):
        await reading


async def test_a_write_that_others_were_faster_than_leaves_nothing_to_the_garbage_collector(desk: Desk) -> None:
    """It happens at every other claim on a busy desk, whose collector seldom runs."""
    await arrive(desk)
    gc.collect()
    gc.disable()
    try:
        for _ in range(20):
            with pytest.raises(LogMoved):
                await desk.live.record(
                    [NewEvent("c1", "agent:robin", ConversationClaimed("robin", "Robin"), desk.now())], expect=0
                )
        gc.set_debug(gc.DEBUG_SAVEALL)
        gc.collect()
        left = [found for found in gc.garbage if isinstance(found, LogMoved | NewEvent)]
    finally:
        gc.set_debug(0)
        gc.garbage.clear()
        gc.enable()
    assert left == []
