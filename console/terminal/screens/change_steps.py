"""The review's tab on changes: what each is about, before and after; marking one, and letting a demo's weeks pass."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, ClassVar, Final

from textual.content import Content

from console.conversation.change_effects import Pace, Portion
from console.conversation.escalations import Part
from console.conversation.review_commands import MarkChange
from console.conversation.reviews import By, Change, Review
from console.conversation.upkeep import Answered, Gaps
from console.conversation.weeks import WeeksAhead
from console.terminal.errors import DeskError, Unreachable
from console.terminal.port import Desk
from console.terminal.screens.lead_step import Ask, Deed, LeadStep
from console.terminal.widgets import change_faces as faces
from console.terminal.widgets.row_list import Row, remark

NO_CHANGES: Final = (
    "No change is marked in these weeks. Mark one (n) when a macro, a rule or the way of working changes: the weeks "
    "before and after it are then compared."
)
MARK: Final = Deed("mark", "Mark", "n")
BACK: Final = Deed("back", "Take back", "u")
PASS: Final = Deed("pass", "Let weeks pass", "p")


@dataclass(frozen=True, slots=True)
class Found:
    """What the tab shows."""

    review: Review
    gaps: Gaps
    """What is answered by now; empty where no change is that of an article."""
    weeks: WeeksAhead
    progress: str = ""

    def answered(self, change: Change) -> Answered | None:
        """Return what was asked in vain before an article that a change names."""
        return next((one for one in self.gaps.mended if one.pace and f" {one.article} " in f" {change.words} "), None)


@dataclass(frozen=True, slots=True)
class ChangesStep(LeadStep):
    """The changes that leads and the desk itself marked."""

    HELP: ClassVar[str] = (
        "Changes, the newest first, each with what it is about before and after: of a macro what followed where it "
        "stood, of a behaviour how many came too late, of an article how often was asked in vain; Enter goes to the "
        "figures of it. n marks one, u takes a mark back. In a demo p lets weeks pass, so that there is an after."
    )

    async def load(self, desk: Desk, weeks: int) -> Found:
        """Ask for the comparison; for what articles answer by now only where one was published."""
        ahead = await desk.weeks_ahead()
        if ahead.progress:
            return Found(Review(), Gaps(()), ahead, f"the weeks pass and cannot be stopped, {ahead.progress}")
        review = await desk.review(weeks)
        gaps = Gaps(())
        if any(change.words.startswith("Article ") for change in review.changes):
            try:
                gaps = await desk.gaps()
            except DeskError:  # the engine is not there yet: the rest is
                gaps = Gaps(())
        return Found(review, gaps, ahead, review.progress or gaps.progress)

    def rows(self, found: Found, width: int) -> list[Row]:
        """Return a row each."""
        now = found.review.until
        rows = [Row(one.id, faces.change_face(one, _headline(found, one), width, now)) for one in found.review.changes]
        return rows or [remark(NO_CHANGES, width)]

    def detail(self, found: Found, key: str, width: int) -> Content:
        """Return what moved."""
        change, review = _at(found, key), found.review
        if change is None:
            return Content("")
        compared = [one for one in review.compared if one.change.id == change.id]
        they_are = [one for one in review.about if one.change == change.id]
        return faces.change_detail(change, compared, they_are, found.answered(change), width)

    def standing(self, found: Found) -> str:
        """Return what it is of."""
        return faces.standing_of(found.review)

    def next(self, found: Found, key: str) -> Any:  # noqa: ANN401 - a step of the review's own
        """Return the figures of what a change is about, from which its conversations are reached."""
        from console.terminal.screens.escalation_steps import Judged
        from console.terminal.screens.review_views import Figures, group_of

        about = next((one for one in found.review.about if one.change == key), None)
        kind, _, name = about.subject.partition(" ") if about else ("", "", "")
        if kind == "behaviour":
            return Judged(Part.BEHAVIOUR, name)
        return Figures(By.SOURCE, kind) if group_of(found.review, By.SOURCE, kind) else None

    def deeds(self, found: Found, key: str) -> tuple[Deed, ...]:
        """Return that one can be marked, one that a lead marked taken back, and in a demo that weeks can pass."""
        change = _at(found, key)
        back = (BACK,) if change is not None and not change.automatic else ()
        return (MARK, *back, *((PASS,) if found.weeks.demo else ()))

    async def do(self, deed: str, found: Found, key: str, desk: Desk, ask: Ask) -> str:
        """Do one of these."""
        if deed == BACK.name:
            await desk.unmark_change(key)
            return "The mark is taken back."
        if deed == PASS.name:
            return await _passed(found.weeks, desk, ask)
        from console.terminal.screens.change_mark import ChangeDialog

        body: MarkChange | None = await ask(ChangeDialog(found.review.until or datetime.now(UTC)))
        if body is None:
            return ""
        await desk.mark_change(body)
        return "Marked: before and after are compared as far as enough was decided on."


async def _passed(before: WeeksAhead, desk: Desk, ask: Ask) -> str:
    from console.terminal.screens.weeks_passing import WeeksDialog

    weeks: int | None = await ask(WeeksDialog())
    if weeks is None:
        return ""
    try:
        await desk.let_weeks_pass(weeks)
    except Unreachable:  # a busy desk may have heard it all the same, and it cannot be taken back
        now = await desk.weeks_ahead()
        if not now.progress and now.weeks == before.weeks:
            raise
    return f"{weeks} week{'s' * (weeks != 1)} let pass, generated; once written each change shows its before and after."


def _headline(found: Found, change: Change) -> Pace | Portion | None:
    answered = found.answered(change)
    if answered is not None:
        return answered.pace
    about = next((one for one in found.review.about if one.change == change.id), None)
    return about.measures[0] if about else None


def _at(found: Found, key: str) -> Change | None:
    return next((one for one in found.review.changes if one.id == key), None)
