"""A dry run as a conversation designer reads it."""

from collections.abc import Iterator, Mapping, Sequence
from textwrap import wrap
from typing import Any, Final

from console.review.dry_run import Compared, Course, Misread, Outcome
from console.text import shorten

SHOWN: Final = 40
"""Changed conversations that are told one by one; ``--json`` has all."""

_WHO: Final = {
    Outcome.BOT.value: "the bot alone, to the end",
    Outcome.HANDED_OVER.value: "the bot first, then people",
    Outcome.PEOPLE.value: "people with assistance, from the start",
    Outcome.PEOPLE_ALONE.value: "people alone (human-only)",
}


def lines_of(rows: Sequence[Compared], summary: Mapping[str, Any], width: int) -> Iterator[str]:
    """Yield the lines of a dry run, none longer than ``width`` from 60 on: the counts, then what changes."""
    total, changed = summary["conversations"], summary["changed"]
    yield f"{total} conversations: {changed} would go differently, {total - changed} as before."
    yield ""
    yield "Who would work them" + "now".rjust(31) + "then".rjust(8) + "change".rjust(9)
    for name, counts in summary["outcomes"].items():
        before, after = counts["before"], counts["after"]
        yield f"  {_WHO[name]:<42}{before:>6}{after:>8}{_signed(after - before):>9}"
    intents = {name: c for name, c in summary["intents"].items() if c["before"] != c["after"]}
    if intents:
        yield ""
        yield "Intents that gain or lose"
        for name, counts in sorted(intents.items(), key=lambda i: -abs(i[1]["after"] - i[1]["before"])):
            before, after = counts["before"], counts["after"]
            yield f"  {shorten(name or '(none)', 40):<42}{before:>6}{after:>8}{_signed(after - before):>9}"
    different = [row for row in rows if row.changes]
    if different:
        yield ""
        yield "What would go differently"
    for row in different[:SHOWN]:
        yield from _told(row, width)
    if len(different) > SHOWN:
        yield f"  … and {len(different) - SHOWN} more; --json lists all."


def misread_lines(found: Sequence[Misread], width: int) -> Iterator[str]:
    """Yield the examples that the new rules read as another intent."""
    if found:
        yield ""
        yield "Examples that the new rules read as something else"
    for one in found[:SHOWN]:
        told = f"“{one.example}” of {one.intent} is read as {one.read_as or 'no intent'}"
        yield from wrap(told, width, initial_indent="  ", subsequent_indent="    ")
    if len(found) > SHOWN:
        yield f"  … and {len(found) - SHOWN} more."


def _told(row: Compared, width: int) -> Iterator[str]:
    yield "  " + shorten(f"{row.conversation}: “{' '.join(row.first_words.split())}”", width - 2)
    for name, course in (("now", row.before), ("then", row.after)):
        yield from wrap(f"{name}: {_said(course)}", width, initial_indent=" " * 6, subsequent_indent=" " * 10)


def _said(course: Course) -> str:
    routing = course.routing
    told = f"{routing.intent or 'no intent'}, {routing.layer.value}, tier {routing.tier} · {course.outcome.value}"
    if course.outcome in {Outcome.HANDED_OVER, Outcome.PEOPLE_ALONE}:  # else the layer says why
        told += f" from {course.message} on: {'; '.join(course.why)}"
    return told


def _signed(number: int) -> str:
    return f"{number:+d}" if number else "·"
