"""The steps of the lead's review that show escalations: patterns, what is behind them, and thresholds to try."""

from dataclasses import dataclass, replace
from typing import ClassVar

from textual.content import Content

from console.conversation.escalation_commands import ChangeThreshold, Threshold, Trial, Trials
from console.conversation.escalations import Cases, Escalation, Escalations, Part, Pattern, Timing
from console.conversation.handed_counts import OF_ESCALATIONS
from console.terminal.hanging import hang, stack
from console.terminal.port import Desk
from console.terminal.screens.lead_step import Ask, Deed, LeadStep, Place
from console.terminal.screens.sure import SureDialog
from console.terminal.widgets import escalation_faces as faces
from console.terminal.widgets.row_list import Row, remark

NOTHING = "Nothing was given from the bot to people in these weeks, and nothing that it kept should have been."
TRY = "thresholds"


@dataclass(frozen=True, slots=True)
class Escalated(LeadStep):
    """The tab: where hand-overs come at the wrong moment, the worst first.

    ``leads`` says whether whoever looks may judge and change thresholds: trainers make scenarios.
    """

    leads: bool = True

    HELP: ClassVar[str] = (
        "Escalated shows when the bot gave conversations to people: too early, right, too late, judged by rule or by "
        "you (j). Enter on a behaviour leads to its conversations (p makes a practice scenario from one) and to other "
        f"thresholds, tried on the past. {OF_ESCALATIONS}"
    )

    async def load(self, desk: Desk, weeks: int) -> Escalations:
        """Ask for the patterns."""
        return await desk.escalations(weeks)

    def rows(self, found: Escalations, width: int) -> list[Row]:
        """Return the patterns, by behaviour and by trigger."""
        if not any(pattern.of for pattern in found.patterns):
            return [remark(NOTHING, width)]
        rows = []
        for part in Part:
            patterns = [pattern for pattern in found.patterns if pattern.part is part]
            if patterns:
                rows.append(Row(f"title-{part}", faces.table_head(part, width), idle=True))
            rows += [Row(f"{part} {pattern.name}", faces.pattern_face(pattern, width)) for pattern in patterns]
        return rows

    def detail(self, found: Escalations, key: str, width: int) -> Content:
        """Return everything of a pattern."""
        pattern = _pattern(found, key)
        return faces.pattern_detail(pattern, found, width) if pattern else Content("")

    def standing(self, found: Escalations) -> str:
        """Return what it is of."""
        return faces.standing(found)

    def next(self, found: Escalations, key: str) -> LeadStep | None:
        """Go to a pattern's conversations."""
        pattern = _pattern(found, key)
        return Judged(pattern.part, pattern.name, self.leads) if pattern else None


@dataclass(frozen=True, slots=True)
class Judged(LeadStep):
    """A pattern: how many are judged what, and other thresholds to try."""

    part: Part
    name: str
    leads: bool = True

    @property
    def title(self) -> str:
        """The pattern's name."""
        return self.name or (faces.TRIGGER if self.part is Part.TRIGGER else "all escalations")

    async def load(self, desk: Desk, weeks: int) -> Escalations:
        """Ask for the patterns."""
        return await desk.escalations(weeks)

    def rows(self, found: Escalations, width: int) -> list[Row]:
        """Return the judgements with their counts, the wrong ones first, and the way to other thresholds."""
        pattern = found.of(self.part, self.name)
        if pattern is None:
            return [remark("There is nothing of it any more.", width)]
        order = (Timing.LATE, Timing.NEVER, Timing.EARLY, Timing.RIGHT)
        rows = [Row(timing.value, faces.timing_face(timing, pattern.count(timing), width)) for timing in order]
        rows.append(Row("all", faces.timing_face(None, pattern.of, width)))
        if self.leads and self.part is Part.BEHAVIOUR and self.name:
            face = Content.styled("Try other thresholds on the past, and change it …", "bold $text-accent")
            rows.append(Row(TRY, stack([Content(""), face])))
        return rows

    def detail(self, found: Escalations, key: str, width: int) -> Content:
        """Return everything of the pattern."""
        del key
        pattern = found.of(self.part, self.name)
        return faces.pattern_detail(pattern, found, width) if pattern else Content("")

    def next(self, found: Escalations, key: str) -> LeadStep | None:
        """Go to the conversations judged so, or to the thresholds."""
        del found
        if key == TRY:
            return Thresholds(self.name)
        if key == "all":
            return Behind(self.part, self.name, leads=self.leads)
        return Behind(self.part, self.name, Timing(key), self.leads) if key in set(Timing) else None


