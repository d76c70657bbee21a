"""How memory is kept, where the C library can be told."""

import ctypes
import platform

import pytest

from console.server.allocator import keep_memory_tidy


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="glibc alone has such pools")
def test_glibc_takes_the_number() -> None:
    """It says so itself."""
    assert keep_memory_tidy()


def test_another_library_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no mallopt the server starts all the same."""
    monkeypatch.setattr(ctypes, "CDLL", lambda name: object())
    assert not keep_memory_tidy()
