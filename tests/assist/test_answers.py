"""Facts from what customers answer and mention: the thing itself, as it was meant, or nothing."""

import pytest

from console.assist.summary.build import summarise
from console.conversation.assistance import SummaryKind
from tests.assist.making import talk

FACT = SummaryKind.FACT


def facts(*lines: str) -> list[str]:
    """Return the facts one by one."""
    found = [line.text for line in summarise(talk("c: my parcel is late again", *lines)) if line.kind is FACT]
    return [fact for line in found for fact in line.split(" · ")]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("What was your mother's maiden name?", "Gotta check. Harrow Bridge is big."),
        ("Have you tried another cable?", "I give up. I'll buy another brand"),
        ("Would you like to change your search?", "I have to go back to my job."),
        ("Could you provide your date of birth, please?", "I'm 93 years old"),
    ],
)
def test_thanks_excuses_and_what_was_not_asked_for_are_no_answer(question: str, answer: str) -> None:
    """Nothing was given; what is named besides has no label."""
    assert not any(":" in fact for fact in facts(f"a: {question}", f"c: {answer}"))


@pytest.mark.parametrize("thanks", ["Thank you so much.", "thanks a million, have a lovely day!", "ok thanks again"])
def test_nothing_of_thanks_is_a_fact(thanks: str) -> None:
    """Whatever was asked."""
    assert facts("a: You are booked. Is there anything else?", f"c: {thanks}") == []


@pytest.mark.parametrize(
    ("question", "answer", "fact"),
    [
        ("What was the name of your pet?", "That's easy. Buddy", "Pet: Buddy"),
        ("Who is your doctor?", "It's hard to remember. Morgan or something.", "Doctor: Morgan or something"),
        ("Please provide your rank.", "There is smoke everywhere. I'm the chief engineer.", "Rank: chief engineer"),
        ("How many bedrooms do you need?", "AT LEAST 3", "Bedrooms: AT LEAST 3"),
        ("Is it on a specific floor?", "At least third floor if possible", "At least third floor if possible"),
        ("Would you like any particular type of food?", "Yes, pizza, please.", "Food: Yes, pizza"),
        ("Have you already paid the fee?", "Yes, thank you", "Paid the fee: Yes"),
        ("Could you provide your date of birth, please?", "it's 29/02/1980", "Born: 29/02/1980"),
    ],
)
def test_the_answer_is_found_behind_a_remark(question: str, answer: str, fact: str) -> None:
    """In the customer's words."""
    assert fact in facts(f"a: {question}", f"c: {answer}")


def test_what_nobody_can_name_has_no_label() -> None:
    """“Will: an old mat” tells nobody anything."""
    assert facts("a: What will be under you?", "c: an old foam mat") == ["old foam mat"]


def test_a_number_beside_the_answer_is_not_the_answer() -> None:
    """Nor is one in a question."""
    assert "Hotel: 225" not in facts("a: What hotel is it?", "c: The Hilton. Room 225.")
    assert "Hotel now: 225" not in facts("a: What hotel is it?", "c: The Hilton. Room 225.")
    asked = facts("a: What restaurant is it?", "c: Can you check The Porch for a table for 2 at 8 PM?")
    assert not any(fact.startswith("Restaurant") for fact in asked)
    assert "The Porch" in asked


@pytest.mark.parametrize(
    "said",
    [
        "My mother's maiden name is Sanders",
        "my dog's name is Rex",
        "Can you make sure it's Toyota",
        "I'm American, so I need it in miles",
    ],
)
def test_the_name_of_something_else_is_not_the_customers(said: str) -> None:
    """Who takes over would greet the wrong person."""
    assert not any(fact.startswith("Name") for fact in facts("a: All right.", f"c: {said}"))


@pytest.mark.parametrize(
    ("said", "fact"),
    [
        ("Make sure to not book me a Lyft ride", "not book me a Lyft"),
        ("sometimes my wife doesnt like Thai", "doesnt like Thai"),
        ("and they were not cheap", "not cheap"),
        ("No, the Hilton is fine", "Hilton"),
        ("my friend doesn't like Shadyside how about Harrow Bridge", "Harrow Bridge"),
    ],
)
def test_what_is_ruled_out_is_told_as_that(said: str, fact: str) -> None:
    """The bare name would say the opposite."""
    assert fact in facts("c: I need a way to get home soon", f"c: {said}")


def test_what_is_known_is_not_told_in_other_words() -> None:
    """The same day behind another preposition, and a thing that a label names already."""
    wanted = facts("a: On what day do you need it?", "c: by Friday", "a: On what day do you need it?", "c: on Friday")
    assert [fact for fact in wanted if "Friday" in fact] == ["Day: Friday"]
    assert facts("a: Do you require parking?", "c: Yes I will need parking") == ["Parking: Yes"]
