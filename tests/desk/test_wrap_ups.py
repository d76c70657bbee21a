"""Closing with a wrap-up at the desk: what is recorded, what is refused, who sees what is still to do."""

from dataclasses import replace

import pytest

from console.conversation.commands import Close, Reopen, SendMessage
from console.conversation.events import ConversationClosed, ConversationReopened
from console.conversation.message import Status
from console.conversation.wrap_up import FilledField, FollowUp, FollowUpKind, LineFate, WrapUpPart
from console.conversation.wrap_up_commands import TickFollowUp, WrapUpForm
from console.conversation.wrap_up_events import WrappedUp
from console.desk.desk import Desk
from console.desk.errors import Forbidden, NotFound, Refused, Taken
from console.store import SqlEventLog
from tests.desks import MARTA, ROBIN, SAM, Chair, Clock, arrive, events_of

OWN = FollowUp("own-1", "ring her", due="2026-03-06")


async def at_end(desk: Desk, name: str = "c1") -> None:
    """Let Robin have a conversation in which something was promised."""
    desk.assistance.ready(Chair())
    await arrive(desk, name, "my boots LF-88213 are late")
    await desk.casework.claim(ROBIN, name)
    await desk.sending.send(ROBIN, name, SendMessage("I'll send another pair tomorrow.", f"k-{name}"))


def closing(form: WrapUpForm | None, note: str = "") -> Close:
    """Return a closing with this form."""
    return Close("replaced", resolved=True, note=note, wrap_up=form)


async def test_a_closing_keeps_its_wrap_up_and_what_became_of_the_proposal(desk: Desk) -> None:
    """In one transaction with the closing; the state has it."""
    await at_end(desk)
    proposal = await desk.wrap_ups.propose(ROBIN, "c1")
    promise = replace(proposal.follow_ups[0], text="send another pair by Tuesday")
    form = WrapUpForm((), (promise, OWN))
    await desk.wrap_ups.close(ROBIN, "c1", closing(form, proposal.note[0].shown))
    wrapped = (await events_of(desk, WrappedUp))[0]
    assert (await events_of(desk, ConversationClosed))[0].seq == wrapped.seq + 1
    assert isinstance(wrapped.data, WrappedUp)
    fates = {(line.part, line.fate) for line in wrapped.data.proposed}
    assert (WrapUpPart.FOLLOW_UP, LineFate.EDITED) in fates
    assert {(WrapUpPart.NOTE, LineFate.KEPT), (WrapUpPart.NOTE, LineFate.REMOVED)} <= fates
    assert wrapped.data.added == 1
    state = await desk.live.state("c1")
    assert state.status is Status.CLOSED
    assert state.wrap_up is not None
    assert [f.text for f in state.wrap_up.follow_ups] == ["send another pair by Tuesday", "ring her"]


async def test_a_closing_without_a_wrap_up_is_as_it_was(desk: Desk) -> None:
    """What other programs send."""
    await at_end(desk)
    await desk.wrap_ups.close(ROBIN, "c1", Close("answered", resolved=True, note="fine"))
    assert not await events_of(desk, WrappedUp)
    assert (await desk.live.state("c1")).wrap_up is None


@pytest.mark.parametrize(
    ("form", "words"),
    [
        (WrapUpForm((FilledField("Order", "LF-1", ("m99",)),)), "no message 'm99'"),
        (WrapUpForm((FilledField(" ", "LF-1"),)), "no name"),
        (WrapUpForm((), (FollowUp("f", " "),)), "needs a text"),
        (WrapUpForm((), (FollowUp("f", "x", FollowUpKind.PROMISE),)), "no message"),
        (WrapUpForm((), (replace(OWN, due="on Friday"),)), "is no day"),
        (WrapUpForm((), (OWN, OWN)), "same id"),
        (WrapUpForm((), tuple(replace(OWN, id=str(n)) for n in range(41))), "at most"),
    ],
)
async def test_what_rests_on_nothing_is_refused_and_nothing_is_closed(desk: Desk, form: WrapUpForm, words: str) -> None:
    """One line that says what is wrong."""
    await at_end(desk)
    with pytest.raises(Refused, match=words):
        await desk.wrap_ups.close(ROBIN, "c1", closing(form))
    assert (await desk.live.state("c1")).status is Status.ACTIVE


async def test_hostile_text_is_cleaned(desk: Desk) -> None:
    """As everywhere where text comes in."""
    await at_end(desk)
    form = WrapUpForm((FilledField("Order\x1b[31m", "LF\u202e-1"),), (FollowUp("f", "ring\nher\x07"),))
    await desk.wrap_ups.close(ROBIN, "c1", closing(form, "a\x1bb"))
    wrap_up = (await desk.live.state("c1")).wrap_up
    assert wrap_up is not None
    said = repr(wrap_up)
    assert "\\x1b" not in said
    assert "\\u202e" not in said
    assert wrap_up.follow_ups[0].text == "ring her"


async def test_until_the_engine_is_there_nothing_is_read(real_log: SqlEventLog, clock: Clock) -> None:
    """It cannot tell yet what is for people alone."""
    desk = Desk(real_log, Chair(), now=clock)
    await desk.start({})
    await arrive(desk, "c1", "my boots are late")
    await desk.casework.claim(ROBIN, "c1")
    proposal = await desk.wrap_ups.propose(ROBIN, "c1")
    await desk.stop()
    assert "getting ready" in proposal.silent
    assert not proposal.note


