"""The tabs of the practice page: what is assigned, sessions down to their points, and what people practised."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import ClassVar, Final

from textual.content import Content

from console.conversation.practice import BeginPractice, PracticeReport
from console.conversation.practice_assignments import Assignment, Assignments
from console.conversation.practice_training import OverrulePoint, PastSession, PastSessions, Practised, Training
from console.terminal.hanging import hang, stack
from console.terminal.port import Desk
from console.terminal.screens.lead_step import Ask, Deed, LeadStep, Place
from console.terminal.widgets import practice_faces as faces
from console.terminal.widgets.debrief_faces import reason_of, sign_of, trainers_words
from console.terminal.widgets.row_list import Row, remark

HELP: Final = (
    "For trainers and leads: what is assigned (n gives a scenario to people or teams, x takes it back), all sessions "
    "(Enter shows the points of one that is over, where 1 to 3 score a point otherwise and 0 takes that back; d its "
    "debrief, from where r takes it up again as yours; t the chat, also while it goes on), what people "
    "practised, and drafts of scenarios. Agents see their own sessions."
)
ASSIGN: Final = Deed("assign", "Assign", "n", adds=True)
WITHDRAW: Final = Deed("withdraw", "Withdraw", "x")
CHAT: Final = Deed("chat", "Open chat", "t")
"""Done by the screen: it leaves for the practice desk."""
DEBRIEF: Final = Deed("debrief", "Debrief", "d")
"""Done by the screen: from there a session is taken up again."""
VALUES: Final = {"met": (1.0, "met"), "partly": (0.5, "partly met"), "not": (0.0, "not met")}
SCORES: Final = (Deed("met", "Met", "1"), Deed("partly", "Partly", "2"), Deed("not", "Not met", "3"))
BACK: Final = Deed("back", "Take back", "0")


class PracticeStep(LeadStep):
    """What the steps of this page share."""

    HELP: ClassVar[str] = HELP
    WEEKLY: ClassVar[bool] = False


@dataclass(frozen=True)
class AssignmentsStep(PracticeStep):
    """What is assigned, what is due first at the top."""

    async def load(self, desk: Desk, weeks: int) -> Assignments:
        """Ask the desk."""
        del weeks
        return await desk.practice_assignments()

    def rows(self, found: Assignments, width: int) -> list[Row]:
        """Return a row for each."""
        rows = [Row(one.id, faces.assignment_line(one, _today(), width)) for one in found.assignments]
        return rows or [remark("Nothing is assigned. n gives a scenario to people or teams.", width)]

    def detail(self, found: Assignments, key: str, width: int) -> Content:
        """Return who has played it."""
        one = self._at(found, key)
        return faces.assignment_detail(one, _today(), width) if one else Content("")

    def standing(self, found: Assignments) -> str:
        """Return how many there are."""
        return f"{len(found.assignments)} assigned"

    def deeds(self, found: Assignments, key: str) -> tuple[Deed, ...]:
        """Return what can be done."""
        return (ASSIGN, WITHDRAW) if self._at(found, key) else (ASSIGN,)

    async def do(self, deed: str, found: Assignments, key: str, desk: Desk, ask: Ask) -> str:
        """Assign a scenario, or take an assignment back."""
        if deed == WITHDRAW.name:
            await desk.withdraw_assignment(key)
            return "Withdrawn: it need not be played any more."
        from console.terminal.screens.assigning import assigned
        from console.terminal.screens.practice import WhichScenario

        offers = (await desk.practice_offers()).scenarios
        chosen: BeginPractice | None = await ask(WhichScenario(offers))
        offer = next((one for one in offers if chosen and one.id == chosen.scenario), None)
        if offer is None:
            return ""
        return await assigned(offer.id, offer.title, desk, ask)

    @staticmethod
    def _at(found: Assignments, key: str) -> Assignment | None:
        return next((one for one in found.assignments if one.id == key), None)


@dataclass(frozen=True)
class SessionsStep(PracticeStep):
    """Sessions, the newest first; ``own`` are one's own alone."""

    own: bool = False

    async def load(self, desk: Desk, weeks: int) -> PastSessions:
        """Ask the desk."""
        del weeks
        return await desk.practice_sessions(own=self.own)

    def rows(self, found: PastSessions, width: int) -> list[Row]:
        """Return a row for each."""
        named = not self.own
        rows = [Row(one.conversation, faces.session_line(one, width, named=named)) for one in found.sessions]
        if found.more:
            rows.append(Row("more", Content.styled(f"… and {found.more:,} older", "$text-muted"), idle=True))
        return rows or [remark("Nobody has practised yet." if named else "You have not practised yet.", width)]

    def detail(self, found: PastSessions, key: str, width: int) -> Content:
        """Return what is told of a session."""
        one = self._at(found, key)
        return faces.session_detail(one, width) if one else Content("")

    def standing(self, found: PastSessions) -> str:
        """Return how many there are, and how many go on."""
        going = sum(one.closed is None for one in found.sessions)
        many = len(found.sessions) + found.more
        return f"{many:,} {'session' if many == 1 else 'sessions'}, {going} under way"

    def next(self, found: PastSessions, key: str) -> LeadStep | Place | None:
        """Go to the points of a session, or to one that goes on."""
        one = self._at(found, key)
        if one is None:
            return None
        if one.closed is None:
            return Place(one.conversation, "")
        return PointsStep(one.conversation, f"{one.title}, {one.name}", scores=not self.own)

    def deeds(self, found: PastSessions, key: str) -> tuple[Deed, ...]:
        """Return what can be done with a session."""
        one = self._at(found, key)
        if one is None:
            return ()
        return (DEBRIEF, CHAT) if one.closed is not None else (CHAT,)

    @staticmethod
    def _at(found: PastSessions, key: str) -> PastSession | None:
        return next((one for one in found.sessions if one.conversation == key), None)


