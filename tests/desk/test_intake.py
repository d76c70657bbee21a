"""What comes in from customers: cleaned once, logged once."""

from console.assist.flags import personal
from console.conversation.commands import Close
from console.conversation.events import ConversationReopened, HandedOver, MessageAdded, MessageDelivered
from console.conversation.message import Author, Status
from console.conversation.people import Customer
from console.desk.desk import Desk
from console.desk.intake import Incoming
from tests.desks import DANA, ROBIN, arrive, events_of, writes


async def test_a_handed_over_conversation_waits_in_the_inbox(desk: Desk) -> None:
    """With what the customer wrote before."""
    await arrive(desk, "c1", "hi", "My boots are late")
    row = desk.live.rows["c1"]
    assert (row.status, row.name, row.messages, row.last) == (Status.WAITING, "Dana Kovel", 2, "My boots are late")


async def test_opening_twice_changes_nothing(desk: Desk) -> None:
    """A channel may not know whether its first attempt came through."""
    await arrive(desk)
    seq = desk.live.seq
    await arrive(desk)
    assert desk.live.seq == seq


async def test_a_message_received_twice_is_there_once(desk: Desk) -> None:
    """The channel's own id tells; also on a closed conversation, which it does not open again."""
    await arrive(desk)
    for _ in range(3):
        await writes(desk, "still nothing", "x7")
    state = await desk.live.state("c1")
    assert [m.text for m in state.messages] == ["My boots are late", "still nothing"]


async def test_messages_without_an_id_are_all_taken(desk: Desk) -> None:
    """The same words twice may be meant twice."""
    await arrive(desk)
    await writes(desk, "hello?")
    await writes(desk, "hello?")
    assert len((await desk.live.state("c1")).messages) == 3


async def test_hostile_text_is_cleaned_before_it_is_kept(desk: Desk) -> None:
    """Nothing else in the log carries what it carried."""
    await desk.intake.open("test", Customer("x", "Mal\u202eice\n\x1b[2J"), conversation="c1", subject="a\x07b\nc")
    await writes(desk, "\x1b]0;owned\x07" + "z" + "\u0335" * 10_000 + "\u202e")
    row = desk.live.rows["c1"]
    assert (row.name, row.subject) == ("Malice [2J", "ab c")
    (message,) = (await desk.live.state("c1")).messages
    assert message.text == "]0;ownedz" + "\u0335" * 3


async def test_a_message_with_nothing_to_show_is_still_a_message(desk: Desk) -> None:
    """The agent must see that the customer sent something."""
    await arrive(desk)
    await writes(desk, "\u200b\u202e  ")
    assert (await desk.live.state("c1")).messages[-1].text == "…"


async def test_what_the_channel_brought_of_the_bot_is_not_delivered_back(desk: Desk) -> None:
    """The customer has read it already."""
    before = [
        Incoming(Author.CUSTOMER, "hi"),
        Incoming(Author.BOT, "Try the tracking link."),
        Incoming(Author.BOT, "?"),
    ]
    await desk.intake.open("test", DANA, conversation="c1", before=before, handover="asked")
    assert desk.live.log.undelivered("test") == []
    delivered = await events_of(desk, MessageDelivered)
    assert [e.data.message for e in delivered if isinstance(e.data, MessageDelivered)] == ["m2", "m3"]


async def test_a_customer_who_writes_again_opens_a_closed_conversation(desk: Desk) -> None:
    """A notice of the system does not."""
    await arrive(desk)
    await desk.casework.claim(ROBIN, "c1")
    await desk.casework.close(ROBIN, "c1", Close("solved", resolved=True))
    assert "c1" not in desk.live.rows
    await desk.intake.receive("c1", Incoming(Author.SYSTEM, "the parcel was delivered"))
    assert (await desk.live.state("c1")).status is Status.CLOSED
    await writes(desk, "one more thing", "k9")
    assert (await desk.live.state("c1")).status is Status.ACTIVE
    assert desk.live.rows["c1"].agent == "robin"
    await desk.casework.close(ROBIN, "c1", Close("solved", resolved=True))
    await writes(desk, "one more thing", "k9")
    assert (await desk.live.state("c1")).status is Status.CLOSED
    assert len(await events_of(desk, ConversationReopened)) == 1


async def test_the_bot_hands_over_once_it_must(desk: Desk) -> None:
    """Opened without a hand-over it is the bot's; handing over makes it wait."""
    await desk.intake.open("test", DANA, conversation="c1", before=[Incoming(Author.CUSTOMER, "hi")])
    assert desk.live.rows["c1"].status is Status.BOT
    await desk.intake.hand_over("c1", "asked for\na person", 2)
    assert desk.live.rows["c1"].status is Status.WAITING
    (handed,) = await events_of(desk, HandedOver)
    assert handed.data == HandedOver("asked for a person", 2)
    assert len(await events_of(desk, MessageAdded)) == 1


async def test_a_cards_number_never_reaches_the_log(desk: Desk) -> None:
    """Nor its date and code; the agent still sees that one was sent."""
    await arrive(desk, "c1", "I paid with card 4111 1111 1111 1111 exp 12/28 cvv 123, order LF-88213")
    await writes(desk, "again: 4111111111111111")
    everything = " ".join(str(event.data) for event in await desk.live.history("c1"))
    assert "4111" not in everything
    assert "12/28" not in everything
    assert "cvv 123" not in everything
    texts = [message.text for message in (await desk.live.state("c1")).messages]
    assert "•••• 1111" in texts[0]
    assert "LF-88213" in texts[0]
    assert [flag.title for flag in personal.check(texts[1], "m2")] == ["Personal data in the chat"]
