"""The review's tab on the quality of conversations: from a level to the conversations behind it, and marking them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any, ClassVar, Final

from textual.content import Content

from console.conversation.quality import Mark
from console.conversation.quality_commands import AskedMarks, MarkQuality
from console.conversation.quality_review import Marked, MarkedList, Quality
from console.conversation.review_commands import MarkChange
from console.conversation.reviews import By
from console.terminal.port import Desk
from console.terminal.screens.lead_step import Ask, Deed, LeadStep, Place
from console.terminal.widgets import quality_faces as faces
from console.terminal.widgets.review_faces import day
from console.terminal.widgets.row_list import Row, remark

NO_RUBRIC: Final = (
    "The company has no rubric, so no conversation is marked. Put one into content/rubric.toml (docs/content.md says "
    "how); what is closed is marked then, and what was closed before, in the background."
)
NOTHING: Final = (
    "No closed conversation of these weeks is marked yet. They are marked in the background; look again (r)."
)
DEEDS: Final = (
    Deed(Mark.MET.value, "Met", "1"),
    Deed(Mark.PARTLY.value, "Partly", "2"),
    Deed(Mark.NOT_MET.value, "Not met", "3"),
    Deed(Mark.DOES_NOT_APPLY.value, "N/A", "4"),
    Deed(Mark.CANNOT_BE_TOLD.value, "Unclear", "5"),
)
CHANGE: Final = Deed("change", "Mark a change", "n")
BACK: Final = Deed("back", "Take back", "0")
_TURN: Final = (Mark.NOT_MET, Mark.PARTLY, Mark.MET, Mark.CANNOT_BE_TOLD, Mark.DOES_NOT_APPLY)
_OVERALL, _QUEUE = "overall", "queue"
_ROOMY: Final = 70
"""Cells of a row from which on it has room for weeks and agreement."""


class QualityStep(LeadStep):
    """What the steps of this tab share."""

    HELP: ClassVar[str] = (
        "Quality of closed conversations by the company's rubric. Enter goes down: a criterion, the conversations with "
        "a mark, the transcript. v shows another mark. 1 to 5 mark the one under the cursor: met, partly, not met, "
        "does not apply, cannot be told; 0 takes a mark back. People's marks hold before the engine's."
    )


@dataclass(frozen=True)
class QualityTab(QualityStep):
    """Levels overall, by criterion, intent and team; ``changes`` says whether whoever looks may mark a change."""

    changes: bool = True

    async def load(self, desk: Desk, weeks: int) -> Any:  # noqa: ANN401
        """Ask for the figures."""
        return await desk.quality(weeks)

    def rows(self, found: Any, width: int) -> list[Row]:  # noqa: ANN401
        """Return the table."""
        quality: Quality = found
        if not quality.scored:
            return [remark(NOTHING if quality.rubric else NO_RUBRIC, width)]
        return list(_table(quality, width))

    def detail(self, found: Any, key: str, width: int) -> Content:  # noqa: ANN401
        """Return what is told of a row."""
        quality: Quality = found
        kind, _, name = key.partition(" ")
        if kind == _OVERALL:
            return faces.overall_detail(quality, width)
        if kind == _QUEUE:
            return Content.styled(QUEUE_SAID, "$text-muted")
        if kind == "criterion" and (one := quality.criterion(name)):
            return faces.criterion_detail(one, width)
        group = quality.group(By(kind), name) if kind in set(By) else None
        return faces.group_detail(quality, group, width) if group else Content("")

    def deeds(self, found: Any, key: str) -> tuple[Deed, ...]:  # noqa: ANN401
        """Return what can be done: say that something changed."""
        del found, key
        return (CHANGE,) if self.changes else ()

    async def do(self, deed: str, found: Any, key: str, desk: Desk, ask: Ask) -> str:  # noqa: ANN401
        """Mark a change, so that before and after are compared."""
        from console.terminal.screens.change_mark import ChangeDialog

        del deed, key
        body: MarkChange | None = await ask(ChangeDialog(found.until or datetime.now(UTC)))
        if body is None:
            return ""
        await desk.mark_change(body)
        return "Marked: before and after are compared, here and under Changes (u there takes it back)."

    def standing(self, found: Any) -> str:  # noqa: ANN401
        """Return what it is of."""
        return faces.standing(found)

    def next(self, found: Any, key: str) -> LeadStep | Place | None:  # noqa: ANN401
        """Go down."""
        quality: Quality = found
        kind, _, name = key.partition(" ")
        if kind == _QUEUE:
            return QueueStep()
        if kind == "criterion" and (one := quality.criterion(name)):
            return CriterionStep(name, one.title)
        group = quality.group(By(kind), name) if kind in set(By) else None
        return GroupStep(By(kind), name) if group and group.overall is not None else None

    def nowhere(self, found: Any, key: str) -> str:  # noqa: ANN401
        """Say where the conversations behind the overall level are, and why some have none."""
        del found
        kind = key.partition(" ")[0]
        return OVERALL_SAID if kind == _OVERALL else FEW_SAID if kind in set(By) else ""


OVERALL_SAID: Final = (
    "The overall level is made of the criteria below it: Enter on one leads to its marks, and on to the conversations."
)
FEW_SAID: Final = "Too few agents worked on these: nothing of them is listed. A criterion leads to its conversations."
QUEUE_SAID: Final = (
    "Conversations in an order that chance made, one criterion after another, without the engine's marks: whoever "
    "marks from the top marks a fair sample, and how far people and engine agree is worked out from these marks alone. "
    "From 30 marks of a criterion on its κ is given; below 0.40 the engine's marks of it are not trusted."
)


@dataclass(frozen=True)
class CriterionStep(QualityStep):
    """One criterion: its marks and its weeks."""

    criterion: str
    name: str

    @property
    def title(self) -> str:
        """The criterion's title."""
        return self.name

    async def load(self, desk: Desk, weeks: int) -> Any:  # noqa: ANN401
        """Ask for the figures."""
        return await desk.quality(weeks)

    def rows(self, found: Any, width: int) -> list[Row]:  # noqa: ANN401
        """Return the marks, and the weeks."""
        quality: Quality = found
        one = quality.criterion(self.criterion)
        if one is None:
            return [remark("The rubric has no such criterion any more.", width)]
        rows = [Row(mark.value, faces.mark_line(one, mark, width)) for mark in _TURN]
        words = Content.styled("Week by week from Monday (Enter: those that failed it)", "bold $text-primary")
        rows.append(Row("title-weeks", Content("\n").join([Content(""), words]), idle=True))
        return rows + [Row(week.start.isoformat(), faces.week_line(week, width)) for week in one.weeks]

    def detail(self, found: Any, key: str, width: int) -> Content:  # noqa: ANN401
        """Return what counts, and how far the engine is right."""
        del key
        one = found.criterion(self.criterion)
        return faces.criterion_detail(one, width) if one else Content("")

    def next(self, found: Any, key: str) -> LeadStep | Place | None:  # noqa: ANN401
        """Go to the conversations with a mark, or to those of a week that failed it."""
        del found
        if key in set(Mark):
            return MarkedStep(AskedMarks(self.criterion, Mark(key)), self.name)
        if key.startswith("title"):
            return None
        return MarkedStep(AskedMarks(self.criterion, week=date.fromisoformat(key)), self.name)


