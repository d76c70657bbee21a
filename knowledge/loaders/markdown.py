"""Markdown, kept as it is written; YAML front matter between `---` lines gives title, status and the rest."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import BinaryIO

import yaml

from knowledge.document import Document, Skipped
from knowledge.loaders.fields import fields
from knowledge.text import clean, decode, one_line

_FRONT = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_TITLE = re.compile(r"^#[ \t]++(.+)$", re.MULTILINE)


def parse(file: BinaryIO, name: str) -> Iterator[Document | Skipped]:
    """One document; its title is the front matter's, else the first `#` heading, else the file's name."""
    text = clean(decode(file.read()))
    front: dict[object, object] = {}
    if found := _FRONT.match(text):
        front = _mapping(found[1])
        text = text[found.end() :]
    text = text.strip()
    if not text:
        raise ValueError("is empty")
    title = one_line(str(front.get("title") or ""))
    if not title:
        heading = _TITLE.search(text)
        title = one_line(heading[1].rstrip("# \t") or heading[1]) if heading else readable(name)
    given = fields({str(key): value for key, value in front.items()})
    yield Document(id=name, title=title, text=text, format="markdown", **given)


def readable(name: str) -> str:
    """A title out of a path: `help/lost-parcels.md` is "Lost parcels"."""
    words = re.sub(r"[-_\s]+", " ", PurePosixPath(name).stem).strip()
    return one_line(words[:1].upper() + words[1:])


def _mapping(block: str) -> dict[object, object]:
    # BaseLoader would keep dates as written, yet also read `null` as a word; dates are turned back by str() instead.
    try:
        front = yaml.safe_load(block)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f" (line {mark.line + 2})" if mark else ""
        raise ValueError(f"front matter is not YAML{where}; put texts with a colon in quotes") from error
    if front is None:
        return {}
    if not isinstance(front, dict):
        raise ValueError("front matter is not a list of `key: value` lines")
    return front
