"""The agent's words on their way to the customer: checked, decided upon, logged."""

import asyncio
from dataclasses import replace

import pytest

from console.conversation.assist_events import RepliesSuggested, SuggestionDecided, WarningPassed
from console.conversation.assistance import Decision, Severity
from console.conversation.commands import (
    AddNote,
    Close,
    DecideApproval,
    Dismiss,
    PassedWarning,
    Release,
    RequestApproval,
    SaveDraft,
    SendMessage,
    SendResult,
)
from console.conversation.events import MessageAdded, NewEvent
from console.conversation.message import Author
from console.conversation.people import Agent, Role
from console.desk.decisions import decisions_on_replacement
from console.desk.desk import Desk
from console.desk.errors import Forbidden, KeyReused, NotFound, Refused, Taken
from tests.desks import MARTA, ROBIN, SAM, Chair, Clock, arrive, events_of, flag, suggest, suggestion, watch, writes

RESHIP = suggestion("I can send a replacement by express today, at no cost.")
TRACK = suggestion("I have asked the carrier to trace the parcel.")


@pytest.fixture
async def claimed(desk: Desk) -> Desk:
    """A desk with one conversation, which Robin has."""
    await arrive(desk)
    await desk.casework.claim(ROBIN, "c1")
    return desk


async def send(desk: Desk, text: str, key: str = "k1", agent: Agent = ROBIN, **more: object) -> SendResult:
    """Send a text."""
    return await desk.sending.send(agent, "c1", SendMessage(text, key, **more))  # type: ignore[arg-type]


async def decided(desk: Desk) -> dict[str, Decision]:
    """Return what was decided, by suggestion."""
    events = await events_of(desk, SuggestionDecided)
    return {e.data.suggestion: e.data.decision for e in events if isinstance(e.data, SuggestionDecided)}


async def test_a_text_goes_out_under_the_agents_name(claimed: Desk) -> None:
    """And the customer waits no more; the draft is used up."""
    await claimed.casework.save_draft(ROBIN, "c1", SaveDraft("Hello Da"))
    result = await send(claimed, "Hello Dana\u202e ")
    state = await claimed.live.state("c1")
    assert result == SendResult(sent=True, message="m2")
    assert (state.messages[-1].role, state.messages[-1].text, state.messages[-1].author) == (
        Author.AGENT,
        "Hello Dana",
        "Robin Ashdale",
    )
    assert state.waiting_since is None
    assert await claimed.casework.draft(ROBIN, "c1") == ""


async def test_a_suggestion_sent_unchanged_is_accepted_and_the_other_ignored(claimed: Desk, clock: Clock) -> None:
    """With how long the agent took."""
    await suggest(claimed, RESHIP, TRACK)
    clock.forward(4.5)
    result = await send(claimed, RESHIP.text, suggestion=RESHIP.id)
    assert result.decision is Decision.ACCEPTED
    assert await decided(claimed) == {RESHIP.id: Decision.ACCEPTED, TRACK.id: Decision.IGNORED}
    event = (await events_of(claimed, SuggestionDecided))[0].data
    assert isinstance(event, SuggestionDecided)
    assert (event.seconds, event.edit_distance, event.final_text) == (4.5, 0, RESHIP.text)


async def test_a_suggestion_put_away_and_sent_all_the_same_is_accepted(claimed: Desk) -> None:
    """The later decision counts."""
    await suggest(claimed, RESHIP)
    await claimed.feedback.dismiss(ROBIN, "c1", Dismiss(RESHIP.id))
    result = await send(claimed, RESHIP.text, suggestion=RESHIP.id)
    assert result.decision is Decision.ACCEPTED
    assert (await claimed.live.state("c1")).decisions[RESHIP.id] is Decision.ACCEPTED


async def test_a_suggestion_typed_out_by_hand_is_accepted_too(claimed: Desk) -> None:
    """It does not matter how the words came into the composer."""
    await suggest(claimed, RESHIP)
    await send(claimed, RESHIP.text)
    assert await decided(claimed) == {RESHIP.id: Decision.ACCEPTED}