@dataclass(frozen=True)
class GroupStep(QualityStep):
    """The criteria of an intent or a team."""

    by: By
    name: str

    @property
    def title(self) -> str:
        """The group's name."""
        return self.name or "not known"

    async def load(self, desk: Desk, weeks: int) -> Any:  # noqa: ANN401
        """Ask for the figures."""
        return await desk.quality(weeks)

    def rows(self, found: Any, width: int) -> list[Row]:  # noqa: ANN401
        """Return a row for each criterion."""
        quality: Quality = found
        group = quality.group(self.by, self.name)
        if group is None or group.overall is None:
            return [remark("There is nothing of these.", width)]
        pairs = zip(quality.criteria, group.criteria, strict=False)
        return [Row(one.id, faces.line(one.title, level, width)) for one, level in pairs]

    def detail(self, found: Any, key: str, width: int) -> Content:  # noqa: ANN401
        """Return what counts."""
        one = found.criterion(key)
        return faces.criterion_detail(one, width) if one else Content("")

    def next(self, found: Any, key: str) -> LeadStep | Place | None:  # noqa: ANN401
        """Go to the conversations of the group that failed a criterion."""
        one = found.criterion(key)
        return MarkedStep(AskedMarks(key, by=self.by, name=self.name), one.title) if one else None


class Marking(QualityStep):
    """A list of criteria of conversations that can be marked by keys."""

    sampled: ClassVar[bool] = False
    stays: ClassVar[bool] = False
    """Whether what was marked stays in the list."""

    def detail(self, found: Any, key: str, width: int) -> Content:  # noqa: ANN401
        """Return the words that speak for it."""
        one = _at(found, key)
        return faces.marked_detail(one, width, others=self.turned() is not None) if one else Content("")

    def next(self, found: Any, key: str) -> LeadStep | Place | None:  # noqa: ANN401
        """Go to the transcript."""
        one = _at(found, key)
        if one is None:
            return None
        at = (
            one.evidence[0].message if one.evidence else next((s.message for s in one.lines if s.role == "agent"), "m1")
        )
        return Place(one.conversation, at)

    def deeds(self, found: Any, key: str) -> tuple[Deed, ...]:  # noqa: ANN401
        """Return the marks."""
        one = _at(found, key)
        if one is None:
            return ()
        return (*DEEDS, BACK) if one.person is not None else DEEDS

    async def do(self, deed: str, found: Any, key: str, desk: Desk, ask: Ask) -> str:  # noqa: ANN401
        """Mark, or take a mark back: the engine's holds then."""
        del ask
        one = _at(found, key)
        if one is None:
            return ""
        mark = None if deed == BACK.name else Mark(deed)
        await desk.mark_quality(MarkQuality(one.conversation, one.criterion, mark, sampled=self.sampled))
        if mark is None:
            return "Taken back: the engine's mark holds again."
        if self.stays:
            return f"{one.title}: {mark.said}. Your mark holds; 0 takes it back."
        return f"{one.title}: {mark.said}. Your mark holds; it stands under “{mark.said}” now, where 0 takes it back."


