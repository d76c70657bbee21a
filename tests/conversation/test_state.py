"""A conversation as the fold of its events, one kind after the other."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.conversation import assist_events as a
from console.conversation import events as e
from console.conversation.assistance import (
    Decision,
    KnowledgeHit,
    Mood,
    NextStep,
    Routing,
    Severity,
    StepTaken,
    SummaryKind,
    SummaryLine,
)
from console.conversation.message import Author, Layer, Status
from console.conversation.people import Customer, Identity
from console.conversation.state import Conversation, fold
from tests import strategies as values
from tests.desks import DANA, flag, suggestion

START = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
CUSTOMER, AGENT, BOT = Author.CUSTOMER, Author.AGENT, Author.BOT


def told(*data: e.EventData, actor: str = "agent:robin") -> Conversation:
    """Return the conversation after these events, one a minute."""
    return fold("c1", [e.Event(n, "c1", actor, item, minute(n)) for n, item in enumerate(data, 1)])


def minute(number: int) -> datetime:
    """Return the time of an event."""
    return START + timedelta(minutes=number)


def test_an_opened_conversation_knows_its_customer_and_channel() -> None:
    """Opening says who, where and about what."""
    state = told(e.ConversationOpened("web", DANA, "boots"))
    assert (state.customer, state.channel, state.subject) == (DANA, "web", "boots")
    assert (state.status, state.opened_at) == (Status.BOT, minute(1))


def test_identity_replaces_the_customer() -> None:
    """Once the desk knows who writes, the record is theirs."""
    state = told(e.ConversationOpened("web", Customer("x1")), e.IdentityChanged(Identity.VERIFIED, DANA))
    assert (state.identity, state.customer) == (Identity.VERIFIED, DANA)


def test_what_went_out_against_a_warning_or_by_a_leads_leave_is_an_exception() -> None:
    """It alone: the next message is none."""
    state = told(
        a.WarningPassed("f-1", "delivery-dates", "the courier confirmed it", "by Friday"),
        e.MessageAdded(AGENT, "by Friday"),
        e.MessageAdded(AGENT, "a rule"),
        e.MessageAdded(AGENT, "we refund £350", approval="a-1"),
    )
    assert [message.excepted for message in state.messages] == [True, False, True]


def test_messages_are_numbered_by_their_place() -> None:
    """Whatever happens between them."""
    state = told(
        e.MessageAdded(CUSTOMER, "one"),
        e.NoteAdded("a note", "Robin"),
        e.MessageAdded(BOT, "two"),
        e.MessageAdded(AGENT, "three", "Robin", "s-1"),
    )
    assert [m.id for m in state.messages] == ["m1", "m2", "m3"]
    assert state.message("m3") == state.messages[2]
    assert [state.message(name) for name in ("m0", "m4", "m-1", "x", "", "m")] == [None] * 6
    assert state.messages[2].suggestion == "s-1"
    assert state.messages[1].seq == 3


def test_the_time_the_channel_names_goes_before_the_time_of_arrival() -> None:
    """A message fetched late still stands at the time it was written."""
    state = told(e.MessageAdded(CUSTOMER, "one", written_at=START))
    assert state.messages[0].at == START


def test_a_customer_waits_from_their_first_unanswered_message() -> None:
    """Not from the latest; and a bot's words are no answer."""
    state = told(
        e.MessageAdded(CUSTOMER, "one"), e.MessageAdded(BOT, "hm"), e.MessageAdded(CUSTOMER, "two"), e.HandedOver("x")
    )
    assert state.waiting_since == minute(1)
    state.apply(e.Event(5, "c1", "agent:robin", e.MessageAdded(AGENT, "Here I am"), minute(5)))
    assert state.waiting_since is None


def test_an_answer_puts_the_suggestions_away() -> None:
    """They were made for the moment before it, but stay known by their id."""
    one = suggestion("I can reship it")
    state = told(e.MessageAdded(CUSTOMER, "hi"), a.RepliesSuggested("m1", (one,)), e.MessageAdded(AGENT, "Hello"))
    assert state.suggestions == ()
    assert state.offered == {one.id: one}


def test_a_parked_conversation_wakes_when_the_customer_writes() -> None:
    """And for nothing else."""
    parked = (e.ConversationClaimed("robin", "Robin"), e.ConversationReleased(parked=True))
    assert told(*parked).status is Status.PARKED
    assert told(*parked, e.MessageAdded(Author.SYSTEM, "look-up")).status is Status.PARKED
    awake = told(*parked, e.MessageAdded(CUSTOMER, "hello?"))
    assert (awake.status, awake.agent) == (Status.ACTIVE, "robin")


