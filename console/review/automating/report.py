"""What could be automated, in the report: from a log's events, in lines, on a page, and as rows of a table. Pure."""

from collections.abc import Callable, Iterator
from datetime import datetime
from html import escape
from textwrap import wrap
from typing import Any, Final

from console.assist.ports import Embed
from console.assist.slotting import spoken
from console.content.library import Library
from console.conversation import events as e
from console.conversation.automation import Automation, Matter
from console.conversation.shares import Proportion
from console.conversation.upkeep import bracketed
from console.review.automating.grouping import grouped
from console.review.automating.openings import Openings
from console.review.automating.questions import question_of
from console.review.automating.routine import told
from console.review.book import Book
from console.review.reviewing.columns import NONE
from console.review.reviewing.ledger import Ledger, microseconds
from console.review.reviewing.window import beginning
from console.text import shorten

MOST: Final = 20_000
"""Conversations that are looked at, the newest."""

NAMED: Final = 12
"""Matters that lines name; files and the screen have more."""


Read = Callable[[int, str], e.Event | None]
"""Returns an event of a conversation by its number; ``None`` where it was erased."""


def automated(book: Book, read: Read, until: datetime, weeks: int, embed: Embed, library: Library) -> Automation:
    """Return what could be automated, from a book of the weeks and the log that it is of."""
    since = microseconds(beginning(until, weeks))
    found, left = told(book.of(Openings), book.of(Ledger), since, microseconds(until), MOST)
    numbers = zip(*(found.of(name).tolist() for name in ("opened", "asked", "more")), strict=True)
    texts = [
        question_of(*(read(seq, name) if seq != NONE else None for seq in row))[0]
        for name, row in zip(found.ids, numbers, strict=True)
    ]
    asked = [place for place, text in enumerate(texts) if text]
    if not asked:
        return Automation(weeks)
    kept = [texts[place] for place in asked]
    behaviours = {one.intent: one for one in library.behaviours}
    vectors = embed.encode([spoken(text) for text in kept])
    return grouped(found.at(asked), kept, vectors, behaviours, weeks, left).automation


def lines_of(automation: Automation, width: int) -> Iterator[str]:
    """Yield what could be automated, none longer than ``width`` from 80 on; nothing where nothing was asked often."""
    if not automation.matters:
        return
    yield ""
    said = f"Asked again and again ({automation.weeks} weeks, {automation.conversations:,} conversations)"
    yield from wrap(said, width)
    yield f"  routine that people worked and a behaviour could: {automation.routine.words}"
    for matter in automation.matters[:NAMED]:
        yield f"  • {shorten(bracketed(matter.question), width - 4)}"
        yield from wrap(_figures(matter), width, initial_indent="    ", subsequent_indent="    ")
    if len(automation.matters) > NAMED:
        yield f"  and {len(automation.matters) - NAMED} more (--csv has all)."


def section_of(automation: Automation) -> str:
    """Return its part of the report's page; empty where nothing was asked often."""
    if not automation.matters:
        return ""
    head = "".join(f'<th scope="col">{name}</th>' for name in ("", "conversations", "a week", "routine", "bot"))
    rows = "".join(
        f'<tr><th scope="row">{escape(bracketed(matter.question))}</th><td>{matter.conversations:,}</td>'
        f"<td>{matter.weekly:.1f}</td><td>{escape(_routine(matter))}</td><td>{matter.covered.value}</td></tr>"
        for matter in automation.matters
    )
    said = f"Routine that people worked and a behaviour could: {escape(automation.routine.words)}."
    return f"<h2>Asked again and again</h2><p>{said}</p><table><tr>{head}</tr>{rows}</table>"


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
