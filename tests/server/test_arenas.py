"""Few pools of memory, where the C library has such a thing."""

import ctypes
import platform

import pytest

from console.server.arenas import keep_few_arenas


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="glibc alone has such pools")
def test_glibc_takes_the_number() -> None:
    """It says so itself."""
    assert keep_few_arenas()


def test_another_library_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no mallopt the server starts all the same."""
    monkeypatch.setattr(ctypes, "CDLL", lambda name: object())
    assert not keep_few_arenas()
