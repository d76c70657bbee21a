"""The desk in memory: practice."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from console.conversation.assistance import Citation, SourceType
from console.conversation.message import Author, Message
from console.conversation.practice import (
    BeginPractice,
    Better,
    PlantsToldOf,
    PlantsToTell,
    PlantTold,
    PracticeOffer,
    PracticeOffers,
    PracticeReport,
    PracticeStarted,
    ReplayFrom,
    SessionPlants,
    TurnTold,
    UnderWay,
)
from console.conversation.practice_assignments import (
    Assignable,
    AssignedPerson,
    Assignment,
    Assignments,
    AssignPractice,
    ToPlay,
)
from console.conversation.practice_events import PlantKind, ScoredPoint
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

PLANTS = (
    PlantTold(
        "s-1",
        PlantKind.FACT,
        "Express orders placed before 17:00 are estimated for the next working day.",
        "17:00",
        "“17:00” stands there instead of “14:00” in Express delivery.",
        "Express orders placed before 14:00 are estimated for the next working day.",
        "sent",
        "as it stood",
        "m9",
    ),
    PlantTold(
        "s-2",
        PlantKind.POLICY,
        "I'm sorry, Dana. It will definitely arrive by Friday.",
        "It will definitely arrive by Friday.",
        "“It will definitely arrive by Friday.” is against “Never promise a delivery date” (Delivery §4).",
        "Write “due by” or “estimated for” and name the carrier.",
        "stopped",
        "",
        "m10",
    ),
    PlantTold(
        "s-3",
        PlantKind.TONE,
        "This has been explained already. Your parcel counts as lost now.",
        "This has been explained already.",
        "It is cold: nothing in it says that anybody cares.",
        "I'm sorry, Dana. Your parcel counts as lost now.",
        "caught",
        "you put it away",
    ),
    PlantTold(
        "s-4",
        PlantKind.STALE,
        "Could you send me two photographs?",
        "Could you send me two photographs?",
        "You have said it already, in m7.",
        "",
        "unseen",
    ),
)

LEFT = SessionPlants("p-left", "The letters to Alan", closed=False, plants=PLANTS[:1])

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
        ScoredPoint("found-out", "Facts found out", 0.5, 2, "1 of 2; not: why it has to be Friday"),
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
            "m9",
            "They will be there by Friday.",
            -0.25,
            ("said something that counts here",),
            (Better("No promise.", (Citation(SourceType.MACRO, "no-promise", "No promise."),)),),
            "They will be there by Friday.",
            5,
        ),
    ),
    outside=("What is your favourite colour?",),
    notes="The day is an estimate.",
    assistance="planted",
    plants=PLANTS,
    used=3,
    passed=1,
    transcript=(
        Message("m1", Author.CUSTOMER, "still nothing. this is ridiculous"),
        Message("m2", Author.BOT, "Please try the tracking link."),
        Message("m3", Author.CUSTOMER, "I want a person"),
        Message("m8", Author.AGENT, "I'm sorry, Dana. I've read it all."),
        Message("m9", Author.AGENT, "They will be there by Friday."),
        Message("m10", Author.CUSTOMER, "that's what the bot said too"),
    ),
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
        PastSession(
            "p-3", "boots", "Boots before the ridge", "sam", "Sam Oldfield", "off", "", BEGAN - timedelta(days=1),
            BEGAN, "settled", 88.0, True, replays="p-0",
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
CAUGHT = Level(5, 0.6, 0.32, 0.88)
TRAINED = Training(
    (
        Practised("robin", "Robin Ashdale", 6, 2, Level(6, 0.54, 0.31, 0.77), SKILLS, NEXT, LIVE, CAUGHT, Level(3)),
        Practised(
            "sam",
            "Sam Oldfield",
            1,
            0,
            Level(1),
            (),
            NEXT,
            None,
            Level(1),
            Level(0),
            (71.0,),
            1,
            (0, 1),
        ),
    ),
    (Practised("", "everybody", 7, 2, Level(7, 0.55, 0.36, 0.74), SKILLS, NEXT),),
    (PointAgreement("found-out", "Facts found out", 7, 1, Agreement(3, 2)),),
    Compared(1),
)
TO_PLAY = ToPlay("a1", "letters", "The letters to Alan", DUE, "off", "Take your time.", "Teo Brandt")


class FakePractice:
    """That part of :class:`console.terminal.port.Desk`."""

    under_way: tuple[UnderWay, ...] = ()
    """Sessions that go on."""
    untold: tuple[SessionPlants, ...] = ()
    """What the agent was not told of yet."""
    report: PracticeReport = REPORT
    """What sessions were worth."""
    answering: asyncio.Event | None = None
    """Set once the desk answers what is asked of practice; ``None`` where it does at once."""

    async def _answer(self) -> None:
        if self.answering is not None:
            await self.answering.wait()

    async def practice_offers(self: "FakeDesk") -> PracticeOffers:
        """Return what there is to play."""
        self._gate("practice_offers", None)
        await self._answer()
        return PracticeOffers(OFFERS, self.under_way, "/practice")

    async def plants_to_tell(self: "FakeDesk") -> PlantsToTell:
        """Return what was not told yet."""
        return PlantsToTell(self.untold)

    async def plants_told(self: "FakeDesk", conversation: str, body: PlantsToldOf) -> None:
        """Count it as told."""
        self._gate("plants_told", body)
        self.untold = tuple(session for session in self.untold if session.conversation != conversation)

    async def begin_practice(self: "FakeDesk", body: BeginPractice) -> PracticeStarted:
        """Begin with the conversation that the test laid out."""
        self._gate("begin_practice", body)
        await self._answer()
        return PracticeStarted("c-dana", "/practice")

    async def replay_practice(self: "FakeDesk", conversation: str, body: ReplayFrom) -> PracticeStarted:
        """Go on in the conversation that the test laid out."""
        self._gate("replay_practice", body)
        return PracticeStarted(conversation, "/practice")

    async def practice_report(self: "FakeDesk", conversation: str) -> PracticeReport:
        """Return the same of every session."""
        self._gate("practice_report", conversation)
        await self._answer()
        return self.report

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
        asked = (one for one in self.asked("assign_practice") if isinstance(one, AssignPractice))
        first = ASSIGNED.assignments[0]
        given = [replace(first, id=f"b{n}", due=one.due, people=()) for n, one in enumerate(asked, 1)]
        return replace(ASSIGNED, assignments=(*ASSIGNED.assignments, *given))

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
