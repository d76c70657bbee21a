"""The fold of what people decide at the boundary."""

from hypothesis import given
from hypothesis import strategies as st

from console.conversation import events as e
from console.conversation.assist_events import MoodRead
from console.conversation.assistance import Mood, Routing
from console.conversation.boundary import Verdict
from console.conversation.boundary_events import AssistanceAllowed, BotAnswerMarked
from console.conversation.handover import HandoverWhen, Trigger
from console.conversation.message import Author, Layer
from console.conversation.state import fold
from tests.conversation.test_state import minute

RESERVED = e.RoutingChanged(Routing("press", Layer.HUMAN_ONLY, 3))
LET_IN = AssistanceAllowed("press", "Marta Quill", "it is about his order")
BACK = AssistanceAllowed("press", "Robin Ashdale", allowed=False)
SAID = e.MessageAdded(Author.CUSTOMER, "hello")
FEELS = MoodRead("m1", Mood(0.1, "calm", "steady", 0.1))


def happened(*data: e.EventData) -> list[e.Event]:
    """Return these events of one conversation."""
    return [e.Event(n, "c1", "agent:robin", item, minute(n)) for n, item in enumerate(data, 1)]


def test_what_brought_it_to_people_is_kept_of_every_handover() -> None:
    """The bot may have it again in between."""
    asked, angry = Trigger(HandoverWhen.ASKED, "asked"), Trigger(HandoverWhen.MOOD, "cross")
    state = fold("c1", happened(e.HandedOver("a", triggers=(asked,)), SAID, e.HandedOver("b", triggers=(angry,))))
    assert state.boundary.handed == {HandoverWhen.ASKED, HandoverWhen.MOOD}


def test_a_new_reason_takes_assistance_away_again_and_a_lead_may_let_it_in_again() -> None:
    """What the lead had seen moves on."""
    once = happened(SAID, RESERVED, LET_IN, SAID, RESERVED)
    assert fold("c1", once).dark
    again = fold("c1", [*once, *happened(*[SAID] * 5, LET_IN)[5:]])
    assert (again.layer, again.boundary.judged) == (Layer.ASSISTED, 2)


@given(st.lists(st.sampled_from([SAID, RESERVED, LET_IN, BACK, FEELS]), max_size=20))
def test_it_is_dark_from_the_last_reason_until_the_last_word_of_a_lead(history: list[e.EventData]) -> None:
    """And nothing that was worked out before a reason is shown after it."""
    state = fold("c1", happened(*history))
    turns = [data for data in history if data in (RESERVED, LET_IN, BACK)]
    assert state.dark is (bool(turns) and turns[-1] != LET_IN)
    if turns and turns[-1] != LET_IN:
        last = max(place for place, data in enumerate(history) if data in (RESERVED, BACK))
        assert bool(state.moods) is (FEELS in history[last:])
    assert len(state.boundary.turnings) == sum(data in (LET_IN, BACK) for data in history)


@given(st.lists(st.tuples(st.sampled_from(["m1", "m2"]), st.sampled_from(Verdict)), max_size=12))
def test_of_the_marks_on_a_message_the_last_one_stands(given_marks: list[tuple[str, Verdict]]) -> None:
    """And none where it was taken back."""
    state = fold("c1", happened(*(BotAnswerMarked(message, verdict, "Robin") for message, verdict in given_marks)))
    last = dict(given_marks)
    assert {m: mark.verdict for m, mark in state.boundary.marks.items()} == {m: v for m, v in last.items() if v}