def test_a_released_conversation_belongs_to_nobody() -> None:
    """It waits for the next agent."""
    state = told(e.ConversationClaimed("robin", "Robin"), e.ConversationReleased(parked=False))
    assert (state.status, state.agent, state.agent_name) == (Status.WAITING, "", "")


def test_a_hand_over_tells_why_and_waits() -> None:
    """With its tier and time."""
    state = told(e.HandedOver("asked for a person", 2))
    assert state.handover is not None
    assert (state.handover.reason, state.handover.tier, state.handover.at) == ("asked for a person", 2, minute(1))
    assert (state.status, state.waiting_since) == (Status.WAITING, minute(1))


@pytest.mark.parametrize("claimed", [True, False])
def test_a_reopened_conversation_goes_back_to_who_had_it(claimed: bool) -> None:
    """Or to the queue, where nobody had it."""
    first = [e.ConversationClaimed("robin", "Robin")] if claimed else []
    state = told(*first, e.ConversationClosed("solved", resolved=True), e.ConversationReopened())
    assert state.status is (Status.ACTIVE if claimed else Status.WAITING)


def test_a_closed_conversation_owes_nothing() -> None:
    """It keeps how it ended."""
    state = told(e.MessageAdded(CUSTOMER, "hi"), e.ConversationClosed("solved", resolved=True))
    assert (state.status, state.disposition, state.resolved, state.waiting_since) == (
        Status.CLOSED,
        "solved",
        True,
        None,
    )


def test_a_conversation_closed_by_mistake_owes_again_what_it_owed() -> None:
    """Opened again, the customer has waited since they wrote; answered, they wait for nothing."""
    closed = e.ConversationClosed("solved", resolved=True)
    asked = (e.MessageAdded(CUSTOMER, "one"), e.MessageAdded(CUSTOMER, "two"))
    assert told(*asked, closed, e.ConversationReopened()).waiting_since == minute(1)
    assert told(*asked, e.MessageAdded(AGENT, "yes"), closed, e.ConversationReopened()).waiting_since is None
    assert told(closed, e.MessageAdded(CUSTOMER, "one"), closed, e.ConversationReopened()).waiting_since == minute(2)


def test_a_customer_who_writes_again_after_the_end_waits_from_that_message() -> None:
    """Thanks that nobody answered are nothing owed."""
    state = told(e.MessageAdded(CUSTOMER, "thanks"), e.ConversationClosed("solved", resolved=True))
    state.apply(e.Event(3, "c1", "customer:u1", e.ConversationReopened("the customer wrote again"), minute(9)))
    state.apply(e.Event(4, "c1", "customer:u1", e.MessageAdded(CUSTOMER, "one more thing"), minute(9)))
    assert state.waiting_since == minute(9)


def test_human_only_darkens_what_the_ai_had_shown() -> None:
    """Summary, suggestions, knowledge and mood go; flags stay."""
    mood = Mood(-0.5, "cross", "falling", 0.6)
    warning = flag("abuse", Severity.INFO, message="m1")
    state = told(
        a.SummaryUpdated("m1", (SummaryLine(SummaryKind.ISSUE, "late boots", ("m1",)),)),
        a.RepliesSuggested("m1", (suggestion("x"),)),
        a.KnowledgeFound("m1", (KnowledgeHit("a.md", "A", "text", 0.8),)),
        a.MoodRead("m1", mood),
        a.FlagsRaised("m1", (warning,)),
        e.RoutingChanged(Routing("bereavement", Layer.HUMAN_ONLY, 3)),
    )
    assert (state.summary, state.suggestions, state.knowledge, state.mood) == ((), (), (), None)
    assert state.layer is Layer.HUMAN_ONLY
    assert state.flags == {warning.id: warning}


def test_withheld_assistance_says_why_until_there_is_some() -> None:
    """New suggestions or a new summary end it."""
    withheld = a.AssistanceWithheld("m1", "English only")
    assert told(withheld).withheld == "English only"
    assert told(a.RepliesSuggested("m1", (suggestion("x"),)), withheld).suggestions == ()
    assert told(withheld, a.RepliesSuggested("m2", ())).withheld == ""
    assert told(withheld, a.SummaryUpdated("m2", ())).withheld == ""


