"""What a customer sees of their conversation, and that they see nothing else."""

import json
import re
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.conversation.codec import encode
from console.conversation.events import (
    KINDS,
    ConversationClaimed,
    ConversationClosed,
    ConversationReleased,
    ConversationReopened,
    Event,
    EventData,
    HandedOver,
    MessageAdded,
    NoteAdded,
    kind_of,
)
from console.conversation.message import Author
from console.conversation.queue_events import (
    AsideKind,
    AsideWritten,
    ConversationReturned,
    ConversationTransferred,
    OutOfHoursTold,
    PlaceTold,
)
from console.desk.channels.projection import AgentTyping, Item, Notice, NoticeKind, Projection, Said, Speaker
from console.desk.hub import Signal
from tests.chat.filled import MOMENTS, Markers, filled

AT = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)
FIRST_SEQ = 7_300_000_000_000
"""Far above any item's number, so that a number of the workspace would show."""

OFTEN = [MessageAdded] * 8 + [ConversationClaimed] * 2
"""The kinds that are let through in part come up more often, so that every branch is met in every run."""

SHOWN = {Author.CUSTOMER, Author.AGENT, Author.BOT}


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[Event | Signal], Markers]:
    """Events of every kind in any order, of this conversation and of others, with signals between them."""
    markers = Markers()
    things: list[Event | Signal] = []
    for place, kind in enumerate(draw(st.lists(st.sampled_from([*KINDS.values(), *OFTEN, None]), max_size=25))):
        conversation = draw(st.sampled_from(["w-mine", "w-mine", "w-mine", "w-other", ""]))
        owner = "mine" if conversation == "w-mine" else "other"
        if kind is None:
            things.append(Signal(conversation, f"agent:{markers.text((owner, 'who'))}", draw(st.booleans())))
            continue
        data = filled(draw, kind, markers, (owner, kind.__name__))
        role = data.role.value if isinstance(data, MessageAdded) else ""
        channel = draw(st.sampled_from(["webchat", "console", ""]))
        key = f"{conversation}:" + markers.text((owner, "key", role, channel))
        actor = markers.text((owner, "actor"))
        things.append(Event(FIRST_SEQ + place, conversation, actor, data, draw(MOMENTS), channel, key))
    return things, markers


def allowed(things: list[Event | Signal], markers: Markers) -> set[str]:
    """Return every marker that the customer may see, worked out from the events by a rule of its own."""
    free: set[str] = set()
    for thing in things:
        if isinstance(thing, Signal) or thing.conversation != "w-mine":
            continue
        match thing.data:
            case MessageAdded(role=Author.CUSTOMER, text=text):
                free.update(text.split())
                free.update(_of_files(thing.data))
                if thing.channel == "webchat":
                    free.update(thing.external_id.removeprefix("w-mine:").split())
            case MessageAdded(role=Author.AGENT, text=text, author=author):
                free.update([*text.split(), author.split()[0], *_of_files(thing.data)])
            case MessageAdded(role=Author.BOT, text=text):
                free.update([*text.split(), *_of_files(thing.data)])
            case ConversationClaimed(name=name) | ConversationTransferred(name=name):
                free.update(name.split()[:1])
            case OutOfHoursTold(text=text):
                free.update(text.split())
            case _:
                pass
    assert free <= set(markers.origin)
    return free


def _of_files(message: MessageAdded) -> set[str]:
    return {word for file in message.attachments for field in (file.id, file.name, file.type) for word in field.split()}


@settings(max_examples=300)
@given(histories())
def test_no_text_of_any_other_event_or_field_reaches_the_customer(case: tuple[list[Event | Signal], Markers]) -> None:
    """Whatever happens on the desk, only messages and first names come through, and no number of the workspace."""
    things, markers = case
    projection = Projection("w-mine", "webchat")
    seen = [projection.signal(t) if isinstance(t, Signal) else projection.take(t) for t in things]
    sent = json.dumps([encode(item) for item in seen if item is not None])

    assert set(re.findall(r"Qx\d{6}Z", sent)) <= allowed(things, markers)
    assert "73000000000" not in sent


@given(histories())
def test_every_message_of_the_conversation_is_shown_whole_and_in_order(
    case: tuple[list[Event | Signal], Markers],
) -> None:
    """The allow-list lets through all that the customer is meant to read."""
    things, _ = case
    events = [t for t in things if isinstance(t, Event)]
    projection = Projection("w-mine", "webchat")
    said = [item.text for e in events if isinstance(item := projection.take(e), Said)]
    mine = [e.data for e in events if e.conversation == "w-mine"]
    assert said == [d.text for d in mine if isinstance(d, MessageAdded) and d.role in SHOWN]


@given(histories())
def test_items_are_numbered_from_one_without_a_gap(case: tuple[list[Event | Signal], Markers]) -> None:
    """So that a page resumes after the last number it saw."""
    things, _ = case
    projection = Projection("w-mine", "webchat")
    items = [item for t in things if isinstance(t, Event) and (item := projection.take(t))]
    assert [item.number for item in items] == list(range(1, len(items) + 1))
    assert projection.number == len(items)


@st.composite
def data_of(draw: st.DrawFn, kind: type[EventData]) -> EventData:
    """Event data of one kind."""
    made: EventData = filled(draw, kind, Markers(), ("mine",))
    return made


@pytest.mark.parametrize("name", KINDS)
def test_the_strategy_reaches_every_kind_of_event(name: str) -> None:
    """A new kind of event is covered as soon as it is named in the events."""

    @settings(max_examples=5)
    @given(data_of(KINDS[name]))
    def each(made: EventData) -> None:
        assert kind_of(made) == name

    each()


