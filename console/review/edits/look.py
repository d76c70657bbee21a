"""The edits of some weeks by reason, of all and by group, and what is behind a share. Pure; arrays."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final

import numpy as np

from console.conversation.assistance import Decision
from console.conversation.edits import AskedEdits, Edited, Edits, Reason
from console.conversation.reviews import By, Group
from console.review.book import Book
from console.review.edits.fold import WhyEdited, bit_of
from console.review.edits.saving import saved_of
from console.review.reviewing.columns import Flags, Numbers
from console.review.reviewing.counting import Cells
from console.review.reviewing.exchanges import MOST, Found
from console.review.reviewing.ledger import DECISIONS, Ledger
from console.review.reviewing.review import by_few
from console.review.reviewing.window import Window, beginning, window_of

_EDITED: Final = DECISIONS.index(Decision.EDITED)


def pending(book: Book, until: datetime, weeks: int) -> tuple[list[tuple[int, int, int]], int]:
    """Return the edits whose reasons are not known yet, as rows of the ledger with the numbers of both events.

    The second is how many edits there are in all.
    """
    ledger, codes = book.of(Ledger), book.of(WhyEdited).codes
    window = window_of(ledger, beginning(until, weeks), until)
    rows = window.rows[window.decision == _EDITED]
    return _unread(ledger, rows, codes), len(rows)


def pending_at_all(book: Book) -> list[tuple[int, int, int]]:
    """Return the same of every edit that a book knows of."""
    ledger = book.of(Ledger)
    rows = np.flatnonzero(ledger.suggestions.of("decision") == _EDITED)
    return _unread(ledger, rows, book.of(WhyEdited).codes)


def _unread(ledger: Ledger, rows: Numbers, codes: Mapping[int, int]) -> list[tuple[int, int, int]]:
    made, decided = ledger.suggestions.where(rows, "made"), ledger.suggestions.where(rows, "decided")
    numbers = zip(rows.tolist(), made.tolist(), decided.tolist(), strict=True)
    return [(row, first, last) for row, first, last in numbers if last not in codes]


def edits_of(book: Book, until: datetime, weeks: int) -> Edits:
    """Return the edits of the last weeks, as far as their reasons are known."""
    ledger = book.of(Ledger)
    window = window_of(ledger, beginning(until, weeks), until)
    codes = _codes(book, window)
    groups = tuple(group for by in By for group in _groups(window, codes, by))
    return Edits(weeks, window.since, until, groups, saved_of(window))


def behind_edits(book: Book, until: datetime, weeks: int, asked: AskedEdits) -> Found:
    """Return the edits that a share counts, the newest first."""
    ledger = book.of(Ledger)
    window = window_of(ledger, beginning(until, weeks), until)
    places, _ = window.groups(asked.by)
    codes = _codes(book, window)
    chosen = (codes & bit_of(asked.reason) > 0) & (places == window.group(asked.by, asked.name))
    rows = np.flatnonzero(chosen)
    newest = rows[np.lexsort((-window.rows[rows], -window.at[rows]))]
    return Found(len(rows), tuple(window.rows[newest][:MOST].tolist()))


def _codes(book: Book, window: Window) -> Numbers:
    """Return the reasons of each suggestion; :data:`NONE` and less than a bit where it was not edited."""
    known = book.of(WhyEdited).codes
    decided = window.ledger.suggestions.where(window.rows, "decided")
    codes = np.zeros(len(window.rows), dtype=np.int64)
    for place in np.flatnonzero(window.decision == _EDITED).tolist():
        codes[place] = known.get(int(decided[place]), 0)
    return codes


def _groups(window: Window, codes: Numbers, by: By) -> Iterator[Edited]:
    places, count = window.groups(by)
    chosen: Flags = codes > 0
    few = by_few(window, places, count) if by is By.TEAM else frozenset()
    cells = Cells(places[chosen], count, window.conversation[chosen])
    counted = {reason: cells.counted(codes[chosen] & bit_of(reason) > 0) for reason in Reason}
    edits = np.bincount(places[chosen], minlength=count)
    for group in np.argsort(-edits, kind="stable").tolist():
        if not edits[group] and by is not By.ALL:
            return
        name = window.name(by, group)
        title = Group(by, name, 0, 0).title
        if group in few:
            yield Edited(by, name, title, int(edits[group]), withheld=True)
            continue
        reasons = tuple((reason, one.share(group)) for reason, one in counted.items())
        yield Edited(by, name, title, int(edits[group]), reasons)
