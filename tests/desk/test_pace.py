"""One customer floods the desk; the others do not notice."""

import asyncio
import itertools
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio
from hypothesis import given
from hypothesis import strategies as st

from console.assist.talk import Talk
from console.conversation.assist_events import SummaryUpdated
from console.conversation.assistance import SummaryKind, SummaryLine
from console.conversation.events import EventData
from console.conversation.message import Author, Message
from console.conversation.pace import FAST, pace_words, written_lately
from console.conversation.packet_events import PacketPrepared
from console.conversation.people import Customer
from console.desk import pace
from console.desk.desk import Desk
from console.desk.intake import Incoming
from console.desk.live import LiveLog
from console.desk.pace import Pace, Turns
from console.store import SqlEventLog
from console.terminal.doing import doing
from tests.desks import DANA, Chair, Clock, arrive, events_of, state_when, until

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
OTHER = Customer("u7", "Iris Tam")


def summary(talk: Talk) -> Iterator[EventData]:
    """Say how far the engine has read."""
    yield SummaryUpdated(talk.turn, (SummaryLine(SummaryKind.ISSUE, f"as of {talk.turn}", (talk.turn,)),))


@pytest_asyncio.fixture
async def desk(real_log: SqlEventLog, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Desk]:
    """A desk that works whoever floods every half second."""
    monkeypatch.setattr(pace, "EVERY", 0.5)
    chair = Chair()
    chair.says = summary
    desk = Desk(real_log, chair, now=clock)
    await desk.start({})
    desk.assistance.ready(chair)
    yield desk
    await desk.stop()


async def flood(desk: Desk, count: int, conversation: str = "c1") -> None:
    """Let a customer write so many messages as fast as the desk takes them."""
    for number in range(count):
        await desk.intake.receive(conversation, Incoming(Author.CUSTOMER, f"and {number}", f"f{number}"))


async def test_a_flood_is_taken_in_whole_and_worked_now_and_then(desk: Desk) -> None:
    """On all that has come, the last message too; the packet as well."""
    await arrive(desk)
    await flood(desk, 120)
    state = await state_when(desk, lambda s: bool(s.summary) and s.summary[0].text == "as of m121")
    assert [m.text for m in state.messages[1:]] == [f"and {n}" for n in range(120)]
    chair = desk.assistant
    assert isinstance(chair, Chair)
    assert len(chair.turns) < 60, "many messages, few turns"
    assert len(await events_of(desk, PacketPrepared, "c1")) < 60


async def test_others_are_worked_at_once_meanwhile(desk: Desk) -> None:
    """Whatever the one who floods waits for."""
    await arrive(desk)
    await flood(desk, FAST + 5)
    await until(lambda: desk.assistance.floods("c1"))
    await arrive(desk, "c2", customer=OTHER)
    assert not desk.assistance.floods("c2")
    async with asyncio.timeout(5):
        await state_when(desk, lambda s: bool(s.summary), "c2")


async def test_all_conversations_of_one_customer_count_together(real_log: SqlEventLog, clock: Clock) -> None:
    """Many rooms are no way round it, and they share the turns; calm returns by itself within a minute."""
    time = [0.0]
    desk = Desk(real_log, Chair(), now=clock)
    counted = Pace(desk.live, every=0.0, clock=lambda: time[0])
    await desk.start({})
    for room in ("c1", "c2"):
        await arrive(desk, room)
        await flood(desk, FAST // 2, room)
    assert counted.floods("c1")
    assert counted.floods("c2")
    time[0] = 61.0
    assert not counted.floods("c1")
    await arrive(desk, "c3", customer=OTHER)
    assert len(counted._times) == 1  # who is silent takes no room
    await desk.stop()


@given(st.lists(st.floats(0, 30), min_size=1, max_size=60))
def test_turns_of_a_flood_are_apart_and_those_of_others_at_once(gaps: list[float]) -> None:
    """Whenever they are asked for; ``gaps`` are the seconds between."""

    async def run() -> list[float]:
        now, begun = [0.0], []

        async def asleep(seconds: float) -> None:
            now[0] += seconds

        class Flooding(Pace):
            def floods(self, conversation: str) -> bool:
                return conversation == "c1"

        turns = Turns(Flooding(live, every=5.0, clock=lambda: now[0]), asleep)
        for gap in gaps:
            now[0] += gap
            before = now[0]
            await turns.wait("c2")
            assert now[0] == before
            await turns.wait("c1")
            begun.append(now[0])
        return begun

    live = LiveLog.__new__(LiveLog)
    live.rows, live.watchers = {}, []
    begun = asyncio.run(run())
    assert all(later - sooner >= 5.0 - 1e-6 for sooner, later in itertools.pairwise(begun))


@given(st.lists(st.tuples(st.sampled_from(list(Author)), st.integers(0, 120)), max_size=60))
def test_what_was_written_lately_is_counted(said: list[tuple[Author, int]]) -> None:
    """The customer's messages of the last minute, nobody else's; twenty of them are told to the agent."""
    ordered = sorted(said, key=lambda each: -each[1])
    messages = [Message(f"m{n}", role, "x", NOW - timedelta(seconds=ago)) for n, (role, ago) in enumerate(ordered, 1)]
    count = sum(role is Author.CUSTOMER and ago < 60 for role, ago in said)
    assert written_lately(messages, NOW) == count
    words = pace_words(messages, NOW)
    assert words == (f"writes very fast: {count} messages in the last minute" if count >= FAST else "")


async def test_the_agent_reads_who_writes_very_fast(desk: Desk, clock: Clock) -> None:
    """In the place of that they type; a minute later no more."""
    await arrive(desk)
    await flood(desk, FAST)
    state = await desk.live.state("c1")
    name = DANA.called
    assert doing(state, (), desk.now()) == f"{name} writes very fast: {FAST + 1} messages in the last minute"
    assert doing(state, ("c1",), desk.now() + timedelta(minutes=2)) == f"{name} is typing …"
    assert doing(state, (), desk.now() + timedelta(minutes=2)) == doing(None, (), desk.now()) == ""


@pytest.mark.parametrize("text", ["👍👍🏽🎉", "¿Dónde está mi paquete?", "我的包裹在哪里", "…", "x" * 1_000_000])
async def test_whatever_is_written_is_taken_in_and_worked(desk: Desk, text: str) -> None:
    """Emoji alone, other languages, a megabyte: cut with a mark, and nothing breaks."""
    await arrive(desk, "c1", text)
    state = await state_when(desk, lambda s: bool(s.summary))
    assert len(state.messages[0].text) <= 20_000
    assert state.messages[0].text.endswith("[cut]") is (len(text) > 20_000)
