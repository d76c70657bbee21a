"""What stands on the desk at the start of a test: customers, what they wrote, and what the second chair says."""

from datetime import datetime, timedelta
from typing import Literal

from console.conversation import assist_events as a
from console.conversation import commands as c
from console.conversation import events as e
from console.conversation.assistance import (
    Citation,
    Flag,
    KnowledgeHit,
    Mood,
    NextStep,
    Routing,
    Severity,
    SourceType,
    StepTaken,
    Suggestion,
    SummaryKind,
    SummaryLine,
    Support,
)
from console.conversation.message import Author, Layer
from console.conversation.people import Agent, Customer, Identity, Order, PastContact
from tests.terminal.fake_desk import START, FakeDesk

DANA = Customer(
    "u-dana",
    "Dana Kovel",
    "Dana",
    email="dana.kovel@post.example",
    since="2021-04-11",
    value=1284.0,
    country="United Kingdom",
    orders=(
        Order(
            "LF-88213", "Fellwalker boots, size 43", "2026-02-09", "2026-02-18", "£164.00", "dispatched", "Northpost"
        ),
        Order("LF-80114", "Merino socks, 3 pairs", "2025-11-02", "2025-11-07", "£42.00", "delivered", "Northpost"),
    ),
    history=(PastContact("2025-11-10", "Wrong sock size", "exchanged"),),
)
PASSAGE = (
    "A parcel counts as lost when its tracking has shown no movement for 7 days, or when it is 5 working days past "
    "its due date. The customer chooses between a free express reshipment and a full refund."
)
ARTICLE = "\n\n".join(
    [
        "Lost and late parcels",
        "First look at the tracking. Northpost scans parcels at every depot, Swiftfoot at collection and delivery.",
        *[
            f"Background {n}: depots, scans and what they mean for the customer's parcel on its way."
            for n in range(1, 14)
        ],
        PASSAGE,
        "For parcels over £250 a carrier search is opened first; it takes up to 3 working days.",
    ]
)


STEP = NextStep(
    StepTaken("replacement sent", 14, 12),
    19,
    (
        Citation(SourceType.PAST, "past-001", "", "replacement sent · resolved"),
        Citation(SourceType.PAST, "past-006", "", "replacement sent · not resolved"),
    ),
)


def suggestion(
    name: str, text: str, kind: str, source: Citation, score: float = 0.8, support: Support = Support.FULL
) -> Suggestion:
    """Return a suggestion."""
    return Suggestion(name, text, kind, score, support, (source,))


LOST = Citation(SourceType.ARTICLE, "lost-parcels.md", PASSAGE, "Lost and late parcels")
RESHIP = suggestion(
    "s-reship",
    "I'm sorry for the long wait, Dana. Your boots have not moved in the carrier's tracking for over 7 days, so I can "
    "send a new pair today by express, free of charge, or refund the £164.00 in full. Which would you prefer?",
    "answer",
    LOST,
)
APOLOGY = suggestion(
    "s-apology",
    "You are right to be annoyed, and I will not send you back to the tracking page. I have your order LF-88213 open.",
    "empathy",
    Citation(SourceType.MACRO, "acknowledge-delay", "You are right to be annoyed", "Acknowledge a delay"),
    0.7,
    Support.PARTIAL,
)
REFUND = suggestion(
    "s-refund",
    "I can refund the boots now; the money is back with your bank within 5 working days.",
    "refund",
    Citation(
        SourceType.PAST, "past-4411", "the money is back with your bank within 5 working days", "Late boots, refunded"
    ),
    0.6,
)
HITS = (
    KnowledgeHit("lost-parcels.md", "Lost and late parcels", PASSAGE, 0.83, updated="2026-01-12"),
    KnowledgeHit(
        "express-delivery.md",
        "Express delivery with Swiftfoot",
        "Swiftfoot delivers on the next working day when the order is placed before 14:00.",
        0.71,
    ),
    KnowledgeHit(
        "refund-times.md",
        "How long refunds take (2024)",
        "Refunds go to the original payment within 5 working days of the return's arrival.",
        0.6,
        status="retired",
        audience="internal",
    ),
)
PROMISE = Flag(
    "f-promise",
    "delivery-dates",
    Severity.WARN,
    "m4",
    "guaranteed by Friday",
    "Say “due” or “estimated”; the bot promised a date.",
    "delivery date promised",
    "§3",
)
HOLD = Flag("f-rights", "complaints", Severity.INFO, "m6", "ridiculous", "Acknowledge before you explain.", "complaint")
REFUND_LIMIT = Flag(
    "f-limit",
    "refunds",
    Severity.BLOCK,
    "draft",
    "refund £350",
    "Refunds over £100 need a team lead.",
    "refund limit",
    "§2",
)
FIRM_DATE = Flag(
    "f-date", "delivery-dates", Severity.WARN, "draft", "by Friday", "Say “due” or “estimated”.", "firm date", "§3"
)
SUMMARY = (
    SummaryLine(SummaryKind.ISSUE, "boots from order LF-88213 are 12 days late", ("m1", "m5")),
    SummaryLine(SummaryKind.WANTS, "the boots by Friday, or the money back", ("m5",)),
    SummaryLine(SummaryKind.TRIED, "bot: tracking link, twice", ("m2", "m4")),
    SummaryLine(SummaryKind.PROMISED, "bot: “guaranteed by Friday”", ("m4",)),
    SummaryLine(SummaryKind.FACT, "Northpost, due 18 February, size 43", ("m3",)),
    SummaryLine(SummaryKind.OPEN, "which of the two she prefers", ("m6",)),
)


