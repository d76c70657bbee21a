"""Tools for the tests: the order system without a network, and one that does as the test says."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import uvicorn
from starlette.applications import Starlette

from console.assist.bot.ports import Call, Result
from console.demo.order_system import OrderSystem


@dataclass
class DirectTools:
    """The order system, asked directly."""

    system: OrderSystem

    async def call(self, call: Call) -> Result:
        """Return the system's answer."""
        said = self.system.answer(call.tool, call.customer, call.arguments, call.key)
        return Result(said["found"], said.get("customer", ""), said.get("fields", {}))

    async def close(self) -> None:
        """Nothing is open."""


@dataclass
class ScriptedTools:
    """Answers as the test says, and keeps what it was asked; ``hold`` is waited for before each answer."""

    answers: Callable[[Call], Result]
    asked: list[Call] = field(default_factory=list)
    hold: asyncio.Event | None = None
    begun: asyncio.Event = field(default_factory=asyncio.Event)

    async def call(self, call: Call) -> Result:
        """Return what the test says, or raise it."""
        self.asked.append(call)
        self.begun.set()
        if self.hold is not None:
            await self.hold.wait()
        return self.answers(call)

    async def close(self) -> None:
        """Nothing is open."""


@contextmanager
def served(app: Starlette) -> Iterator[str]:
    """Serve an application on a port of this machine, in a thread; yield its address."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, lifespan="off", log_config=None))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        if not thread.is_alive():
            raise RuntimeError("the server does not start")
        threading.Event().wait(0.005)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)
