"""Lines of JSON: {"id", "title", "text"} and optionally url, updated, status, audience; other keys are ignored."""

import json
from collections.abc import Iterator
from typing import BinaryIO

from knowledge.document import Document, Skipped
from knowledge.loaders.fields import fields
from knowledge.text import clean, decode, one_line

MAX_BYTES = 4 * 1024**3
"""A file of many documents may be large; each of its lines is limited instead."""

MAX_LINE_BYTES = 20 * 1024**2


def parse(file: BinaryIO, name: str) -> Iterator[Document | Skipped]:
    """One document a line; a bad line is skipped and named `file:line`."""
    for number, line in enumerate(_lines(file), start=1):
        try:
            if line.strip():
                yield _document(line)
        except ValueError as error:
            yield Skipped(f"{name}:{number}", str(error))


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """The lines of a file; of one that is too long, enough is kept to tell that it is."""
    while line := file.readline(MAX_LINE_BYTES + 2):
        yield line
        while not line.endswith(b"\n") and len(line) > MAX_LINE_BYTES:
            line = file.readline(MAX_LINE_BYTES + 2)


def _document(line: bytes) -> Document:
    if len(line) > MAX_LINE_BYTES:
        raise ValueError(f"is longer than {MAX_LINE_BYTES // 1024**2} MB")
    text = decode(line.strip())
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
    return Document(id=name, title=one_line(str(row.get("title") or "")) or name, text=body, **fields(row))
