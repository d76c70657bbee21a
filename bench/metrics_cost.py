"""What counting costs: processor time of a request and of an event, with and without the figures for Prometheus.

    python -m bench.metrics_cost

Both are measured in turns on one process, without a network, so that the difference is that of the counting alone.
"""

import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from statistics import median
from typing import Any

import httpx

from bench.figures import Figure, show
from console.accounts import Accounts
from console.accounts.database import sqlite_engine
from console.conversation.people import Role
from console.desk.desk import Desk
from console.server.app import create_app
from console.server.metrics.requests import CountedRequests
from console.store import open_log
from tests.desks import Chair, arrive, writes

ROUNDS = 9
REQUESTS = 1_000
EVENTS = 200


async def cost(count: int, once: Callable[[], Awaitable[Any]]) -> float:
    """Return the microseconds of processor time that ``once`` takes; those of the clock are others' too."""
    began = time.process_time()
    for _ in range(count):
        await once()
    return 1_000_000 * (time.process_time() - began) / count


async def measured(folder: Path) -> tuple[dict[str, list[float]], float, int]:
    """Return the microseconds by what was measured, the milliseconds of reading the figures, and their bytes."""
    desk = Desk(open_log(folder / "desk", folder / "keys"), Chair())
    await desk.start({})
    accounts = Accounts(sqlite_engine(folder / "accounts.db"))
    headers = {"Authorization": f"Bearer {accounts.mint(Role.AGENT, 'Bench')[0]}"}
    counted = create_app(desk, accounts)
    with_figures = (list(desk.live.written), list(desk.live.watchers))
    bare = create_app(desk, accounts)
    bare.user_middleware = [one for one in bare.user_middleware if one.cls is not CountedRequests]
    costs: dict[str, list[float]] = {}
    await arrive(desk)
    for _ in range(ROUNDS):
        for name, app in (("counted", counted), ("bare", bare)):
            desk.live.written, desk.live.watchers = with_figures if name == "counted" else ([], with_figures[1][:-1])
            transport = httpx.ASGITransport(app)
            async with httpx.AsyncClient(transport=transport, base_url="http://localhost", headers=headers) as client:
                costs.setdefault(f"requests {name}", []).append(await cost(REQUESTS, lambda: client.get("/v1/me")))
            costs.setdefault(f"events {name}", []).append(await cost(EVENTS, lambda: writes(desk, "where is it?")))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(counted), base_url="http://localhost") as client:
        began = time.perf_counter()
        size = len((await client.get("/metrics")).content)
        took = 1000 * (time.perf_counter() - began)
    await desk.stop()
    return costs, took, size


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        costs, took, size = asyncio.run(measured(Path(folder)))
    figures = [Figure(name, median(values), unit=" µs") for name, values in sorted(costs.items())]
    figures += [Figure("reading the figures", took, unit=" ms"), Figure("their size", size / 1024, unit=" KiB")]
    show("What counting costs", figures)


if __name__ == "__main__":
    main()
