"""A field of many lines in which the words stand out that whoever reads it has to look at."""

import re
from collections.abc import Iterable
from typing import Final

from rich.text import Text

from console.terminal.widgets.writing_area import WritingArea

DOUBTFUL: Final = "bold reverse"
"""How words look that somebody has to decide on."""
KNOWN: Final = "underline"
"""How words look that are only to be known as invented."""


class MarkedArea(WritingArea):
    """The text is plain; its marks are styles, not colours."""

    HELP = "Reversed words may be somebody's own, underlined ones are invented. Ctrl+Z takes back what you wrote."
    BINDING_GROUP_TITLE = "The text"

    def mark(self, doubtful: Iterable[str], known: Iterable[str]) -> None:
        """Mark these words wherever they stand."""
        self._doubtful, self._invented = whole_words(doubtful), whole_words(known)
        self.refresh()

    def get_line(self, line_index: int) -> Text:
        """Return a line with its marks."""
        line = super().get_line(line_index)
        for words, style in ((getattr(self, "_invented", None), KNOWN), (getattr(self, "_doubtful", None), DOUBTFUL)):
            if words is not None:
                line.highlight_regex(words, style)
        return line

    def go_to_next(self, words: Iterable[str]) -> bool:
        """Select the next place at which one of these words stands, after the last the first; whether there is one."""
        pattern = whole_words(words)
        found = [
            (row, match.start(), match.end())
            for row in range(self.document.line_count)
            for match in (pattern.finditer(self.document.get_line(row)) if pattern else ())
        ]
        if not found:
            return False
        here = max(self.selection.start, self.selection.end)
        row, start, end = next((place for place in found if place[:2] >= here), found[0])
        self.move_cursor((row, start))
        self.move_cursor((row, end), select=True, center=True)
        return True

    def go_to_line(self, number: int) -> None:
        """Put the cursor on a line, counted from 1."""
        self.move_cursor((min(max(0, number - 1), self.document.line_count - 1), 0), center=True)


def whole_words(words: Iterable[str]) -> re.Pattern[str] | None:
    """Return what finds these words where they stand whole; ``None`` for none."""
    longest_first = sorted(filter(None, words), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)") if longest_first else None