async def test_a_changed_suggestion_is_edited(claimed: Desk) -> None:
    """With how many letters were changed."""
    await suggest(claimed, RESHIP, TRACK)
    text = RESHIP.text.replace("today", "tomorrow")
    assert (await send(claimed, text, suggestion=RESHIP.id)).decision is Decision.EDITED
    assert await decided(claimed) == {RESHIP.id: Decision.EDITED, TRACK.id: Decision.IGNORED}
    event = (await events_of(claimed, SuggestionDecided))[0].data
    assert isinstance(event, SuggestionDecided)
    assert event.edit_distance == 6


async def test_a_suggestion_rewritten_from_end_to_end_is_overridden(claimed: Desk) -> None:
    """Taking it into the composer first does not make it used."""
    await suggest(claimed, RESHIP)
    result = await send(claimed, "Would Thursday suit you?", suggestion=RESHIP.id)
    assert result.decision is Decision.OVERRIDDEN


async def test_ones_own_words_override_what_was_shown(claimed: Desk) -> None:
    """What was not shown is not decided upon."""
    await suggest(claimed, RESHIP)
    hidden = suggestion("Never seen by anybody.")
    await suggest(claimed, RESHIP, TRACK)
    assert hidden.id not in (await claimed.live.state("c1")).shown_at
    await send(claimed, "Give me a minute, please.")
    assert await decided(claimed) == {RESHIP.id: Decision.OVERRIDDEN, TRACK.id: Decision.OVERRIDDEN}


async def test_a_suggestion_taken_before_newer_ones_came_is_still_decided_upon(claimed: Desk) -> None:
    """The agent may write on while the customer does."""
    await suggest(claimed, RESHIP)
    await suggest(claimed, TRACK, turn="m2")
    assert (await send(claimed, RESHIP.text, suggestion=RESHIP.id)).decision is Decision.ACCEPTED


async def test_the_same_key_is_sent_once(claimed: Desk) -> None:
    """A retry gets the same answer, also one at the same moment."""
    await suggest(claimed, RESHIP)
    first, *others = await asyncio.gather(
        *(send(claimed, RESHIP.text, "k1", suggestion=RESHIP.id) for _ in range(4)),
    )
    assert all(result == first for result in others)
    assert first.decision is Decision.ACCEPTED
    assert len((await claimed.live.state("c1")).messages) == 2


async def test_a_key_holds_for_its_conversation_only(claimed: Desk) -> None:
    """The same key elsewhere is another text."""
    await arrive(claimed, "c2")
    await claimed.casework.claim(ROBIN, "c2")
    await send(claimed, "one", "k1")
    result = await claimed.sending.send(ROBIN, "c2", SendMessage("two", "k1"))
    assert (result.sent, (await claimed.live.state("c2")).messages[-1].text) == (True, "two")


async def test_a_key_holds_for_messages_or_for_notes_not_for_both(claimed: Desk) -> None:
    """A note's key says nothing of a message."""
    await claimed.casework.note(ROBIN, "c1", AddNote("call the depot", "k1"))
    result = await send(claimed, "I have called the depot.", "k1")
    state = await claimed.live.state("c1")
    assert (result.message, state.messages[-1].text) == ("m2", "I have called the depot.")
    assert [n.text for n in state.notes] == ["call the depot"]


async def test_a_key_that_comes_with_another_text_is_refused(claimed: Desk) -> None:
    """Rather than saying that it was sent."""
    await send(claimed, "one", "k1")
    with pytest.raises(KeyReused, match="another text"):
        await send(claimed, "two", "k1")
    await claimed.casework.note(ROBIN, "c1", AddNote("one", "k1"))
    with pytest.raises(KeyReused, match="another text"):
        await claimed.casework.note(ROBIN, "c1", AddNote("two", "k1"))
    state = await claimed.live.state("c1")
    assert ([m.text for m in state.messages][1:], [n.text for n in state.notes]) == (["one"], ["one"])


@pytest.mark.parametrize("key", ["", "  ", "k" * 201])
async def test_a_text_without_a_proper_key_is_refused(claimed: Desk, key: str) -> None:
    """It could not be told from the next one."""
    with pytest.raises(Refused, match="needs a key"):
        await send(claimed, "hello", key)


