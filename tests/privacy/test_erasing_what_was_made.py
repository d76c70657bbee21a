"""What tells of an erased conversation elsewhere in the log goes with it."""

from console.conversation.assist_events import QuestionUnanswered
from console.conversation.erasure_events import ConversationsErased
from console.conversation.events import WORKSPACE, EventData, IdentityChanged, NewEvent
from console.conversation.gap_events import GapPutAside
from console.conversation.packet_events import PacketPrepared
from console.conversation.people import Customer, Identity
from console.desk.desk import Desk
from console.store import SqlEventLog
from tests.desks import DANA, Clock, arrive, events_of

IRIS = Customer("iris-tam", "Iris Tam", "Iris")


async def record(desk: Desk, data: EventData, conversation: str = WORKSPACE) -> None:
    """Let something be recorded."""
    await desk.live.record([NewEvent(conversation, "agent:marta", data, desk.now())])


async def test_the_packet_of_another_conversation_that_names_it_goes(desk: Desk, real_log: SqlEventLog) -> None:
    """Two who were taken for one: the other's conversation goes on without the packet, its row made anew."""
    await arrive(desk, "c1", "My boots are late")
    await arrive(desk, "c2", "My boots again")  # its packet tells of c1
    assert any(e.data.packet.standing.earlier for e in await events_of(desk, PacketPrepared, "c2"))  # type: ignore[union-attr]
    await record(desk, IdentityChanged(Identity.VERIFIED, IRIS), "c1")
    erased = real_log.erase(IRIS.id)
    await desk.live.catch_up()
    assert erased.conversations == ("c1",)
    assert not any(e.data.packet.standing.earlier for e in await events_of(desk, PacketPrepared, "c2"))  # type: ignore[union-attr]
    (told,) = await events_of(desk, ConversationsErased)
    assert told.data.others == ("c2",)  # type: ignore[union-attr]
    assert desk.live.rows["c2"] == real_log.row("c2")
    assert (await desk.live.state("c2")).messages
    verdict = real_log.verify()
    assert verdict.whole, verdict.reason


async def test_questions_that_name_them_go_and_those_of_others_stay(
    desk: Desk, real_log: SqlEventLog, clock: Clock
) -> None:
    """A look-up with their name in it; and what a lead decided on a question that nobody else has asked."""
    await arrive(desk, "c1")
    await arrive(desk, "c9", "Do you wrap gifts?", customer=IRIS)
    await record(desk, QuestionUnanswered("do you ship to the moon"), "c1")
    await record(desk, QuestionUnanswered("do you wrap gifts"), "c1")
    await record(desk, QuestionUnanswered("do you wrap gifts"), "c9")
    await record(desk, QuestionUnanswered("has Dana Kovel paid"))
    await record(desk, QuestionUnanswered("are boots warm"))
    await record(desk, GapPutAside("do you ship to the moon", clock()))
    await record(desk, GapPutAside("do you wrap gifts", clock()))
    real_log.erase(DANA.id)
    left = real_log.of_kinds(["question-unanswered", "gap-put-aside"])
    assert [event.data.question for event in left] == [  # type: ignore[union-attr]
        "do you wrap gifts",
        "are boots warm",
        "do you wrap gifts",
    ]
    assert real_log.verify().whole
