"""How many pools of memory the C library keeps for the server's threads."""

import ctypes
from typing import Final

FEW: Final = 2
"""Pools; by default there are eight a processor, and what one thread gave back is of no use to another's pool.

The engine, after 6,000 turns on two threads: 384 MB instead of 425.
"""

_ARENA_MAX: Final = -8
"""``M_ARENA_MAX`` of mallopt(3)."""


def keep_few_arenas() -> bool:
    """Let all threads share a few pools; call it before there are any. Returns whether this system can (glibc)."""
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (OSError, AttributeError, TypeError):  # musl, macOS; Windows has no library of no name
        return False
    return bool(mallopt(_ARENA_MAX, FEW))