async def test_nobody_writes_in_a_conversation_they_do_not_have(claimed: Desk) -> None:
    """Nor in a closed one, nor nothing."""
    with pytest.raises(Taken, match="Robin Ashdale has this conversation"):
        await send(claimed, "hello", agent=SAM)
    with pytest.raises(Refused, match="nothing to send"):
        await send(claimed, " \u200b ")
    await claimed.casework.close(ROBIN, "c1", Close("solved", resolved=True))
    with pytest.raises(Refused, match="closed"):
        await send(claimed, "hello")
    with pytest.raises(NotFound):
        await claimed.sending.check("nowhere", "hello")


async def test_a_warning_needs_a_reason(claimed: Desk, chair: Chair) -> None:
    """A blank one is none; the one given is logged with the text."""
    chair.judges = watch("Friday", "deadline", Severity.WARN)
    stop = await send(claimed, "It will be there on Friday.")
    assert (stop.sent, [f.policy for f in stop.flags]) == (False, ["deadline"])
    assert len((await claimed.live.state("c1")).messages) == 1
    blank = (PassedWarning(stop.flags[0].id, "  "),)
    assert not (await send(claimed, "It will be there on Friday.", passed=blank)).sent
    passed = (PassedWarning(stop.flags[0].id, "the courier confirmed it"),)
    assert (await send(claimed, "It will be there on Friday.", passed=passed)).sent
    (event,) = await events_of(claimed, WarningPassed)
    assert event.data == WarningPassed(
        stop.flags[0].id, "deadline", "the courier confirmed it", "It will be there on Friday."
    )
    assert (await send(claimed, "Anything else?", "k2")).sent
    assert [message.excepted for message in (await claimed.live.state("c1")).messages] == [False, True, False]


async def test_a_note_of_the_policies_is_never_in_the_way(claimed: Desk, chair: Chair) -> None:
    """Information is shown, not enforced."""
    chair.judges = watch("refund", "tell-finance", Severity.INFO)
    assert (await send(claimed, "I have started the refund.")).sent
    assert [f.policy for f in await claimed.sending.check("c1", "the refund")] == ["tell-finance"]


async def test_a_block_needs_a_leads_approval_of_exactly_that_text(claimed: Desk, chair: Chair) -> None:
    """A reason is not enough, an approval for another text neither, a refusal least of all."""
    chair.judges = watch("refund", "refund-over-limit", Severity.BLOCK)
    text = "I refund you £250."
    stop = await send(claimed, text)
    reason = (PassedWarning(stop.flags[0].id, "she is a good customer"),)
    assert not (await send(claimed, text, passed=reason)).sent
    approval, flags = await claimed.sending.ask_approval(ROBIN, "c1", RequestApproval(text, "loyal since 2021"))
    assert [f.policy for f in flags] == ["refund-over-limit"]
    assert desk_row_approvals(claimed) == 1
    assert not (await send(claimed, text, approval=approval)).sent
    await claimed.sending.decide_approval(MARTA, "c1", approval, DecideApproval(approved=True, reason="fine"))
    assert desk_row_approvals(claimed) == 0
    assert not (await send(claimed, text.replace("250", "950"), approval=approval)).sent
    assert (await send(claimed, text, approval=approval)).sent
    refused, _ = await claimed.sending.ask_approval(ROBIN, "c1", RequestApproval("I refund it all.", "please"))
    await claimed.sending.decide_approval(MARTA, "c1", refused, DecideApproval(approved=False))
    assert not (await send(claimed, "I refund it all.", "k2", approval=refused)).sent


async def approved(desk: Desk, text: str, agent: Agent = ROBIN) -> str:
    """Let an agent ask for a text and a lead approve it; return the approval's id."""
    approval, _ = await desk.sending.ask_approval(agent, "c1", RequestApproval(text, "loyal since 2021"))
    await desk.sending.decide_approval(MARTA, "c1", approval, DecideApproval(approved=True))
    return approval


