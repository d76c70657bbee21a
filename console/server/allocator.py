"""How the C library keeps the server's memory: in few pools, and large arrays in none of them."""

import ctypes
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
