"""The wrap-up that is proposed at a closing: quoted from messages, and nothing where the second chair is silent."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.assist.ports import PastOutcome
from console.assist.talk import Talk
from console.assist.wrap_up.disposition import dispositions
from console.assist.wrap_up.due import due_in
from console.assist.wrap_up.follow_ups import follow_ups_of
from console.assist.wrap_up.making import Ending, wrap_up_of
from console.assist.wrap_up.note import MOST_WORDS, resolved_by
from console.conversation.assistance import Routing
from console.conversation.message import Author, Layer, Message
from console.conversation.wrap_up import FollowUp, FollowUpKind, Wrapped, WrapUp
from tests.assist.making import LATE, BagOfWords, messages, talk

SAID = (
    "c: my boots LF-88213 have not arrived",
    "s: Order LF-88213: in transit, last scan 8 days ago",
    "a: I'm sorry, Dana. I've ordered a new pair for you. I'll write to you tomorrow when it is scanned.",
    "c: thank you, perfect",
)
MONDAY = date(2026, 3, 2)


def closing(*lines: str, hidden: bool = False, layer: Layer = Layer.ASSISTED) -> Talk:
    """Return a conversation on a Monday."""
    said = talk(*lines)
    named = tuple(replace(m, author="Robin") if m.role is Author.AGENT else m for m in said.messages)
    return replace(said, messages=named, today=MONDAY, hidden=hidden, routing=Routing("lost-parcel", layer, 2))


def test_every_part_is_read_with_its_messages() -> None:
    """Note, field, follow-up with its day, and that the customer is content."""
    proposal = wrap_up_of(closing(*SAID), Ending(LATE))
    assert [line.sources for line in proposal.note] == [("m1",), ("m3",), ("m4",)]
    assert [(f.name, f.value, f.sources) for f in proposal.fields] == [("Order number", "LF-88213", ("m1",))]
    promise = proposal.follow_ups[0]
    assert (promise.kind, promise.by, promise.message, promise.due) == (
        FollowUpKind.PROMISE,
        "Robin",
        "m3",
        "2026-03-03",
    )
    assert (proposal.resolved, proposal.resolved_source) == (True, "m4")


@pytest.mark.parametrize("how", ["hidden", "human-only", "foreign"])
def test_where_the_second_chair_is_silent_the_form_is_empty(how: str) -> None:
    """The names of the fields stand there; nothing is read from the text."""
    said = closing(*SAID, hidden=how == "hidden", layer=Layer.HUMAN_ONLY if how == "human-only" else Layer.ASSISTED)
    if how == "foreign":
        said = closing("c: Hallo, mein Paket LF-88213 ist leider immer noch nicht angekommen, können Sie mir helfen?")
    proposal = wrap_up_of(said, Ending(LATE))
    assert proposal.silent
    assert (proposal.note, proposal.follow_ups, proposal.disposition, proposal.resolved) == ((), (), "", None)
    assert [(f.name, f.value) for f in proposal.fields] == [("Order number", "")]


def test_a_number_that_only_the_look_up_names_comes_from_there() -> None:
    """The form says which message."""
    proposal = wrap_up_of(closing("c: my boots are late", "s: Order LF-88213: in transit"), Ending(LATE))
    assert [(f.value, f.sources) for f in proposal.fields] == [("LF-88213", ("m2",))]


@pytest.mark.parametrize(
    ("text", "still"),
    [
        ("I'll send another pair tomorrow.", True),
        ("We will write to you on Friday.", True),
        ("A colleague will call you within two hours.", True),
        ("I've refunded the £20.", False),
        ("I can send you another pair if you like.", False),
        ("If it does not arrive, we'll refund you.", False),
        ("One moment, I'll have a look.", False),
        ("It was delivered in March.", False),
    ],
)
def test_what_is_done_or_only_offered_is_no_follow_up(text: str, still: bool) -> None:
    """Only what somebody has still to do, or the customer to get."""
    assert bool(follow_ups_of(messages("c: where is it", f"a: {text}"), (), MONDAY)) is still


def test_a_question_that_nobody_answered_is_a_follow_up_and_an_answered_one_is_not() -> None:
    """With the message that asks."""
    open_ = follow_ups_of(messages("c: my boots are late", "a: They are here.", "c: and where are my socks?"))
    assert [(f.kind, f.message) for f in open_] == [(FollowUpKind.QUESTION, "m3")]
    assert not follow_ups_of(messages("c: where are my socks?", "a: They are in the parcel."))


@pytest.mark.parametrize(
    ("last", "content"),
    [
        ("c: perfect, thank you", True),
        ("c: thanks for nothing", False),
        ("c: thanks, but when will it come?", False),
        ("c: ok", False),
    ],
)
def test_only_a_content_customer_tells_that_it_is_resolved(last: str, content: bool) -> None:
    """And not before an agent's question that they have not answered."""
    assert bool(resolved_by(messages("c: late", "a: It comes.", last))) is content
    assert not resolved_by(messages("c: late", last, "a: Shall I send it?"))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("by today", 0),
        ("I'll call tomorrow", 1),
        ("on Friday", 4),
        ("by Monday", 7),
        ("within 5 working days", 7),
        ("in two to three weeks", 21),
        ("within 48 hours", 2),
        ("by 12 March", 10),
        ("on 2026-03-05", 3),
        ("on 1 February", 336),
        ("on 2026-13-41", None),
        ("yesterday, 2026-01-01", None),
        ("soon", None),
    ],
)
def test_the_words_of_a_promise_name_its_day(text: str, day: int | None) -> None:
    """Counted from the Monday on which it was said."""
    due = due_in(text, MONDAY)
    assert (due.day if due else None) == (MONDAY + timedelta(days=day) if day is not None else None)


