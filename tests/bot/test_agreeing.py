"""A yes to something that is done is a yes and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.assist.bot.agreeing import Answer, answer_of
from console.assist.bot.signs import AGREEING

QUESTION = "Shall I cancel your fitting appointment?"


@pytest.mark.parametrize(
    "text",
    [
        "yes",
        "Yes please",
        "ok",
        "yes, cancel my appointment please",
        "sure, go ahead",
        "absolutely",
        "of course",
        "that's fine, thanks",
        "yes do it",
        "please do",
        "Definitely!",
        "sounds good",
        "cancel it",
        "great, thank you, yes",
        "yes 👍🏽",
        "ok :)",
        "Yes please!! 🙏😊",
        "yes – go ahead… ✅",
    ],
)
def test_a_plain_yes_agrees(text: str) -> None:
    assert answer_of([text], QUESTION) is Answer.YES


@pytest.mark.parametrize(
    "text",
    [
        "Absolutely not",
        "Definitely not, I still need it",
        "of course not, leave it",
        "Please do not cancel",
        "cancel it? never",
        "no",
        "no thanks",
        "don't",
        "please don't",
        "please stop",
        "👎",
        "❌🚫",
        "no 👍",
    ],
)
def test_a_no_in_any_wording_declines(text: str) -> None:
    assert answer_of([text], QUESTION) is Answer.NO


@pytest.mark.parametrize(
    "text",
    [
        "Yes I heard you. Do not cancel it.",
        "please tell me first if there is a fee",
        "please leave it",
        "Yes I said NO",
        "That's fine, keep it",
        "yes, if it is free",
        "yes?",
        "yes but only on tuesday",
        "what happens then",
        "appointment",
        "",
        "ok 👎",
        "👎🏿 ok",
        "yes ❌",
        "sure 🙅‍♀️",
        "go ahead 🛑",
        "yes 🙄",
        "sure 😡",
        "ok 🤔",
        "cancel it 😭",
        "of course 🙃",
        "yes ¯\\_(ツ)_/¯",
        "ok :(",
        "ok >:-(",
        "fine D:",
        "👍👎",
        "🤷",
    ],
)
def test_anything_else_is_asked_again(text: str) -> None:
    assert answer_of([text], QUESTION) is Answer.UNCLEAR


def test_every_message_since_the_question_must_agree() -> None:
    assert answer_of(["yes", "wait, how much is it"], QUESTION) is Answer.UNCLEAR
    assert answer_of(["yes", "no"], QUESTION) is Answer.UNCLEAR
    assert answer_of(["yes", "please"], QUESTION) is Answer.YES
    assert answer_of([], QUESTION) is Answer.UNCLEAR


@given(st.sampled_from(["yes", "ok", "please do", "sure, go ahead"]), st.characters(categories=["So", "Sk", "Sm"]))
def test_a_sign_beside_a_yes_is_one_that_agrees_or_leaves_it_open(words: str, sign: str) -> None:
    """Signs that nobody has thought of yet too; those that agree are few."""
    agrees = answer_of([f"{words} {sign}"], QUESTION) is Answer.YES
    assert agrees is (sign in AGREEING or sign in "🏻🏼🏽🏾🏿~+=<>|^`")


@given(st.text(max_size=60), st.sampled_from(["not", "no", "never", "don't", "stop"]), st.text(max_size=60))
def test_a_negation_never_agrees(before: str, negation: str, after: str) -> None:
    assert answer_of([f"{before} {negation} {after}"], QUESTION) is not Answer.YES
