"""A language model that misbehaves while many conversations are worked: nobody waits for it, and nothing piles up."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from time import monotonic

import pytest

from console.conversation.assist_events import LlmCalled
from console.conversation.events import Event
from console.conversation.people import Customer
from console.desk.desk import Desk, utc_now
from console.desk.model_calls import Terms
from console.llm import Breaker, GuardedModel, OpenAiModel
from console.store import open_log
from tests.desks import ROBIN, Chair, arrive, until, writes
from tests.llm.lagging import lag
from tests.llm.misbehaving import FAULTS, Misbehaving
from tests.llm.trying import engine

CROWD = 20
"""Conversations that are worked at once."""

DEADLINE = 1.0
"""Seconds that a draft or a summary may take."""

FREE = 1.0
"""Seconds that nobody on the desk may be kept waiting; one faulty call alone must stay below 0.25 (tests/llm)."""

PATIENCE = 300.0
"""Seconds after which what never comes about fails a test; how long it takes is not what is asked."""

FOR_GOOD = 3600.0
"""Seconds that a model rests after its failures where it is not to be tried again before the test is over."""


@asynccontextmanager
async def working(address: str, folder: Path, rest: float = FOR_GOOD) -> AsyncIterator[tuple[Desk, list[LlmCalled]]]:
    """A desk whose model is at an address, with an agent on every conversation; and the calls that were logged."""
    model = GuardedModel(OpenAiModel(address, "small", "sk-secret"), lambda: Breaker(3, rest, monotonic))
    terms = Terms(draft_seconds=DEADLINE, summary_seconds=DEADLINE)
    log = open_log(folder / "workspace", folder / "keys")
    desk = Desk(log, Chair(says=engine), now=utc_now, model=model, terms=terms)
    calls: list[LlmCalled] = []

    def note(event: Event) -> None:
        if isinstance(event.data, LlmCalled):
            calls.append(event.data)

    desk.live.watchers.append(note)
    await desk.start({})
    desk.assistance.ready(desk.assistant)
    for number in range(CROWD):
        texts = ("My boots are late", "they never came", "hello?", "anybody?")
        await arrive(desk, f"c{number}", *texts, customer=Customer(f"u{number}"))
    yield desk, calls
    await desk.stop()


async def answered(desk: Desk, turn: str) -> None:
    """Wait until each conversation shows the engine's reply to a turn."""

    async def all_have() -> bool:
        states = [await desk.live.state(f"c{n}") for n in range(CROWD)]
        return all(any(s.text == f"engine on {turn}" for s in state.suggestions) for state in states)

    await until(all_have, within=PATIENCE)


@pytest.mark.parametrize("way", ["hang", "drip", "flood", "busy"])
async def test_twenty_conversations_are_assisted_whatever_the_model_does(way: str, tmp_path: Path) -> None:
    """All have the engine's reply; after a few failures the model is left alone, and nothing of it was shown."""
    with Misbehaving(says=lambda _: "We are looking into it for you now.") as server:
        async with working(server.address(way), tmp_path) as (desk, calls), lag() as lagged:
            await asyncio.gather(*(desk.casework.claim(ROBIN, f"c{n}") for n in range(CROWD)))
            await answered(desk, "m4")
            await until(lambda: len(calls) >= 2 * CROWD, within=PATIENCE)  # a draft and a summary each
            before = len(calls)
            for number in range(CROWD):
                await writes(desk, "still nothing", conversation=f"c{number}")
            await answered(desk, "m5")
            await until(lambda: len(calls) >= 4 * CROWD, within=PATIENCE)
            # Counted here: what was on its way and given up, a busy server may take in long after.
            tried = Counter(call.outcome for call in calls[before:])
            assert set(tried) == {"resting"}, "a model that failed again and again is not left alone"
            assert len(server.asked) <= before
            offered = [s.text for n in range(CROWD) for s in (await desk.live.state(f"c{n}")).offered.values()]
            assert all(text.startswith("engine on") for text in offered)
        assert lagged.worst < FREE


@pytest.mark.slow
async def test_a_model_that_changes_its_ways_all_the_time(tmp_path: Path) -> None:
    """Every way of going wrong, good ones between them, while customers write on; the calls end, and none is left."""
    ways = [way for fault in sorted(FAULTS) for way in (fault, "good")]
    with Misbehaving(says=lambda _: "We are looking into it for you now.") as server:
        async with working(server.address("good"), tmp_path, rest=0.5) as (desk, calls), lag() as lagged:
            await asyncio.gather(*(desk.casework.claim(ROBIN, f"c{n}") for n in range(CROWD)))
            await answered(desk, "m4")
            client = desk._model._model  # type: ignore[union-attr]
            for turn, way in enumerate(ways, 5):
                client._address = server.address(way)
                for number in range(CROWD):
                    await writes(desk, f"turn {turn}", conversation=f"c{number}")
                await answered(desk, f"m{turn}")
            loop = asyncio.get_running_loop()
            began, starved = loop.time(), lagged.starved
            await until(lambda: not desk.assistance.busy(), within=PATIENCE)
            assert loop.time() - began - (lagged.starved - starved) < 2 * DEADLINE
            print(Counter(call.outcome for call in calls), f"worst lag {lagged.worst:.2f} s")
        assert lagged.worst < FREE
