"""The bot's tools by the settings: an address of the company's, or the demo company's own system on loopback."""

import secrets
import socket
import threading
from collections.abc import Callable, Mapping
from datetime import datetime

import uvicorn

from console.assist.bot.ports import Call, Result, Tools
from console.conversation.people import Customer
from console.desk.desk import utc_now
from console.server.secret import secret
from console.settings import DEMO_SYSTEM, Settings, ToolsSettings
from console.tools.http import HttpTools
from console.workspace import Workspace


def company_tools(
    workspace: Workspace, settings: Settings, records: Mapping[str, Customer], now: Callable[[], datetime] = utc_now
) -> Tools | None:
    """Return the tools; ``None`` where no address is set. Raises :class:`ContentError` where the key cannot be read."""
    tools = settings.tools
    if not tools.address:
        return None
    if tools.address == DEMO_SYSTEM:
        return DemoTools(records, tools.seconds, now)
    return HttpTools(tools.address, key_of(workspace, tools), tools.seconds)


def key_of(workspace: Workspace, tools: ToolsSettings) -> str:
    """Return the tools' key; empty where none is set. It goes nowhere but into the head of a request."""
    return secret(workspace, tools.key, tools.key_file, "the tools' key")


class DemoTools:
    """The demo company's order system, started on a free port of this machine at the first call, in a thread."""

    def __init__(self, records: Mapping[str, Customer], seconds: float, now: Callable[[], datetime] = utc_now) -> None:
        self._records, self._seconds, self._now = records, seconds, now
        self._tools: HttpTools | None = None
        self._server: uvicorn.Server | None = None

    async def call(self, call: Call) -> Result:
        """Return the system's answer; see :class:`console.assist.bot.ports.Tools`."""
        if self._tools is None:
            self._tools = self._started()
        return await self._tools.call(call)

    async def close(self) -> None:
        """Stop the system."""
        if self._tools is not None:
            await self._tools.close()
        if self._server is not None:
            self._server.should_exit = True

    def _started(self) -> HttpTools:
        from console.demo.order_system import application, order_system

        key = secrets.token_urlsafe(32)
        app = application(order_system(self._records, self._now().date()), key)
        listening = socket.create_server(("127.0.0.1", 0))
        config = uvicorn.Config(app, lifespan="off", log_config=None, access_log=False)
        self._server = uvicorn.Server(config)
        run = threading.Thread(target=self._server.run, args=([listening],), name="order system", daemon=True)
        run.start()  # connections are taken in by the socket from now on
        return HttpTools(f"http://127.0.0.1:{listening.getsockname()[1]}", key, self._seconds)