async def test_a_desk_that_starts_anew_reads_what_is_to_do_from_its_log(
    desk: Desk, real_log: SqlEventLog, clock: Clock
) -> None:
    """With the ticks; and what happens while it reads is missed by nobody."""
    await at_end(desk)
    await desk.wrap_ups.close(ROBIN, "c1", closing(WrapUpForm((), (OWN, replace(OWN, id="two")))))
    await desk.follow_ups.tick(ROBIN, "c1", TickFollowUp("two"))
    anew = Desk(real_log, Chair(), now=clock)
    await anew.live.start()
    await anew.follow_ups.tick(ROBIN, "c1", TickFollowUp("two", done=False))
    page = (await anew.follow_ups.page(ROBIN)).follow_ups
    assert {one.follow_up.id for one in page} == {"own-1", "two"}


async def test_only_who_has_the_conversation_is_proposed_anything(desk: Desk) -> None:
    """A closed one needs no closing."""
    await at_end(desk)
    with pytest.raises(Taken):
        await desk.wrap_ups.propose(SAM, "c1")


async def test_what_is_to_do_is_seen_by_its_owner_and_by_leads_what_is_due_first(desk: Desk) -> None:
    """Also after a restart, when the list is read from the log."""
    for name, due in (("c1", ""), ("c2", "2026-03-06"), ("c3", "2026-03-04")):
        await at_end(desk, name)
        own = FollowUp(f"f-{name}", "ring her", due=due)
        await desk.wrap_ups.close(ROBIN, name, closing(WrapUpForm((), (own,))))
        for agent, expected in ((ROBIN, True), (SAM, False), (MARTA, True)):
            assert any(one.conversation == name for one in (await desk.follow_ups.page(agent)).follow_ups) is expected
    page = (await desk.follow_ups.page(ROBIN)).follow_ups
    assert [(one.conversation, one.customer, one.owner) for one in page] == [
        ("c3", "Dana Kovel", ROBIN.name),
        ("c2", "Dana Kovel", ROBIN.name),
        ("c1", "Dana Kovel", ROBIN.name),
    ]


async def test_the_owner_and_leads_tick_off_and_take_back(desk: Desk) -> None:
    """Others are told whose it is."""
    await at_end(desk)
    await desk.wrap_ups.close(ROBIN, "c1", closing(WrapUpForm((), (OWN,))))
    with pytest.raises(Forbidden, match="Robin"):
        await desk.follow_ups.tick(SAM, "c1", TickFollowUp(OWN.id))
    with pytest.raises(NotFound):
        await desk.follow_ups.tick(ROBIN, "c1", TickFollowUp("f-none"))
    for agent, done in ((ROBIN, True), (MARTA, False), (ROBIN, True)):
        await desk.follow_ups.tick(agent, "c1", TickFollowUp(OWN.id, done))
        assert bool((await desk.follow_ups.page(ROBIN)).follow_ups) is not done
        wrap_up = (await desk.live.state("c1")).wrap_up
        assert wrap_up is not None
        assert wrap_up.follow_ups[0].done is done


async def test_a_promise_is_for_the_colleague_who_gave_it(desk: Desk) -> None:
    """Whoever closes."""
    await at_end(desk)
    promise = FollowUp("f-sam", "I'll ring", FollowUpKind.PROMISE, SAM.name, "m2")
    await desk.wrap_ups.close(ROBIN, "c1", closing(WrapUpForm((), (promise,))))
    assert [one.follow_up.id for one in (await desk.follow_ups.page(SAM)).follow_ups] == ["f-sam"]
    assert not (await desk.follow_ups.page(ROBIN)).follow_ups


async def test_after_reopening_the_next_closing_begins_with_the_earlier_one(desk: Desk) -> None:
    """With the ticks of meanwhile, and the list has each follow-up once."""
    await at_end(desk)
    await desk.wrap_ups.close(ROBIN, "c1", closing(WrapUpForm((), (OWN, replace(OWN, id="two"))), "My words."))
    await desk.follow_ups.tick(ROBIN, "c1", TickFollowUp("two"))
    await desk.casework.reopen(ROBIN, "c1", Reopen())
    assert await events_of(desk, ConversationReopened)
    proposal = await desk.wrap_ups.propose(ROBIN, "c1")
    assert (proposal.again, proposal.note_text) == (True, "My words.")
    assert [(f.id, f.done) for f in proposal.follow_ups] == [("own-1", False), ("two", True)]
    await desk.wrap_ups.close(ROBIN, "c1", closing(WrapUpForm((), proposal.follow_ups), proposal.note_text))
    assert [one.follow_up.id for one in (await desk.follow_ups.page(ROBIN)).follow_ups] == ["own-1"]


async def test_the_same_customer_comes_again_and_the_packet_links_back(desk: Desk) -> None:
    """With the note and what is still to do."""
    await at_end(desk)
    await desk.wrap_ups.close(ROBIN, "c1", closing(WrapUpForm((), (OWN,)), "New pair ordered."))
    await arrive(desk, "c2", "it is me again about the boots")
    packet = (await desk.live.state("c2")).packet
    assert packet is not None
    earlier = packet.standing.earlier[0]
    assert (earlier.conversation, earlier.note, earlier.to_do) == (
        "c1",
        "New pair ordered.",
        ("ring her, due 2026-03-06",),
    )
