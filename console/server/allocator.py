"""How the C library keeps the server's memory: in few pools, large arrays in none, and nothing free for long."""

import ctypes
import threading
from contextlib import suppress
from typing import Final

FEW: Final = 2
"""Pools; by default there are eight a processor, and what one thread gave back is of no use to another's pool.

The engine, after 6,000 turns on two threads: 384 MB instead of 425.
"""

LARGE: Final = 1 << 20
"""Bytes from which on a piece of memory is the system's own, and goes back to it whole.

By itself the library raises this to the largest piece that was ever given back, up to 32 MB. Arrays that are made anew
a little larger each time, as those of past conversations are, then find no room where the last one was, and the pool
grows: after half an hour under load 66 of its 224 MB lay free.
"""

TOP: Final = 8 * LARGE
"""Bytes that may lie free at the end of a pool before they go back; a fixed :data:`LARGE` would make it 128 KB."""

EVERY: Final = 60.0
"""Seconds after which free pages go back to the system, from amid the pools, too: one piece that is still in use keeps
all that was freed below it, so that a pool otherwise stays as large as it ever was."""

_TRIM_THRESHOLD: Final = -1
_MMAP_THRESHOLD: Final = -3
_ARENA_MAX: Final = -8
"""``M_TRIM_THRESHOLD``, ``M_MMAP_THRESHOLD`` and ``M_ARENA_MAX`` of mallopt(3)."""


def keep_memory_tidy() -> bool:
    """Set all of it; call it before there are threads. Returns whether this system can (glibc)."""
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (OSError, AttributeError, TypeError):  # musl, macOS; Windows has no library of no name
        return False
    return all([mallopt(_ARENA_MAX, FEW), mallopt(_MMAP_THRESHOLD, LARGE), mallopt(_TRIM_THRESHOLD, TOP)])


def give_back_always() -> None:
    """Let a thread of its own give free memory back, each :data:`EVERY` seconds, for as long as the process lives."""
    threading.Thread(target=_give_back, name="memory", daemon=True).start()


def _give_back() -> None:
    rests = threading.Event()
    while not rests.wait(EVERY):
        give_back()


def give_back() -> bool:
    """Give free pages of all pools back to the system; other Python threads go on. Returns whether it can (glibc)."""
    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)
        return True
    return False
