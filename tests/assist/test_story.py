"""The lines of the story: what stands there must be what was meant, as of now."""

import pytest

from console.assist.summary.build import summarise
from console.conversation.assistance import SummaryKind
from tests.assist.making import talk

ISSUE = "c: my boots LF-88213 are late again"


def told(kind: SummaryKind, *lines: str) -> list[str]:
    """Return the texts of one kind."""
    return [line.text for line in summarise(talk(*lines)) if line.kind is kind]


def test_a_long_message_of_a_look_up_is_the_newest_one_too() -> None:
    """What was found before it is out of date and must not stay."""
    free = 's: {"Message": "The time slot is available."}'
    taken = (
        's: {"DoctorName": "Dr. Morgan", "Message": "The doctor has a conflicting appointment at that time. '
        'Try another time or another doctor."}'
    )
    assert told(SummaryKind.FACT, ISSUE, free, taken)[0].startswith("Look-up: The doctor has a conflicting appointment")


def test_names_of_fields_are_told_as_words() -> None:
    """Nobody reads “licenseplate”; a text that is no state of things stays out."""
    data = 's: {"Status": "booked", "LicensePlate": "019 EAS", "minutes_left": 4, "Text": "' + "word " * 30 + '"}'
    assert told(SummaryKind.FACT, "c: I want a ride home please", data) == [
        "Look-up: booked · license plate 019 EAS · minutes left 4"
    ]


def test_a_greeting_takes_its_question_mark_along() -> None:
    """The issue begins with what it is."""
    assert told(SummaryKind.ISSUE, "c: Hello? I would like to book a room") == ["I would like to book a room"]


@pytest.mark.parametrize("asked", ["No appointments for two o'clock?", "Right size for a wide foot?"])
def test_a_question_keeps_the_word_that_decides_it(asked: str) -> None:
    """“No” before a comma leads up to something; before a word it says the opposite."""
    assert told(SummaryKind.OPEN, ISSUE, f"c: {asked}") == [asked]


@pytest.mark.parametrize(
    ("said", "issue"),
    [
        ("Oh great my debit card is missing", "my debit card is missing"),
        ("Great, my parcel is lost again", "my parcel is lost again"),
        ("No I want to return the boots", "I want to return the boots"),
    ],
)
def test_a_sigh_before_the_matter_is_left_out(said: str, issue: str) -> None:
    """With a comma or without."""
    assert told(SummaryKind.ISSUE, f"c: {said}") == [issue]


def test_of_a_long_question_the_end_is_shown() -> None:
    """There it asks."""
    long = (
        "I read in some blog or other last week that the north side of the town is where everybody goes these days, "
        "so how far is your shop from the station?"
    )
    assert told(SummaryKind.OPEN, ISSUE, f"c: {long}") == ["… so how far is your shop from the station?"]


@pytest.mark.parametrize(
    "said",
    [
        "b: Let me check the workshop for you.",
        "b: I'm sorry. One moment, please.",
        "a: Thank you, Dana. A colleague will look at it with you.",
        "a: May I have your postcode?",
    ],
)
def test_who_looks_or_asks_has_not_answered(said: str) -> None:
    """The customer's question stays open."""
    assert told(SummaryKind.OPEN, ISSUE, "c: when is it coming?", said) == ["when is it coming?"]


@pytest.mark.parametrize("said", ["a: Tomorrow.", "b: It is on its way.", "a: I don't know. Where are you?"])
def test_who_says_anything_has_answered(said: str) -> None:
    """Be it that they do not know."""
    assert told(SummaryKind.OPEN, ISSUE, "c: when is it coming?", said) == []


def test_a_request_is_taken_up_by_who_asks_for_more() -> None:
    """It is dealt with, not open."""
    lines = (ISSUE, "c: Also can you help me book a ride?", "a: Where are you going?")
    assert told(SummaryKind.OPEN, *lines) == []


@pytest.mark.parametrize(
    "said",
    [
        "Why would I need a fraud report for this?",
        "Wait, why can you not send it to me?",
        "My son's does not have to be today",
        "The second pair doesn’t need to be blue",
        "can I do that without any tools?",
        "Will I have to write a fourth time?",
        "Well, no need to be rude about it!",
        "When can I look at it on Friday?",
    ],
)
def test_what_asks_why_or_how_or_says_no_is_no_wish(said: str) -> None:
    """A wish is something to be done."""
    assert told(SummaryKind.WANTS, ISSUE, f"c: {said}") == []


@pytest.mark.parametrize(
    "said",
    [
        "can I have my 13 pounds or not",
        "Can we please go on with the next one?",
        "Can I start again with another order?",
        "can we schedule her for the same time?",
        "What I need is a corrected invoice this week.",
        "Can we change the address please?",
        "could you send the other pair instead?",
    ],
)
def test_what_is_asked_to_be_done_is_a_wish(said: str) -> None:
    """Whoever is to do it."""
    assert told(SummaryKind.WANTS, ISSUE, f"c: {said}") == [said]


def test_a_wish_to_be_told_is_fulfilled_by_who_tells() -> None:
    """A wish for something else is not fulfilled by words."""
    wish = "c: can you tell me the opening hours of the shop?"
    assert told(SummaryKind.WANTS, ISSUE, wish, "b: Let me look.") == [wish[3:]]
    assert told(SummaryKind.WANTS, ISSUE, wish, "b: Let me look.", "a: Nine to five, but for Sundays.") == []
    assert told(SummaryKind.WANTS, ISSUE, "c: I need to talk about my invoice", wish, "a: Nine to five.") == []
    wish = "c: can you send me the other pair?"
    assert told(SummaryKind.WANTS, ISSUE, wish, "a: They are here.") == [wish[3:]]


@pytest.mark.parametrize(
    "said",
    [
        "If they haven't come in three working days, write to me and not to the bot.",
        "The invoice stays as it is, since you'll have all fifteen.",
    ],
)
def test_a_condition_and_a_reason_are_no_promise(said: str) -> None:
    """Nobody has said that they will do anything."""
    assert told(SummaryKind.PROMISED, ISSUE, f"a: {said}") == []


def test_what_is_promised_for_a_case_is_a_promise() -> None:
    """With the case."""
    said = "If they haven't come by Friday, we'll refund them."
    assert told(SummaryKind.PROMISED, ISSUE, f"a: {said}") == [f"agent: {said}"]


def test_a_promise_is_quoted_with_who_does_what() -> None:
    """“Up to three working days” alone says nothing."""
    said = (
        "Because the tent cost more than the limit that I may replace without asking, "
        "I first have to ask Northpost to search for it, up to three working days."
    )
    assert told(SummaryKind.PROMISED, ISSUE, f"a: {said}") == [
        "agent: I first have to ask Northpost to search for it, up to three working days."
    ]


@pytest.mark.parametrize(
    "anger", ["this is ridiculous. mind how you talk to me", "How dare you speak to me like that?"]
)
def test_how_somebody_is_talked_to_is_not_what_they_came_with(anger: str) -> None:
    """What came behind it is, or nothing."""
    assert told(SummaryKind.ISSUE, f"c: {anger}") == []
    assert told(SummaryKind.ISSUE, f"c: {anger}", ISSUE) == [ISSUE.removeprefix("c: ")]
