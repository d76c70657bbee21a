"""Working together on a conversation."""

import pytest

from console.conversation.people import Presence
from console.conversation.queue_commands import CallLead, Say, Transfer
from console.conversation.queue_events import AsideKind, WatchBegun
from console.desk.desk import Desk
from console.desk.errors import Forbidden, Refused, Taken
from tests.desks import MARTA, ROBIN, SAM, arrive, events_of


async def test_a_colleague_is_asked_and_answers(desk: Desk) -> None:
    """Their inbox shows that they are asked until they have answered."""
    await desk.casework.presence(SAM, Presence.ONLINE)
    await arrive(desk)
    await desk.casework.claim(ROBIN, "c1")
    await desk.teamwork.say(ROBIN, "c1", Say("Does the depot in Hull open on Sundays?", "sam"))
    assert desk.live.rows["c1"].asked == ("sam",)
    await desk.teamwork.say(SAM, "c1", Say("No, and Saturdays until noon."))
    assert desk.live.rows["c1"].asked == ()
    said = (await desk.live.state("c1")).team.asides
    assert [(aside.kind, aside.name, aside.to_name, aside.after) for aside in said] == [
        (AsideKind.ASKED, "Robin Ashdale", "Sam Oldfield", "m1"),
        (AsideKind.ANSWERED, "Sam Oldfield", "", "m1"),
    ]


async def test_nobody_is_asked_who_is_not_there_and_nobody_speaks_up_unasked(desk: Desk) -> None:
    """Each refusal says what to do."""
    await arrive(desk)
    await desk.casework.claim(ROBIN, "c1")
    with pytest.raises(Refused, match="say whom you ask"):
        await desk.teamwork.say(ROBIN, "c1", Say("anybody?"))
    with pytest.raises(Refused, match="no such colleague"):
        await desk.teamwork.say(ROBIN, "c1", Say("anybody?", "nobody"))
    with pytest.raises(Refused, match="nothing to say"):
        await desk.teamwork.say(ROBIN, "c1", Say(" \u202e", "sam"))
    with pytest.raises(Refused, match="watch the conversation first"):
        await desk.teamwork.say(SAM, "c1", Say("I would offer a refund"))


async def test_a_lead_who_is_called_watches_whispers_and_takes_over(desk: Desk) -> None:
    """The call is answered when they begin to watch."""
    await arrive(desk)
    await desk.casework.claim(ROBIN, "c1")
    await desk.teamwork.call_lead(ROBIN, "c1", CallLead("he asks for a manager"))
    assert desk.live.rows["c1"].called
    assert (await desk.live.state("c1")).team.called == "Robin Ashdale: he asks for a manager"
    for _ in range(2):
        await desk.teamwork.watch(MARTA, "c1", on=True)
    assert len(await events_of(desk, WatchBegun)) == 1
    assert not desk.live.rows["c1"].called
    await desk.teamwork.say(MARTA, "c1", Say("offer the express courier"))
    state = await desk.live.state("c1")
    assert [(aside.kind, aside.to) for aside in state.team.asides] == [(AsideKind.WHISPERED, "robin")]
    assert state.team.watchers == (("marta", "Marta Quill"),)
    await desk.queue.transfer(MARTA, "c1", Transfer(agent="marta"))
    assert desk.live.rows["c1"].agent == "marta"
    await desk.teamwork.watch(MARTA, "c1", on=False)
    assert (await desk.live.state("c1")).team.watchers == ()


async def test_only_a_lead_watches_and_only_the_agent_calls_one(desk: Desk) -> None:
    """By role and by conversation."""
    await arrive(desk)
    await desk.casework.claim(ROBIN, "c1")
    with pytest.raises(Forbidden):
        await desk.teamwork.watch(SAM, "c1", on=True)
    with pytest.raises(Taken):
        await desk.teamwork.call_lead(SAM, "c1", CallLead())
