"""A page that does not take what is painted: it is cut off, and the console paints on."""

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest

from console.web.socket import SocketScreen

pytestmark = pytest.mark.slow


class Stuck:
    """A websocket whose other end reads nothing, or is gone."""

    def __init__(self, fault: Exception | None = None) -> None:
        self._fault = fault

    async def send_bytes(self, _: bytes) -> None:
        """Wait for ever, or fail."""
        if self._fault:
            raise self._fault
        await asyncio.Event().wait()


def screen_of(socket: Any, cut: list[str]) -> SocketScreen:  # noqa: ANN401 - a double
    """Return a page whose connection notes that it was cut."""
    transport = SimpleNamespace(abort=lambda: cut.append("cut"))
    request: Any = SimpleNamespace(transport=transport)
    return SocketScreen(socket, request)


async def test_a_page_that_takes_nothing_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("console.web.socket.BEHIND", 0.01)
    cut: list[str] = []
    await screen_of(Stuck(), cut).paint(b"x")
    assert cut == ["cut"]


@pytest.mark.parametrize("fault", [ConnectionResetError(), RuntimeError("closed")])
async def test_a_page_that_has_gone_does_not_disturb_the_console(fault: Exception) -> None:
    cut: list[str] = []
    await screen_of(Stuck(fault), cut).paint(b"x")
    assert cut == []
