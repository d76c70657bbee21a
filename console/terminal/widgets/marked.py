"""Text with a mark behind each sentence that no source says."""

from collections.abc import Sequence
from typing import Final

from textual.content import Content

MARK: Final = " ⚠ unsupported"


def marked(text: str, unsupported: Sequence[str]) -> Content:
    """Return ``text``; each sentence of ``unsupported`` is underlined, and a mark in words stands behind it."""
    pieces: list[Content | str | tuple[str, str]] = []
    place = 0
    for sentence in unsupported:
        start = text.find(sentence, place)
        if start < 0:
            continue
        pieces += [text[place:start], (sentence, "underline"), (MARK, "bold $text-warning")]
        place = start + len(sentence)
    return Content.assemble(*pieces, text[place:])
