"""A practice session as it is told: its points and turning points, and its transcript with them marked. Pure."""

from collections.abc import Iterator
from typing import Final

from textual.content import Content

from console.conversation.message import Author, Message
from console.conversation.notices import is_notice
from console.conversation.practice import Better, Overruling, PracticeReport, TriedBefore, TurnTold
from console.conversation.practice_events import ScoredPoint
from console.conversation.quality import Evidence
from console.terminal.hanging import hang, stack
from console.terminal.plant_faces import DEEP, plant_lines
from console.terminal.widgets.row_list import Row
from console.text import shorten

QUOTED: Final = 90
"""Letters of a quotation; the transcript has all of it."""

SHOWN: Final = 2
"""Pieces of evidence that stand beside a point."""

TOO_MUCH: Final = "Trusting too much (planted suggestions that you sent)"
TOO_LITTLE: Final = "Trusting too little (good suggestions that you wrote by hand instead)"

NO_PLANTS: Final = "None in this session: in no turn that was to have one did something right stand beside it."

_FULL: Final = 0.995
_LABEL: Final = 8
_LEAST: Final = 0.005
_NAMES: Final = {Author.CUSTOMER: "customer", Author.BOT: "bot", Author.SYSTEM: "look-up"}


def message_of(key: str) -> str:
    """Return the id of the message that a row is about; empty where it is about none."""
    return key.partition(" ")[2]


def told(report: PracticeReport, width: int) -> Iterator[Row]:
    """Yield the rows of the debrief; a key names what it is, and the message behind it."""
    outcome = ("✓ won", "bold $text-success") if report.won else ("✗ not won", "bold $text-warning")
    score = f"  {report.total:.0f} of 100"
    yield Row("title", Content.assemble(_cut(report.title, width - 30), "  ", outcome, score))
    yield Row("ending", Content.styled(f"{report.ending} · {report.difficulty}", "$text-muted"), idle=True)
    for title, text, style in (("Keep", report.keep, "$text-success"), ("Change", report.change, "$text-warning")):
        if text:
            label = Content.styled(f"{title:<{_LABEL}}", f"bold {style}")
            yield Row(title, stack(hang(label, Content(text), width)))
    if report.earlier:
        yield from _compared(report.earlier, report, width)
    yield _head("Points")
    theirs = {one.point: one for one in report.overruled}
    yield from (_point(point, theirs.get(point.id), width) for point in report.points)
    yield from _trust(report, width)
    if report.turns:
        yield _head("Turning points")
    for place, turn in enumerate(report.turns):
        quoted = f"“{shorten(turn.telling or turn.words, QUOTED)}”" if turn.message else "nobody wrote"
        yield Row(f"turn-{place} {turn.message}", stack(_turn(turn, quoted, width)))
    if report.outside:
        yield _head("Asked, and not part of this case")
        asked = Content("\n".join(report.outside))
        yield Row("outside", stack(hang(Content("  "), asked, width)))
    if report.notes.strip():
        yield _head("What this case teaches")
        yield Row("notes", stack(hang(Content("  "), Content(report.notes.strip()), width)))


def transcript(report: PracticeReport, width: int, who: str = "you") -> Iterator[Row]:
    """Yield the messages, each turning point under what brought it about; a key names the message.

    ``who`` names the agent.
    """
    names = {**_NAMES, Author.CUSTOMER: _first(report) or "customer", Author.AGENT: who}
    label = max(len(name) for name in names.values()) + max((len(m.id) for m in report.transcript), default=2) + 3
    for place, message in enumerate(report.transcript):
        for turn in report.turns:
            if not turn.message and turn.place == place:
                yield Row(f"silence-{place}", stack(_turn(turn, "nobody wrote", width)))
        turns = [turn for turn in report.turns if turn.message == message.id]
        name = "notice" if is_notice(message) else names[message.role]
        yield Row(f"said {message.id}", stack(_said(message, name, label, turns, width)))


def _first(report: PracticeReport) -> str:
    return next((m.author for m in report.transcript if m.role is Author.CUSTOMER and m.author), "")


def _said(message: Message, name: str, label: int, turns: list[TurnTold], width: int) -> Iterator[Content]:
    style = "bold" if message.role is Author.AGENT else "$text-secondary"
    face = Content.assemble((f"{message.id:<{label - len(name) - 1}}", "$text-muted"), (f"{name} ", style))
    yield from hang(face, Content(message.text), width)
    indent = Content(" " * label)
    for turn in turns:
        for line in _turn(turn, "", width - label):
            yield Content.assemble(indent, line)


def _trust(report: PracticeReport, width: int) -> Iterator[Row]:
    """Yield what was planted, and whether the agent trusts suggestions too much or too little."""
    if report.plants or report.assistance == "planted":
        yield _head("Planted suggestions: wrong on purpose")
    if report.assistance == "planted" and not report.plants:
        yield Row("no-plants", stack(hang(Content("  "), Content(NO_PLANTS), width)))
    for plant in report.plants:
        lines = [part for line in plant_lines(plant) for part in hang(line[:DEEP], line[DEEP:], width)]
        yield Row(f"plant-{plant.suggestion} {plant.message}", stack(lines))
    fates = [plant.fate for plant in report.plants if plant.fate in {"caught", "stopped", "sent"}]
    good = report.used + report.passed
    for key, count, of, words_for in (
        ("over", fates.count("sent"), len(fates), TOO_MUCH),
        ("under", report.passed, good, TOO_LITTLE),
    ):
        if of:
            yield Row(key, stack(hang(Content("  "), Content(f"{words_for}: {count} of {of}"), width)))


