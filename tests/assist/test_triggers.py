"""What speaks for giving a conversation to people."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.assist.asked_for_person import asks_for_person
from console.assist.talk import Talk
from console.assist.triggers import ORDER, Seen, failed_turns, triggers
from console.content.behaviours import Behaviour, HandoverRule, Stakes
from console.conversation.assistance import Flag, Mood, Routing, Severity
from console.conversation.handover import HandoverWhen
from console.conversation.message import Author, Layer, Message
from console.conversation.packet import EarlierContact
from console.conversation.people import Customer

C, B, A = Author.CUSTOMER, Author.BOT, Author.AGENT


def talk(*said: tuple[Author, str], value: float = 0.0, routing: Routing | None = None) -> Talk:
    """Return a conversation."""
    messages = tuple(Message(f"m{n}", role, text) for n, (role, text) in enumerate(said, 1))
    return Talk("c1", Customer("u", "Dana Kovel", value=value), messages, routing=routing)


def behaviour(*rules: HandoverRule) -> Behaviour:
    """Return a behaviour with these hand-over rules."""
    return Behaviour("late", "Late", Layer.AUTONOMOUS, 1, Stakes.LOW, (re.compile("late"),), handover=rules)


def kinds(of: Talk, seen: Seen | None = None) -> list[HandoverWhen]:
    """Return what fires, in its order."""
    return [trigger.when for trigger in triggers(of, seen or Seen())]


@pytest.mark.parametrize(
    "text",
    [
        "I want to speak to a person",
        "no. human please",
        "can i talk to a humna",
        "speek to somone pls",
        "AGENT",
        "customer service rep now",
        "get me your manager",
        "I'm not talking to a bot",
        "could somebody who knows the kit help me?",
        "can a person read this please",
        "put me through to someone in repairs",
        "would one of your colleagues please call me",
        "Einen Menschen bitte.",
        "Ich möchte mit einem Mitarbeiter sprechen",
        "je voudrais parler à un conseiller",
        "quiero hablar con una persona",
        "vorrei parlare con un operatore",
        "ik wil een medewerker spreken",
    ],
)
def test_a_person_is_asked_for_in_many_ways(text: str) -> None:
    """The words that ask are named."""
    assert asks_for_person(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "is there a person I can visit?",
        "is there somebody at the shop on Saturdays?",
        "the agent told me it would be fine",
        "I spoke to a person yesterday",
        "are you a real person?",
        "I don't need a person, just the number",
        "can someone sign for it if I'm out",
        "a tent for four people please",
        "is a two person tent enough for one person?",
        "a present for someone who walks a lot",
        "the delivery person was kind",
        "the manual is for people with small hands",
        "",
    ],
)
def test_to_speak_of_people_is_not_to_ask_for_one(text: str) -> None:
    """Nobody is handed over who did not want it."""
    assert asks_for_person(text) == ""


@given(st.text(max_size=200))
def test_whatever_is_written_the_words_that_ask_are_the_customers(text: str) -> None:
    """Or there are none."""
    assert asks_for_person(text) in text


def test_each_fires_with_its_reason_and_its_message() -> None:
    """The weightiest first."""
    angry = Mood(-0.8, "furious", "falling", 0.9, ("useless",), ("they repeat themselves",))
    threat = Flag("f1", "legal-threat", Severity.WARN, "m3", "my solicitor", "Hand over.", "Legal threat")
    again = EarlierContact("c0", "2026-02-27", "Where are my boots?", "explained", same=True)
    said = talk(
        (C, "where are my boots"),
        (B, "In transit."),
        (C, "useless. my solicitor will call. a person please"),
        value=1500,
    )
    found = triggers(said, Seen(flags=(threat,), mood=angry, earlier=(again,), answered=False))
    assert [(t.when.value, t.message) for t in found] == [
        ("topic", "m3"), ("asked-for-person", "m3"), ("mood", "m3"), ("predicted-escalation", "m3"),
        ("repeated-contact", ""), ("high-value", ""), ("low-confidence", "m3"),
    ]  # fmt: skip
    reasons = " | ".join(t.reason for t in found)
    for part in (
        "“my solicitor”",
        "“a person please”",
        "getting worse",
        "they repeat themselves",
        "2026-02-27",
        "1,500",
    ):
        assert part in reasons


def test_a_quiet_question_speaks_for_nobody() -> None:
    """Not even of somebody who has spent a fortune."""
    assert kinds(talk((C, "When do you close?"), value=9_000)) == []


def test_the_behaviour_says_after_how_many_turns() -> None:
    """Two where it says nothing."""
    turns = (
        (C, "where is it"),
        (B, "In transit."),
        (C, "I know that"),
        (B, "In transit."),
        (C, "you said that already"),
    )
    assert failed_turns(talk(*turns).messages) == (2, "m5")
    assert kinds(talk(*turns)) == [HandoverWhen.UNRESOLVED]
    three = behaviour(HandoverRule(HandoverWhen.UNRESOLVED, 3))
    assert kinds(talk(*turns), Seen(three)) == []


def test_a_bot_that_collects_what_it_needs_has_not_failed() -> None:
    """Nor one that is thanked; and what people did is no turn of the bot."""
    collecting = ((C, "an invoice please"), (B, "Your order number?"), (C, "LF-88213"), (B, "Sent."), (C, "thanks"))
    assert failed_turns(talk(*collecting).messages) == (0, "")
    after = ((C, "x"), (B, "I didn't get that."), (C, "no!"), (A, "Hello, I'm Robin."), (C, "no, still not"))
    assert failed_turns(talk(*after).messages) == (0, "")


def test_an_unhappy_mood_counts_where_the_behaviour_names_it_and_anger_always() -> None:
    """To ask for a person is no feeling."""
    cross, angry = Mood(-0.5, "frustrated", "steady", 0.3, ("rubbish",)), Mood(-0.7, "angry", "steady", 0.3)
    polite = Mood(-0.5, "frustrated", "falling", 0.3, ("speak to a person",))
    named = behaviour(HandoverRule(HandoverWhen.MOOD))
    said = talk((C, "hm"))
    assert kinds(said, Seen(behaviour(), mood=cross)) == []
    assert kinds(said, Seen(named, mood=cross)) == [HandoverWhen.MOOD]
    assert kinds(said, Seen(behaviour(), mood=angry)) == [HandoverWhen.MOOD]
    assert kinds(said, Seen(named, mood=polite)) == []


def test_what_is_for_people_alone_fires_by_its_behaviour() -> None:
    """With the reason of the routing."""
    dark = Routing("bereavement", Layer.HUMAN_ONLY, 3, ("Bereavement: “He died”",))
    (found,) = triggers(talk((C, "He died"), routing=dark), Seen())
    assert (found.when, found.reason) == (HandoverWhen.TOPIC, "for people alone: Bereavement: “He died”")


@given(st.lists(st.tuples(st.sampled_from([C, B, A]), st.text(max_size=200)), max_size=8))
def test_there_is_at_most_one_of_each_kind_and_the_weightiest_comes_first(said: list[tuple[Author, str]]) -> None:
    """Whatever was said."""
    found = kinds(talk(*said))
    assert found == [when for when in ORDER if when in found]
