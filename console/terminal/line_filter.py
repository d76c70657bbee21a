"""The second wall: nothing leaves for the terminal inside a line of text that could act there, or shift the line.

Text is cleaned where it enters the desk. This filter stands at the other end, on every line the app paints, for
whatever came some other way. Styling is added by the driver after it and is not touched.

A row is laid out by Rich's widths. Some characters it counts as nothing (vowel signs that take room, halves of Korean
syllables, a skin tone on its own, whatever follows a joiner) are drawn all the same by most terminals: the row would
grow, cover what stands beside it, and leave pieces on the screen. Such characters are taken out; the width stays.
"""

import re
import unicodedata
from typing import Final

from rich.cells import cell_len, get_character_cell_size, set_cell_size
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from console.text import SKIN_TONES, TONED

HARMFUL: Final = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]")
"""C0, DEL, C1, bidirectional controls and other invisible formatting; the joiner inside emoji stays."""

_ORDINARY: Final = re.compile("[ -~\u00a0-\u02ff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2190-\u23ff\u2500-\u27bf]*")
"""What most lines consist of: letters, punctuation, arrows and frames, each of one width by itself."""

_JOINER: Final = "\u200d"
_STYLE: Final = "\ufe0f"
_KEYCAP: Final = "\u20e3"
_DRAWN: Final = frozenset({"Mc", "Lo", "Lm", "Sk"})
"""Categories that terminals give room, whatever their width is said to be."""


class WallFilter(LineFilter):
    """Takes harmful characters, and those that would shift a row, out of every painted line."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments without such characters, as wide as before; untouched lines are returned as they are."""
        safe = [segment if segment.control else _safe(segment) for segment in segments]
        return segments if all(new is old for new, old in zip(safe, segments, strict=True)) else safe


def _safe(segment: Segment) -> Segment:
    text = segment.text
    if _ORDINARY.fullmatch(text):
        return segment
    kept = _aligned(HARMFUL.sub("", text))
    return segment if kept == text else Segment(set_cell_size(kept, cell_len(text)), segment.style)


def _aligned(text: str) -> str:
    """Return ``text`` without what is drawn though it counts as nothing."""
    kept = [""]
    for character, after in zip(text, [*text[1:], ""], strict=False):
        if _counted(kept[-1], character, after):
            kept.append(character)
    return "".join(kept)


def _counted(before: str, character: str, after: str) -> bool:
    if character == _JOINER:
        return _is_emoji(before) and _is_picture(after)
    if character == _STYLE:
        return not before.isascii() or after == _KEYCAP
    if character in SKIN_TONES:
        return before in TONED
    return get_character_cell_size(character) > 0 or unicodedata.category(character) not in _DRAWN


def _is_emoji(character: str) -> bool:
    return character == _STYLE or character in SKIN_TONES or _is_picture(character)


def _is_picture(character: str) -> bool:
    return bool(character) and unicodedata.category(character) == "So"
