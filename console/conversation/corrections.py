"""Corrections of the summary: what a person put right stays, whatever the second chair says of the same line later."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from console.conversation.assistance import SummaryKind, SummaryLine

SEPARATOR: Final = " · "
"""Between the facts of a line: a line that grows goes on behind it."""

_ORDER: Final = tuple(SummaryKind)


@dataclass(frozen=True, slots=True)
class Correction:
    """A person's word for a line: ``before`` is what the second chair said, ``text`` what holds; empty: no line."""

    kind: SummaryKind
    sources: tuple[str, ...]
    before: str
    text: str
    by: str
    """The name of whoever corrected it."""


def said(line: SummaryLine) -> SummaryLine:
    """Return a line as the second chair said it."""
    return replace(line, text=line.said or line.text, said="", corrected="")


def corrected(lines: Iterable[SummaryLine], corrections: Sequence[Correction]) -> tuple[SummaryLine, ...]:
    """Return ``lines`` as the people left them; applying it twice changes nothing.

    A corrected line keeps its place and its text; facts that were added to it since stand behind the text. What the
    second chair does not say any more stays as it was corrected, before the other lines of its kind.
    """
    kept = [said(line) for line in lines if not line.corrected or line.said]
    for correction in corrections:
        place = _place(correction, kept)
        if place is not None:
            line = kept[place]
            more = line.text.removeprefix(correction.before) if _grown(correction, line) else ""
            text = f"{correction.text}{more}" if correction.text else more.removeprefix(SEPARATOR)
            kept[place] = replace(line, text=text, said=line.text, corrected=correction.by)
        elif correction.text:
            line = SummaryLine(correction.kind, correction.text, correction.sources, correction.by, correction.before)
            kept.insert(_first_of(correction.kind, kept), line)
    return tuple(line for line in kept if line.text)


def with_correction(known: Sequence[Correction], new: Correction) -> tuple[Correction, ...]:
    """Return ``known`` with a newer correction, in place of earlier ones of the same line; restored words are none."""
    line = SummaryLine(new.kind, new.before, new.sources)
    others = tuple(c for c in known if _place(c, [line]) is None)
    return others if new.text == new.before else (*others, new)


def with_line(lines: Sequence[SummaryLine], correction: Correction) -> tuple[SummaryLine, ...]:
    """Return what the second chair said in ``lines``, and the line that ``correction`` is about where it is gone."""
    kept = [said(line) for line in lines]
    if _place(correction, kept) is None:
        line = SummaryLine(correction.kind, correction.before, correction.sources)
        kept.insert(_first_of(correction.kind, kept), line)
    return tuple(kept)


def removed(corrections: Iterable[Correction]) -> tuple[SummaryLine, ...]:
    """Return the lines that people took out, as the second chair said them."""
    return tuple(
        SummaryLine(c.kind, c.before, c.sources, corrected=c.by, said=c.before) for c in corrections if not c.text
    )


def _place(correction: Correction, lines: Sequence[SummaryLine]) -> int | None:
    """Return the place of the line that a correction is about: by its words, by its growth, else by its sources.

    Of facts sources tell nothing: several lines of them may rest on the same messages.
    """
    own = [(place, line) for place, line in enumerate(lines) if line.kind is correction.kind and not line.corrected]
    for same in (_same, _grown, _from_there):
        found = [place for place, line in own if same(correction, line)]
        if found:
            return found[0]
    return None


def _same(correction: Correction, line: SummaryLine) -> bool:
    return line.text == correction.before and line.sources[:1] == correction.sources[:1]


def _grown(correction: Correction, line: SummaryLine) -> bool:
    return line.text.startswith(correction.before + SEPARATOR) and line.sources[:1] == correction.sources[:1]


def _from_there(correction: Correction, line: SummaryLine) -> bool:
    return line.kind is not SummaryKind.FACT and line.sources[: len(correction.sources)] == correction.sources


def _first_of(kind: SummaryKind, lines: Sequence[SummaryLine]) -> int:
    wanted = _ORDER.index(kind)
    return next((n for n, line in enumerate(lines) if _ORDER.index(line.kind) >= wanted), len(lines))
