"""Two summaries as one: what the embedded engine reads, and what a language model writes in its place."""

from collections.abc import Sequence
from typing import Final

from console.conversation.assistance import SummaryKind, SummaryLine

LLM: Final = "llm"
"""The engine that says so wrote with a language model; also the kind of its suggestions."""

WRITTEN: Final = (SummaryKind.ISSUE, SummaryKind.WANTS, SummaryKind.TRIED, SummaryKind.PROMISED)
"""Kinds that a model may write. Facts and open questions stay the embedded engine's: those are quoted."""

_ORDER: Final = tuple(SummaryKind)


def together(written: Sequence[SummaryLine], read: Sequence[SummaryLine]) -> tuple[SummaryLine, ...]:
    """Return a model's lines with those of the embedded engine that they do not stand for, in the order of the kinds.

    Where a model wrote lines of a kind they stand for the engine's, but no promise is lost: one from a message that
    the model's promises do not cite stays.
    """
    own = [line for line in written if line.kind in WRITTEN]
    kinds = {line.kind for line in own}
    told = {source for line in own if line.kind is SummaryKind.PROMISED for source in line.sources}
    kept = [
        line
        for line in read
        if line.kind not in kinds or (line.kind is SummaryKind.PROMISED and not told & set(line.sources))
    ]
    return tuple(sorted([*own, *kept], key=lambda line: _ORDER.index(line.kind)))
