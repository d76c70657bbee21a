"""Which lines are headings, and of which level: the bookmarks say it, or the size and weight of the type."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from knowledge.loaders.pdf.lines import Line

_LARGER = 1.12
"""How much larger than the body's type a heading is set, at least."""

_LONGEST = 150
_LONGEST_BOLD = 80
_MOST_LEVELS = 4
_LAST_LEVEL = 6


def body_size(lines: Iterable[Line]) -> float:
    """The font size of most of the text, in points."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def key(title: str) -> str:
    """A heading as it is compared with a bookmark."""
    return "".join(title.casefold().split())


def headings(lines: Sequence[Line], body: float, bookmarks: Mapping[str, int]) -> dict[int, int]:
    """The level of each line that is a heading, by its place in `lines`; `bookmarks` gives levels by `key`."""
    found = {at: bookmarks[key(line.text)] for at, line in enumerate(lines) if key(line.text) in bookmarks}
    by_size: dict[float, int] = {}
    for at, level in found.items():
        by_size[lines[at].size] = min(level, by_size.get(lines[at].size, level))
    large = [at for at, line in enumerate(lines) if at not in found and _is_large(line, body)]
    for rank, size in enumerate(sorted({lines[at].size for at in large} | set(by_size), reverse=True), start=1):
        by_size.setdefault(size, min(rank, _MOST_LEVELS))
    found |= {at: by_size[lines[at].size] for at in large}
    bold_level = min(max((*found.values(), 0)) + 1, _LAST_LEVEL)
    found |= {at: bold_level for at in range(len(lines)) if at not in found and _is_bold(lines, at, body, found)}
    return found


def _is_large(line: Line, body: float) -> bool:
    text = line.text
    return line.size >= _LARGER * body and len(text) <= _LONGEST and any(map(str.isalpha, text)) and _whole(line)


def _is_bold(lines: Sequence[Line], at: int, body: float, found: Mapping[int, int]) -> bool:
    """Whether a line of the body's size stands alone in bold above text that is not."""
    line, text = lines[at], lines[at].text
    if not line.bold or line.size < body or not _whole(line) or len(text) > _LONGEST_BOLD or text[-1] in ".,;:!":
        return False
    if not any(map(str.isalpha, text)) or at + 1 >= len(lines) or lines[at + 1].bold:
        return False
    before = lines[at - 1] if at else None
    return before is None or at - 1 in found or not before.bold


def _whole(line: Line) -> bool:
    return len(line.cells) == 1
