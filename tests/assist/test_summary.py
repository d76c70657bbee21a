"""The summary: who takes over knows in ten seconds."""

import pytest

from console.assist.summary.build import MOST_WORDS, summarise, words
from console.conversation.assistance import SummaryKind, SummaryLine
from tests.assist.making import talk

LONG = (
    "c: Hi, my boots still haven't come. Order LF-88213 was due twelve days ago",
    "b: Please try the tracking link in your e-mail.",
    "c: I did. It has not moved for nine days",
    "b: Your parcel will be with you by Friday, guaranteed. Please try the tracking link in your e-mail.",
    "c: This is ridiculous, I want my money back or the boots by Saturday",
    "a: May I have your phone number, please?",
    "c: 07700 900143. Can somebody call me?",
)


def kinds(lines: tuple[SummaryLine, ...]) -> dict[SummaryKind, list[str]]:
    """Return the texts by kind."""
    return {kind: [line.text for line in lines if line.kind is kind] for kind in SummaryKind}


def test_it_tells_what_happened() -> None:
    """Issue, wish, what the bot tried and promised, facts and what is open, each from the words of somebody."""
    told = kinds(summarise(talk(*LONG)))
    assert told[SummaryKind.ISSUE] == ["my boots still haven't come."]
    assert "money back" in told[SummaryKind.WANTS][0]
    assert "tracking link" in told[SummaryKind.TRIED][0]
    assert told[SummaryKind.TRIED][0].endswith("×2")
    assert "by Friday, guaranteed" in told[SummaryKind.PROMISED][0]
    assert "Order LF-88213 · Fellwalker boots · £164.00 · in transit · due 10 Nov" in told[SummaryKind.FACT]
    assert any("Phone: 07700 900143" in line for line in told[SummaryKind.FACT])
    assert told[SummaryKind.OPEN] == ["Can somebody call me?"]


def test_every_line_cites_messages_that_say_it() -> None:
    """At most three sources, and each fact stands in one of them."""
    conversation = talk(*LONG)
    texts = {m.id: m.text for m in conversation.messages}
    for line in summarise(conversation):
        assert 0 < len(line.sources) <= 3
        if line.kind is SummaryKind.FACT:
            first = line.text.split(" · ")[0].split(": ")[-1].removeprefix("Order ")
            assert any(first in texts[source] for source in line.sources)


def test_it_grows_without_jumping() -> None:
    """What the summary said of the beginning it says to the end, in the same words."""
    issues = [kinds(summarise(talk(*LONG[:n])))[SummaryKind.ISSUE] for n in range(1, len(LONG) + 1)]
    assert all(issue == issues[0] for issue in issues)
    orders = [kinds(summarise(talk(*LONG[:n])))[SummaryKind.FACT][0] for n in range(1, len(LONG) + 1)]
    assert set(orders) == {orders[0]}


@pytest.mark.parametrize(
    ("question", "answer", "fact"),
    [
        ("May I have your name, please?", "it's jane doe", "Name: jane doe"),
        ("Can you tell me your account number, please?", "sure, it is 351531510", "Account: 351531510"),
        ("On what day would you like your party organised?", "Tuesday please", "Day: Tuesday"),
        ("At what venue is the party taking place?", "North Heights", "Venue: North Heights"),
        ("How many guests will you be bringing with you?", "6", "Guests: 6"),
        ("Do you require parking at the venue?", "No", "Parking: No"),
    ],
)
def test_a_short_answer_to_a_question_is_a_fact(question: str, answer: str, fact: str) -> None:
    """Labelled by what was asked, in the customer's words."""
    told = kinds(summarise(talk(f"a: {question}", f"c: {answer}")))
    assert [line.lower() for line in told[SummaryKind.FACT]] == [fact.lower()] or fact in told[SummaryKind.FACT][0]


@pytest.mark.parametrize("answer", ["yes please", "ok thanks", "no", "I don't know", "hello?", "great, thank you"])
def test_a_courtesy_is_no_fact(answer: str) -> None:
    """Nothing was said that anybody must remember."""
    told = kinds(summarise(talk("a: Is there anything else that I can do for you?", f"c: {answer}")))
    assert told[SummaryKind.FACT] == []


def test_a_card_number_is_not_repeated() -> None:
    """Nobody who takes over needs it."""
    told = summarise(talk("c: my order never came, take it from 4111 1111 1111 1111"))
    assert told
    assert not any("4111 1111" in line.text for line in told)


def test_a_changed_answer_stands_beside_the_first() -> None:
    """Who takes over sees that the customer changed their mind."""
    asked = "a: On what day would you like it?"
    told = kinds(summarise(talk(asked, "c: Tuesday", asked, "c: Friday")))
    assert told[SummaryKind.FACT] == ["Day: Tuesday · Day now: Friday"]


def test_it_stays_short() -> None:
    """However long the conversation."""
    chatter = [f"c: I would like to know about item number {n} of my list because it was late" for n in range(30)]
    promises = [f"b: We will send you voucher {n} by Friday." for n in range(30)]
    lines = [line for pair in zip(chatter, promises, strict=True) for line in pair]
    summary = summarise(talk(*lines))
    assert words(tuple(line for line in summary if line.kind is not SummaryKind.FACT)) <= MOST_WORDS


def test_nothing_is_said_of_a_greeting() -> None:
    """There is nothing to sum up yet."""
    assert summarise(talk("c: hello", "b: Hello, how can I help?")) == ()
