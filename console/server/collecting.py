"""The garbage collector of a server that keeps a great deal for ever."""

import asyncio
import gc
from typing import Final

SETTLED: Final = 5.0
"""Seconds after which nobody works with the engine any more that was in use before."""


def soon_keep_for_ever() -> None:
    """Do :func:`keep_for_ever` once an engine that has just come into use is alone."""
    asyncio.get_running_loop().call_later(SETTLED, keep_for_ever)


def keep_for_ever() -> None:
    """Have the collector leave alone what is there by now: the program, the engine, the index.

    Walking through it stops every thread for some tenths of a second, again and again under load. What is garbage
    among it is collected first.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
