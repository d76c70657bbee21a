"""What a parser of text from outside is to the tests, and what several of them need."""

import json
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

Read = Callable[[bytes], object]


@dataclass(frozen=True, slots=True)
class Parser:
    """``read`` takes bytes; ``refuses`` are the exceptions that its documentation names; ``seeds`` are good input."""

    read: Read
    refuses: tuple[type[Exception], ...]
    seeds: tuple[bytes, ...]
    slow: bool = False
    """Whether one reading takes so long that the short form tries few."""


def text(data: bytes) -> str:
    """Return bytes as any text there is: what is no UTF-8 becomes halves of characters."""
    return data.decode("utf-8", "surrogatepass") if _whole(data) else data.decode("utf-8", "surrogateescape")


def _whole(data: bytes) -> bool:
    try:
        data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


def said(value: object) -> bytes:
    """Return a value as JSON."""
    return json.dumps(value).encode()


@contextmanager
def filed(name: str, data: bytes) -> Iterator[Path]:
    """Yield a file of this name, which may begin with a folder's."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
        yield path
