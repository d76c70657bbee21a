"""How memory is kept, where the C library can be told."""

import ctypes
import platform

import psutil
import pytest

from console.server.allocator import give_back, keep_memory_tidy


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="glibc alone has such pools")
def test_glibc_takes_the_number() -> None:
    """It says so itself."""
    assert keep_memory_tidy()


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="glibc alone has such pools")
def test_what_was_freed_amid_a_pool_goes_back_to_the_system() -> None:
    """One small piece that stays above it does not keep it."""
    libc = ctypes.CDLL(None)
    libc.malloc.restype, libc.malloc.argtypes = ctypes.c_void_p, [ctypes.c_size_t]
    libc.free.argtypes = [ctypes.c_void_p]
    pieces = [libc.malloc(100_000) for _ in range(1_000)]
    for piece in pieces:
        ctypes.memset(piece, 1, 100_000)
    stays = pieces.pop()
    for piece in pieces:
        libc.free(piece)
    before = psutil.Process().memory_info().rss
    assert give_back()
    assert before - psutil.Process().memory_info().rss > 80_000_000
    libc.free(stays)


def test_another_library_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no mallopt the server starts all the same."""
    monkeypatch.setattr(ctypes, "CDLL", lambda name: object())
    assert not keep_memory_tidy()
    assert not give_back()
