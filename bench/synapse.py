"""A message's way to its readers, here and on Synapse: ``python -m bench.synapse [--rate 5] [--seconds 60]``.

Three servers run side by side, as a team would run them, each on a PostgreSQL of its own (``--store sqlite``: each on
SQLite): a desk on the demo company with its assistance, the same desk without (its model is away), and Synapse, a
Matrix homeserver, as a measure of what carrying messages costs. A message is acknowledged once it is on the disk, on
all three.

They are written to in turns, a spell each a round, the order reversed every other round, by as many customers with as
many messages a second and the same words, in as many conversations as rooms. As many listeners follow all of these: on
the desk as a console does (server-sent events), on Synapse as a client does (long polls of ``/sync``), whose limits are
lifted. Taken is the time from a message's sending until a listener has read it; the processor time that a server and
its PostgreSQL used meanwhile; and what memory they hold at the end. The desk does more in it: its bot and, with
assistance, its suggestions are in its processor time.

All share the machine: ratios within a run are the figure. Where a server is sent more than it can carry there, messages
queue, and the times tell of the queue: ``queued`` is how many were not acknowledged when the last of a spell was sent.
Processor time and memory hold on a busy machine, times do not.
"""

import argparse
import asyncio
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack, ExitStack
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from bench.figures import Figure, show
from bench.latency import texts
from bench.synapse_servers import CUSTOMERS, MARK, DeskService, Homeserver, Service, memory, spent
from console.workspace import Workspace
from tests.channels.synapse import missing
from tests.postgres import Server

ARRIVES_WITHIN: Final = 20.0
"""Seconds after a spell in which what is under way may still come."""

IDLE: Final = 0.1
"""Of one processor: what all may use together before the next is written to."""

SETTLES_WITHIN: Final = 30.0
"""Seconds to wait for that, at most."""


async def settled(services: list[Service]) -> None:
    """Wait until none has anything left to do, so that nobody's work falls into another's spell."""
    until = time.perf_counter() + SETTLES_WITHIN
    busy = True
    while busy and time.perf_counter() < until:
        before, began = sum(map(spent, services)), time.perf_counter()
        await asyncio.sleep(1)
        busy = sum(map(spent, services)) - before > IDLE * (time.perf_counter() - began)


async def spell(service: Service, said: list[str], first: int, rate: float, seconds: float) -> int:
    """Let customers write in turn at an even pace; return the number of the next message."""
    begun, count = time.perf_counter(), int(rate * seconds)
    writing: list[asyncio.Task[None]] = []
    for number in range(first, first + count):
        text = f"{said[number % len(said)]} {MARK}{number:05d}"
        writing.append(asyncio.create_task(_write(service, number % CUSTOMERS, text)))
        await asyncio.sleep(max(0.0, begun + (number - first + 1) / rate - time.perf_counter()))
    service.seen.queued = max(service.seen.queued, sum(not task.done() for task in writing))
    await asyncio.gather(*writing)
    until = time.perf_counter() + ARRIVES_WITHIN
    while service.seen.lost and time.perf_counter() < until:  # noqa: ASYNC110 - read by another task
        await asyncio.sleep(0.05)
    return first + count


async def measure(services: list[Service], said: list[str], chosen: argparse.Namespace) -> dict[str, float]:
    """Write to each in turns; what was seen stands in the services. Return each one's processor seconds."""
    used = dict.fromkeys((service.name for service in services), 0.0)
    async with AsyncExitStack() as stack:
        for service in services:
            await service.arrive(stack)
        listeners = range(chosen.listeners)
        following = [asyncio.create_task(service.follow(number)) for service in services for number in listeners]
        await asyncio.sleep(2)
        for service in services:  # nobody's first messages count
            await spell(service, said, 0, chosen.rate, 2 * CUSTOMERS / chosen.rate)
            service.seen.forget()
        numbers = dict.fromkeys((service.name for service in services), 2 * CUSTOMERS)
        for turn in range(chosen.rounds):
            for service in services if turn % 2 == 0 else reversed(services):
                await settled(services)
                first, before = numbers[service.name], spent(service)
                numbers[service.name] = await spell(service, said, first, chosen.rate, chosen.seconds / chosen.rounds)
                await settled([service])
                used[service.name] += spent(service) - before
        for task in following:
            task.cancel()
        for ended in await asyncio.gather(*following, return_exceptions=True):
            if isinstance(ended, Exception):
                raise ended
    return used