def test_a_dismissed_flag_stays_dismissed() -> None:
    """Also when a later message raises it again."""
    raised = a.FlagsRaised("m1", (flag("deadline", Severity.WARN, message="m1"),))
    name = raised.flags[0].id
    assert set(told(raised).flags) == {name}
    state = told(raised, a.FlagDismissed(name, "deadline"), raised)
    assert (state.flags, state.dismissed) == ({}, {name})


def test_a_suggestion_keeps_the_time_it_was_first_shown() -> None:
    """Shown again changes nothing."""
    state = told(a.SuggestionsShown("m1", ("s-1",)), a.SuggestionsShown("m1", ("s-1", "s-2")))
    assert state.shown_at == {"s-1": minute(1), "s-2": minute(2)}


def test_decisions_and_ratings_are_kept_by_suggestion() -> None:
    """A later mark replaces an earlier one."""
    state = told(
        a.SuggestionDecided("s-1", Decision.EDITED, "text", 4, 2.0, ""),
        a.SuggestionRated("s-1", thumb=1),
        a.SuggestionRated("s-1", stars=4, reason="close"),
    )
    assert state.decisions == {"s-1": Decision.EDITED}
    assert (state.ratings["s-1"].thumb, state.ratings["s-1"].stars, state.ratings["s-1"].reason) == (0, 4, "close")


def test_an_approval_is_open_until_it_is_decided() -> None:
    """It remembers who asked, for which text, and the answer."""
    asked = e.ApprovalRequested("a-1", "I refund £250", (flag("refund", Severity.BLOCK),), "loyal customer")
    assert told(asked).approvals["a-1"].approved is None
    approval = told(asked, e.ApprovalDecided("a-1", approved=True, reason="fine")).approvals["a-1"]
    assert (approval.agent, approval.text, approval.approved, approval.answer) == (
        "robin",
        "I refund £250",
        True,
        "fine",
    )
    assert told(e.ApprovalDecided("a-9", approved=True)).approvals == {}


def test_an_approval_remembers_the_message_it_let_out() -> None:
    """By that message's key, so that a retry of it is known."""
    asked, granted = e.ApprovalRequested("a-1", "I refund £250", ()), e.ApprovalDecided("a-1", approved=True)
    state = told(asked, granted)
    assert state.approvals["a-1"].used == ""
    sent = e.MessageAdded(AGENT, "I refund £250", approval="a-1")
    state.apply(e.Event(9, "c1", "agent:robin", sent, minute(9), "console", "k1"))
    assert (state.approvals["a-1"].used, state.approvals["a-1"].approved) == ("k1", True)


def test_delivery_and_notes_are_placed_by_message() -> None:
    """A note stands after the message it followed."""
    state = told(e.MessageAdded(AGENT, "hi"), e.MessageDelivered("m1", "ref-7"), e.NoteAdded("call back", "Robin"))
    assert state.delivered == {"m1": "ref-7"}
    assert (state.notes[0].after, state.notes[0].text) == ("m1", "call back")


@given(values.histories(), st.data())
def test_folding_page_by_page_equals_folding_whole(history: list[e.Event], data: st.DataObject) -> None:
    """Also when pages overlap, as they do after a reconnection."""
    whole = fold("c1", history)
    paged = Conversation("c1")
    place = 0
    while place < len(history):
        end = data.draw(st.integers(place + 1, len(history)))
        for event in history[data.draw(st.integers(0, place)) : end]:
            paged.apply(event)
        place = end
    assert paged == whole


@given(values.histories())
def test_every_message_is_found_by_its_id(history: list[e.Event]) -> None:
    """Ids are unique, in order, and lead back to their message."""
    state = fold("c1", history)
    assert [m.id for m in state.messages] == [f"m{n}" for n in range(1, len(state.messages) + 1)]
    assert all(state.message(m.id) is m for m in state.messages)


STEP = NextStep(StepTaken("refunded", 3, 2), 4, ())


@pytest.mark.parametrize(
    "after",
    [
        e.MessageAdded(AGENT, "I'll refund it."),
        e.RoutingChanged(Routing("injury", Layer.HUMAN_ONLY, 3)),
        a.AssistanceHidden(hidden=True),
        a.AssistanceWithheld("m2", "English only."),
        a.NextStepProposed("m2", None),
    ],
    ids=["answered", "human-only", "hidden", "withheld", "none any more"],
)
def test_a_next_step_goes_as_suggestions_do(after: e.EventData) -> None:
    """It was proposed for the moment before."""
    opened = (e.MessageAdded(CUSTOMER, "where is it?"), a.NextStepProposed("m1", STEP))
    assert told(*opened).next_step == STEP
    assert told(*opened, after).next_step is None
