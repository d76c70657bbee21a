"""Lines of JSON: {"id", "title", "text"} and optionally url, updated, status, audience; other keys are ignored.

Dumps come packed, too: `.jsonl.gz` is read as it is inflated, a line at a time.
"""

import gzip
import json
import zlib
from collections.abc import Iterable, Iterator
from typing import BinaryIO, cast

from knowledge.document import Document, Skipped, Unchanged
from knowledge.loaders.fields import fields
from knowledge.loaders.origin import Origins, origin_of
from knowledge.text import clean, decode, one_line

MAX_BYTES = 4 * 1024**3
"""A file of many documents may be large, packed or not; each of its lines is limited instead."""

MAX_LINE_BYTES = 20 * 1024**2
MAX_BAD_LINES = 10_000
MAX_BLANK_LINES = 1_000_000


def parse(file: BinaryIO, name: str, known: Origins) -> Iterator[Document | Skipped | Unchanged]:
    """One document a line; a bad line is skipped and named `file:line`."""
    yield from _documents(_lines(file), name, known)


def parse_packed(
    file: BinaryIO, name: str, known: Origins, max_bytes: int = MAX_BYTES
) -> Iterator[Document | Skipped | Unchanged]:
    """The same out of a gzip file.

    Of one that is cut short or damaged, or inflates to more than `max_bytes`, what was read up to there counts, and
    what an index has of the rest stays.
    """
    unpacked = _Unpacked(file, max_bytes)
    try:
        # The cast: a GzipFile is a BinaryIO in everything but its declaration.
        yield from _documents(_lines(cast(BinaryIO, unpacked)), name, known)
    except _TooLarge:
        where = f"{name}:{unpacked.lines}"
        yield Skipped(where, f"inflates to more than {max_bytes // 1024**2} MB; the rest is left", "/")
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        if not unpacked.lines:
            raise ValueError("is not a whole gzip file; pack it again") from error
        where = f"{name}:{unpacked.lines + 1}"
        yield Skipped(where, "the gzip file is cut short or damaged from here; pack it again", "/")
    else:
        if not unpacked.lines:
            raise ValueError("is empty")


def _documents(lines: Iterable[bytes], name: str, known: Origins) -> Iterator[Document | Skipped | Unchanged]:
    """The documents of lines, until too many of them are none: then the file is not what its name says."""
    bad = blank = 0
    for number, untrimmed in enumerate(lines, start=1):
        line = untrimmed.strip()
        origin = origin_of("", line)
        if not line:
            blank += 1
        elif origin in known:
            yield Unchanged(known[origin])
        else:
            try:
                yield _document(line, origin)
            except ValueError as error:
                bad += 1
                yield Skipped(f"{name}:{number}", str(error))
        if bad > MAX_BAD_LINES or blank > MAX_BLANK_LINES:
            yield Skipped(f"{name}:{number}", "too many lines before it hold no document; the rest is left", "/")
            return


class _TooLarge(Exception):
    """A gzip file inflates to more than may be read."""


class _Unpacked(gzip.GzipFile):
    """The content of a gzip file, up to a size."""

    def __init__(self, file: BinaryIO, max_bytes: int) -> None:
        super().__init__(fileobj=file, mode="rb")
        self._max_bytes = max_bytes
        self.lines = 0
        """How many were read whole or in part."""

    def readline(self, size: int | None = -1) -> bytes:
        line = super().readline(size)
        if self.tell() > self._max_bytes:
            raise _TooLarge
        self.lines += bool(line)
        return line


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """The lines of a file; of one that is too long, enough is kept to tell that it is."""
    while line := file.readline(MAX_LINE_BYTES + 2):
        yield line
        while not line.endswith(b"\n") and len(line) > MAX_LINE_BYTES:
            line = file.readline(MAX_LINE_BYTES + 2)


def _document(line: bytes, origin: str) -> Document:
    if len(line) > MAX_LINE_BYTES:
        raise ValueError(f"is longer than {MAX_LINE_BYTES // 1024**2} MB; put one document on a line")
    text = decode(line)
    try:
        row = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        what = error.msg if isinstance(error, json.JSONDecodeError) else "nested too deeply"
        raise ValueError(f"is not JSON ({what})") from error
    if not isinstance(row, dict):
        raise ValueError("is not a JSON object")
    for key in ("id", "text"):
        if not isinstance(row.get(key), str | int) or not str(row[key]).strip():
            raise ValueError(f'has no "{key}"')
    body = clean(str(row["text"])).strip()
    if not body:
        raise ValueError("has no readable text")
    name = one_line(str(row["id"]), limit=500)
    title = one_line(str(row.get("title") or "")) or name
    return Document(id=name, title=title, text=body, origin=origin, **fields(row))
