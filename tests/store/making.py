"""Events for the tests, as short as they can be said."""

from datetime import UTC, datetime, timedelta
from itertools import count

from hypothesis import strategies as st

from console.conversation import assist_events as a
from console.conversation import events as e
from console.conversation.assistance import Mood, Routing
from console.conversation.message import Author, Layer
from console.conversation.people import Customer, Identity, Presence
from console.conversation.presence_events import PresenceChanged

DANA = Customer("u1", "Dana Kovel", value=120.5)
IRIS = Customer("u2", "Iris Tam")

_start = datetime(2026, 1, 31, 10, 0, tzinfo=UTC)
_seconds = count()


def new(
    data: e.EventData, conversation: str = "c1", actor: str = "desk", *, channel: str = "", external_id: str = ""
) -> e.NewEvent:
    """Return an event one second after the last one made."""
    at = _start + timedelta(seconds=next(_seconds))
    return e.NewEvent(conversation, actor, data, at, channel, external_id)


def opened(conversation: str = "c1", customer: Customer = DANA, channel: str = "web") -> e.NewEvent:
    """Return the opening of a conversation."""
    return new(e.ConversationOpened(channel, customer, "boots"), conversation)


def wrote(text: str, conversation: str = "c1", *, customer: str = "u1", external_id: str = "") -> e.NewEvent:
    """Return a customer's message; with an external id it came from the web channel."""
    data = e.MessageAdded(Author.CUSTOMER, text)
    channel = "web" if external_id else ""
    return new(data, conversation, f"customer:{customer}", channel=channel, external_id=external_id)


def answered(text: str, conversation: str = "c1", role: Author = Author.AGENT) -> e.NewEvent:
    """Return an agent's message, or the bot's."""
    return new(e.MessageAdded(role, text, "Ola"), conversation, "agent:ola" if role is Author.AGENT else "bot")


_DATA = st.one_of(
    st.builds(e.ConversationOpened, st.sampled_from(["web", "matrix"]), st.sampled_from([DANA, IRIS])),
    st.builds(e.IdentityChanged, st.sampled_from(Identity), st.sampled_from([DANA, IRIS])),
    st.builds(e.MessageAdded, st.sampled_from(Author), st.text(max_size=120)),
    st.builds(e.MessageDelivered, st.sampled_from([f"m{n}" for n in range(1, 9)])),
    st.builds(e.HandedOver, st.text(max_size=20), st.integers(1, 3)),
    st.builds(e.RoutingChanged, st.builds(Routing, st.just("refund"), st.sampled_from(Layer), st.integers(1, 3))),
    st.builds(e.ConversationClaimed, st.sampled_from(["ola", "ben"]), st.just("Ola")),
    st.builds(e.ConversationReleased, st.booleans()),
    st.builds(e.ConversationClosed, st.just("solved"), st.booleans()),
    st.builds(e.ConversationReopened),
    st.builds(
        a.MoodRead,
        st.just("m1"),
        st.builds(Mood, st.floats(-1, 1), st.just("cross"), st.just("falling"), st.floats(0, 1)),
    ),
    st.builds(e.ApprovalRequested, st.just("a1"), st.text(max_size=20), st.just(())),
    st.builds(e.ApprovalDecided, st.just("a1"), st.booleans()),
    st.builds(PresenceChanged, st.just("ola"), st.just("Ola"), st.sampled_from(Presence)),
)

BATCHES = st.lists(
    st.lists(st.tuples(st.sampled_from(["a", "b", "c", e.WORKSPACE]), _DATA), min_size=1, max_size=4),
    min_size=1,
    max_size=12,
)
"""Batches of (conversation, data), in any order that a confused desk could write them."""

ANY_DATA = st.one_of(*(st.from_type(kind) for kind in e.KINDS.values()))
"""Every kind of event with any content its type allows."""
