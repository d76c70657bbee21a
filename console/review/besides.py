"""Sources and edits for the report: made from a whole log, as JSON, lines of text, a part of a page, and rows."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from html import escape
from textwrap import wrap
from typing import Any, Final

from console.conversation import assist_events as a
from console.conversation import events as e
from console.conversation.codec import decode, encode
from console.conversation.edits import REASONS, Edits, Saved, Seconds
from console.conversation.retire_events import SourceBroughtBack, SourceRetired
from console.conversation.reviews import By, Share
from console.conversation.sources import Retired, Sources
from console.review.book import KINDS, Book
from console.review.edits.fold import WhyEdited, coded
from console.review.edits.look import edits_of, pending
from console.review.reviewing.ledger import Ledger
from console.review.reviewing.window import LEAD_IN, beginning
from console.review.sources.look import sources_of

RETIRING: Final = ("source-retired", "source-brought-back")
"""The kinds of events that say which sources are retired."""

Read = Callable[[Sequence[int]], Iterable[e.Event]]
"""Returns the events of these numbers that are not erased."""

AT_A_TIME: Final = 500
"""Edits whose texts are read together."""

_NAMED: Final = 8
"""Suspect sources that lines name; files and the screen have all."""


def besides_of(history: Sequence[e.Event], until: datetime, weeks: int) -> dict[str, Any]:
    """Return ``sources`` and ``edits`` of the weeks up to a moment, given a log in order."""
    since = beginning(until, weeks) - LEAD_IN
    book = Book(since)
    for event in history:
        if event.at >= since and event.kind in KINDS:
            book.take(event)
    at = {event.seq: event for event in history}
    return besides_from(book, until, weeks, lambda numbers: [at[n] for n in numbers if n in at], retired_in(history))


def besides_from(book: Book, until: datetime, weeks: int, read: Read, retired: Mapping[str, Retired]) -> dict[str, Any]:
    """Return the same of a book; ``read`` returns the events of some numbers, where they are not erased."""
    learn_why(book, pending(book, until, weeks)[0], read)
    return {
        "sources": encode(sources_of(book, until, weeks, retired)),
        "edits": encode(edits_of(book, until, weeks)),
    }


def retired_in(history: Sequence[e.Event]) -> dict[str, Retired]:
    """Return the sources that are retired at the end of a log."""
    found: dict[str, Retired] = {}
    for event in history:
        match event.data:
            case SourceRetired(source=source, by=by):
                found[source] = Retired(event.at, by)
            case SourceBroughtBack(source=source):
                found.pop(source, None)
            case _:
                pass
    return found


def lines_of(report: Mapping[str, Any], width: int) -> Iterator[str]:
    """Yield what stands out of sources and edits; nothing where nothing was decided on."""
    sources, edits = decode(Sources, report["sources"]), decode(Edits, report["edits"])
    suspect = [one for one in sources.sources if one.suspect]
    retired = [one.source for one in sources.sources if one.retired]
    if suspect:
        yield ""
        yield "Sources that are surely worse than the others of their kind, by more than 5 in a hundred"
    for one in suspect[:_NAMED]:
        figures = f"taken {one.taken.words} of {one.taken.of}, trouble after {one.went_wrong.words}"
        said = f"{one.source}, {one.doubt}: {figures}"
        yield from wrap(said, width, initial_indent="  ", subsequent_indent="    ")
    if retired:
        yield from wrap(f"Retired: {', '.join(retired)}.", width, subsequent_indent="  ")
    every = next((group for group in edits.groups if group.by is By.ALL), None)
    if every is not None and every.edits:
        said = "; ".join(f"{reason.value} {share.words}" for reason, share in every.reasons)
        yield ""
        yield from wrap(f"Why {every.edits:,} replies were changed: {said}.", width, subsequent_indent="  ")
    if edits.saved is not None and edits.saved.all.mean is not None:
        yield from wrap(f"Seconds saved, an estimate: {_saved_words(edits.saved)}.", width, subsequent_indent="  ")


def part_of(report: Mapping[str, Any]) -> str:
    """Return the same as a part of the page; every text in it is escaped."""
    sources, edits = decode(Sources, report["sources"]), decode(Edits, report["edits"])
    rows = "".join(
        f'<tr><th scope="row">{escape(one.source)}</th><td>{escape(one.taken.words)} of {one.taken.of:,}</td>'
        f"<td>{escape(one.went_wrong.words)} of {one.went_wrong.of:,}</td>"
        f"<td>{'retired' if one.retired else escape(one.doubt)}</td></tr>"
        for one in sources.sources
    )
    head = "".join(f'<th scope="col">{name}</th>' for name in ("", "taken", "trouble after", ""))
    table = f'<table class="review"><caption>Sources, the most doubtful first</caption><tr>{head}</tr>{rows}</table>'
    return (table if rows else "") + _edits_part(edits)


def _edits_part(edits: Edits) -> str:
    groups = [group for group in edits.groups if group.edits and not group.withheld]
    if not groups:
        return ""
    head = "".join(f'<th scope="col">{reason.value}</th>' for reason, _ in groups[0].reasons)
    rows = "".join(
        f'<tr><th scope="row">{escape(group.title)}</th><td>{group.edits:,}</td>'
        + "".join(f"<td>{escape(share.words)}</td>" for _, share in group.reasons)
        + "</tr>"
        for group in groups
    )
    means = "; ".join(f"{reason.value}: {said}" for reason, said in REASONS.items())
    saved = f"<p>Seconds saved, an estimate: {escape(_saved_words(edits.saved))}.</p>" if edits.saved else ""
    columns = f'<tr><th scope="col"></th><th scope="col">edits</th>{head}</tr>'
    table = f'<table class="review"><caption>Why replies were changed</caption>{columns}{rows}</table>'
    return f"{table}<p>{escape(means)}.</p>{saved}"


def rows_of(found: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the rows of :func:`besides_of`, with the columns of :mod:`console.review.reviewing.rows`."""
    sources, edits = decode(Sources, found["sources"]), decode(Edits, found["edits"])
    for one in sources.sources:
        for measure, share in (("taken", one.taken), ("trouble-after", one.went_wrong)):
            yield _row("sources", By.SOURCE.value, one.source, measure, share)
    for group in edits.groups:
        for reason, share in group.reasons:
            yield _row("edits", group.by.value, group.title, reason.value, share)
    if edits.saved is not None:
        for name, seconds in _saved(edits.saved):
            counts = {"part": seconds.of, "of": seconds.of, "conversations": seconds.conversations}
            limits = {"rate": seconds.mean, "low": seconds.low, "high": seconds.high, "shown": seconds.words}
            yield {"table": "seconds", "by": "all", "name": "", "week": "", "measure": name} | counts | limits


