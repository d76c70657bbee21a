"""Who is writing, and that something was heard: of no matter, and no failure of an answer."""

import pytest

from console.assist.asked_for_person import asks_for_person
from console.assist.courtesy import asks_who_writes, hears, is_courtesy, without_who_writes
from console.assist.triggers import failed_turns
from tests.assist.making import messages

WHO = [
    "are you a robot?",
    "am I talking to a person?",
    "Am i speaking with a real human here",
    "is this a bot",
    "are you human",
    "bot or human?",
    "who are you?",
    "you're a bot, right?",
    "is this an automated reply?",
    "Are you ChatGPT?",
    "am I chatting with a machine or a person?",
    "r u a bot lol",
    "Hi, are you real?",
]


@pytest.mark.parametrize("said", WHO)
def test_who_asks_what_is_writing_asks_for_nothing_else(said: str) -> None:
    """It is no wish for a person, either."""
    assert is_courtesy(said)
    assert not asks_for_person(said)


@pytest.mark.parametrize(
    "said",
    [
        "is there a person I can talk to?",
        "I want to talk to a person",
        "why am I talking to a bot, I want a human",
        "are you a robot? let me talk to a person",
        "can I speak to somebody real please",
    ],
)
def test_the_wish_for_a_person_stays_one(said: str) -> None:
    assert asks_for_person(said)
    assert not is_courtesy(said)


@pytest.mark.parametrize(
    "said",
    [
        "are you open on sunday",
        "are you people open",
        "is it a person who delivers?",
        "are these boots real leather?",
        "is this an automatic tent?",
        "are you the agent who promised me a refund?",
    ],
)
def test_what_only_looks_like_it_is_a_matter(said: str) -> None:
    assert not asks_who_writes(said)


def test_what_is_written_beside_it_is_left() -> None:
    assert without_who_writes("Are you a robot? Where is my order?") == "Where is my order?"
    assert without_who_writes("hello, are you a robot? thanks") == ""


@pytest.mark.parametrize(
    "said", ["ok thanks", "ok", "okay great", "no thanks", "bye", "👍", "that's all", "got it, thanks"]
)
def test_what_only_says_that_it_was_heard(said: str) -> None:
    assert hears(said)


@pytest.mark.parametrize("said", ["ok but where is it", "...", "thanks, when does it come?", "yes to Tuesday", ""])
def test_what_says_more(said: str) -> None:
    assert not hears(said)


def test_an_answer_to_a_courtesy_is_no_failed_turn() -> None:
    """However often it is the same."""
    said = [line for _ in range(3) for line in ("c: ok thanks", "b: You're welcome. Just write again.")]
    assert failed_turns(messages("c: hi", "b: How can I help?", *said, "c: bye"))[0] == 0
    asked = [line for _ in range(3) for line in ("c: are you a robot?", "b: You are writing to a program.")]
    assert failed_turns(messages(*asked, "c: I see"))[0] == 0


def test_asking_for_the_rest_of_what_was_given_is_no_failed_turn() -> None:
    """And “no. 88213” is no no."""
    both = "b: I need two things. What is your order number? Which postcode did it go to?"
    assert (
        failed_turns(messages("c: hi", both, "c: order no. 88213", "b: Which postcode did it go to?", "c: QX1"))[0] == 0
    )
    assert failed_turns(messages("c: hi", both, "c: why", "b: Which postcode did it go to?", "c: why"))[0] == 1