async def _write(service: Service, customer: int, text: str) -> None:
    number = text.rpartition(MARK)[2]
    service.seen.sent[number] = time.perf_counter()
    await service.write(customer, text)
    service.seen.acknowledged[number] = time.perf_counter()


def figures(services: list[Service], used: dict[str, float]) -> Iterator[Figure]:
    """Yield the figures of each, and its ratios to the last, which is the measure."""
    held = {service.name: dict(memory(service)) for service in services}
    work = {service.name: 1000 * used[service.name] / len(service.seen.sent) for service in services}
    for service in services:
        seen, name = service.seen, service.name
        yield Figure(f"{name}: messages; deliveries that never came", len(seen.sent), unit=f"; {seen.lost}")
        for percent in (50, 95):
            yield Figure(f"{name}: sent until read, p{percent}", seen.delivered(percent), unit=" ms")
        for percent in (50, 95):
            yield Figure(f"{name}: sent until acknowledged, p{percent}", seen.answered(percent), unit=" ms")
        yield Figure(f"{name}: queued at the end of a spell, at most", seen.queued)
        yield Figure(f"{name}: processor time a message, all processes", work[name], unit=" ms")
        for whose, size in held[name].items():
            yield Figure(f"{name}: resident memory, {whose}", size, unit=" MB")
    last = services[-1]
    for service in services[:-1]:
        for percent in (50, 95):
            ratio = service.seen.delivered(percent) / last.seen.delivered(percent)
            yield Figure(f"{service.name}, read p{percent}, of {last.name}'s", ratio, unit=" ×")
        yield Figure(
            f"{service.name}, processor time, of {last.name}'s", work[service.name] / work[last.name], unit=" ×"
        )
        for whose, size in held[service.name].items():
            yield Figure(f"{service.name}, memory, {whose}, of {last.name}'s", size / held[last.name][whose], unit=" ×")
        together = sum(held[service.name].values()) / sum(held[last.name].values())
        yield Figure(f"{service.name}, memory, all of it, of {last.name}'s", together, unit=" ×")


def lacking(store: str) -> str:
    """Return what has to be installed first; empty where all is there."""
    if store == "postgresql" and not find_spec("psycopg2"):
        return "Synapse has no driver for PostgreSQL: run make test, or --store sqlite"
    return missing()


def database(stack: ExitStack, store: str) -> Server | None:
    """Start a PostgreSQL for one server, where it is to have one; raises where that does not wait for the disk."""
    if store == "sqlite":
        return None
    server = Server(shared_buffers="128MB")
    stack.callback(server.remove)
    server.start()
    for setting in ("fsync", "synchronous_commit"):
        if (found := server.execute(f"show {setting}")) != [("on",)]:
            raise RuntimeError(f"PostgreSQL's {setting} is {found}")
    return server


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rate", type=float, default=5, help="messages a second")
    parser.add_argument("--seconds", type=float, default=60, help="how long each is written to, in all")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--listeners", type=int, default=3, help="who reads each message")
    parser.add_argument("--store", choices=["postgresql", "sqlite"], default="postgresql")
    parser.add_argument("--kept", type=Path, help="file to keep each message's times in (JSON)")
    chosen = parser.parse_args()
    if why := lacking(chosen.store):
        sys.exit(why)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    begun = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="secondchair-bench-") as folder, ExitStack() as stack:
        services: list[Service] = [
            stack.enter_context(
                DeskService(
                    Path(folder) / name,
                    chosen.listeners,
                    assists=name == "assisted",
                    database=database(stack, chosen.store),
                )
            )
            for name in ("assisted", "bare")
        ]
        services.append(stack.enter_context(Homeserver(chosen.listeners, database(stack, chosen.store))))
        said = texts(Workspace(Path(folder) / "assisted").content)
        used = asyncio.run(measure(services, said, chosen))
        loads = f"load {begun:.1f} before, {os.getloadavg()[0]:.1f} after, on {os.cpu_count()} processors"
        if chosen.kept:
            chosen.kept.write_text(json.dumps({service.name: service.seen.rows() for service in services}))
        show(f"A message to its readers, {json.dumps(vars(chosen), default=str)}; {loads}", figures(services, used))


if __name__ == "__main__":
    main()
