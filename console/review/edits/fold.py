"""Why suggestions were changed, as numbers that are kept with a book.

What was suggested and what was sent stand in two events, and no fold keeps text: so whoever looks reads both from the
log once (:mod:`console.server.edits`), and what the rules say of them is kept here.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar, Final

from console.conversation import events as e
from console.conversation.edits import Reason
from console.review.edits.reasons import reasons_of

_BITS: Final = {reason: 1 << place for place, reason in enumerate(Reason)}


class WhyEdited:
    """The reasons of each edit that was looked at."""

    KINDS: ClassVar[tuple[str, ...]] = ("suggestion-decided",)
    """What it is of: where these are erased, it is made anew."""

    def __init__(self, since: datetime) -> None:
        """``since`` is from when on events are given to it."""
        self.since = since
        self.codes: dict[int, int] = {}
        """The reasons of an edit, a bit each in their order, by the number of its decision."""

    def take(self, event: e.Event) -> None:
        """Take in nothing: it learns from whoever looks."""


def code_of(suggested: str, sent: str) -> int:
    """Return the reasons of an edit as bits."""
    return sum(bit_of(why.reason) for why in reasons_of(suggested, sent))


def bit_of(reason: Reason) -> int:
    """Return the bit of a reason."""
    return _BITS[reason]


def coded(texts: Iterable[tuple[int, str, str]]) -> dict[int, int]:
    """Return the codes of edits that are given with the number of the decision, what was suggested and what was sent.

    One of which a text is missing (it was erased) counts as read, and has no reason.
    """
    known: dict[tuple[str, str], int] = {}  # the same reply is often put the same way
    found = {}
    for number, *both in texts:
        pair = both[0], both[1]
        if pair not in known:
            known[pair] = code_of(*pair) if all(pair) else 0
        found[number] = known[pair]
    return found
