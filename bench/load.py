"""A desk of a team under load: ``python -m bench.load [--servers 1] [--minutes 3] [--conversations 500] …``.

Real desk servers on a real PostgreSQL, each a process of its own on the demo company. Customers write over HTTP what
the demo's customers say; consoles follow the events of a server each. One conversation of five waits; the others are
shared out among the consoles' agents, who look at one of theirs at a time, another every quarter of a minute. After ten
messages a conversation is closed and another customer comes; ``--worked`` begins with as many closed before as the desk
learns from, so that its memories are full. All of it shares the machine's processors, this driver
too.

A few consoles read what they get and say when it came: from a message's sending until it stood there, and until the
last part of its assistance did, where somebody was to read it: in conversations that waited or stood on a screen. The
others count events. At the end every console must have the same events, each once, and every message that was
acknowledged.
"""

import argparse
import asyncio
import json
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import quantiles
from typing import Final

import aiohttp

from bench.figures import Figure, show
from bench.latency import texts
from bench.load_clients import EACH, LOOKS, Console, Customer, Measured
from bench.load_servers import Team
from console.workspace import Workspace

READING: Final = 3
"""Consoles that read all they get."""

SETTLING: Final = 20.0
"""Seconds at the beginning that are not counted."""


async def customers(
    team: Team, client: aiohttp.ClientSession, consoles: list[Console], said: list[str], chosen: argparse.Namespace
) -> None:
    """Let customers write at an even pace until the time is over; the longest silent one is next."""
    measured = consoles[0].measured

    async def arrive(number: int) -> Customer:
        return await Customer.arrive(client, team.url(number), number, team.secret)

    crowd = [await arrive(n) for n in range(chosen.conversations)]
    for n, customer in enumerate(crowd):
        await _write(customer, consoles[n % len(consoles)], said[n % len(said)], n, measured)
        customer.written = n % EACH + 1  # so that they do not all end at once
    measured.before = next_one = number = chosen.conversations
    team.begin()
    measured.began = begun = time.perf_counter()
    ends, waiting = begun + SETTLING + 60 * chosen.minutes, set[asyncio.Task[None]]()
    while time.perf_counter() < ends:
        customer = crowd.pop(0)
        console = consoles[customer.number % len(consoles)]
        task = asyncio.create_task(_write(customer, console, said[number % len(said)], number, measured))
        waiting.add(task)
        task.add_done_callback(waiting.discard)
        if customer.written >= EACH:
            task.add_done_callback(lambda _, by=console, c=customer: waiting.add(asyncio.create_task(by.end(c))))
            customer = await arrive(next_one)
            next_one += 1
        crowd.append(customer)
        number += 1
        due = begun + (number - chosen.conversations) / chosen.rate
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
    while waiting:
        await asyncio.gather(*waiting, return_exceptions=True)
        waiting = {task for task in waiting if not task.done()}


async def _write(customer: Customer, console: Console, text: str, number: int, measured: Measured) -> None:
    if customer.waits or customer.written == 0 or console.screen == customer.conversation:
        measured.looked_at.add(f"{number:08d}")
    first = customer.written == 0
    await customer.write(text, number, measured)
    if first and not customer.waits:
        await console.claim(customer)


async def measure(team: Team, said: list[str], chosen: argparse.Namespace) -> Measured:
    """Run the load, and return what was measured."""
    connector = aiohttp.TCPConnector(limit=0, keepalive_timeout=20)
    async with aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar()) as client:
        return await _measured(team, client, said, chosen)


async def _measured(team: Team, client: aiohttp.ClientSession, said: list[str], chosen: argparse.Namespace) -> Measured:
    measured = Measured()
    consoles = [
        Console(client, measured, team.url(number), await team.agent(number), reads=number < READING)
        for number in range(chosen.consoles)
    ]
    looks = [LOOKS * number / len(consoles) for number in range(len(consoles))]  # no two agents look up together
    following = [asyncio.create_task(console.follow()) for console in consoles]
    following += [asyncio.create_task(c.look_around(begins)) for c, begins in zip(consoles, looks, strict=True)]
    memory = asyncio.create_task(team.watch_memory(measured))
    await customers(team, client, consoles, said, chosen)
    await asyncio.sleep(5)
    head = await team.head()
    for _ in range(100):
        if all(console.numbers and console.numbers[-1] >= head for console in consoles):
            break
        await asyncio.sleep(0.1)
    for task in (*following, memory):
        task.cancel()
    await asyncio.gather(*following, memory, return_exceptions=True)
    sent = team.sent_up_to(head)
    measured.behind = sum(console.numbers[: len(sent)] != sent for console in consoles)
    return measured


def figures(team: Team, measured: Measured) -> Iterator[Figure]:
    """Yield the figures."""
    shown, filled = measured.after(SETTLING)

    def ms(values: list[float], percent: int) -> float:
        return 1000 * quantiles(values, n=100, method="inclusive")[percent - 1] if len(values) > 1 else 0.0

    yield Figure("messages acknowledged", len(measured.acknowledged))
    yield Figure("refused or failed", measured.failures.total(), 0, at_most=True)
    yield Figure("message to console, p50", ms(shown, 50), unit=" ms")
    yield Figure("message to console, p95", ms(shown, 95), 100, at_most=True, unit=" ms")
    yield Figure("message to every panel, p50", ms(filled, 50), unit=" ms")
    yield Figure("message to every panel, p95", ms(filled, 95), 500, at_most=True, unit=" ms")
    yield Figure("acknowledged and never shown", len(measured.acknowledged - measured.shown.keys()), 0, at_most=True)
    yield Figure("shown more than once", measured.doubled, 0, at_most=True)
    yield Figure("consoles that missed an event or had one twice", measured.behind, 0, at_most=True)
    yield Figure("events", float(measured.events))
    for number, sizes in enumerate(measured.memory, 1):
        half = sizes[len(sizes) // 2 :]
        yield Figure(f"server {number}: memory at the end", sizes[-1] if sizes else 0, unit=" MB")
        yield Figure(f"server {number}: growth over the second half", half[-1] - half[0] if half else 0, unit=" MB")
    for name, seconds in team.processor_seconds().items():
        yield Figure(
            f"processor time, {name}, a message",
            1000 * seconds / max(1, len(measured.acknowledged) - measured.before),
            unit=" ms",
        )


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--servers", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=3)
    parser.add_argument("--conversations", type=int, default=500)
    parser.add_argument("--consoles", type=int, default=100)
    parser.add_argument("--rate", type=float, default=20, help="messages a second")
    parser.add_argument("--worked", action="store_true", help="a desk that has learned all it will before it starts")
    chosen = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="secondchair-load-") as folder,
        Team(Path(folder), chosen.servers, worked=chosen.worked) as team,
    ):
        said = texts(Workspace(Path(folder) / "server-1").content)
        measured = asyncio.run(measure(team, said, chosen))
        for why, times in measured.failures.most_common(5):
            print(f"  {times} × {why}")
        show(f"Load on {chosen.servers} server(s), {json.dumps(vars(chosen))}", figures(team, measured))


if __name__ == "__main__":
    main()
