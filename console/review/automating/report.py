"""What could be automated, in the report: from a log's events, in lines, on a page, and as rows of a table. Pure."""

from collections.abc import Iterator
from datetime import datetime
from html import escape
from pathlib import Path
from textwrap import wrap
from typing import Any, Final

from console.assist.ports import Embed
from console.assist.slotting import spoken
from console.content.library import Library
from console.conversation.automation import Automation, Matter
from console.conversation.shares import Proportion
from console.conversation.upkeep import bracketed
from console.review.automating.grouping import grouped
from console.review.automating.keeping import AskedLog, AutomationFile, Of, questions_in
from console.review.automating.openings import Openings
from console.review.automating.routine import told
from console.review.book import Book
from console.review.periods import weeks_of
from console.review.reviewing.ledger import Ledger, microseconds
from console.review.reviewing.window import beginning
from console.review.sections import Section, heads, table
from console.text import shorten

MOST: Final = 20_000
"""Conversations that are looked at, the newest."""

NAMED: Final = 12
"""Matters that lines name; files and the screen have more."""


def automated(
    book: Book, log: AskedLog, until: datetime, weeks: int, embed: Embed, library: Library, books: Path | None = None
) -> Automation:
    """Return what could be automated, from a book of the weeks and the log that it is of.

    What is in the folder of ``books`` is taken from there, and what is made put there.
    """
    since = microseconds(beginning(until, weeks))
    found, left = told(book.of(Openings), book.of(Ledger), since, microseconds(until), MOST)
    file, of = AutomationFile(books, weeks), Of(weeks, library.edition, len(found.ids) + left)
    known = file.load(log, of, found)
    if known is not None:
        return known
    texts = [text for text, _ in questions_in(log.of_numbers, found)]
    asked = [place for place, text in enumerate(texts) if text]
    if not asked:
        return Automation(weeks)
    kept = [texts[place] for place in asked]
    behaviours = {one.intent: one for one in library.behaviours}
    vectors = embed.encode([spoken(text) for text in kept])
    made = grouped(found.at(asked), kept, vectors, behaviours, weeks, left)
    file.save(made, of, log, book.read)
    return made.automation


def lines_of(automation: Automation, width: int) -> Iterator[str]:
    """Yield what could be automated, none longer than ``width`` from 80 on; nothing where nothing was asked often."""
    if not automation.matters:
        return
    yield ""
    said = f"Asked again and again, {_period(automation)} ({automation.conversations:,} conversations)"
    yield from wrap(said, width)
    yield f"  routine that people worked and a behaviour could: {automation.routine.words}"
    for matter in automation.matters[:NAMED]:
        yield f"  • {shorten(bracketed(matter.question), width - 4)}"
        yield from wrap(_figures(matter), width, initial_indent="    ", subsequent_indent="    ")
    if len(automation.matters) > NAMED:
        yield f"  and {len(automation.matters) - NAMED} more (--csv has all)."


def section_of(automation: Automation) -> Section | None:
    """Return its part of the report's page; nothing where nothing was asked often."""
    if not automation.matters:
        return None
    head = heads("", "conversations", "a week", "routine", "bot")
    rows = "".join(
        f'<tr><th scope="row">{escape(bracketed(matter.question))}</th><td>{matter.conversations:,}</td>'
        f"<td>{matter.weekly:.1f}</td><td>{escape(_routine(matter))}</td><td>{matter.covered.value}</td></tr>"
        for matter in automation.matters
    )
    said = f"Routine that people worked and a behaviour could: {escape(automation.routine.words)}."
    asked = f"<p>{said}</p>{table('The largest routine first', head, rows)}"
    gist = f"routine that a behaviour could do: {automation.routine.words}"
    return Section("automation", "Asked again and again", _period(automation), asked, gist)


def rows_of(automation: Automation) -> Iterator[dict[str, Any]]:
    """Yield the matters as rows of the report's table."""
    yield _row("", "routine to win", automation.routine)
    for matter in automation.matters:
        yield _row(bracketed(matter.question), "share", matter.share)
        yield _row(bracketed(matter.question), "routine", matter.routine)


def _row(name: str, measure: str, share: Proportion) -> dict[str, Any]:
    counts = {"part": share.part, "of": share.of, "conversations": share.of}
    limits = {"rate": share.rate, "low": share.low, "high": share.high, "shown": share.words}
    return {"table": "automation", "by": "matter", "name": name, "week": "", "measure": measure} | counts | limits


def _period(automation: Automation) -> str:
    return weeks_of(automation.weeks, None, None)


def _routine(matter: Matter) -> str:
    return "for people" if matter.reserved else matter.routine.words


def _figures(matter: Matter) -> str:
    answered = f"mostly answered from {matter.answers[0].source}" if matter.answers else ""
    parts = (
        f"{matter.weekly:.1f} a week",
        f"routine {_routine(matter)}" if not matter.reserved else "for people",
        f"bot: {matter.covered.value}",
        answered,
    )
    return " · ".join(part for part in parts if part)
