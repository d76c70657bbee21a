"""No cheer for who insults us, and nothing to sell where something is dangerous."""

from dataclasses import replace

import pytest

from console.assist.replies.candidate import Candidate
from console.assist.replies.delicate import is_danger, is_insult, without_harm
from tests.assist.making import talk

PLAIN = "I'll look at this now and tell you what I can offer."
CHEER = [
    "Great! I can send another pair today.",
    "Happy to help with that.",
    "It leaves today :)",
    "How can I help you today?",
]
SALES = [
    "Opened stoves can't be returned. If it has a fault, we go by the warranty.",
    "The Ember 3 is in stock at £45.00.",
    "For winter I recommend a liquid fuel one.",
]
CAREFUL = "Please stop using it and move away; I'm passing this to our safety desk. You need not return anything."


def kept(said: str, *texts: str, flagged: str = "") -> list[str]:
    """Return which of these replies are left for a customer who wrote that."""
    conversation = replace(talk(f"c: {said}"), flagged=frozenset({flagged} if flagged else ()))
    return [c.text for c in without_harm([Candidate(text, "macro", 0.5, ()) for text in texts], conversation)]


@pytest.mark.parametrize("said", ["you are an idiot", "you're all useless morons", "shut up"])
def test_cheer_is_no_answer_to_an_insult(said: str) -> None:
    assert kept(said, *CHEER, PLAIN) == [PLAIN]


def test_what_the_head_took_for_abuse_counts_too() -> None:
    assert kept("you absolute walnut", *CHEER, PLAIN, flagged="abuse") == [PLAIN]
    assert kept("where are my boots?", *CHEER, PLAIN) == [*CHEER, PLAIN]


@pytest.mark.parametrize(
    "said",
    [
        "my stove hisses when I connect the canister",
        "my new stove flares up when I light it",
        "is it ok to use the stove inside the tent",
        "the battery is swollen, what now",
        "the burner won't go out",
    ],
)
def test_nothing_is_sold_where_something_is_dangerous(said: str) -> None:
    assert kept(said, *SALES, CHEER[0], CAREFUL) == [CAREFUL]


def test_what_a_policy_on_safety_sees_is_dangerous() -> None:
    assert kept("my Ember 2 again", *SALES, CAREFUL, flagged="safety-recall") == [CAREFUL]


@pytest.mark.parametrize("said", ["which stove is best for winter", "how long does a battery last", "gas stove"])
def test_an_ordinary_question_about_the_same_things_is_not(said: str) -> None:
    assert not is_danger(talk(f"c: {said}"))
    assert not is_insult(talk(f"c: {said}"))
    assert kept(said, *SALES) == SALES
