"""What a practice session was worth: points with their evidence, turning points, and what might have been said."""

from collections.abc import Iterable, Iterator
from typing import Final, Literal

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget

from console.conversation.practice import PracticeReport, TurnTold
from console.conversation.practice_events import ScoredPoint
from console.terminal.plant_faces import plant_lines, told
from console.terminal.screens.dialog import Dialog

After = Literal["desk"]
"""What comes next: back to the desk. Else another scenario is chosen."""

TOO_MUCH: Final = "Trusting too much (planted suggestions that you sent)"
TOO_LITTLE: Final = "Trusting too little (good suggestions that you wrote by hand instead)"

_FULL: Final = 0.995
_LABEL: Final = 12


class DebriefScreen(Dialog[After]):
    """Shows the debrief; returns ``desk`` to go back to work, ``None`` to stay in practice."""

    HEADING = "Debrief"
    CONFIRM = "Back to the desk"
    LEAVE = "Practise on"
    WIDE = True
    TALL = True

    def __init__(self, report: PracticeReport) -> None:
        super().__init__()
        self._report = report

    def body(self) -> Iterable[Widget]:
        """Return all of it, to be scrolled."""
        with VerticalScroll():
            yield from (told(line) for line in _lines(self._report))

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
    yield from map(_point, report.points)
    yield from _trust(report)
    if report.turns:
        yield _head("Turning points")
    for turn in report.turns:
        yield from _turn(turn)
    if report.outside:
        yield _head("Asked, and not part of this case")
        yield from (Content(f"  {text}") for text in report.outside)
    yield _head("What this case teaches")
    yield Content(report.notes.strip())


def _trust(report: PracticeReport) -> Iterator[Content]:
    """What was planted, and whether the agent trusts suggestions too much or too little."""
    if report.plants:
        yield _head("Planted suggestions: wrong on purpose")
    for plant in report.plants:
        yield from plant_lines(plant)
    for share, words_for in ((report.over, TOO_MUCH), (report.under, TOO_LITTLE)):
        if share is not None:
            yield Content(f"  {words_for}: {share:.0%}")


def _head(text: str) -> Content:
    return Content.assemble("\n", (text, "bold $text-primary"))


def _point(point: ScoredPoint) -> Content:
    if point.value is None:
        mark, style = "–", "$text-muted"
    elif point.value >= _FULL:
        mark, style = "✓", "$text-success"
    else:
        mark, style = ("◐", "$text-warning") if point.value > 0 else ("✗", "$text-error")
    evidence = "; ".join(f"{one.message} “{one.words}”" for one in point.evidence)
    said = f"{point.reason}{f'  {evidence}' if evidence else ''}"
    return Content.assemble((f"  {mark} ", style), (f"{point.title}: ", "bold"), said)


def _turn(turn: TurnTold) -> Iterator[Content]:
    sign, style = ("▲", "$text-success") if turn.change > 0 else ("▼", "$text-warning")
    where = f"{turn.message} “{turn.words}”" if turn.message else "nobody wrote"
    yield Content.assemble((f"  {sign} ", style), where, (f"  {', '.join(turn.causes)}", "$text-muted"))
    for better in turn.better:
        sources = ", ".join(f"{source.type} {source.id}" for source in better.sources)
        yield Content.assemble(("      rather: ", "bold"), better.text, (f"  {sources}", "$text-secondary"))
