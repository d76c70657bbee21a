"""The numbers of a source of suggested replies, or of all: each leads to the very exchanges that it counts."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from textual.content import Content

from console.conversation.review_commands import Asked
from console.conversation.reviews import By, Group, Measure, Review, Share, Uptake
from console.conversation.sources import Sources
from console.terminal.port import Desk
from console.terminal.screens.lead_step import LeadStep
from console.terminal.widgets import review_faces
from console.terminal.widgets import source_faces as faces
from console.terminal.widgets.row_list import Row, remark

WEEKS = "weeks"


@dataclass(frozen=True, slots=True)
class Numbers:
    """What became of a source's replies, from both looks."""

    shares: dict[Uptake, Share]
    group: Group | None
    """All of its decided replies, by decision."""
    review: Review
    progress: str = ""

    @property
    def relation(self) -> str:
        """How the shares above the decisions come from these, in words."""
        group, taken, followed = self.group, self.shares[Uptake.TAKEN], self.shares[Uptake.TROUBLE]
        if group is None:
            return ""
        accepted, edited = group.of(Measure.ACCEPTED).part, group.of(Measure.EDITED).part
        unread, unknown = group.decided - taken.of, taken.part - followed.of
        said = [f"{accepted:,} accepted and {edited:,} edited are the {taken.part:,} taken."]
        if unread > 0:
            said.append(f"{unread:,} that newer replies replaced before they could be read are not among the others.")
        if unknown > 0:
            said.append(f"Of {unknown:,} taken ones it is not known what followed.")
        return " ".join(said)


@dataclass(frozen=True, slots=True)
class SourceNumbers(LeadStep):
    """Taken, what followed, and every decision; ``source`` is empty for all of them."""

    source: str

    HELP: ClassVar[str] = "Enter on a number shows the exchanges that it counts; v there, the rest of its cases."

    @property
    def title(self) -> str:
        """Return the source."""
        return self.source or faces.ALL

    async def load(self, desk: Desk, weeks: int) -> Numbers:
        """Ask for the sources, and for the figures by decision."""
        found, review = await desk.reply_sources(weeks), await desk.review(weeks)
        group = next((one for one in review.groups if one.by is self.by and one.name == self.source), None)
        return Numbers(shares_of(found, self.source), group, review, found.progress or review.progress)

    @property
    def by(self) -> By:
        """What the figures are grouped by."""
        return By.SOURCE if self.source else By.ALL

    def rows(self, found: Numbers, width: int) -> list[Row]:
        """Return a row for each number."""
        rows = [Row(one.value, faces.uptake_face(one, share, width)) for one, share in found.shares.items()]
        return [*rows, *_decisions(found.group, found.relation, width)] if found.group else rows

    def detail(self, found: Numbers, key: str, width: int) -> Content:
        """Return what a number counts."""
        if key in set(Uptake):
            return faces.uptake_detail(Uptake(key), found.shares[Uptake(key)], width)
        if found.group is not None and key in set(Measure):
            return review_faces.figure_detail(found.group, found.group.of(Measure(key)), None, width)
        return Content("")

    def next(self, found: Numbers, key: str) -> Any:  # noqa: ANN401 - a step of the review's own
        """Return the exchanges that a number counts, or the figures week by week."""
        from console.terminal.screens.review_views import Behind, Figures

        del found
        if key in set(Uptake) or key in set(Measure):
            measure = Uptake(key) if key in set(Uptake) else Measure(key)
            return Behind(Asked(self.by, self.source, measure))
        return Figures(self.by, self.source) if key == WEEKS else None


def shares_of(found: Sources, source: str) -> dict[Uptake, Share]:
    """Return what became of a source's replies, of all without a source."""
    one = next((each for each in found.sources if each.source == source), None)
    taken, wrong = (one.taken, one.went_wrong) if one else (found.taken or Share(), found.went_wrong or Share())
    fell = Share(one.angered if one else found.angered, wrong.of, wrong.conversations)
    return {Uptake.TAKEN: taken, Uptake.TROUBLE: wrong, Uptake.MOOD_FELL: fell}


def _decisions(group: Group, relation: str, width: int) -> Iterator[Row]:
    said = f"Of all {group.decided:,} that were decided on"
    yield Row("title", Content.assemble("\n", (said, "bold $text-primary")), idle=True)
    for measure in Measure:
        yield Row(measure.value, review_faces.figure_face(group.of(measure), width))
    yield Row(WEEKS, Content("week by week"))
    yield remark(relation, width)