def test_a_system_message_stays_inside() -> None:
    """It holds a look-up result, which may be of the whole customer record."""
    assert shown(MessageAdded(Author.SYSTEM, "order 88213: margin 40 %")) == []


def test_a_note_stays_inside() -> None:
    """It is written for colleagues."""
    assert shown(NoteAdded("sounds drunk", "Robin Vale")) == []


def test_an_agent_is_named_by_the_first_name_alone() -> None:
    """On joining, beside each message and while typing."""
    projection = Projection("c", "webchat")
    joined = projection.take(event(1, ConversationClaimed("u-17", "Robin Vale")))
    said = projection.take(event(2, MessageAdded(Author.AGENT, "Hello", "Robin Vale", suggestion="s-1")))
    assert joined == Notice(1, NoticeKind.JOINED, "Robin has joined the chat.", AT, "Robin")
    assert said == Said(2, Speaker.AGENT, "Hello", AT, "Robin")
    assert projection.signal(Signal("c", "agent:u-17", True)) == AgentTyping(True, "Robin")


def test_only_the_agent_who_has_joined_is_seen_typing() -> None:
    """A colleague who looks in, and an agent who has left, type unseen."""
    projection = Projection("c", "webchat")
    assert projection.signal(Signal("c", "agent:u-17", True)) is None
    projection.take(event(1, ConversationClaimed("u-17", "Robin Vale")))
    assert projection.signal(Signal("c", "agent:u-18", True)) is None
    assert projection.signal(Signal("other", "agent:u-17", True)) is None
    assert projection.signal(Signal("c", "customer", True)) is None
    projection.take(event(2, ConversationReleased(parked=False)))
    assert projection.signal(Signal("c", "agent:u-17", True)) is None


def test_joining_is_told_once_for_each_agent_in_a_row() -> None:
    """An agent who takes a parked conversation up again has been there all along."""
    robin, kim = ConversationClaimed("u-17", "Robin Vale"), ConversationClaimed("u-18", "Kim Oduya")
    texts = [i.text for i in shown(robin, ConversationReleased(parked=True), robin, kim, robin)]
    assert texts == ["Robin has joined the chat.", "Kim has joined the chat.", "Robin has joined the chat."]


def test_waiting_is_told_once_until_somebody_comes() -> None:
    """A second hand-over while nobody has joined is nothing new to the customer."""
    over, robin = HandedOver("angry; wrote on the web chat", 2), ConversationClaimed("u-17", "Robin Vale")
    kinds = [i.notice for i in shown(over, over, robin, over) if isinstance(i, Notice)]
    assert kinds == [NoticeKind.HANDED_OVER, NoticeKind.JOINED, NoticeKind.HANDED_OVER]


def test_who_is_passed_on_is_told_so_and_not_why() -> None:
    """To a colleague, that they have joined; to the queue, that it goes on; the note is for colleagues."""
    robin = ConversationClaimed("u-17", "Robin Vale")
    seen = shown(
        robin,
        ConversationTransferred("u-17", "u-18", "Kim Oduya", note="he is rude"),
        ConversationTransferred("u-18", skill="legal", note="he is rude"),
        robin,
    )
    assert [item.text for item in seen][1] == "Kim has joined the chat."
    assert [item.text for item in seen][2].startswith("Kim is passing your chat on to a colleague")
    assert [item.text for item in seen][3] == "Robin has joined the chat."


def test_a_lost_agent_is_told_honestly_and_by_first_name() -> None:
    """Nothing was wrong with what the customer wrote, and nothing of it is lost."""
    _, lost = shown(ConversationClaimed("u-17", "Robin Vale"), ConversationReturned("u-17", "Robin Vale"))
    assert isinstance(lost, Notice)
    assert lost.notice is NoticeKind.RETURNED
    assert lost.text.startswith("We have lost the connection to Robin, and are sorry for that.")


def test_the_place_in_the_queue_and_the_hours_are_told() -> None:
    """In words; what staff say beside the chat is not."""
    place, hours = shown(
        PlaceTold(2, 5), AsideWritten(AsideKind.WHISPERED, "give in", "marta", "Marta Quill"), OutOfHoursTold("Closed.")
    )
    assert place.text == "You are number 2 in line. As things go right now, it takes about 5 minutes."
    assert hours.text == "Closed."


def test_the_end_is_told_without_the_desks_own_reasons() -> None:
    """Disposition and note are internal; so is the reason for reopening."""
    (closed,) = shown(ConversationClosed("fraud-suspected", False, "do not call back"), ConversationReopened("appeal"))
    assert isinstance(closed, Notice)
    assert closed.notice is NoticeKind.CLOSED
    assert "fraud" not in closed.text


def test_a_message_carries_the_key_its_own_page_gave_it() -> None:
    """So that the page knows it again after a reload; keys of other channels are not the customer's."""
    mine = event(1, MessageAdded(Author.CUSTOMER, "Hello"), "webchat", "c:key-1234")
    other = event(2, MessageAdded(Author.CUSTOMER, "Hello"), "matrix", "c:$event-id")
    projection = Projection("c", "webchat")
    assert [i.key for e in (mine, other) if isinstance(i := projection.take(e), Said)] == ["key-1234", ""]


def event(seq: int, data: EventData, channel: str = "", key: str = "") -> Event:
    """Return an event of conversation ``c``."""
    return Event(seq, "c", "desk", data, AT, channel, key)


def shown(*history: EventData) -> list[Item]:
    """Return the customer's view of a history."""
    projection = Projection("c", "webchat")
    return [item for seq, data in enumerate(history, 1) if (item := projection.take(event(seq, data)))]
