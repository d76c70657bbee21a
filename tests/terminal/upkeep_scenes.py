"""A desk whose knowledge base lacks something, for the tests of the lead's screen."""

from datetime import timedelta

from console.conversation.drafts import Drafted
from console.conversation.message import DraftLine
from console.conversation.people import Agent, Role
from console.conversation.upkeep import Contradiction, Gap, GapExample, Gaps, Said
from tests.terminal.fake_desk import START, FakeDesk, lead
from tests.terminal.scenes import full_desk

TEO = Agent("teo", "Teo Brandt", Role.TRAINER)
WRAPPING = Gap(
    question="Do you offer gift wrapping for {order.number}?",
    questions=7,
    customers=5,
    last=START,
    minutes=14.0,
    own_words=4,
    mood=-0.42,
    weight=6.2,
    examples=(
        GapExample("Do you offer gift wrapping for {order.number}?", START, "c-dana", "m1"),
        GapExample("is it possible to have it wrapped as a present", START - timedelta(days=1), "c-iris", "m1"),
        GapExample("gift wrapping price", START - timedelta(days=3), "", "", "robin"),
    ),
    nearest="gift-cards.md",
    title="Gift cards",
    score=0.41,
)
DRONE = Gap(
    question="Can a drone battery be posted to the islands?",
    questions=1,
    customers=1,
    last=START - timedelta(days=9),
    minutes=0.0,
    own_words=0,
    mood=None,
    weight=0.6,
    examples=(GapExample("drone battery islands", START - timedelta(days=9), "", "", "sam"),),
)
PAIR = Contradiction(
    Said("returns.md", "How to return an item", "You have 30 days to return an item.", "2026-01-12"),
    Said("internal/returns.md", "Returns at the desk", "Customers have 14 days to return an item.", "", "internal"),
    "time",
)
DRAFTED = Drafted(
    "Do you offer gift wrapping?",
    (
        DraftLine("problem", "It is a present for a birthday.", ("m1",)),
        DraftLine("step", "We wrap every order that fits into a gift bag.", ("m3",)),
        DraftLine("step", "Choose “gift bag” beside [order number] at the checkout.", ("m3",)),
        DraftLine("step", "A gift bag costs £4.", ("m5",)),
    ),
)


def lacking_desk(agent: Agent | None = None) -> FakeDesk:
    """A desk at which a lead finds gaps, a contradiction, and conversations to draft from."""
    desk = full_desk(FakeDesk(agent=agent or lead()))
    desk.lacks = Gaps((WRAPPING, DRONE), 12, 4, 90)
    desk.pairs = (PAIR,)
    desk.drafted = DRAFTED
    return desk
