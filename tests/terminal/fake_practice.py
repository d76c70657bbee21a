"""The desk in memory: practice."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from console.conversation.practice import (
    BeginPractice,
    Better,
    PracticeOffer,
    PracticeOffers,
    PracticeReport,
    PracticeStarted,
    TurnTold,
)
from console.conversation.practice_assignments import (
    Assignable,
    AssignedPerson,
    Assignment,
    Assignments,
    AssignPractice,
    ToPlay,
)
from console.conversation.practice_events import ScoredPoint
from console.conversation.practice_training import (
    Compared,
    NextScenario,
    OverrulePoint,
    OwnPractice,
    PastSession,
    PastSessions,
    PointAgreement,
    Practised,
    SkillLevel,
    Training,
)
from console.conversation.quality import Evidence
from console.conversation.quality_review import Agreement, Level

if TYPE_CHECKING:
    from tests.terminal.fake_desk import FakeDesk

OFFERS = (
    PracticeOffer("gift-card", "A gift card for Mother's Day", "easy", ("refunds",), "the bot did not know"),
    PracticeOffer("boots", "Boots before the ridge", "medium", ("delivery", "de-escalation"), "asked for a person"),
    PracticeOffer("letters", "The letters to Alan", "hard", ("bereavement",), "people only"),
)

REPORT = PracticeReport(
    conversation="c-dana",
    scenario="boots",
    title="Boots before the ridge",
    difficulty="medium",
    agent="Robin Ashdale",
    seed=1,
    ending="settled",
    won=False,
    total=71.0,
    points=(
        ScoredPoint("resolution", "Settled as the company allows", 1.0, 4, "A second pair by express"),
        ScoredPoint("facts", "Facts found out", 0.5, 2, "1 of 2; not: why it has to be Friday"),
        ScoredPoint(
            "must-nots", "Nothing that must not be said", 0.0, 3, "Promises the day", (Evidence("m9", "by Friday"),)
        ),
        ScoredPoint("clear-words", "Clear words", None, 1, "people alone mark this"),
    ),
    keep="You apologised: “I'm sorry, Dana.”",
    change="Not here: Promises the day. You wrote: “They will be there by Friday.”",
    turns=(
        TurnTold("m8", "I'm sorry, Dana. I've read it all.", 0.31, ("apologised",)),
        TurnTold(
            "m9", "They will be there by Friday.", -0.25, ("said something that counts here",), (Better("No promise."),)
        ),
    ),
    outside=("What is your favourite colour?",),
    notes="The day is an estimate.",
)

BEGAN = datetime.fromisoformat("2026-03-02T09:00:00+00:00")
DUE = datetime.fromisoformat("2026-02-27T22:00:00+00:00")

SESSIONS = PastSessions(
    (
        PastSession("c-dana", "boots", "Boots before the ridge", "robin", "Robin Ashdale", "on", "a1", BEGAN),
        PastSession(
            "p-2", "boots", "Boots before the ridge", "sam", "Sam Oldfield", "off", "", BEGAN,
            BEGAN + timedelta(minutes=20), "settled", 71.0, False, 1,
        ),
    ),
    "/practice",
)  # fmt: skip

ASSIGNED = Assignments(
    (
        Assignment(
            "a1", "boots", "Boots before the ridge", DUE, "off", "Mind the day.", "Teo Brandt", BEGAN, ("boots",),
            (AssignedPerson("robin", "Robin Ashdale"), AssignedPerson("sam", "Sam Oldfield", "p-2", 71.0, won=False)),
        ),
    ),
    (Assignable("robin", "Robin Ashdale", ("boots",)), Assignable("sam", "Sam [b]Oldfield[/x]", ("boots",))),
)  # fmt: skip

NEXT = NextScenario("letters", "The letters to Alan", "never practised: bereavement")
SKILLS = (
    SkillLevel("refunds", Level(6, 0.54, 0.31, 0.77), (40.0, 61.0, 38.0, 55.0, 62.0, 68.0)),
    SkillLevel("delivery", Level(2), (70.0, 81.0)),
)
LIVE = Level(41, 0.71, 0.65, 0.77)
TRAINED = Training(
    (
        Practised("robin", "Robin Ashdale", 6, 2, Level(6, 0.54, 0.31, 0.77), SKILLS, NEXT, LIVE),
        Practised("sam", "Sam Oldfield", 1, 0, Level(1), (), NEXT),
    ),
    (Practised("", "everybody", 7, 2, Level(7, 0.55, 0.36, 0.74), SKILLS, NEXT),),
    (PointAgreement("facts", "Facts found out", 7, 1, Agreement(3, 2)),),
    Compared(1),
)
TO_PLAY = ToPlay("a1", "letters", "The letters to Alan", DUE, "off", "Take your time.", "Teo Brandt")


class FakePractice:
    """That part of :class:`console.terminal.port.Desk`."""

    async def practice_offers(self: "FakeDesk") -> PracticeOffers:
        """Return what there is to play."""
        self._gate("practice_offers", None)
        return PracticeOffers(OFFERS)

    async def begin_practice(self: "FakeDesk", body: BeginPractice) -> PracticeStarted:
        """Begin with the conversation that the test laid out."""
        self._gate("begin_practice", body)
        return PracticeStarted("c-dana", "/practice")

    async def practice_report(self: "FakeDesk", conversation: str) -> PracticeReport:
        """Return the same of every session."""
        self._gate("practice_report", conversation)
        return REPORT

    async def own_practice(self: "FakeDesk") -> OwnPractice:
        """Return what the test laid out."""
        self._gate("own_practice", None)
        return self.own

    async def practice_sessions(self: "FakeDesk", *, own: bool) -> PastSessions:
        """Return two sessions."""
        self._gate("practice_sessions", own)
        return SESSIONS

    async def overrule_point(self: "FakeDesk", conversation: str, body: OverrulePoint) -> None:
        """Take it."""
        self._gate("overrule_point", (conversation, body))

    async def practice_assignments(self: "FakeDesk") -> Assignments:
        """Return one."""
        self._gate("practice_assignments", None)
        return ASSIGNED

    async def assign_practice(self: "FakeDesk", body: AssignPractice) -> None:
        """Take it."""
        self._gate("assign_practice", body)

    async def withdraw_assignment(self: "FakeDesk", assignment: str) -> None:
        """Take it."""
        self._gate("withdraw_assignment", assignment)

    async def training(self: "FakeDesk") -> Training:
        """Return two people."""
        self._gate("training", None)
        return TRAINED
