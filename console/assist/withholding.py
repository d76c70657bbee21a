"""What of a customer's message is replaced before it is kept, where the desk is set to know as little as it can.

Order numbers and names stay: without them nobody can help. What is replaced nobody can bring back.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from console.assist.recognise.entities import entities
from console.assist.recognise.patterns import Kind
from console.assist.recognise.personal import Own, Span, personal

PLACEHOLDERS: Final[Mapping[Own, str]] = {
    Own.EMAIL: "[e-mail]",
    Own.PHONE: "[phone]",
    Own.IBAN: "[bank account]",
    Own.CARD: "[card]",
    Own.IP: "[IP address]",
    Own.ADDRESS: "[address]",
    Own.POSTCODE: "[postcode]",
    Own.BIRTH: "[date of birth]",
}
"""What stands in place of a value, by its kind."""


def withheld(text: str) -> str:
    """Return ``text`` with a typed placeholder for each value that reaches a customer outside the conversation."""
    numbers = [(e.start, e.end) for e in entities(text) if e.kind is Kind.IDENTIFIER]
    pieces, place = [], 0
    for span in _merged([span for span in personal(text) if span.kind in PLACEHOLDERS], numbers):
        pieces += [text[place : span.start], PLACEHOLDERS[span.kind]]
        place = span.end
    return "".join([*pieces, text[place:]])


def _merged(spans: Sequence[Span], numbers: Sequence[tuple[int, int]]) -> list[Span]:
    """Return spans in order of place, those that overlap as one.

    A number that is said to be an order's or a customer's looks like a telephone's, and stays.
    """
    merged: list[Span] = []
    said = set(numbers)
    for span in sorted((s for s in spans if s.kind is not Own.PHONE or (s.start, s.end) not in said), key=_place):
        last = merged[-1] if merged else None
        if last is not None and span.start < last.end:
            merged[-1] = Span(last.kind, last.start, max(last.end, span.end))
        else:
            merged.append(span)
    return merged


def _place(span: Span) -> tuple[int, int]:
    return span.start, -span.end
