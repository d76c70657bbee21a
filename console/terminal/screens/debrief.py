"""What a practice session was worth: points with their evidence, turning points, and what might have been said."""

from collections.abc import Iterable, Iterator
from typing import Final, Literal

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget

from console.conversation.practice import Overruling, PracticeReport, TurnTold
from console.conversation.practice_events import ScoredPoint
from console.terminal.screens.dialog import Dialog, words

After = Literal["desk"]
"""What comes next: back to the desk. Else another scenario is chosen."""

_FULL: Final = 0.995
_LABEL: Final = 12


class DebriefScreen(Dialog[After]):
    """Shows the debrief; returns ``desk`` to go back to work, ``None`` to stay in practice."""

    HEADING = "Debrief"
    CONFIRM = "Back to the desk"
    LEAVE = "Practise on"
    WIDE = True
    TALL = True

    def __init__(self, report: PracticeReport, *, aside: bool = False) -> None:
        """``aside`` says that it is read later, beside other work: there is nothing to go on with."""
        if aside:
            self.CONFIRM, self.LEAVE = "", "Back"  # type: ignore[misc]
        super().__init__()
        self._report = report

    def body(self) -> Iterable[Widget]:
        """Return all of it, to be scrolled."""
        with VerticalScroll():
            yield from (words(line) for line in _lines(self._report))

    def on_mount(self) -> None:
        """Let the keys scroll."""
        self.query_one(VerticalScroll).focus()

    def answer(self) -> After:
        """Go back to the desk."""
        return "desk"


def _lines(report: PracticeReport) -> Iterator[Content]:
    outcome = ("✓ won", "bold $text-success") if report.won else ("✗ not won", "bold $text-warning")
    yield Content.assemble(
        (f"{report.title}  ", "bold"), outcome, f"  {report.total:.0f} of 100", (f"  · {report.ending}", "$text-muted")
    )
    yield Content("")
    for title, text, style in (("Keep", report.keep, "$text-success"), ("Change", report.change, "$text-warning")):
        if text:
            yield Content.assemble((f"{title:<{_LABEL}}", f"bold {style}"), text)
    yield _head("Points")
    theirs = {one.point: one for one in report.overruled}
    yield from (_point(point, theirs.get(point.id)) for point in report.points)
    if report.turns:
        yield _head("Turning points")
    for turn in report.turns:
        yield from _turn(turn)
    if report.outside:
        yield _head("Asked, and not part of this case")
        yield from (Content(f"  {text}") for text in report.outside)
    yield _head("What this case teaches")
    yield Content(report.notes.strip())


def _head(text: str) -> Content:
    return Content.assemble("\n", (text, "bold $text-primary"))


def sign_of(value: float | None) -> tuple[str, str]:
    """Return the sign of a point's value, and its style."""
    if value is None:
        return "–", "$text-muted"
    if value >= _FULL:
        return "✓", "$text-success"
    return ("◐", "$text-warning") if value > 0 else ("✗", "$text-error")


def trainers_words(one: Overruling) -> str:
    """Return what a trainer made of a point: both values, why, and who says so."""
    before = "nothing" if one.engine is None else f"{one.engine:.0%}"
    why = f": {one.reason}" if one.reason else ""
    return f"{one.by} gives {one.value:.0%}, the engine gave {before}{why}"


def _point(point: ScoredPoint, theirs: Overruling | None) -> Content:
    mark, style = sign_of(point.value)
    evidence = "; ".join(f"{one.message} “{one.words}”" for one in point.evidence)
    said = f"{point.reason}{f'  {evidence}' if evidence else ''}"
    face = Content.assemble((f"  {mark} ", style), (f"{point.title}: ", "bold"), said)
    return Content.assemble(face, ("\n      " + trainers_words(theirs), "$text-secondary")) if theirs else face


def _turn(turn: TurnTold) -> Iterator[Content]:
    sign, style = ("▲", "$text-success") if turn.change > 0 else ("▼", "$text-warning")
    where = f"{turn.message} “{turn.words}”" if turn.message else "nobody wrote"
    yield Content.assemble((f"  {sign} ", style), where, (f"  {', '.join(turn.causes)}", "$text-muted"))
    for better in turn.better:
        sources = ", ".join(f"{source.type} {source.id}" for source in better.sources)
        yield Content.assemble(("      rather: ", "bold"), better.text, (f"  {sources}", "$text-secondary"))
