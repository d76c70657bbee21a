"""A yes to an action is a yes alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.assist.agreeing import agreed_to
from console.assist.consent import AGREED, DECLINED, consent_to

QUESTION = "Shall I cancel your fitting appointment?"

NEGATIONS = ["not", "no", "never", "don't", "can't", "stop", "leave", "keep", "wait", "but", "if", "unless", "first"]


@pytest.mark.parametrize(
    "text",
    ["yes", "Yes please!", "ok", "sure, go ahead", "please do", "cancel it", "yes, cancel my appointment", "do it 👍",
     "That’s fine, thank you", "absolutely", "of course"],
)  # fmt: skip
def test_a_plain_yes_agrees(text: str) -> None:
    assert agreed_to(QUESTION, [text]) == AGREED


@pytest.mark.parametrize(
    "text",
    [
        "Absolutely not", "Definitely not, I still need it", "of course not, leave it", "Please do not cancel",
        "Yes I heard you. Do not cancel it.", "please tell me first if there is a fee", "please stop", "thanks",
        "please leave it", "cancel it? never", "Yes I said NO", "That's fine, keep it", "yes, if it is free", "yes?",
        "Sure? why do you ask, what does it cost me", "yes, but on friday", "ok 👎", "your fitting appointment", "",
        "yes nein", "yes and send me the invoice",
    ],
)  # fmt: skip
def test_whatever_else_is_said_does_not_agree(text: str) -> None:
    assert agreed_to(QUESTION, [text]) != AGREED


@pytest.mark.parametrize("text", ["no", "No, don't", "no thanks", "never mind", "Absolutely not", "do not cancel it!"])
def test_a_plain_no_declines(text: str) -> None:
    assert agreed_to(QUESTION, [text]) == DECLINED


def test_a_no_stands_whatever_is_written_before_or_after_it() -> None:
    assert agreed_to(QUESTION, ["No! do not cancel it", "please"]) == DECLINED
    assert agreed_to(QUESTION, ["yes", "NO. do not cancel it"]) == DECLINED
    assert agreed_to(QUESTION, ["yes", "what does it cost"]) == ""
    assert agreed_to(QUESTION, ["yes", "thanks"]) == AGREED


WORDS = st.sampled_from(["yes", "please", "sure", "cancel", "it", "do", "ok", "absolutely", "appointment", "go ahead"])


@given(st.lists(WORDS), st.sampled_from(NEGATIONS), st.lists(WORDS), st.sampled_from([" ", ", ", ". ", "! ", "\n"]))
def test_no_text_with_a_negation_agrees(before: list[str], no: str, after: list[str], between: str) -> None:
    text = between.join([*before, no, *after])
    assert agreed_to(QUESTION, [text]) != AGREED
    assert agreed_to(f"{QUESTION} Or {no}?", [text]) != AGREED


@pytest.mark.parametrize(
    "text", ["Absolutely not", "Yes I heard you. Do not cancel it.", "sure, never", "Yes I said NO"]
)
def test_a_denied_yes_is_no_agreement_for_agents_either(text: str) -> None:
    assert consent_to(text) != AGREED
