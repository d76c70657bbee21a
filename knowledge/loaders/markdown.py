"""Markdown, kept as it is written; YAML front matter between `---` lines gives title, status and the rest.

An article is public unless it says otherwise, so what its author meant for colleagues must never be taken for text:
front matter counts also below blanks, and where it is not clear the article is not read at all.
"""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import BinaryIO

import yaml

from knowledge.document import Document, Skipped
from knowledge.loaders.fields import fields, refuse_stray
from knowledge.text import clean, decode, one_line

_FRONT = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_FRONT_BELOW = re.compile(r"\A\s++---[ \t]*\n(.*?)^[ \t]{0,3}(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_SETS = re.compile(r"^[ \t]{0,3}(?:title|url|updated|status|audience)[ \t]{0,3}:", re.IGNORECASE | re.MULTILINE)
_TITLE = re.compile(r"^#[ \t]++(.+)$", re.MULTILINE)


class _WithoutReferences(yaml.SafeLoader):
    """YAML in which nothing stands for something else: a few lines of references to references are gigabytes."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """Read the next value; raises ``yaml.YAMLError`` where it is a reference."""
        if self.check_event(yaml.AliasEvent):
            raise yaml.composer.ComposerError(problem="refers to another place")
        return super().compose_node(parent, index)


def parse(file: BinaryIO, name: str) -> Iterator[Document | Skipped]:
    """One document; its title is the front matter's, else the first `#` heading, else the file's name."""
    text = clean(decode(file.read()))
    front: dict[str, object] = {}
    if found := _FRONT.match(text) or _below(text):
        front = {str(key).strip().lower(): value for key, value in _mapping(found[1]).items()}
        text = text[found.end() :]
    text = text.strip()
    if not text:
        raise ValueError("is empty")
    title = one_line(str(front.get("title") or ""))
    if not title:
        heading = _TITLE.search(text)
        title = one_line(heading[1].rstrip("# \t") or heading[1]) if heading else readable(name)
    given = fields(front)
    refuse_stray(text, front)
    yield Document(id=name, title=title, text=text, format="markdown", **given)


def _below(text: str) -> re.Match[str] | None:
    """Front matter that blanks stand before; two rules with text between them are none, unless it sets a field."""
    found = _FRONT_BELOW.match(text)
    return found if found and _SETS.search(found[1]) else None


def readable(name: str) -> str:
    """A title out of a path: `help/lost-parcels.md` is "Lost parcels"."""
    words = re.sub(r"[-_\s]+", " ", PurePosixPath(name).stem).strip()
    return one_line(words[:1].upper() + words[1:])


def _mapping(block: str) -> dict[object, object]:
    # BaseLoader would keep dates as written, yet also read `null` as a word; dates are turned back by str() instead.
    try:
        front = yaml.load(block, _WithoutReferences)  # noqa: S506 - a safe loader
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f" (line {mark.line + 2})" if mark else ""
        raise ValueError(f"front matter is not YAML{where}; put texts with a colon in quotes") from error
    if front is None:
        return {}
    if not isinstance(front, dict):
        raise ValueError("front matter is not a list of `key: value` lines")
    return front
