"""Choices of chance that are the same for the same seed, on every machine and in every version of Python."""

import hashlib
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


def chance(*key: object) -> float:
    """Return a number from 0 to below 1 that looks random and hangs on ``key`` alone."""
    digest = hashlib.blake2b("\0".join(map(str, key)).encode(), digest_size=8).digest()
    return int.from_bytes(digest) / 2**64


def pick(among: Sequence[T], seed: int, what: object, time: int = 0) -> T:
    """Return one of ``among``: each once, in an order of chance, before any comes again."""
    order = sorted(range(len(among)), key=lambda place: chance(seed, what, time // len(among), place))
    return among[order[time % len(among)]]
