"""What others wait for while one customer floods the desk: ``python -m bench.flood [MESSAGES]``.

A whole desk runs in this process on the demo workspace, with its real engine. Customers come in turn and write what the
demo's own customers say; the time from a message until its suggested replies are logged is taken in spells that
alternate: with a calm desk, and with somebody who writes 20 messages a second on another channel,
as a script would. Spells of one run share whatever else the machine does, so the ratio of their p95 is the figure.
"""

import argparse
import asyncio
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import Final

from bench.figures import Figure, show
from bench.latency import texts
from console.commands.init import prepare
from console.conversation.assist_events import AssistanceWithheld, RepliesSuggested, SummaryUpdated
from console.conversation.assistance import Routing
from console.conversation.events import Event, MessageAdded, RoutingChanged
from console.conversation.message import Author, Layer
from console.conversation.people import Customer
from console.desk.desk import Desk
from console.desk.intake import Incoming
from console.server.assembly import build_server
from console.settings import chosen_settings
from console.workspace import Workspace

MESSAGES: Final = 120
"""Messages of others, half of them in each kind of spell."""

SPELL: Final = 15
"""Messages of others in a spell; the flood has begun for 25 messages before one is timed."""

A_SECOND: Final = 20
"""Messages that the customer who floods writes in a second."""

WARM_UP: Final = 40
"""Messages that warm the desk up; those that get replies are written again and timed."""

PATIENCE: Final = 10.0
"""Seconds after which a message without suggestions counts as such."""


class Watch:
    """Notes when the replies to a message, or word that there are none, stand in the log."""

    def __init__(self, desk: Desk) -> None:
        self._done: dict[str, asyncio.Event] = {}
        self.without: set[str] = set()
        """Conversations that get no replies: they are for people alone, or not in English."""
        desk.live.watchers.append(self._take)

    def expect(self, conversation: str) -> asyncio.Event:
        """Return what is set once the newest message of a conversation has its replies."""
        self._done[conversation] = asyncio.Event()
        return self._done[conversation]

    def _take(self, event: Event) -> None:
        waited = self._done.get(event.conversation)
        if waited is None or waited.is_set():
            return
        match event.data:
            case RepliesSuggested():
                waited.set()
            case AssistanceWithheld() | SummaryUpdated() | RoutingChanged(routing=Routing(layer=Layer.HUMAN_ONLY)):
                self.without.add(event.conversation)
                waited.set()
            case _:
                pass


async def _ready(desk: Desk) -> None:
    while desk.assistance.status != "ready":  # noqa: ASYNC110 - said in no event
        await asyncio.sleep(0.1)


async def _flood(desk: Desk, said: list[str]) -> None:
    """Write without end, as a channel brings it."""
    flooder = Customer("flood", "Flo Odd")
    name = await desk.intake.open("matrix", flooder, address="!room", handover="wrote on Matrix")
    begun = perf_counter()
    for number in count():
        await desk.intake.receive(name, Incoming(Author.CUSTOMER, said[number % len(said)], f"{name}.{number}"))
        await asyncio.sleep(max(0.0, begun + number / A_SECOND - perf_counter()))


async def _timed(desk: Desk, watch: Watch, number: int, text: str) -> float | None:
    """Let a new customer write once; return the seconds until there are replies, nothing where there are none."""
    name = f"other-{number}"
    customer = Customer(name, "Iris Tam")
    done, begun = watch.expect(name), perf_counter()
    await desk.intake.open(
        "web", customer, conversation=name, before=[Incoming(Author.CUSTOMER, text)], handover="wrote"
    )
    with suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE):
            await done.wait()
            return None if name in watch.without else perf_counter() - begun
    return None


async def measure(messages: int = MESSAGES) -> tuple[list[float], list[float], int, int]:
    """Return the seconds of a calm desk and of a flooded one, the messages never answered, and the flood's length."""
    with tempfile.TemporaryDirectory(prefix="secondchair-bench-") as folder:
        workspace = Workspace(Path(folder) / "desk")
        prepare(workspace, demo=True)
        workspace.config.write_text("", encoding="utf-8")
        server = build_server(workspace, chosen_settings(None, workspace.config))
        said, desk = texts(workspace.content), server.desk
        times: dict[bool, list[float]] = {False: [], True: []}
        unanswered = 0
        async with server.app.router.lifespan_context(server.app):
            await _ready(desk)
            watch = Watch(desk)
            numbers = count()
            asked = [text for text in said[:WARM_UP] if await _timed(desk, watch, next(numbers), text) is not None]
            for spell in range(max(2, messages // SPELL)):
                flooded = bool(spell % 2)
                flood = asyncio.create_task(_flood(desk, said)) if flooded else None
                await asyncio.sleep(2.0)
                for _ in range(SPELL):
                    number = next(numbers)
                    taken = await _timed(desk, watch, number, asked[number % len(asked)])
                    unanswered += taken is None
                    times[flooded] += [taken] if taken is not None else []
                    await asyncio.sleep(max(0.0, 0.5 - (taken or 0.0)))
                if flood is not None:
                    flood.cancel()
                    await asyncio.gather(flood, return_exceptions=True)
                    await asyncio.sleep(2.0)  # the turn of the flood under way ends
            history = await desk.live.history()
        length = sum(isinstance(e.data, MessageAdded) and e.actor == "customer:flood" for e in history)
        return times[False], times[True], unanswered, length


def _p95(seconds: list[float]) -> float:
    return quantiles(seconds, n=20, method="inclusive")[18]


def figures(data: Path | None = None, messages: int = MESSAGES) -> Iterator[Figure]:
    """Yield what others wait for with and without a flood."""
    calm, flooded, unanswered, length = asyncio.run(measure(messages))
    yield Figure("message to suggestions, calm desk, p95", 1000 * _p95(calm), unit=" ms")
    yield Figure("the same while one customer floods, p95", 1000 * _p95(flooded), unit=" ms")
    yield Figure("p95 of others under a flood, as a ratio", _p95(flooded) / _p95(calm), 1.5, at_most=True)
    yield Figure("median of others under a flood, as a ratio", median(flooded) / median(calm))
    yield Figure("messages of others without an answer", unanswered, 0, at_most=True)
    yield Figure("messages of the flood, all in the log", length)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("messages", nargs="?", type=int, default=MESSAGES)
    show("Floods", figures(messages=parser.parse_args().messages))


if __name__ == "__main__":
    main()