def _head(text: str) -> Row:
    return Row(f"head-{text}", Content.assemble("\n", (text, "bold $text-primary")), idle=True)


def _cut(text: str, width: int) -> Content:
    return Content.styled(shorten(text, max(12, width)), "bold")


def sign_of(value: float | None) -> tuple[str, str]:
    """Return the sign of a point's value, and its style."""
    if value is None:
        return "–", "$text-muted"
    if value >= _FULL:
        return "✓", "$text-success"
    return ("◐", "$text-warning") if value > 0 else ("✗", "$text-error")


def reason_of(point: ScoredPoint, theirs: Overruling | None) -> str:
    """Return why a point has the value that it has: the trainer's words where theirs is another one."""
    return theirs.reason if theirs is not None and _otherwise(theirs) else point.reason


def trainers_words(one: Overruling, point: ScoredPoint) -> str:
    """Return what a trainer made of a point: who, both values, and the words that :func:`reason_of` leaves out."""
    before = "nothing" if one.engine is None else f"{one.engine:.0%}"
    rest = point.reason if _otherwise(one) else one.reason
    why = f": {rest}" if rest else ""
    return f"{one.by} gives {one.value:.0%}, the engine gave {before}{why}"


def _otherwise(one: Overruling) -> bool:
    return bool(one.reason) and sign_of(one.engine) != sign_of(one.value)


def _point(point: ScoredPoint, theirs: Overruling | None, width: int) -> Row:
    mark, style = sign_of(point.value)
    reason = reason_of(point, theirs)
    text = Content.assemble((point.title, "bold"), f": {reason}" if reason else "")
    lines = hang(Content.styled(f"  {mark} ", style), text, width)
    for one in point.evidence[:SHOWN]:
        lines += hang(Content("      "), _quoted(one), width, 2)
    more = len(point.evidence) - SHOWN
    if more > 0:
        lines.append(Content.styled(f"      and {more} more", "$text-muted"))
    if theirs:
        lines += hang(Content("      "), Content.styled(trainers_words(theirs, point), "$text-secondary"), width)
    message = next((one.message for one in point.evidence), "")
    return Row(f"point-{point.id} {message}", stack(lines))


def _quoted(one: Evidence) -> Content:
    where = f"{one.message} " if one.message else ""  # a note is no message
    return Content.assemble((where, "$text-secondary"), f"“{shorten(one.words, QUOTED)}”")


def _turn(turn: TurnTold, quoted: str, width: int) -> Iterator[Content]:
    head = Content.styled(*_moved(turn.change))
    causes = ", ".join(dict.fromkeys(turn.causes)) or "nothing that moves the customer"
    said = (f"{turn.message} ", "$text-secondary") if turn.message and quoted else ""
    yield from hang(head, Content.assemble(said, quoted, "  " if quoted else "", (causes, "$text-muted")), width)
    for better in turn.better:
        yield from hang(Content.styled("    rather: ", "bold"), _better(better), width)


def _moved(change: float) -> tuple[str, str]:
    """Return what a turn did to the customer: a sign and by how much, and their style."""
    if abs(change) < _LEAST:
        return f"  – {0:5.2f} ", "$text-muted"
    sign, style = ("▲", "$text-success") if change > 0 else ("▼", "$text-warning")
    return f"  {sign} {change:+.2f} ", style


def _better(better: Better) -> Content:
    sources = ", ".join(dict.fromkeys(f"{source.type} {source.id}" for source in better.sources))
    return Content.assemble(better.text, (f"  {sources}" if sources else "", "$text-secondary"))


def _compared(earlier: TriedBefore, report: PracticeReport, width: int) -> Iterator[Row]:
    """Yield what came of it before, and now."""
    yield _head("Before, and now")
    before = "not scored" if earlier.total is None else f"{earlier.total:.0f} of 100"
    now = f"{report.total:.0f} of 100"
    more = "" if earlier.total is None else f" ({report.total - earlier.total:+.0f})"
    won = {True: ", won", False: ", not won", None: ""}
    for label, score, turn in (
        ("before", f"{before}{won[earlier.won]}", earlier.then),
        ("now", f"{now}{more}{won[report.won]}", earlier.now),
    ):
        lines = hang(Content.styled(f"  {label:<7}", "bold"), Content(score), width)
        if turn is None:
            lines.append(Content.styled("    the customer heard nothing of it", "$text-muted"))
        else:
            quoted = f"“{shorten(turn.words, QUOTED)}”" if turn.message else "nobody wrote"
            lines += _turn(turn, quoted, width)
        message = turn.message if turn and label == "now" else ""
        yield Row(f"tried-{label} {message}", stack(lines))
