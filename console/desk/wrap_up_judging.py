"""What became of the lines of a proposed wrap-up: kept, edited or removed. Pure."""

from collections.abc import Iterator
from typing import Final

from rapidfuzz import fuzz

from console.conversation.wrap_up import LineFate, ProposedLine, WrapUp, WrapUpPart, WrapUpProposal

EDITED: Final = 60
"""Likeness (0 to 100) of a proposed sentence with a part of the note from which it was edited rather than removed."""


def judged(proposal: WrapUpProposal, wrap_up: WrapUp) -> tuple[ProposedLine, ...]:
    """Return every line that was proposed and what became of it; lines of an earlier wrap-up are people's own."""
    return tuple(_lines(proposal, wrap_up))


def added(proposal: WrapUpProposal, wrap_up: WrapUp) -> int:
    """Return how many fields and follow-ups the agent wrote themselves."""
    offered = {field.name for field in proposal.fields if field.value}
    known = {follow_up.id for follow_up in proposal.follow_ups}
    fields = sum(1 for field in wrap_up.fields if field.value and field.name not in offered)
    return fields + sum(1 for follow_up in wrap_up.follow_ups if follow_up.id not in known)


def _lines(proposal: WrapUpProposal, wrap_up: WrapUp) -> Iterator[ProposedLine]:
    for line in proposal.note:
        if line.sources:
            yield ProposedLine(WrapUpPart.NOTE, line.text, _in_note(line.shown, wrap_up.note))
    if proposal.disposition and not proposal.again:
        same = wrap_up.disposition == proposal.disposition
        yield ProposedLine(WrapUpPart.DISPOSITION, proposal.disposition, LineFate.KEPT if same else LineFate.EDITED)
    if proposal.resolved is not None:
        same = wrap_up.resolved is proposal.resolved
        word = "resolved" if proposal.resolved else "not resolved"
        yield ProposedLine(WrapUpPart.RESOLVED, word, LineFate.KEPT if same else LineFate.EDITED)
    values = {field.name: field.value for field in wrap_up.fields}
    for field in proposal.fields:
        if field.value and field.sources:
            yield ProposedLine(WrapUpPart.FIELD, field.name, _fate(field.value, values.get(field.name, "")))
    left = {follow_up.id: follow_up.text for follow_up in wrap_up.follow_ups}
    for follow_up in proposal.follow_ups:
        if follow_up.message:
            yield ProposedLine(WrapUpPart.FOLLOW_UP, follow_up.text, _fate(follow_up.text, left.get(follow_up.id, "")))


def _fate(proposed: str, left: str) -> LineFate:
    if not left:
        return LineFate.REMOVED
    return LineFate.KEPT if left == proposed else LineFate.EDITED


def _in_note(line: str, note: str) -> LineFate:
    if " ".join(line.split()) in " ".join(note.split()):
        return LineFate.KEPT
    return LineFate.EDITED if note and fuzz.partial_ratio(line, note) >= EDITED else LineFate.REMOVED
