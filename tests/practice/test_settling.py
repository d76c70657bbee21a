"""Which of an agent's sentences a draft takes for what settled the matter, as the shipped head reads them."""

import pytest

from console.practice.acts import Act, ActSaid
from console.practice.making.settling import settles
from console.practice.recognising_acts import acts_in
from knowledge import Embedder


@pytest.mark.parametrize(
    "said",
    [
        "I can send a second pair by express today, free, or start your refund.",
        "A new mat leaves today by express.",
        "I've opened a claim and sent you a short form; it takes five minutes.",
        "Your reservation has been successfully cancelled.",
        "Your flight from JFK to SFO on May 24th has been successfully booked.",
        "Can I book the appointment for you?",
        "Shall I book you a video fitting, free, twenty minutes?",
        "Would you like to proceed with the cancellation?",
    ],
)
def test_an_offer_a_promise_and_a_deed_settle_something(said: str, embedder: Embedder) -> None:
    """Also as a question that asks leave for a deed."""
    assert [settles(one) for one in acts_in(said, embedder)] == [True]


@pytest.mark.parametrize(
    "said",
    [
        "Hello Ottoline, I'm Robin.",
        "Thank you for providing the reservation ID.",
        "One moment, I'm looking into it.",
        "I'm sorry that you had to wait.",
        "You shouldn't have been sent the link again.",
        "With whom would you like to schedule the meeting?",
        "Would you like to change any of your criteria?",
        "Sure, what can I change for you?",
        "Could you send me two photographs, the whole flysheet and the tear close up?",
        "Would you like me to do that?",
        "Is there anything else that I can do for you?",
        "I have found your reservation details:",
        "I have retrieved your reservation details.",
        "Your booking ID is '447'.",
        "I'll write to you the day it's released.",
        "You'll hear from me tomorrow either way.",
        "Once I have this information, I can proceed with the booking.",
        "I won't make you wait for our pile.",
        "With that, I can look up your reservation details.",
        "If you have any other questions in the meantime, don't hesitate to ask!",
        "Would you like me to proceed with the transfer?",
        "You are confirmed as a silver member.",
        "Thank you and goodbye.",
    ],
)
def test_small_talk_questions_and_what_is_on_the_way_settle_nothing(said: str, embedder: Embedder) -> None:
    """Greetings, thanks, waiting, looking up, wanting a fact, staying in touch."""
    assert not any(settles(one) for one in acts_in(said, embedder))


def test_what_the_words_bear_out_needs_no_certainty() -> None:
    """A deed that only the head sees does; an explanation beside which something is promised is none."""
    done = frozenset({Act.DONE})
    assert settles(ActSaid("I've released the refund now.", done, Act.DONE, 0.3))
    assert not settles(ActSaid("The depot was closed on Sunday.", done, Act.DONE, 0.4))
    beside = frozenset({Act.EXPLAIN, Act.PROMISE})
    assert not settles(ActSaid("You will pass a library.", beside, Act.EXPLAIN, 0.6))
