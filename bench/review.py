"""The lead's review: whether its intervals hold the truth, and how long it takes on a log of many events.

    python -m bench.review [EVENTS]

Worlds of 60 conversations of one to eight decisions each are drawn 2,000 times, alike and unlike one another, and the
intervals compared with those that take every decision for a case of its own. Then two months of generated history, as
often as it takes for a million EVENTS, are written into a log on disk, and a desk is asked: the first look, one after
more happened, what is behind a figure, a queue; with the longest time that the event loop was held up meanwhile.
"""

import asyncio
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Final

import numpy as np

from console.conversation.events import NewEvent
from console.conversation.review_commands import Asked
from console.conversation.reviews import Measure, ReviewQueue
from console.demo.history import Shape, events_of, material
from console.desk.live import LiveLog
from console.review.intervals import wilson
from console.review.reviewing.counting import Cells
from console.review.sources.look import sources_of
from console.server.edits import EditReasons
from console.server.following import Following
from console.server.reviewing import Reviewing
from console.store import open_log

RUNS: Final = 2_000
TALKS: Final = 60
EVENTS: Final = 1_000_000
BATCH: Final = 5_000
UNTIL: Final = datetime(2026, 11, 20, 9, tzinfo=UTC)


def coverage() -> None:
    """Print how often the intervals hold the truth."""
    for rate in (0.1, 0.3):
        for name, alike in (("unlike", 4.0), ("alike", np.inf)):
            rng, held, plain = np.random.default_rng(11), 0, 0
            for _ in range(RUNS):
                talks = np.repeat(np.arange(TALKS), rng.integers(1, 9, TALKS))
                chances = rng.beta(rate * alike, (1 - rate) * alike, TALKS) if np.isfinite(alike) else rate
                hits = rng.random(len(talks)) < np.broadcast_to(chances, TALKS)[talks]
                figure = Cells(np.zeros(len(talks), dtype=np.int64), 1, talks).counted(hits).figure(Measure.ACCEPTED, 0)
                held += (figure.low or 0) <= rate <= (figure.high or 0)
                low, high = wilson(hits.mean(), len(talks))
                plain += bool(low <= rate <= high)
            said = f"rate {rate}, conversations {name}: held by {held / RUNS:.1%}"
            print(f"{said}, were each decision a case of its own by {plain / RUNS:.1%}")


def history(events: int) -> Iterator[NewEvent]:
    """Yield so many events of two months: the same history again and again, each time of other conversations."""
    made = list(events_of(Shape(UNTIL), material()))
    for number in range(events):
        again, place = divmod(number, len(made))
        event = made[place]
        yield replace(event, conversation=f"{event.conversation}-{again}")


async def speed(events: int, folder: Path) -> None:
    """Print how long each look takes on so many events."""
    log = open_log(folder / "workspace", folder / "keys")
    began = time.perf_counter()
    batch: list[NewEvent] = []
    for event in history(events):
        batch.append(event)
        if len(batch) == BATCH:
            log.append(batch)
            batch = []
    print(f"{events:,} events written in {time.perf_counter() - began:.0f} s")
    live = LiveLog(log)
    await live.start()
    following = Following(live, lambda: UNTIL)
    reviewing, edits = Reviewing(following), EditReasons(following)
    await _timed("first look, 4 weeks", lambda: reviewing.look(4))
    await _timed("first look, 9 weeks", lambda: reviewing.look(9))
    await _timed("again, nothing new", lambda: reviewing.look(9))
    await live.record(list(events_of(Shape(UNTIL, seed=3, days=1), material())))
    await _timed("again, after a day's events", lambda: reviewing.look(9))
    await _timed("behind a figure", lambda: reviewing.behind(9, Asked(measure=Measure.OVERRIDDEN)))
    await _timed("a queue", lambda: reviewing.queue(9, ReviewQueue.SURE_OVERRIDDEN, done=False))
    look = partial(sources_of, retired={})
    await _timed("sources", lambda: following.look("sources", 9, look))
    await _timed("edits, whose texts are read", lambda: edits.look(9))
    await live.record(list(events_of(Shape(UNTIL, seed=4, days=1), material())))
    await _timed("edits, after a day's events", lambda: edits.look(9))
    live.close()


async def _timed(name: str, look: Callable[[], Awaitable[object]]) -> None:
    longest = 0.0

    async def beat() -> None:
        nonlocal longest
        while True:
            before = time.perf_counter()
            await asyncio.sleep(0.005)
            longest = max(longest, time.perf_counter() - before - 0.005)

    heart = asyncio.create_task(beat())
    began, worked = time.perf_counter(), time.process_time()
    await look()
    took, worked = time.perf_counter() - began, time.process_time() - worked
    heart.cancel()
    held = f"the event loop held up for {longest * 1000:.0f} ms at most"
    print(f"{name}: {took:.2f} s, {worked:.2f} s of them at work; {held}", flush=True)


def main() -> None:
    """Measure both."""
    coverage()
    with tempfile.TemporaryDirectory() as place:
        asyncio.run(speed(int(sys.argv[1]) if len(sys.argv) > 1 else EVENTS, Path(place)))


if __name__ == "__main__":
    main()