def _row(table: str, by: str, name: str, measure: str, share: Share) -> dict[str, Any]:
    counts = {"part": share.part, "of": share.of, "conversations": share.conversations}
    rate = None if share.rate is None else round(share.rate, 4)
    limits = {"rate": rate, "low": share.low, "high": share.high, "shown": share.words}
    return {"table": table, "by": by, "name": name, "week": "", "measure": measure} | counts | limits


def _saved(saved: Saved) -> tuple[tuple[str, Seconds], ...]:
    return (
        ("accepted", saved.accepted),
        ("edited", saved.edited),
        ("none-taken", saved.refused),
        ("all", saved.all),
        ("all-unread", saved.unread),
    )


def _saved_words(saved: Saved) -> str:
    return "; ".join(f"{name.replace('-', ' ')} {seconds.words}" for name, seconds in _saved(saved))


def learn_why(book: Book, rows: Sequence[tuple[int, int, int]], read: Read) -> None:
    """Work out why replies were changed, from the texts in a log; an erased one counts as read.

    The rows are those of :func:`~console.review.edits.look.pending`.
    """
    for at in range(0, len(rows), AT_A_TIME):
        some = rows[at : at + AT_A_TIME]
        texts = [text or (row[2], "", "") for row, text in zip(some, texts_of(book, some, read), strict=True)]
        book.of(WhyEdited).codes.update(coded(texts))


def texts_of(book: Book, rows: Sequence[tuple[int, int, int]], read: Read) -> Iterator[tuple[int, str, str] | None]:
    """Yield of each edit the number of its decision, what was suggested and what was sent; ``None`` where erased.

    The rows are those of :func:`~console.review.edits.look.pending`.
    """
    held = book.of(Ledger).suggestions
    found = {event.seq: event.data for event in read([number for _, *numbers in rows for number in numbers])}
    for row, made, decided in rows:
        match found.get(made), found.get(decided):
            case a.RepliesSuggested(suggestions=offered), a.SuggestionDecided(final_text=sent):
                suggested = next((one.text for one in offered if one.id == held.text[row]), "")
                yield decided, suggested, sent
            case _:
                yield None
