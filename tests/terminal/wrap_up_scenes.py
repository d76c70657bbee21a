"""Closings on the desk in memory: what is proposed, and what was left to do before."""

from datetime import timedelta

from console.conversation import events as e
from console.conversation.packet import EarlierContact
from console.conversation.wrap_up import FilledField, FollowUp, FollowUpKind, NoteLine, WrapUp, WrapUpProposal
from console.conversation.wrap_up_events import WrappedUp
from tests.terminal.fake_desk import START, FakeDesk

RESHIP = FollowUp(
    "f-reship",
    "I'll send a new pair today by express and write to you as soon as it is scanned",
    FollowUpKind.PROMISE,
    "Robin Ashdale",
    "m6",
    "today",
    "2026-03-02",
)
REFUND = FollowUp(
    "f-refund", "the money is back within 5 working days", FollowUpKind.PROMISE, "Sam Oldfield", "m4", "", "2026-03-09"
)
ASKED = FollowUp("f-asked", "Asked, not answered: “and the socks?”", FollowUpKind.QUESTION, message="m5")
PROPOSAL = WrapUpProposal(
    "m6",
    (
        NoteLine("Issue: “boots from order LF-88213 are 12 days late”", ("m1",)),
        NoteLine("Done: Robin Ashdale: “I've ordered a new pair by express”", ("m4",)),
        NoteLine("Ended: Dana: “thank you”", ("m6",)),
    ),
    "replacement sent",
    ("replacement sent", "refunded"),
    resolved=True,
    resolved_source="m6",
    fields=(
        FilledField("Order number", "LF-88213", ("m1",)),
        FilledField("Tracking number", ""),
        FilledField("Needed by", "Friday", ("m5",)),
    ),
    follow_ups=(RESHIP, REFUND, ASKED),
)


def wrapped_before(desk: FakeDesk, conversation: str = "c-dana", *follow_ups: FollowUp) -> None:
    """Let a conversation have been closed by Robin with these follow-ups, and taken up again."""
    wrap_up = WrapUp(
        "Boots late, new pair ordered.",
        "replaced",
        resolved=True,
        fields=(FilledField("Order number", "LF-88213", ("m1",)),),
        follow_ups=follow_ups or (RESHIP, ASKED),
    )
    at = START + timedelta(minutes=8)
    desk.append(conversation, WrappedUp(wrap_up, "robin", "Robin Ashdale"), "agent:robin", at)
    desk.append(conversation, e.ConversationClosed("replaced", resolved=True), "agent:robin", at)
    desk.append(conversation, e.ConversationReopened("closed by mistake"), "agent:robin", at)


EARLIER = EarlierContact(
    "c-old",
    "2026-02-26",
    "where is my parcel",
    "replaced",
    same=True,
    note="Boots late, new pair ordered.",
    to_do=("Robin Ashdale: “I'll write to you as soon as it is scanned” m6, due 2026-03-02",),
)
