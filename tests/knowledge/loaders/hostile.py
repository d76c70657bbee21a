"""Parsers that behave as badly as a file could make one; they run in the process for parsing."""

import os
import time
from collections.abc import Iterator
from typing import BinaryIO

from knowledge.document import Document, Skipped

Items = Iterator[Document | Skipped]


def good(file: BinaryIO, name: str) -> Items:
    """Read it."""
    yield Document(name, "Title", file.read().decode())


def hangs(_file: BinaryIO, _name: str) -> Items:
    """Never end."""
    while True:
        time.sleep(1)
    yield


def eats(_file: BinaryIO, name: str) -> Items:
    """Take all memory."""
    held = [bytearray(64 * 1024**2) for _ in range(1000)]
    yield Document(name, str(len(held)), "")


def dies(_file: BinaryIO, _name: str) -> Items:
    """End the process, as a fault in a library of C does."""
    os.abort()
    yield


def chats(_file: BinaryIO, name: str) -> Items:
    """Print between the answers, and look for what the environment holds."""
    print("Warning: 1 + 1 = 3")
    yield Document(name, str(os.getpid()), ",".join(sorted(os.environ)))


def breaks(_file: BinaryIO, _name: str) -> Items:
    """Fail in a way that nobody thought of."""
    raise ZeroDivisionError
    yield


def refuses(_file: BinaryIO, name: str) -> Items:
    """Say why not."""
    raise ValueError(f"{name} is no good")
    yield