@dataclass(frozen=True)
class MarkedStep(Marking):
    """The conversations that have a mark."""

    asked: AskedMarks
    name: str

    @property
    def title(self) -> str:
        """The mark, and of which week; the criterion, too, where it does not stand above already."""
        where = f", week from {day(self.asked.week)}" if self.asked.week else ""
        criterion = f"{self.name}: " if self.asked.by is not By.ALL else ""
        return f"{criterion}{self.asked.mark.said}{where}"

    async def load(self, desk: Desk, weeks: int) -> Any:  # noqa: ANN401
        """Ask for them."""
        return await desk.quality_marks(weeks, self.asked)

    def rows(self, found: Any, width: int) -> list[Row]:  # noqa: ANN401
        """Return a row for each."""
        listed: MarkedList = found
        rows = [Row(_key(one), faces.marked_line(one, width)) for one in listed.marked]
        if listed.total > len(listed.marked):
            rows.append(
                Row(
                    "more",
                    Content.styled(f"… and {listed.total - len(listed.marked):,} older", "$text-muted"),
                    idle=True,
                )
            )
        return rows or [remark("There is nothing of these.", width)]

    def turned(self) -> LeadStep | None:
        """Show those with another mark."""
        place = _TURN.index(self.asked.mark)
        return MarkedStep(replace(self.asked, mark=_TURN[(place + 1) % len(_TURN)]), self.name)


@dataclass(frozen=True)
class QueueStep(Marking):
    """What is to be marked next, blindly."""

    sampled: ClassVar[bool] = True

    @property
    def title(self) -> str:
        """What it is."""
        return "To mark: a fair sample"

    async def load(self, desk: Desk, weeks: int) -> Any:  # noqa: ANN401
        """Ask for it."""
        return await desk.quality_queue(weeks)

    def rows(self, found: Any, width: int) -> list[Row]:  # noqa: ANN401
        """Return a row for each criterion of the next conversations."""
        listed: MarkedList = found
        rows = [Row(_key(one), faces.marked_line(one, width)) for one in listed.marked]
        return rows or [remark("Nothing is left to mark in these weeks.", width)]


@dataclass(frozen=True)
class ChatStep(Marking):
    """The criteria of one closed conversation, for whoever has read it."""

    stays: ClassVar[bool] = True
    WEEKLY: ClassVar[bool] = False
    conversation: str

    @property
    def title(self) -> str:
        """Which one it is."""
        return self.conversation

    async def load(self, desk: Desk, weeks: int) -> Any:  # noqa: ANN401
        """Ask for them."""
        del weeks
        return await desk.marks_of(self.conversation)

    def rows(self, found: Any, width: int) -> list[Row]:  # noqa: ANN401
        """Return a row for each."""
        listed: MarkedList = found
        return [Row(_key(one), faces.chat_line(one, width)) for one in listed.marked] or [remark(NONE_HERE, width)]


NONE_HERE: Final = "Nothing to mark: the company has no rubric, or this chat is not marked yet, or no agent had it."


def _table(quality: Quality, width: int) -> Iterator[Row]:
    roomy = width >= _ROOMY
    weeks = quality.weeks if roomy else 0
    beside = faces.beside(weeks)
    yield Row("title-all", faces.head("Quality", width, weeks=weeks, trust=roomy), idle=True)
    shown = quality.overall_weeks if roomy else ()
    yield Row(_OVERALL, faces.line("overall", quality.overall, width, shown, " " if roomy else None))
    for one in quality.criteria:
        bars, trust = (one.weeks, faces.trust_of(one)) if roomy else ((), None)
        yield Row(f"criterion {one.id}", faces.line(one.title, one.level, width, bars, trust))
    yield Row(_QUEUE, faces.queue_line(quality, width))
    for by, title in ((By.INTENT, "By intent"), (By.TEAM, "By team")):
        groups = [group for group in quality.groups if group.by is by]
        if groups:
            yield Row(f"title-{by}", faces.head(title, width - beside), idle=True)
        for group in groups:
            yield Row(f"{by} {group.name}", faces.group_line(group, width - beside))


def _key(one: Marked) -> str:
    return f"{one.conversation} {one.criterion}"


def _at(found: MarkedList, key: str) -> Marked | None:
    return next((one for one in found.marked if _key(one) == key), None)
