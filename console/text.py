"""Text from outside, made harmless.

Every message, article, name and model output passes :func:`clean` once, where it enters. What is left can be stored,
compared, embedded and shown; the terminal and the browser keep a second wall of their own.
"""

import unicodedata
from typing import Final

MAX_CHARACTERS: Final = 20_000
"""Longest message kept, in characters; what is cut off is announced by :data:`CUT_MARK`."""

CUT_MARK: Final = " … [cut]"

MAX_COMBINING: Final = 3
"""Combining marks kept on one base character; real scripts need no more than three."""

_JOINER: Final = "\u200d"  # inside emoji families, and in scripts whose letters join
_KEPT_CONTROLS: Final = frozenset("\n\t")
_DROPPED: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_COMBINING: Final = frozenset({"Mn", "Me"})


def clean(text: str, limit: int = MAX_CHARACTERS) -> str:
    r"""Return ``text`` without control, bidirectional, private and unassigned characters, capped in length.

    Newlines are unified to ``\n``; at most :data:`MAX_COMBINING` combining marks stay on a character; a joiner stays
    only after a character of a kind that joins, so that it cannot hide a word; more than ``limit`` characters are cut
    and marked. The result is NFC, has no blank edges, and is a fixed point of ``clean``.
    HTML entities are not decoded: whoever reads HTML decodes before cleaning, never after.
    """
    overlong = len(text) > limit * 4
    text = text[: limit * 4]  # a megabyte of marks must not cost more than the text that can stay
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    kept: list[str] = []
    marks = 0
    for character in text:
        if character.isascii() and character.isprintable():
            marks = 0
            kept.append(character)
            continue
        if character == _JOINER:
            if kept and not kept[-1].isascii() and not kept[-1].isspace() and kept[-1] != _JOINER:
                kept.append(character)
            continue
        category = unicodedata.category(character)
        if category in _DROPPED and character not in _KEPT_CONTROLS:
            continue
        if category in _COMBINING:
            marks += 1
            if marks > MAX_COMBINING:
                continue
        else:
            marks = 0
        kept.append(character)
    result = unicodedata.normalize("NFC", "".join(kept)).strip()
    if len(result) > limit or overlong:
        result = result[: limit - len(CUT_MARK)].rstrip() + CUT_MARK
    return result


def clean_line(text: str, limit: int = 200) -> str:
    """Return ``text`` cleaned and on one line, for names, subjects and ids: white space folds to single spaces."""
    return " ".join(clean(text, limit).split())


def shorten(text: str, width: int) -> str:
    """Return ``text`` on one line of at most ``width`` characters, cut at a word where one ends in time."""
    line = " ".join(text.split())
    if len(line) <= width:
        return line
    cut = line[: width - 1]
    space = cut.rfind(" ")
    return (cut[:space] if space > width // 2 else cut).rstrip(" ,;:") + "…"
