"""A text as it was changed: what was taken out and what was put in, told by signs and not by colour alone. Pure."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Final

from textual.content import Content

_PIECE: Final = re.compile(r"\s+|[\w’'-]+|[^\w\s]")


def changed(before: str, after: str) -> Content:
    """Return a text with what was taken out as [-struck-] and what was put in as {+underlined+}."""
    old, new = _PIECE.findall(before), _PIECE.findall(after)
    return Content.assemble(*_pieces(old, new))


def _pieces(old: list[str], new: list[str]) -> Iterator[Content | str | tuple[str, str]]:
    for name, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, come = "".join(old[i:j]), "".join(new[k:m])
        if name == "equal":
            yield gone
            continue
        if gone:
            yield (f"[-{gone}-]", "strike $text-error")
        if come:
            yield (f"{{+{come}+}}", "underline $text-success")