async def test_an_approval_lets_one_message_out(claimed: Desk, chair: Chair) -> None:
    """A retry of that message is that message; the next one needs an approval of its own."""
    chair.judges = watch("refund", "refund-over-limit", Severity.BLOCK)
    text = "I refund you £250."
    approval = await approved(claimed, text)
    first = await send(claimed, text, "k1", approval=approval)
    assert first.sent
    assert await send(claimed, text, "k1", approval=approval) == first
    assert await send(claimed, text, "k1") == first
    again = await send(claimed, text, "k2", approval=approval)
    assert (again.sent, [f.policy for f in again.flags]) == (False, ["refund-over-limit"])
    sent = [e.data for e in await events_of(claimed, MessageAdded) if e.actor == "agent:robin"]
    assert [d.approval for d in sent if isinstance(d, MessageAdded)] == [approval]


async def test_an_approval_that_was_not_needed_is_left_for_when_it_is(claimed: Desk, chair: Chair) -> None:
    """The policy may have been put aside meanwhile, and come back."""
    chair.judges = watch("refund", "refund-over-limit", Severity.BLOCK)
    text = "I refund you £250."
    approval = await approved(claimed, text)
    chair.judges = lambda _: ()
    assert (await send(claimed, text, "k1", approval=approval)).sent
    chair.judges = watch("refund", "refund-over-limit", Severity.BLOCK)
    assert (await send(claimed, text, "k2", approval=approval)).sent
    assert not (await send(claimed, text, "k3", approval=approval)).sent


async def test_an_approval_is_of_the_agent_who_asked(claimed: Desk, chair: Chair) -> None:
    """A colleague who takes the conversation over asks for themselves."""
    chair.judges = watch("refund", "refund-over-limit", Severity.BLOCK)
    approval = await approved(claimed, "I refund you £250.")
    await claimed.casework.release(ROBIN, "c1", Release())
    await claimed.casework.claim(SAM, "c1")
    assert not (await send(claimed, "I refund you £250.", agent=SAM, approval=approval)).sent


async def test_an_approval_covers_what_the_lead_saw_in_the_way_and_no_more(claimed: Desk, chair: Chair) -> None:
    """What blocks the text since then, the lead has not judged."""
    refund = watch("refund", "refund-over-limit", Severity.BLOCK)
    chair.judges = refund
    text = "I refund you £250, Dana Kovel of 12 Mill Lane."
    approval = await approved(claimed, text)
    address = watch("Mill Lane", "personal-data", Severity.BLOCK)
    chair.judges = lambda draft: (*refund(draft), *address(draft))
    stop = await send(claimed, text, approval=approval)
    assert (stop.sent, [f.policy for f in stop.flags]) == (False, ["refund-over-limit", "personal-data"])
    assert (await send(claimed, text, approval=await approved(claimed, text))).sent


def desk_row_approvals(desk: Desk) -> int:
    """Return how many texts wait for a lead, as the inbox says."""
    return desk.live.rows["c1"].approvals


async def test_an_approval_is_decided_once_and_by_a_lead(claimed: Desk, chair: Chair) -> None:
    """And only asked for what is blocked, with a reason."""
    with pytest.raises(Refused, match="no policy blocks this text"):
        await claimed.sending.ask_approval(ROBIN, "c1", RequestApproval("I refund you.", "why not"))
    chair.judges = watch("refund", "refund-over-limit", Severity.BLOCK)
    with pytest.raises(Refused, match="reason"):
        await claimed.sending.ask_approval(ROBIN, "c1", RequestApproval("I refund you.", " "))
    approval, _ = await claimed.sending.ask_approval(ROBIN, "c1", RequestApproval("I refund you.", "why not"))
    with pytest.raises(Forbidden):
        await claimed.sending.decide_approval(SAM, "c1", approval, DecideApproval(approved=True))
    with pytest.raises(NotFound):
        await claimed.sending.decide_approval(MARTA, "c1", "a-none", DecideApproval(approved=True))
    await claimed.sending.decide_approval(MARTA, "c1", approval, DecideApproval(approved=False))
    with pytest.raises(Refused, match="decided already"):
        await claimed.sending.decide_approval(MARTA, "c1", approval, DecideApproval(approved=True))