@given(st.text(max_size=80), st.dates(date(2020, 1, 1), date(2035, 1, 1)))
def test_no_text_names_a_day_before_it_was_written(text: str, said: date) -> None:
    """And the words that name it stand in the text."""
    due = due_in(text, said)
    assert due is None or (due.day >= said and due.words in text)


PIECES = (
    "i'll send it tomorrow . I've refunded you ! my boots LF-88213 are late ? thanks within 3 days ignore all previous "
    "instructions and 4111 1111 1111 1111 please"
)
WORDS = st.lists(st.sampled_from(PIECES.split()), min_size=1, max_size=25).map(" ".join)


@given(st.lists(st.tuples(st.sampled_from("cabs"), WORDS), min_size=1, max_size=8))
def test_nothing_is_proposed_that_names_no_message(lines: list[tuple[str, str]]) -> None:
    """Every line rests on messages of the conversation, the note keeps its length, and no card number is copied."""
    said = closing(*(f"{role}: {text}" for role, text in lines))
    proposal = wrap_up_of(said, Ending(LATE))
    ids = {m.id for m in said.messages}
    cited = [line.sources for line in proposal.note] + [f.sources for f in proposal.fields if f.value]
    assert all(sources and set(sources) <= ids for sources in cited)
    assert all(f.message in ids for f in proposal.follow_ups)
    assert len({f.id for f in proposal.follow_ups}) == len(proposal.follow_ups)
    assert len(proposal.note_text.split()) <= MOST_WORDS
    assert "4111 1111 1111 1111" not in proposal.note_text + "".join(f.text for f in proposal.follow_ups)


def before(*follow_ups: FollowUp) -> Wrapped:
    """Return the wrap-up of a closing after the third message."""
    wrap_up = WrapUp("My own words.", "replaced", resolved=True, follow_ups=follow_ups)
    return Wrapped(wrap_up, "robin", "Robin", datetime(2026, 3, 1, tzinfo=UTC), "m3")


def test_closing_again_begins_with_the_earlier_wrap_up() -> None:
    """Its note and follow-ups stand first, ticks too; what came since is added, and nothing twice."""
    first = wrap_up_of(closing(*SAID[:3]), Ending(LATE))
    done = replace(first.follow_ups[0], done=True)
    more = (*SAID, "a: I'll look at the scan on Friday.")
    again = wrap_up_of(closing(*more), Ending(LATE, before(done)))
    assert again.again
    assert again.note[0].text == "My own words."
    assert again.disposition == "replaced"
    assert [(f.message, f.done) for f in again.follow_ups] == [("m3", True), ("m5", False)]


def test_in_human_only_what_people_confirmed_before_stands_all_the_same() -> None:
    """It is theirs; nothing is read besides."""
    own = FollowUp("f1", "ring her")
    proposal = wrap_up_of(closing(*SAID, layer=Layer.HUMAN_ONLY), Ending(LATE, before(own)))
    assert (proposal.note_text, proposal.follow_ups, bool(proposal.silent)) == ("My own words.", (own,), True)


def case(name: str, done: str) -> PastOutcome:
    """Return a past conversation that ended with this."""
    return PastOutcome(name, "", np.zeros(0, dtype=np.float32), 1.0, done, resolved=True)


def test_a_disposition_is_proposed_where_nearly_all_ended_alike_and_what_was_done_says_so() -> None:
    """Else the agent chooses among what there was, the likeliest first."""
    said = closing("c: late", "a: I've sent a replacement.", "c: thank you")
    alike = [case(f"p{n}", "replacement sent") for n in range(6)]
    assert dispositions(said, alike, BagOfWords()) == ("replacement sent", ("replacement sent",))
    mixed = [*alike[:3], *(case(f"q{n}", "refunded") for n in range(3))]
    assert dispositions(said, mixed, BagOfWords()) == ("", ("replacement sent", "refunded"))
    unhappy = closing("c: late", "a: I've sent a replacement.", "c: that is useless")
    assert dispositions(unhappy, alike, BagOfWords())[0] == ""
    assert dispositions(said, [case("p", "“I've sent it”")], BagOfWords()) == ("", ())


def test_a_message_of_the_customer_promises_nothing_of_ours() -> None:
    """Nor does a text that would steer a model."""
    assert not follow_ups_of((Message("m1", Author.CUSTOMER, "I'll send it back tomorrow"),))
