"""Two people's changes of one text, put together line by line. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True, slots=True)
class Merged:
    """Both changes in one text; where both changed the same lines, theirs stand as a comment below one's own."""

    text: str
    apart: int
    """Places where both changed the same lines to something else."""


def merged(before: str, own: str, theirs: str, comment: str) -> Merged:
    """Return ``own`` and ``theirs`` in one text, both having been changed from ``before``.

    ``comment`` begins the lines of theirs that are kept beside one's own.
    """
    base, mine, other = (text.split("\n") for text in (before, own, theirs))
    kept_here, kept_there = _kept(base, mine), _kept(base, other)
    lines: list[str] = []
    apart = at = here = there = 0
    for line in [*range(len(base)), len(base)]:
        if line < len(base) and (line not in kept_here or line not in kept_there):
            continue
        ends = (line, kept_here[line], kept_there[line]) if line < len(base) else (line, len(mine), len(other))
        was, by_me, by_them = base[at : ends[0]], mine[here : ends[1]], other[there : ends[2]]
        if by_me == was:
            lines += by_them
        else:
            lines += by_me
            if by_them not in (was, by_me):
                apart += 1
                lines += [f"{comment}{one}" for one in by_them]
        lines += base[line : line + 1]
        at, here, there = ends[0] + 1, ends[1] + 1, ends[2] + 1
    return Merged("\n".join(lines), apart)


def _kept(before: Sequence[str], after: Sequence[str]) -> dict[int, int]:
    """Return the places of the lines that stayed, each with its place in the changed text."""
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    return {block.a + n: block.b + n for block in blocks for n in range(block.size)}