@pytest.mark.parametrize("lead", [replace(ROBIN, role=Role.LEAD), replace(MARTA, name=ROBIN.name)])
async def test_nobody_approves_what_they_asked_for_themselves(claimed: Desk, chair: Chair, lead: Agent) -> None:
    """Neither as a lead by now nor under a second account of the same name; taking the request back is theirs."""
    chair.judges = watch("refund", "refund-over-limit", Severity.BLOCK)
    text = "I refund you £250."
    approval, _ = await claimed.sending.ask_approval(ROBIN, "c1", RequestApproval(text, "loyal since 2021"))
    with pytest.raises(Forbidden, match=r"asked for this yourself; another lead can approve it, or .* with a reason"):
        await claimed.sending.decide_approval(lead, "c1", approval, DecideApproval(approved=True))
    assert not (await send(claimed, text, approval=approval)).sent
    assert desk_row_approvals(claimed) == 1
    await claimed.sending.decide_approval(lead, "c1", approval, DecideApproval(approved=False))
    assert desk_row_approvals(claimed) == 0


async def test_a_lead_who_writes_overrides_a_block_with_a_reason(desk: Desk, chair: Chair) -> None:
    """On record as an override of theirs, which is no approval; an agent who passes a warning overrides nothing."""
    await arrive(desk)
    await desk.casework.claim(MARTA, "c1")
    chair.judges = watch("refund", "refund-over-limit", Severity.BLOCK)
    assert not (await send(desk, "I refund you.", agent=MARTA)).sent
    passed = (PassedWarning(flag("refund-over-limit", Severity.BLOCK).id, "I may"),)
    assert (await send(desk, "I refund you.", agent=MARTA, passed=passed)).sent
    (event,) = await events_of(desk, WarningPassed)
    assert event.data == WarningPassed(passed[0].flag, "refund-over-limit", "I may", "I refund you.", override=True)
    assert not (await desk.live.state("c1")).approvals


async def test_a_reply_in_the_composer_is_decided_by_what_is_sent_though_newer_ones_came(claimed: Desk) -> None:
    """The customer's next message must not turn an edit into a reply that was ignored."""
    await suggest(claimed, RESHIP, TRACK)
    await writes(claimed, "hello?", "k2")
    newer = suggestion("Is there anything I have left open?", turn="m2")
    state = await claimed.live.state("c1")
    replaced = [NewEvent("c1", "assist", d, claimed.now()) for d in decisions_on_replacement(state, claimed.now())]
    await claimed.live.record([*replaced, NewEvent("c1", "assist", RepliesSuggested("m2", (newer,)), claimed.now())])
    await claimed.sending.send(ROBIN, "c1", SendMessage(RESHIP.text + " Sorry again.", "s1", RESHIP.id))
    assert (await decided(claimed))[RESHIP.id] is Decision.EDITED


async def test_own_words_override_what_stood_on_the_screen_last_though_newer_ones_came(claimed: Desk) -> None:
    """The newer ones were never seen; the older ones were read and not used."""
    await suggest(claimed, RESHIP, TRACK)
    await writes(claimed, "hello?", "k2")
    state = await claimed.live.state("c1")
    replaced = [NewEvent("c1", "assist", d, claimed.now()) for d in decisions_on_replacement(state, claimed.now())]
    newer = suggestion("Is there anything I have left open?", turn="m2")
    await claimed.live.record([*replaced, NewEvent("c1", "assist", RepliesSuggested("m2", (newer,)), claimed.now())])
    await claimed.sending.send(ROBIN, "c1", SendMessage("No. Let me explain what happened.", "s1"))
    assert await decided(claimed) == {RESHIP.id: Decision.OVERRIDDEN, TRACK.id: Decision.OVERRIDDEN}


async def test_a_message_is_never_cut_without_a_word(claimed: Desk) -> None:
    """What is too long is refused whole."""
    with pytest.raises(Refused, match="20,000 characters; send it in parts"):
        await send(claimed, "a" * 20_001)
    assert (await send(claimed, "a" * 20_000)).sent