def judge(text: str) -> tuple[Flag, ...]:
    """The policies of the test desk: a refund of 350 is blocked, a firm date is a warning."""
    flags = []
    if "£350" in text:
        flags.append(REFUND_LIMIT)
    if "by Friday" in text:
        flags.append(FIRM_DATE)
    return tuple(flags)


def mood(score: float, label: str, trend: Literal["rising", "steady", "falling"], risk: float) -> Mood:
    """Return a mood."""
    return Mood(score, label, trend, risk, ("ridiculous",) if score < -0.4 else ())


def open_dana(desk: FakeDesk, name: str = "c-dana", *, claimed: bool = True, start: datetime = START) -> None:
    """Dana, escalated after three turns with the bot."""
    after = _clock(start)
    desk.append(name, e.ConversationOpened("web chat", DANA, "Where are my boots?"), at=after(0))
    desk.append(name, e.IdentityChanged(Identity.VERIFIED, DANA), at=after(1))
    _say(desk, name, Author.CUSTOMER, "hi, my boots are still not here. order LF-88213", after(5))
    _say(desk, name, Author.BOT, "I am sorry to hear that. Please try the tracking link in your e-mail.", after(8))
    _say(desk, name, Author.SYSTEM, "Order LF-88213: dispatched by Northpost, due 18 February, size 43", after(9))
    _say(
        desk,
        name,
        Author.BOT,
        "Your parcel is on its way, guaranteed by Friday. Here is the tracking link again.",
        after(30),
    )
    _say(
        desk,
        name,
        Author.CUSTOMER,
        "that link shows NOTHING since the 16th. I need them by friday or my money back",
        after(55),
    )
    _say(desk, name, Author.CUSTOMER, "this is ridiculous, I want a person", after(62))
    desk.append(name, e.HandedOver("asked for a person after 3 failed turns", 2), at=after(63))
    desk.append(
        name, e.RoutingChanged(Routing("late-delivery", Layer.ASSISTED, 2, ("asked for a person",))), at=after(63)
    )
    for turn, feeling in (
        ("m1", mood(0.0, "neutral", "steady", 0.2)),
        ("m5", mood(-0.45, "annoyed", "falling", 0.5)),
        ("m6", mood(-0.7, "frustrated", "falling", 0.72)),
    ):
        desk.append(name, a.MoodRead(turn, feeling), "assist", after(64))
    desk.append(name, a.FlagsRaised("m6", (PROMISE, HOLD)), "assist", after(64))
    desk.append(name, a.KnowledgeFound("m6", HITS), "assist", after(64))
    desk.append(name, a.RepliesSuggested("m6", (RESHIP, APOLOGY, REFUND)), "assist", after(64))
    desk.append(name, a.SummaryUpdated("m6", SUMMARY), "assist", after(64))
    if claimed:
        claim(desk, name, after(70))


def claim(desk: FakeDesk, name: str, at: datetime) -> None:
    """Let the desk's own agent have it."""
    agent = Agent("robin", "Robin Ashdale")
    desk.append(name, e.ConversationClaimed(agent.id, agent.name), f"agent:{agent.id}", at)


def open_simple(
    desk: FakeDesk,
    name: str,
    customer: str,
    text: str,
    *,
    tier: int = 1,
    layer: Layer = Layer.ASSISTED,
    minute: int = 2,
) -> None:
    """A customer who waits with one message."""
    at = START + timedelta(minutes=minute)
    desk.append(name, e.ConversationOpened("web chat", Customer(f"u-{name}", customer), text[:30]), at=at)
    _say(desk, name, Author.CUSTOMER, text, at)
    desk.append(name, e.HandedOver("asked for a person", tier), at=at)
    desk.append(name, e.RoutingChanged(Routing("other", layer, tier)), at=at)
    if layer is not Layer.HUMAN_ONLY:
        desk.append(name, a.MoodRead("m1", mood(0.1, "calm", "steady", 0.1)), "assist", at)


def full_desk(desk: FakeDesk | None = None) -> FakeDesk:
    """A desk in the middle of a morning: Dana is claimed, three wait, one of them for people only."""
    desk = desk or FakeDesk()
    desk.judge = judge
    desk.sentences = (
        "I'm sorry for the long wait.",
        "I can send a new pair today by express, free of charge.",
        "Is there anything else I can do for you?",
    )
    open_dana(desk)
    open_simple(desk, "c-iris", "Iris Tam", "Can I still change my address?", minute=3)
    open_simple(
        desk, "c-hugo", "Hugo Brandl", "I lost my job, I cannot pay the rest", tier=3, layer=Layer.HUMAN_ONLY, minute=4
    )
    open_simple(desk, "c-lena", "Lena Oskarsson", "Hej, var är mitt tält?", minute=5)
    desk.append(
        "c-lena", a.AssistanceWithheld("m1", "Assistance is English only; this customer writes Swedish."), "assist"
    )
    desk.sources = {
        "lost-parcels.md": c.Source(
            SourceType.ARTICLE,
            "lost-parcels.md",
            "Lost and late parcels",
            ARTICLE,
            ARTICLE.index(PASSAGE),
            ARTICLE.index(PASSAGE) + len(PASSAGE),
            "version of 12 January 2026",
        )
    }
    desk.found = c.SearchResult("lost parcel", answerable=True, hits=HITS, ms=6.0)
    return desk


def _say(desk: FakeDesk, name: str, role: Author, text: str, at: datetime) -> None:
    desk.append(name, e.MessageAdded(role, text), role.value, at)


class _clock:  # noqa: N801 - used as a function
    """Moments after a start, in seconds."""

    def __init__(self, start: datetime) -> None:
        self._start = start

    def __call__(self, seconds: int) -> datetime:
        return self._start + timedelta(seconds=seconds)