@dataclass(frozen=True, slots=True)
class Behind(LeadStep):
    """The conversations of a pattern."""

    part: Part
    name: str
    timing: Timing | None = None
    leads: bool = True

    @property
    def title(self) -> str:
        """How they are judged."""
        return self.timing.said if self.timing else "all"

    async def load(self, desk: Desk, weeks: int) -> Cases:
        """Ask for them."""
        return await desk.escalation_cases(weeks, self.part, self.name, self.timing)

    def rows(self, found: Cases, width: int) -> list[Row]:
        """Return the conversations, the newest first."""
        rows = [Row(case.conversation, faces.case_face(case, width)) for case in found.cases]
        if found.total > len(rows):
            rows.append(replace(remark(f"The newest {len(rows)} of {found.total:,}.", width), key="said"))
        return rows or [remark("There is nothing of these.", width)]

    def detail(self, found: Cases, key: str, width: int) -> Content:
        """Return why it is judged so."""
        case = _case(found, key)
        return faces.case_detail(case, width) if case else Content("")

    def next(self, found: Cases, key: str) -> Place | None:
        """Open the transcript where a person was due."""
        case = _case(found, key)
        return Place(case.conversation, case.due) if case else None

    def deeds(self, found: Cases, key: str) -> tuple[Deed, ...]:
        """Return that it can be judged, and become a practice scenario."""
        judge = (Deed("judge", "Judge", "j"),) if self.leads else ()
        return (*judge, Deed("scenario", "Make practice", "p")) if _case(found, key) else ()

    async def do(self, deed: str, found: Cases, key: str, desk: Desk, ask: Ask) -> str:
        """Judge it, or draft a practice scenario from it."""
        from console.terminal.screens.escalation_judging import TimingDialog

        case = _case(found, key)
        if deed == "scenario":
            from console.terminal.screens.scenario_steps import made

            return await made(key, desk, ask)
        body = await ask(TimingDialog(case)) if case else None
        if body is None:
            return ""
        await desk.judge_escalation(found.weeks, body)
        return f"Judged {body.timing.said}: it counts in place of the rule."


@dataclass(frozen=True, slots=True)
class Thresholds(LeadStep):
    """Other thresholds of a behaviour, tried on its past conversations."""

    behaviour: str

    @property
    def title(self) -> str:
        """What it is."""
        return "thresholds"

    async def load(self, desk: Desk, weeks: int) -> Trials:
        """Have them tried."""
        return await desk.threshold_trials(weeks, self.behaviour)

    def rows(self, found: Trials, width: int) -> list[Row]:
        """Return the thresholds, the best first, below what is proposed."""
        said = [replace(remark(faces.trials_said(found), width), key="said")]
        if not found.trials:
            return said
        rows = [Row(_key(one.threshold), faces.trial_face(one, found, width)) for one in found.trials]
        return [Row("head", faces.trial_head(width), idle=True), *rows, *said]

    def detail(self, found: Trials, key: str, width: int) -> Content:
        """Return what a threshold would have done."""
        trial = _trial(found, key)
        undo = f"In force by you or another lead: {found.undo_words} (u takes it back)." if found.undo else ""
        behind = hang(Content(""), Content.styled(undo, "$text-muted"), width) if undo else []
        return stack([faces.trial_detail(trial, found, width), *behind]) if trial else stack(behind)

    def next(self, found: Trials, key: str) -> LeadStep | None:
        """Go to the conversations that it would hand over elsewhere."""
        trial = _trial(found, key)
        return Moves(self.behaviour, trial.threshold) if trial and trial.moved else None

    def deeds(self, found: Trials, key: str) -> tuple[Deed, ...]:
        """Return that it can be put in force, and the last change taken back."""
        trial = _trial(found, key)
        change = (Deed("change", "Put in force", "a"),) if trial and trial.threshold != found.now else ()
        return change + ((Deed("back", "Take back", "u"),) if found.undo else ())

    async def do(self, deed: str, found: Trials, key: str, desk: Desk, ask: Ask) -> str:
        """Ask, and do it."""
        if deed == "back":
            said = f"{found.undo_words}.\n\nThe behaviour's file will be as it was before."
            if not await ask(SureDialog("Take the change back?", said, "Take back")):
                return ""
            return f"{(await desk.restore_threshold(found.undo)).words}."
        trial = _trial(found, key)
        if trial is None:
            return ""
        said = "\n".join((*faces.trial_said(trial, found), "", trial.diff))
        heading = f"{self.behaviour}: hand over {trial.threshold.words}?"
        if not await ask(SureDialog(heading, said, "Put in force")):
            return ""
        done = await desk.change_threshold(ChangeThreshold(self.behaviour, trial.threshold, found.digest))
        return f"{done.words}. It is in force within seconds on every server, marked for comparison; u takes it back."


@dataclass(frozen=True, slots=True)
class Moves(LeadStep):
    """The conversations that another threshold would hand over at another message."""

    behaviour: str
    threshold: Threshold

    @property
    def title(self) -> str:
        """The threshold."""
        return faces.short(self.threshold)

    async def load(self, desk: Desk, weeks: int) -> Trials:
        """Have it tried."""
        return await desk.threshold_trials(weeks, self.behaviour)

    def rows(self, found: Trials, width: int) -> list[Row]:
        """Return the conversations."""
        trial = _trial(found, _key(self.threshold))
        rows = [Row(one.conversation, faces.move_face(one, width)) for one in (trial.moved if trial else ())]
        return rows or [remark("None would go otherwise.", width)]

    def detail(self, found: Trials, key: str, width: int) -> Content:
        """Return what the threshold would have done."""
        del key
        trial = _trial(found, _key(self.threshold))
        return faces.trial_detail(trial, found, width) if trial else Content("")

    def next(self, found: Trials, key: str) -> Place | None:
        """Open the transcript where it would have been handed over."""
        trial = _trial(found, _key(self.threshold))
        move = next((one for one in (trial.moved if trial else ()) if one.conversation == key), None)
        return Place(move.conversation, move.after or move.before) if move else None


def _pattern(found: Escalations, key: str) -> Pattern | None:
    part, _, name = key.partition(" ")
    return found.of(Part(part), name) if part in set(Part) else None


def _case(found: Cases, key: str) -> Escalation | None:
    return next((case for case in found.cases if case.conversation == key), None)


def _key(threshold: Threshold) -> str:
    return f"{threshold.after} {threshold.mood}"


def _trial(found: Trials, key: str) -> Trial | None:
    return next((one for one in found.trials if _key(one.threshold) == key), None)
