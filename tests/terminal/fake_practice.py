"""The desk in memory: practice."""

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
from console.conversation.practice_events import ScoredPoint
from console.conversation.quality import Evidence

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
            "m9", "They will be there by Friday.", -0.25, ("said something that counts here",), (Better("No promise."),)
        ),
    ),
    outside=("What is your favourite colour?",),
    notes="The day is an estimate.",
)


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
