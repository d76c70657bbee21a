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
        parts = base[at : ends[0]], mine[here : ends[1]], other[there : ends[2]]
        put, differing = _together(*parts, comment)
        lines += put
        apart += differing
        lines += base[line : line + 1]
        at, here, there = ends[0] + 1, ends[1] + 1, ends[2] + 1
    return Merged("\n".join(lines), apart)


def _together(was: list[str], mine: list[str], theirs: list[str], comment: str) -> tuple[list[str], int]:
    """Return what one place becomes, and in how many lines or blocks both changed it to something else."""
    if len(was) == len(mine) == len(theirs) > 1:
        pairs = [_together([a], [b], [c], comment) for a, b, c in zip(was, mine, theirs, strict=True)]
        return [line for put, _ in pairs for line in put], sum(differing for _, differing in pairs)
    if mine == was:
        return theirs, 0
    if theirs in (was, mine):
        return mine, 0
    return [*mine, *(f"{comment}{line}" for line in theirs)], 1


def _kept(before: Sequence[str], after: Sequence[str]) -> dict[int, int]:
    """Return the places of the lines that stayed, each with its place in the changed text."""
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    return {block.a + n: block.b + n for block in blocks for n in range(block.size)}
