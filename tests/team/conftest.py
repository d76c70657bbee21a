"""Desks that share one PostgreSQL."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from console.desk.channels.channel import Channel
from console.desk.desk import Desk
from console.store import open_log
from console.store.postgres.servers import PostgresServers
from tests.desks import Chair, Clock
from tests.postgres import Server
from tests.store.desks import PostgresDesk

Join = Callable[..., Awaitable[Desk]]
"""Starts one more server of the desk, with these channels."""


@pytest.fixture
def place(postgres: Server, tmp_path: Path) -> Iterator[PostgresDesk]:
    """A database for the desk."""
    made = PostgresDesk(postgres, tmp_path / "workspace", tmp_path / "config")
    yield made
    made.remove()


@pytest_asyncio.fixture
async def join(place: PostgresDesk, chair: Chair, clock: Clock) -> AsyncIterator[Join]:
    """Servers of one desk, each with a log, an engine and connections of its own; all are stopped at the end."""
    desks: list[Desk] = []

    async def started(*channels: Channel, engine: Chair | None = None, **more: Any) -> Desk:  # noqa: ANN401 - the desk's
        log = open_log(place.workspace, place.keys, address=place.address)
        own = engine or chair
        desk = Desk(log, own, name="Test desk", now=clock, servers=PostgresServers(place.address), **more)
        desks.append(desk)
        await desk.start({channel.name: channel for channel in channels})
        desk.assistance.ready(own)
        desk.packets.ready()
        return desk

    yield started
    for desk in desks:
        await desk.stop()
