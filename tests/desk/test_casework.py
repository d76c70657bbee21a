"""What an agent does with a conversation other than writing to the customer."""

import asyncio

import pytest

from console.conversation.commands import AddNote, Close, Release, Reopen, SaveDraft
from console.conversation.events import ConversationClaimed
from console.conversation.message import Status
from console.conversation.people import Customer, Presence
from console.desk.desk import Desk
from console.desk.errors import NotFound, Refused, Taken
from console.desk.hub import Signal
from tests.desks import ROBIN, SAM, Chair, Clock, arrive, events_of, writes


async def test_two_who_claim_at_once_get_one_winner(desk: Desk) -> None:
    """Fifty times over: one has it, the other is told who does."""
    for attempt in range(50):
        name = await arrive(desk, f"c{attempt}", customer=Customer(f"u{attempt}"))  # one alone would flood
        outcomes = await asyncio.gather(
            desk.casework.claim(ROBIN, name), desk.casework.claim(SAM, name), return_exceptions=True
        )
        lost = [o for o in outcomes if isinstance(o, Taken)]
        assert len(lost) == 1
        winner = (await desk.live.state(name)).agent_name
        assert str(lost[0]) == f"{winner} has this conversation"
    assert len(await events_of(desk, ConversationClaimed)) == 50


async def test_claiming_ones_own_again_changes_nothing(desk: Desk) -> None:
    """A console that reconnects may."""
    await arrive(desk)
    await desk.casework.claim(ROBIN, "c1")
    seq = desk.live.seq
    assert (await desk.casework.claim(ROBIN, "c1")).agent == "robin"
    assert desk.live.seq == seq


async def test_a_parked_conversation_wakes_when_the_customer_writes(desk: Desk) -> None:
    """And its agent still has it; claiming it wakes it too."""
    await arrive(desk)
    await desk.casework.claim(ROBIN, "c1")
    await desk.casework.release(ROBIN, "c1", Release(parked=True, reason="waiting for the depot"))
    assert desk.live.rows["c1"].status is Status.PARKED
    await writes(desk, "any news?")
    assert (desk.live.rows["c1"].status, desk.live.rows["c1"].agent) == (Status.ACTIVE, "robin")
    await desk.casework.release(ROBIN, "c1", Release(parked=True))
    with pytest.raises(Taken):
        await desk.casework.claim(SAM, "c1")
    await desk.casework.claim(ROBIN, "c1")
    assert desk.live.rows["c1"].status is Status.ACTIVE


async def test_a_released_conversation_can_be_claimed_by_another(desk: Desk) -> None:
    """It is back in the queue."""
    await arrive(desk)
    await desk.casework.claim(ROBIN, "c1")
    await desk.casework.release(ROBIN, "c1", Release())
    assert (await desk.casework.claim(SAM, "c1")).agent == "sam"


async def test_only_who_has_a_conversation_may_release_or_close_it(desk: Desk) -> None:
    """The refusal says what to do."""
    await arrive(desk)
    with pytest.raises(Taken, match="take this conversation first"):
        await desk.casework.close(ROBIN, "c1", Close("solved", resolved=True))
    await desk.casework.claim(ROBIN, "c1")
    with pytest.raises(Taken, match="Robin Ashdale has this conversation"):
        await desk.casework.release(SAM, "c1", Release())


async def test_a_closed_conversation_can_be_reopened_and_no_more(desk: Desk) -> None:
    """Closing is undone; a second undoing makes no sense."""
    await arrive(desk)
    await desk.casework.claim(ROBIN, "c1")
    await desk.casework.close(ROBIN, "c1", Close("solved\n", resolved=True, note="thanked us"))
    assert desk.live.rows == {}
    with pytest.raises(Refused, match="reopen it first"):
        await desk.casework.claim(SAM, "c1")
    with pytest.raises(Refused, match="reopen it first"):
        await desk.casework.release(ROBIN, "c1", Release())
    await desk.casework.reopen(ROBIN, "c1", Reopen("closed by mistake"))
    assert (desk.live.rows["c1"].status, desk.live.rows["c1"].agent) == (Status.ACTIVE, "robin")
    with pytest.raises(Refused, match="not closed"):
        await desk.casework.reopen(ROBIN, "c1", Reopen())


async def test_a_note_is_written_once_for_each_key(desk: Desk) -> None:
    """A repeated request is the same note; any colleague may write one."""
    await arrive(desk)
    for _ in range(2):
        await desk.casework.note(SAM, "c1", AddNote("\x1b[1mcall the depot", "n1"))
    assert [(n.text, n.author) for n in (await desk.live.state("c1")).notes] == [("[1mcall the depot", "Sam Oldfield")]
    with pytest.raises(Refused, match="empty"):
        await desk.casework.note(SAM, "c1", AddNote(" \u202e", "n2"))
    with pytest.raises(Refused, match="needs a key"):
        await desk.casework.note(SAM, "c1", AddNote("text", ""))


async def test_what_is_not_there_is_said_so(desk: Desk) -> None:
    """For every kind of work on a conversation."""
    for work in (
        desk.casework.claim(ROBIN, "nowhere"),
        desk.casework.release(ROBIN, "nowhere", Release()),
        desk.casework.note(ROBIN, "nowhere", AddNote("x", "k")),
        desk.casework.save_draft(ROBIN, "nowhere", SaveDraft("x")),
    ):
        with pytest.raises(NotFound, match="there is no conversation 'nowhere'"):
            await work


async def test_drafts_are_kept_for_each_agent_and_conversation(desk: Desk, chair: Chair, clock: Clock) -> None:
    """Also over a restart; an empty one is forgotten."""
    await arrive(desk, "c1")
    await arrive(desk, "c2")
    await desk.casework.save_draft(ROBIN, "c1", SaveDraft("Dear Dana"))
    await desk.casework.save_draft(SAM, "c1", SaveDraft("Hello"))
    again = Desk(desk.live.log, chair, now=clock)
    assert await again.casework.draft(ROBIN, "c1") == "Dear Dana"
    assert await again.casework.draft(SAM, "c1") == "Hello"
    assert await again.casework.draft(ROBIN, "c2") == ""
    assert await again.casework.drafts(ROBIN) == ("c1",)
    await desk.casework.save_draft(ROBIN, "c1", SaveDraft(""))
    assert await again.casework.draft(ROBIN, "c1") == ""
    assert await again.casework.drafts(ROBIN) == ()


async def test_presence_is_an_event_once_and_outlives_a_restart(desk: Desk, chair: Chair, clock: Clock) -> None:
    """Saying the same again is nothing new."""
    await desk.casework.presence(ROBIN, Presence.ONLINE)
    await desk.casework.presence(ROBIN, Presence.BREAK)
    seq = desk.live.seq
    await desk.casework.presence(ROBIN, Presence.BREAK)
    assert (desk.live.seq, desk.live.presences) == (seq, {"robin": Presence.BREAK})
    again = Desk(desk.live.log, chair, now=clock)
    await again.live.start()
    assert again.live.presences == {"robin": Presence.BREAK}


async def test_typing_passes_and_is_not_logged(desk: Desk) -> None:
    """Listeners hear of it."""
    await arrive(desk)
    seq = desk.live.seq
    with desk.live.hub.listen() as listener:
        desk.casework.typing(ROBIN, "c1", active=True)
        desk.intake.typing("c1", active=False)
        desk.live.hub.close()
        assert [item async for item in listener] == [Signal("c1", "agent:robin", True), Signal("c1", "customer", False)]
    assert desk.live.seq == seq
