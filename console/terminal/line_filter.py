"""The second wall: no control, escape or bidirectional character leaves for the terminal inside a line of text.

Text is cleaned where it enters the desk. This filter stands at the other end, on every line the app paints, for
whatever came some other way. Styling is added by the driver after it and is not touched.
"""

import re
from typing import Final

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

HARMFUL: Final = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]")
"""C0, DEL, C1, bidirectional controls and other invisible formatting; the joiner inside emoji stays."""


class WallFilter(LineFilter):
    """Takes harmful characters out of every painted line."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments without harmful characters; untouched lines are returned as they are."""
        if not any(HARMFUL.search(segment.text) for segment in segments if not segment.control):
            return segments
        return [
            segment if segment.control else Segment(HARMFUL.sub("", segment.text), segment.style)
            for segment in segments
        ]