@dataclass(frozen=True)
class PointsStep(PracticeStep):
    """The points of a session; ``scores`` says whether whoever looks may score them."""

    conversation: str
    name: str
    scores: bool = True

    @property
    def title(self) -> str:
        """Which session."""
        return self.name

    async def load(self, desk: Desk, weeks: int) -> PracticeReport:
        """Ask for its report."""
        del weeks
        return await desk.practice_report(self.conversation)

    def rows(self, found: PracticeReport, width: int) -> list[Row]:
        """Return a row for each point."""
        theirs = {one.point for one in found.overruled}
        rows = []
        for point in found.points:
            mark, style = sign_of(point.value)
            by = ("  trainer", "bold $text-primary") if point.id in theirs else ""
            face = hang(Content.styled(f"{mark} ", style), Content.assemble(point.title, by), width)
            rows.append(Row(point.id, stack(face)))
        return rows

    def detail(self, found: PracticeReport, key: str, width: int) -> Content:
        """Return why it has its value, the engine's evidence, and what a trainer made of it."""
        point = next((one for one in found.points if one.id == key), None)
        if point is None:
            return Content("")
        value = "does not apply" if point.value is None else f"{point.value:.0%}, weight {point.weight:g}"
        theirs = next((one for one in found.overruled if one.point == key), None)
        why = Content(reason_of(point, theirs))
        lines = [Content.styled(point.title, "bold"), Content(value), *hang(Content(""), why, width)]
        for one in point.evidence:
            lines += hang(Content.styled(f"{one.message} ", "$text-muted"), Content(f"“{one.words}”"), width)
        if theirs is not None:
            said = Content(trainers_words(theirs, point))
            lines += [Content(""), *hang(Content.styled("Trainer  ", "bold"), said, width)]
        total = f"{found.total:.0f} of 100, {'✓ won' if found.won else '✗ not won'}"
        return stack([*lines, Content(""), Content(total)])

    def deeds(self, found: PracticeReport, key: str) -> tuple[Deed, ...]:
        """Return the scores that can be given, and the debrief."""
        if not self.scores or not any(one.id == key for one in found.points):
            return (DEBRIEF, CHAT)
        back = (BACK,) if any(one.point == key for one in found.overruled) else ()
        return (*SCORES, *back, DEBRIEF, CHAT)

    async def do(self, deed: str, found: PracticeReport, key: str, desk: Desk, ask: Ask) -> str:
        """Score a point, or take that back."""
        if deed == BACK.name:
            await desk.overrule_point(self.conversation, OverrulePoint(key, None))
            return "Taken back: the engine's value holds again."
        from console.terminal.screens.assigning import OverruleDialog

        value, said = VALUES[deed]
        point = next(one for one in found.points if one.id == key)
        engine = next((one.engine for one in found.overruled if one.point == key), point.value)
        same = engine is not None and sign_of(engine) == sign_of(value)
        reason: str | None = await ask(OverruleDialog(point, said, same=same))
        if reason is None:
            return ""
        await desk.overrule_point(self.conversation, OverrulePoint(key, value, reason))
        return f"{point.title}: {said}. Your score holds; 0 takes it back."


@dataclass(frozen=True)
class PeopleStep(PracticeStep):
    """What agents and teams practised, and how far trainers agree with the engine."""

    async def load(self, desk: Desk, weeks: int) -> Training:
        """Ask the desk."""
        del weeks
        return await desk.training()

    def rows(self, found: Training, width: int) -> list[Row]:
        """Return a row each: groups, people, and points."""
        rows = [Row("title-groups", faces.person_head("Groups", width), idle=True)]
        rows += [Row(f"group {one.id}", faces.person_line(one, width)) for one in found.groups]
        rows.append(Row("title-people", faces.person_head("People", width), idle=True))
        rows += [Row(f"person {one.id}", faces.person_line(one, width)) for one in found.people]
        if found.points:
            title = Content.styled("Points scored otherwise by trainers", "bold $text-primary")
            rows.append(Row("title-points", title, idle=True))
        return rows + [Row(f"point {one.point}", faces.agreement_line(one, width)) for one in found.points]

    def detail(self, found: Training, key: str, width: int) -> Content:
        """Return what is told of a row."""
        kind, _, name = key.partition(" ")
        people: tuple[Practised, ...] = found.groups if kind == "group" else found.people
        one = next((p for p in people if p.id == name and kind in {"group", "person"}), None)
        if one is not None:
            said = Content.styled(faces.TOO_FEW_SAID, "$text-muted")
            return stack([faces.person_detail(one, width), Content(""), *hang(Content(""), said, width)])
        point = next((p for p in found.points if p.point == name and kind == "point"), None)
        if point is None:
            return Content("")
        words = f"Trainers scored {point.agreement.pairs} themselves, {point.overruled} on another level."
        lines = [Content.styled(point.title, "bold"), *hang(Content(""), Content(words), width)]
        return stack([*lines, *hang(Content(""), Content(f"Agreement: {point.agreement.words}"), width)])

    def standing(self, found: Training) -> str:
        """Return how practice goes with real work."""
        return f"Practice and live quality: {found.compared.words}"


def _today() -> date:
    return datetime.now(UTC).astimezone().date()
